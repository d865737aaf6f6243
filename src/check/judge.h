/* Judging the statements of a text: what judge.c (figures and parts), judge_rates.c (percentages
 * and growth) and prose.c (all texts of a draft) share. */
#ifndef NIANBAO_CHECK_JUDGE_H
#define NIANBAO_CHECK_JUDGE_H

#include "prose.h"
#include "prose/statements.h"

/* Millionths; what claims to be more is no percentage of anything. Products then fit nb_wide. */
enum { NB_MOST_PERCENT = 1000000000 };

struct nb_judge {
    const struct nb_prose_facts *facts;
    const struct nb_form *form;
    const struct nb_statements *statements; /* of the text at work */
    int text;
    struct nb_diags *diags;
    bool *told; /* by statement: something has been told about it */
};

/* The sum that an equation of a phrase stands for; false where a cell of it is blank. */
bool nb_judge_sum(const struct nb_judge *judge, const struct nb_equation *sum, nb_wide *value);
/* The same of last year's draft; false also where there is none or where it lacks a cell. */
bool nb_judge_last_sum(const struct nb_judge *judge, const struct nb_equation *sum, nb_wide *value);
/* Can the number of the statement mean that sum, whose first cell is `cell`? */
bool nb_judge_fits(const struct nb_judge *judge, const struct nb_statement *statement, int cell,
                   nb_wide value);
/* A value stated with that unit, NULL: without one, in the unit of the cell: 元 in 万元. */
nb_wide nb_judge_in_units_of(const struct nb_judge *judge, int cell, const struct nb_word *unit,
                             nb_wide value);
const struct nb_phrase *nb_judge_phrase(const struct nb_judge *judge,
                                        const struct nb_statement *statement, int index);
/* The bytes of the text as one line for quoting. */
void nb_judge_add_quote(const struct nb_judge *judge, struct nb_span span, struct nb_buf *out);
/* Completes a finding about these bytes; `right` is what they should be compared with. */
void nb_judge_settle(struct nb_judge *judge, struct nb_diag *diag, struct nb_span span,
                     const char *quote, const char *right);
struct nb_mark nb_judge_mark(const struct nb_judge *judge, struct nb_span span);

/* Tells that the statement cannot stand beside `other`, the words of another one. */
void nb_judge_tell_pair(struct nb_judge *judge, enum nb_message message,
                        const struct nb_statement *statement, const char *other);
/* Is it a number that is meant exactly, and no percentage? */
bool nb_statement_is_plain(const struct nb_statement *statement);
/* Is `part` that percentage of `whole`, to half of its last place or 0.05 points? */
bool nb_judge_is_percent(nb_wide part, nb_wide whole, const struct nb_number *number);
/* Appends 12.5%, rounded to places of `step`; `whole` is not 0. */
void nb_judge_add_percent(struct nb_buf *out, nb_wide part, nb_wide whole, nb_wide step);

/* The statements of the text whose figures are not true; nothing is told. */
int nb_judge_count_untrue(const struct nb_judge *judge);
/* Judges figures and parts, then percentages and differences of the text. */
void nb_judge_text(struct nb_judge *judge);
void nb_judge_rates(struct nb_judge *judge);

#endif
