/* One line of text being typed: cells, questions, filters. */
#ifndef NIANBAO_TUI_LINE_H
#define NIANBAO_TUI_LINE_H

#include "canvas.h"
#include "key.h"

/* Start from { 0 }. */
struct tui_line {
    struct nb_buf text;
    size_t cursor; /* bytes; on the border of a grapheme cluster */
};

/* Replaces the text; the cursor goes behind it. */
void tui_line_set(struct tui_line *line, const char *text);
/* Takes blanks away at both ends, also ideographic ones: they come with pasting. */
void tui_line_trim(struct tui_line *line);
void tui_line_release(struct tui_line *line);
/* Typing, arrows, Home, End, Backspace, Del, paste (line breaks and tabs become blanks, other
 * control characters go). False: not for a line. */
bool tui_line_event(struct tui_line *line, const struct tui_event *event);
/* Draws it in `columns` columns and puts the cursor there; a longer text shows the part around the
 * cursor. */
void tui_line_draw(const struct tui_line *line, struct tui_canvas *canvas, int y, int x,
                   int columns, enum tui_style style);

#endif
