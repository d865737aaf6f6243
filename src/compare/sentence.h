/* Texts as sentences, and which of them differ. */
#ifndef NIANBAO_COMPARE_SENTENCE_H
#define NIANBAO_COMPARE_SENTENCE_H

#include "nianbao/base.h"

/* A sentence without the blanks around it: borrowed bytes of its text. */
struct nb_sentence {
    const char *start;
    size_t len;
    int id; /* the same for equal ones; set by nb_sentences_compare() */
};

/* Start from { 0 }. */
struct nb_sentences {
    struct nb_sentence *items;
    int count, cap;
};
/* A sentence ends behind 。！？ and quotation marks that close there, or with its line. */
void nb_sentences_cut(struct nb_sentences *sentences, const char *text);
void nb_sentences_release(struct nb_sentences *sentences);

/* Sentences from[0] to to[0] of one text stand in the place of from[1] to to[1] of another. */
struct nb_hunk {
    int from[2], to[2];
};
struct nb_hunks {
    struct nb_hunk *items;
    int count, cap;
};
/* Appends what differs, as few sentences as there can be. Where that would take too long, all
 * between the first and the last that differ. */
void nb_sentences_compare(struct nb_sentences *a, struct nb_sentences *b, struct nb_hunks *hunks);

#endif
