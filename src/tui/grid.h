/* Drawing a sheet: stub and columns of its tables, the focus, marks of findings. */
#ifndef NIANBAO_TUI_GRID_H
#define NIANBAO_TUI_GRID_H

#include "canvas.h"
#include "line.h"
#include "shape.h"

/* Two corners, both inside. */
struct tui_block {
    struct tui_focus first, last;
};

struct tui_grid {
    const struct tui_session *session;
    const struct tui_sheet *sheet;
    struct tui_focus focus, anchor; /* anchor: the other corner of the marked block */
    bool has_block;
    const struct tui_line *typing; /* what is being typed into the focused cell, or NULL */
    struct tui_shapes shapes;      /* as last drawn */
    int *failing;                  /* likewise: equations that fail */
    int n_failing, cap_failing;
    int top;                 /* the first row shown, as last drawn */
    int wished_top;          /* the same as moves have left it, whatever the size since */
    int first_column;        /* the first column shown where not all fit */
    int y, x, rows, columns; /* the rectangle, as last drawn */
};

void tui_grid_release(struct tui_grid *grid);
/* Draws into the rectangle and scrolls so that the focus shows. The row below the rectangle is the
 * rule that tui_grid_draw_foot() draws. */
void tui_grid_draw(struct tui_grid *grid, struct tui_canvas *canvas, int y, int x, int rows,
                   int columns);
/* A rule with a mark under each column whose sum fails. */
void tui_grid_draw_foot(const struct tui_grid *grid, struct tui_canvas *canvas, int y);
/* What stands at a place of the screen; row -1: nothing to focus. */
struct tui_focus tui_grid_at(const struct tui_grid *grid, int y, int x);
/* The marked block, or the focus where there is none. */
struct tui_block tui_grid_block(const struct tui_grid *grid);

#endif
