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
/* Sentences as nianbao/sentence.h cuts them, without blanks behind them. */
void nb_sentences_cut(struct nb_sentences *sentences, const char *text);
/* The lines of the text as they are; an empty text has none. */
void nb_sentences_cut_lines(struct nb_sentences *lines, const char *text);
bool nb_sentence_is(const struct nb_sentence *a, const struct nb_sentence *b);
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

/* A stretch of three texts of which two have come from the first: sentences from[i] to to[i] of
 * each. */
enum { NB_BASE, NB_OURS, NB_THEIRS };
struct nb_stretch {
    int from[3], to[3];
    bool changed[3]; /* this side differs from the first */
};
/* Calls `visit` for all stretches in order: those that nobody changed, one side changed, or both
 * did. Paragraphs that stand beside each other are stretches of their own. */
void nb_sentences_join(struct nb_sentences texts[3],
                       void (*visit)(void *context, const struct nb_stretch *stretch),
                       void *context);

#endif
