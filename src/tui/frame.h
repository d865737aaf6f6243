/* What questions and readers share: the frame in the middle of the screen, text wrapped to rows. */
#ifndef NIANBAO_TUI_FRAME_H
#define NIANBAO_TUI_FRAME_H

#include "canvas.h"
#include "key.h"
#include "nianbao/text.h"

/* A rectangle of the canvas. */
struct tui_box {
    int y, x, rows, columns;
};
/* Is the cell in it? */
bool tui_box_has(const struct tui_box *box, int y, int x);

/* The first row of a screen: what it is, and counts at its right end, which show whatever gives
 * way.
 */
void tui_bar_draw(struct tui_canvas *canvas, const char *what, const char *counts);

/* Draws an empty frame in the middle of the canvas, `title` in its top edge and `keys` in its
 * bottom edge. The inside is as large as wished, or as the canvas allows: at least 4 rows and 20
 * columns where anything is drawn at all. Returns the inside; draw there with the window clipped to
 * it. */
struct tui_box tui_frame_draw(struct tui_canvas *canvas, int rows, int columns, const char *title,
                              const char *keys);

/* Cuts lines ended by \n into rows of at most so many columns; an empty line gives an empty row,
 * and blanks at the start of a line stay before its first row. `rows` starts from { 0 } or is used
 * again: bytes of `text`. */
void tui_wrap(struct nb_lines *rows, const char *text, int columns);
/* The widest line of the text, in columns. */
int tui_widest_line(const char *text);

/* So that `at` lies in [0, count) and stands in the `shown` rows from the result on; `top` is the
 * first row so far. */
int tui_scroll_to(int top, int at, int shown, int count);

/* Arrows, pages, Home, End and the wheel as steps through a list of `count` things of which `shown`
 * are seen; 0: another event. */
int tui_steps(const struct tui_event *event, int shown, int count);

/* The event as the key that is named in the lower edge where the mouse was pressed, or as it is. */
struct tui_event tui_frame_event(const struct tui_box *box, const char *keys,
                                 const struct tui_event *event);

#endif
