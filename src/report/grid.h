/* Tables of a form as grids of boxes. */
#ifndef NIANBAO_REPORT_GRID_H
#define NIANBAO_REPORT_GRID_H

#include "nianbao/report.h"

/* `n_tables` tables that stand in one frame, the first and those joined to it. Everything is in the
 * arena. */
const struct nb_grid *nb_grid_build(struct nb_arena *arena, const struct nb_table *const *tables,
                                    int n_tables, const struct nb_draft *draft, bool blank);

/* The widths of a grid's columns for text of `width_cols`, rules included; `widths` has room for
 * each column. Returns the width of the whole, which is larger only where it cannot be helped. */
int nb_layout_columns(const struct nb_grid *grid, int width_cols, int *widths);

/* Appends the grid with those column widths, every line as wide as the others. */
void nb_grid_write(const struct nb_grid *grid, const int *widths, enum nb_line_style style,
                   struct nb_buf *out);

#endif
