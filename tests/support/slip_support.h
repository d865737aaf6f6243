/* Slips of a typist, for tests that make them by the hundred. */
#ifndef TESTS_SLIP_SUPPORT_H
#define TESTS_SLIP_SUPPORT_H

#include "nianbao/draft.h"

/* Published tables whose sums hold, and the sample. */
extern const char *const slip_files[];
extern const int n_slip_files;

/* wrong digit, swapped, dropped, doubled, times ten */
extern const int n_slip_kinds;
const char *slip_kind_name(int kind);
/* The figure after a slip; the same figure where this kind of slip cannot be seen in it. */
struct nb_figure slip_figure(struct nb_figure figure, int kind, uint64_t *seed);
/* A slip of any kind in the cell, which is filled; false: it cannot be seen, nothing has changed.
 */
bool slip_cell(struct nb_draft *draft, int cell, uint64_t *seed);

/* A cell of tables three and four, where every figure stands in a sum. */
int slip_random_cell(const struct nb_form *form, uint64_t *seed);

/* What offices leave blank: zeros, and besides the totals of rows but for the row of totals, or
 * that row. */
enum { SLIP_ZEROS = 0, SLIP_ROW_TOTALS = 1, SLIP_TOTAL_ROW = 2 };
void slip_blank_out(struct nb_draft *draft, int what);

#endif
