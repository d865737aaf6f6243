/* A rectangle of cells to draw on, clipped and width-aware; knows no terminal.
 *
 *     row 0  │一│ │2│0│…         an ideograph takes two cells: the second has no text
 *            cells [y * columns + x]
 *
 * Drawing outside the clipped window does nothing. A wide character that the window cuts in half
 * becomes a blank, and drawing over one half of a wide character blanks the other. */
#ifndef NIANBAO_TUI_CANVAS_H
#define NIANBAO_TUI_CANVAS_H

#include "nianbao/base.h"

/* What a stretch of text is, not how it looks: the terminal decides that (terminal.c). */
enum tui_style {
    TUI_PLAIN,
    TUI_BAR,      /* status and hints */
    TUI_CURRENT,  /* the tab or line that is chosen */
    TUI_HEAD,     /* heads of tables, titles */
    TUI_LABEL,    /* what belongs to the focused cell's row and column */
    TUI_FOCUS,    /* the focused cell */
    TUI_SELECTED, /* a marked block */
    TUI_ERROR,
    TUI_WARNING,
    TUI_DONE,
    TUI_DIM,
    TUI_LINK,  /* a figure in a text */
    TUI_FOUND, /* a stretch that a warning is about */
    TUI_FOUND_ERROR,
    TUI_STYLE_COUNT
};

enum { TUI_CLUSTER_BYTES = 23 };

struct tui_glyph {
    char
        text[TUI_CLUSTER_BYTES + 1]; /* one grapheme cluster; "" is the second half of a wide one */
    unsigned char style;             /* enum tui_style */
};

struct tui_canvas {
    int rows, columns;
    struct tui_glyph *glyphs;
    int top, left, bottom, right; /* the window; bottom and right are outside */
    int cursor_y, cursor_x;       /* -1: hidden */
    bool ascii;                   /* lines and marks in ASCII */
};

/* A window to come back to. */
struct tui_window {
    int top, left, bottom, right;
};

void tui_canvas_resize(struct tui_canvas *canvas, int rows, int columns);
void tui_canvas_release(struct tui_canvas *canvas);
/* Blanks everything, hides the cursor, opens the window to the whole. */
void tui_canvas_clear(struct tui_canvas *canvas);

/* Narrows the window to a rectangle of the canvas; returns the one before. */
struct tui_window tui_canvas_clip(struct tui_canvas *canvas, int top, int left, int rows,
                                  int columns);
void tui_canvas_unclip(struct tui_canvas *canvas, struct tui_window window);

/* Draws text that stands on one line at row y from column x; returns the column behind it, also
 * where it is clipped. Control characters are shown as a substitute. */
int tui_canvas_text(struct tui_canvas *canvas, int y, int x, enum tui_style style,
                    const char *text);
int tui_canvas_bytes(struct tui_canvas *canvas, int y, int x, enum tui_style style,
                     const char *text, size_t len_bytes);
int tui_canvas_printf(struct tui_canvas *canvas, int y, int x, enum tui_style style,
                      const char *format, ...) __attribute__((format(printf, 5, 6)));
/* So that its end stands before column `right`. */
void tui_canvas_text_right(struct tui_canvas *canvas, int y, int right, enum tui_style style,
                           const char *text);
void tui_canvas_fill(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style);
void tui_canvas_restyle(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style);
void tui_canvas_rule(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style);
/* A frame, blank inside. */
void tui_canvas_frame(struct tui_canvas *canvas, int y, int x, int rows, int columns,
                      enum tui_style style);
void tui_canvas_cursor(struct tui_canvas *canvas, int y, int x);

static inline int tui_larger(int a, int b)
{
    return a > b ? a : b;
}

static inline int tui_smaller(int a, int b)
{
    return a < b ? a : b;
}

/* Columns of a text as it is drawn. */
int tui_text_width(const char *text);
/* How many bytes of the text fit into so many columns. */
size_t tui_text_fit(const char *text, size_t len_bytes, int columns);

#endif
