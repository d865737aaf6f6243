/* Where the stub and the columns of a sheet's tables stand.
 *
 *     stub             widths[0] widths[1] …             the same for all tables of the sheet
 *     （三）1.国家秘密        2         0     …     2
 *           ^label_at        lefts[0]  lefts[1]          -1: scrolled away
 */
#ifndef NIANBAO_TUI_SHAPE_H
#define NIANBAO_TUI_SHAPE_H

#include "sheet.h"

/* One table. */
struct tui_shape {
    const struct nb_table *table;
    int deep_at;   /* column in the stub where labels of the deepest level want to begin */
    int label_at;  /* where they do: groups give way in a narrow stub */
    int n_columns; /* of the table */
    int *lefts;    /* by column, from the left of the sheet; borrowed from the shapes */
    int right;     /* behind the last column */
};

/* Start from { 0 }. */
struct tui_shapes {
    struct tui_shape *items;
    int count, cap;
    int n_widths;
    int *widths;     /* by column; a figure is right-aligned, one column free before it */
    int *fitted;     /* the same with what room is left */
    int *lefts;      /* of all tables */
    int stub;        /* as wide as its labels */
    int fitted_stub; /* as shown */
    const struct nb_form *form; /* what was measured, */
    int section;
    unsigned version; /* and when */
};

/* Measures where the draft has changed, and places the columns from `first_column` on, beside the
 * last one, which always shows, in `columns` columns of the screen. */
void tui_shapes_make(struct tui_shapes *shapes, const struct tui_session *session,
                     const struct tui_sheet *sheet, int columns, int first_column);
void tui_shapes_release(struct tui_shapes *shapes);
const struct tui_shape *tui_shape_of(const struct tui_shapes *shapes, const struct nb_table *table);

/* Appends the labels of the groups that begin with this row. */
void tui_add_groups(struct nb_buf *out, const struct nb_table *table, int row);
/* A leaf below groups of groups stands apart from their labels; others follow theirs. */
bool tui_label_stands_apart(const struct nb_table *table, int row);
/* The column in the stub where the row's label begins. */
int tui_shape_label_left(const struct tui_shape *shape, int row);
/* Appends what stands in the cell: its figure, the printed unit, or nothing. */
void tui_add_value(struct nb_buf *out, const struct tui_session *session,
                   const struct nb_table *table, int row, int column);

#endif
