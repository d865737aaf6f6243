/* The inside of a checker, shared by judging, wording and the search for suspects. */
#ifndef NIANBAO_CHECK_CHECKER_H
#define NIANBAO_CHECK_CHECKER_H

#include "nianbao/check.h"
#include "prose.h"

/* Sums of last year's figures by side, in millionths. */
struct nb_last_sum {
    nb_wide sum[2];
    bool blank[2];
    bool exists;
};

struct nb_proofs;

struct nb_checker {
    const struct nb_form *form;
    const struct nb_figure *figures;
    const struct nb_draft *prior;
    unsigned char *verdicts;  /* enum nb_verdict, by equation */
    struct nb_last_sum *last; /* by equation; only used where it has last-year terms */
    long judged;
    struct nb_prose_cache *prose; /* what the texts say, kept from one look to the next */
    struct nb_proofs *proofs;     /* what is known of the draft's texts: proof.h */
};

/* One side: the sum of what is filled, and where blanks could still move it. */
struct nb_side {
    nb_wide sum;
    int blanks;
    bool can_rise, can_fall;
};

struct nb_balance {
    struct nb_side sides[2];
    nb_wide step;   /* blanks move the difference by multiples of this; 0: none blank */
    int blank_cell; /* the last blank cell seen, with its factor on the left; -1: none */
    int64_t blank_factor;
    bool absent; /* see NB_ABSENT */
};
struct nb_balance nb_checker_balance(const struct nb_checker *checker, int equation);
/* By the figures as they are; the verdict that is kept stays. */
enum nb_verdict nb_checker_judge(const struct nb_checker *checker, int equation);

/* Gives warnings their acceptances, and appends a finding for each acceptance that has lapsed. All
 * other findings about the draft are in `diags`. */
void nb_accepted_note(const struct nb_checker *checker, const struct nb_draft *draft,
                      const char *file, bool final, struct nb_diags *diags);

/* The equation that makes the cell a total, the sum of its other cells; NULL where none does. Its
 * last term is the total. */
const struct nb_equation *nb_cell_definition(const struct nb_form *form, int cell);

/* Fills the blanks among the figures, see nb_check_fill_blanks(). */
void nb_check_fill_figures(const struct nb_form *form, struct nb_figure *figures);

#endif
