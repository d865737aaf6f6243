/* A sentence as tokens: words of the form's dictionary, numbers, marks, and what is none of these.
 *
 * Words are looked for in a narrow copy of the sentence: half-width, without blanks, its years and
 * dates replaced by what they are to the report: 2023年转入 of a report about 2024 reads 上年转入.
 */
#ifndef NIANBAO_PROSE_TOKENS_H
#define NIANBAO_PROSE_TOKENS_H

#include "nianbao/number.h"
#include "nianbao/sentence.h"
#include "nianbao/wording.h"

enum nb_token_kind {
    NB_TOKEN_WORD,
    NB_TOKEN_NUMBER,
    NB_TOKEN_COMMA,
    NB_TOKEN_ENUM, /* 、 */
    NB_TOKEN_COLON,
    NB_TOKEN_STOP, /* 。；！？ */
    NB_TOKEN_OPEN, /* brackets, not quotes */
    NB_TOKEN_CLOSE,
    NB_TOKEN_QUOTED, /* 《…》, “…”, 〔…〕 as a whole */
    NB_TOKEN_UNKNOWN,
};

struct nb_token {
    enum nb_token_kind kind;
    bool is_self;               /* a name of the body that reports */
    bool is_other;              /* of somebody else, or a part of it */
    bool is_reference;          /* a number that stands as {address} */
    int bracket;                /* of an OPEN or CLOSE its partner, -1: none */
    struct nb_span span;        /* bytes of the text, not of the copy */
    const struct nb_word *word; /* of a WORD, else NULL */
    struct nb_number number;    /* of a NUMBER */
};

/* Who reports about which year, as far as words depend on it. */
struct nb_reporter {
    const struct nb_wording *wording;
    const char *unit;
    int year; /* 0: not known */
};

/* A sentence without what does not matter; `from` tells where each byte stands in the text. */
struct nb_copy {
    char *bytes;
    size_t *from; /* one more than bytes: the end */
    size_t len;
};

/* The tokens of one sentence. Start from { 0 }; used again for the next one. */
struct nb_tokens {
    struct nb_token *items;
    int count, cap_items;
    struct nb_copy copies[2]; /* narrow, and with years replaced */
    size_t cap;               /* bytes of each copy */
};

/* Cuts the sentence. One with more tokens than any sentence has becomes none. */
void nb_tokens_cut(struct nb_tokens *tokens, const struct nb_reporter *reporter, const char *text,
                   struct nb_span sentence);
void nb_tokens_release(struct nb_tokens *tokens);

/* Does the body's name end with one of the ends of that nb_self? */
bool nb_reporter_is(const struct nb_reporter *reporter, int self);

enum nb_period { NB_PERIOD_THIS, NB_PERIOD_LAST, NB_PERIOD_NEXT, NB_PERIOD_OTHER };

/* The length of the year, date or range of them that begins at `text`, 0: none does. *period is
 * what it is to a report about `year`; any part of a year is an OTHER. */
size_t nb_period_read(const char *text, const char *end, int year, enum nb_period *period);

#endif
