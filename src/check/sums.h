/* The sums of a draft that must hold, as a sparse matrix of integers: rows are equations, columns
 * cells.
 *
 *     residual[e] + sum over cells c of factor[e][c] * change[c] = 0
 *
 * is what a change of cells must bring about. Values are millionths (figure.h). A blank total that
 * was filled in by nb_check_fill_blanks() follows its parts: it has no column, its parts stand in
 * its place. */
#ifndef NIANBAO_CHECK_SUMS_H
#define NIANBAO_CHECK_SUMS_H

#include "checker.h"

struct nb_entry {
    int equation, cell;
    nb_wide factor;
};

struct nb_entries {
    struct nb_entry *items;
    int *from; /* [from[i], from[i + 1]) are those of row or column i */
    int count, cap;
};

struct nb_sums {
    const struct nb_checker *checker;
    struct nb_entries rows, columns; /* rows: by equation; columns: by cell, then by equation */
    nb_wide *residuals;              /* by equation, 0 also for those that are no sums */
    bool *is_sum;                    /* by equation: it must hold exactly */
    bool *derived;                   /* by cell: a blank total that follows its parts */
    int n_derived;
};

/* False, and nothing to release, where the form is too large to be looked through after each
 * edit. */
bool nb_sums_init(struct nb_sums *sums, const struct nb_checker *checker,
                  const struct nb_draft *draft);
void nb_sums_release(struct nb_sums *sums);

static inline int nb_entries_count(const struct nb_entries *entries, int index)
{
    return entries->from[index + 1] - entries->from[index];
}

static inline const struct nb_entry *nb_entries_of(const struct nb_entries *entries, int index)
{
    return entries->items + entries->from[index];
}

#endif
