/* Inside of the text editor: what prose.c, prose_view.c and prose_move.c share. */
#ifndef NIANBAO_TUI_PROSE_VIEW_H
#define NIANBAO_TUI_PROSE_VIEW_H

#include "prose.h"
#include "prose_layout.h"

/* A line on the screen. */
struct tui_spot {
    size_t paragraph; /* where it begins in the text */
    int line;
};

const char *tui_prose_text(const struct tui_prose *prose);
/* Layouts must be asked for anew: the draft may have changed. Brings cursor, marked stretch and top
 * back into the text. */
void tui_prose_refresh(struct tui_prose *prose);
/* The paragraph that begins there; borrowed until the next call. */
struct tui_layout *tui_prose_layout(struct tui_prose *prose, size_t paragraph);
/* Releases the layouts. */
void tui_prose_release_layouts(struct tui_prose *prose);

struct tui_spot tui_prose_cursor_spot(struct tui_prose *prose);
/* The column of the cursor in its line. */
int tui_prose_cursor_column(struct tui_prose *prose);
/* The next line (step 1) or the one before (-1); false and as it was: there is none. */
bool tui_prose_step(struct tui_prose *prose, struct tui_spot *spot, int step);
/* Puts the cursor on that line at that column. */
void tui_prose_place(struct tui_prose *prose, struct tui_spot spot, int column);
/* The cursor, at the border of a sign: the nearest one before or behind, also across paragraphs. */
size_t tui_prose_before(struct tui_prose *prose, size_t offset);
size_t tui_prose_behind(struct tui_prose *prose, size_t offset);

/* Scrolls so that the cursor is visible. */
void tui_prose_show_cursor(struct tui_prose *prose);
/* Scrolls by lines; the cursor goes along as far as it must. */
void tui_prose_scroll(struct tui_prose *prose, int lines);
/* Puts the cursor where the mouse is. */
void tui_prose_point(struct tui_prose *prose, int y, int x);

#endif
