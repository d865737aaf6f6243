/* Checking: the equations of a form over a draft.
 *
 * An equation holds, fails, or is open: one with blank cells fails only where no figures in them
 * could make it true. A checker belongs to one draft and keeps a verdict for each equation; setting
 * a cell costs the equations of that cell and no others. */
#ifndef NIANBAO_CHECK_H
#define NIANBAO_CHECK_H

#include "nianbao/draft.h"

enum nb_verdict {
    NB_HOLDS,
    NB_FAILS,
    NB_OPEN,
    NB_ABSENT, /* needs last year's draft, or a figure that last year's form does not have */
};

struct nb_checker;

/* Judges every equation once. `figures`, one for each cell of the form, and `prior`, last year's
 * draft or NULL, stay the caller's and must outlive the checker. */
struct nb_checker *nb_checker_new(const struct nb_form *form, const struct nb_figure *figures,
                                  const struct nb_draft *prior);
void nb_checker_free(struct nb_checker *checker);

/* The figure of the cell has changed: judges its equations again, and only those. */
void nb_checker_cell_changed(struct nb_checker *checker, int cell);
/* By the figures as they were when the equation was last judged. */
enum nb_verdict nb_checker_verdict(const struct nb_checker *checker, int equation);
int nb_checker_count(const struct nb_checker *checker, enum nb_verdict verdict);
/* How many equations have been judged since the checker was made: what an edit costs. */
long nb_checker_judged(const struct nb_checker *checker);
/* The figure that the one blank cell of an open equation must be, where it follows. */
bool nb_checker_proposal(const struct nb_checker *checker, int equation, int *cell,
                         struct nb_figure *figure);

/* Is the cell a total that its own equation makes the sum of others, and is one of those filled?
 * *figure is that sum then, blanks counting 0; false also where no figure can hold it. */
bool nb_checker_total(const struct nb_checker *checker, int cell, struct nb_figure *figure);
/* Appends the equation in figures: 1048+21+0=1069 ≠ 1431. A long side shows only its sum, a blank
 * is ＿. */
void nb_checker_add_figures(const struct nb_checker *checker, int equation, struct nb_buf *out);

/* Appends a finding for every equation that fails, placed where `draft` has its cells. */
void nb_checker_add_findings(const struct nb_checker *checker, const struct nb_draft *draft,
                             const char *file, struct nb_diags *diags);

/* ---- a whole draft, as `nianbao check` judges it ---- */

struct nb_check_options {
    bool final; /* as 定稿 does: blanks count as 0, blank totals as their sums */
    const struct nb_draft *prior; /* last year's draft, or NULL */
};

/* Appends all findings about the draft, sorted by place: equations, blanks, texts; those that a
 * person has accepted say so, and so does an acceptance that no finding is left for. What `diags`
 * holds before (nb_check_load_prior()) may be accepted, too. */
void nb_check_draft(const struct nb_draft *draft, const char *file,
                    const struct nb_check_options *options, struct nb_diags *diags);

/* The same for a checker that is kept up to date, in the order of the form: the screen asks for
 * them after each edit. */
void nb_check_findings(const struct nb_checker *checker, const struct nb_draft *draft,
                       const char *file, bool final, struct nb_diags *diags);

/* Appends the path of the draft that `prior` of this one names, relative to the folder of `file`;
 * nothing where it names none. */
void nb_check_add_prior_path(const struct nb_draft *draft, const char *file, struct nb_buf *path);
/* Loads the draft that `prior` of this draft names, relative to the folder of `file`. *prior is
 * yours, NULL where there is none or where it cannot be used, which is told as a warning, not yet
 * looked up among the accepted ones. */
void nb_check_load_prior(const struct nb_draft *draft, const char *file, struct nb_catalog *catalog,
                         struct nb_diags *diags, struct nb_draft **prior);
/* Is `prior`, from the file `name`, of the same unit and the year before? If not, that is told. */
bool nb_check_prior_fits(const struct nb_draft *draft, const char *file,
                         const struct nb_draft *prior, const char *name, struct nb_diags *diags);

/* Does the text speak of that aspect? */
bool nb_check_speaks_of(const char *text, const struct nb_aspect *aspect);

/* A copy of the draft's figures as 定稿 would fill its blanks: parts 0, totals what their parts add
 * up to. `figures` has room for every cell of the form. */
void nb_check_fill_blanks(const struct nb_draft *draft, struct nb_figure *figures);

#endif
