/* The state of reading a text for its statements, shared by statements.c (walking through it),
 * match.c (which phrase a number belongs to), row.c (rows of them) and rates.c (percentages). */
#ifndef NIANBAO_PROSE_READING_H
#define NIANBAO_PROSE_READING_H

#include "statements.h"

/* Walks to the left or right of a number end after so many tokens: no phrase is longer. */
enum { NB_MOST_STEPS = 48 };

/* What a paragraph speaks of, found out only when it is asked for: most sentences say themselves
 * what they are about. */
struct nb_topics {
    unsigned initial; /* bits by topic: what texts of this section speak of */
    unsigned before;  /* what was spoken of at `upto` */
    size_t upto;      /* offset in the text */
    unsigned named;   /* what the sentence has named so far */
    unsigned ahead;   /* what it names before any 其中, perhaps only later */
    bool away;        /* it has gone away from all that was before */
};

/* A phrase and the tokens that say it: those from `from` to `to` and the number. */
struct nb_match {
    int from, to;
    const struct nb_word *verb;
    unsigned topics; /* bits of those that its words name */
    int meant[NB_MOST_MEANT];
    int n_meant;
    bool is_sum;
};

/* Names and as many numbers: 准予、驳回分别为12件、3件. The numbers before the token `end` belong
 * to names[] in turn; where there are none, to nothing. */
enum { NB_MOST_ROW = 16 };
struct nb_row {
    int numbers[NB_MOST_ROW];
    struct nb_match names[NB_MOST_ROW];
    int n_numbers, n_names;
    int names_end; /* their last token */
    int end;
};

struct nb_reading {
    const struct nb_reporter *reporter;
    const char *text;
    struct nb_statements *out;
    struct nb_tokens tokens; /* of the sentence at work */

    struct nb_topics *topics;
    size_t sentence_start;
    bool broken; /* a quantity of something else stands between here and the topic */

    /* what clauses before this one say of it */
    bool foreign, elsewhen, hedged;
    bool compared; /* 与上年相比，… */

    bool any_year;           /* take figures of other years, too */
    struct nb_match earlier; /* the last quantity that only its year makes another */
    int earlier_statement;   /* -1: none in the sentence */

    const struct nb_word *verb; /* of the last phrase found in the sentence, NULL: none */
    int sentence;               /* the first statement of the sentence */
    int last_plain; /* the last quantity that is no comparison, -1: none in this paragraph; behind
                     * brackets the one before them */
    int whole;      /* statement that what follows is part of, -1: none */
    int whole_end;  /* token where that ends, -1: with the sentence */
    int difference_end; /* the last token of the last difference, -1: none */
    struct nb_row row;  /* the last one found in the sentence; `end` 0: none */
};

/* What the number or the word for none at that token belongs to; false: to nothing known. `unit`
 * is the token of the number's unit, or the number itself. */
bool nb_match_number(const struct nb_reading *reading, int number, int unit,
                     struct nb_match *match);
/* Does nothing that the sentence says before that token make a figure somebody else's, another
 * year's or a part? */
bool nb_match_is_own(const struct nb_reading *reading, int token);
/* Can a sentence go on with that token behind a quantity? Not with a word that says of what. */
bool nb_match_may_follow(const struct nb_reading *reading, int token);
/* The phrase that ends right before the token `behind`, without a number. */
bool nb_match_bare(const struct nb_reading *reading, int behind, struct nb_match *match);
/* Can a phrase begin right behind that token? */
bool nb_match_may_begin(const struct nb_reading *reading, int token);
/* Is that phrase never meant in the clause of the token? */
bool nb_match_is_never(const struct nb_reading *reading, int phrase, int token);
/* Is the unit behind the number one of the phrase's? */
bool nb_match_has_unit(const struct nb_reading *reading, int phrase, int number, int unit);
/* Is the topic of the phrase on, or among `topics`, which its own words name? */
bool nb_match_is_on_topic(const struct nb_reading *reading, int phrase, unsigned topics);

/* Looks whether a row of numbers begins with this one, and sets reading->row. */
void nb_row_read(struct nb_reading *reading, int number);
/* What the number, which is one of the row, belongs to. */
bool nb_row_match(const struct nb_reading *reading, int number, int unit, struct nb_match *match);

/* The claim that begins with the word for none at `token`; `phrase` has that word. */
bool nb_match_none(const struct nb_reading *reading, int token, int phrase, struct nb_match *match);

/* Is the topic spoken of here? With `ahead` it may be that the sentence names it only later. */
bool nb_reading_is_on(const struct nb_reading *reading, int topic, bool ahead);

/* Takes the percentage or the difference at that token with the statement it is about, if both are
 * understood; `unit` as above. */
void nb_rates_read(struct nb_reading *reading, int number, int unit);

const struct nb_token *nb_reading_token(const struct nb_reading *reading, int token);
/* Has the token that sense? False outside the sentence. */
bool nb_reading_has(const struct nb_reading *reading, int token, enum nb_sense sense);
bool nb_reading_is(const struct nb_reading *reading, int token, enum nb_token_kind kind);
/* Is the word there that to any phrase? */
bool nb_reading_is_any(const struct nb_reading *reading, int token, enum nb_role role);
/* The token of the unit behind the number, with what stands between: 3500余件; else the number. */
int nb_reading_unit(const struct nb_reading *reading, int number);
/* Does the word there change nothing, or only how exactly a number is meant? */
bool nb_reading_is_passive(const struct nb_reading *reading, int token);
/* The bytes of the text from one token to another. */
struct nb_span nb_reading_span(const struct nb_reading *reading, int from, int to);

#endif
