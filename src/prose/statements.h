/* What a text says about figures: every quantity with the phrases that may be meant by it, parts
 * with their wholes, and percentages with what they are of. Figures play no role here, so that a
 * text is read once and compared as often as figures change. */
#ifndef NIANBAO_PROSE_STATEMENTS_H
#define NIANBAO_PROSE_STATEMENTS_H

#include "tokens.h"

enum { NB_MOST_MEANT = 4 };

/* How exactly a number is meant. */
enum nb_exactness {
    NB_EXACT,
    NB_ABOUT,
    NB_SOME_MORE, /* 2200余件 */
    NB_NOT_LESS,
    NB_LESS,
    NB_NOT_MORE /* 按期答复12件: some of what the phrase means, perhaps all */
};

struct nb_statement {
    struct nb_span span; /* bytes of the text: the phrase with its number and unit */
    struct nb_number number;
    enum nb_exactness exactness;
    bool is_reference;          /* {address}: true by itself */
    bool is_bare;               /* a phrase without number, which a percentage is about */
    const struct nb_word *unit; /* NULL: none */
    int meant[NB_MOST_MEANT];   /* phrases; none: a quantity of something else */
    int n_meant;
    bool is_sum;        /* of all that are meant; else any of them */
    bool is_total;      /* 共15件, which is what the quantities before it add up to */
    bool is_own;        /* nothing before it makes it somebody else's, another year's or a part */
    int sentence;       /* the first statement of its sentence */
    int whole;          /* the statement it is a part of, -1: none */
    bool is_first_part; /* directly behind 其中 or in a row of 、 with such */
};

enum nb_rate_kind { NB_RATE_SHARE, NB_RATE_GROWTH, NB_RATE_CHANGE };

/* 占12.5%, 较上年增长1.1%, 较上年增加38件: a number about a statement. */
struct nb_rate {
    enum nb_rate_kind kind;
    int statement;
    struct nb_number number;
    const struct nb_word *unit; /* NULL: none */
    bool falls;
    int of[NB_MOST_MEANT]; /* phrases named as the whole: 占个人来件的 */
    int n_of;
    struct nb_span span; /* from the statement's words to the number */
};

struct nb_statements {
    struct nb_statement *items;
    int count, cap;
    struct nb_rate *rates;
    int n_rates, cap_rates;
};

/* Adds what `text`, a text of the section with that id (NULL: of none), says. */
void nb_statements_read(struct nb_statements *statements, const struct nb_reporter *reporter,
                        const char *section, const char *text);
/* Is there anything in these bytes that could be a statement? */
bool nb_telling_any(const struct nb_wording *wording, const char *from, const char *end);
void nb_statements_clear(struct nb_statements *statements);
void nb_statements_release(struct nb_statements *statements);

#endif
