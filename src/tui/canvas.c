#include "canvas.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "nianbao/text.h"

void tui_canvas_resize(struct tui_canvas *canvas, int rows, int columns)
{
    free(canvas->glyphs);
    canvas->rows = rows;
    canvas->columns = columns;
    canvas->glyphs = nb_xalloc((size_t)rows * (size_t)columns * sizeof *canvas->glyphs + 1);
    tui_canvas_clear(canvas);
}

void tui_canvas_release(struct tui_canvas *canvas)
{
    free(canvas->glyphs);
    *canvas = (struct tui_canvas) { 0 };
}

void tui_canvas_clear(struct tui_canvas *canvas)
{
    canvas->top = canvas->left = 0;
    canvas->bottom = canvas->rows;
    canvas->right = canvas->columns;
    canvas->cursor_y = canvas->cursor_x = -1;
    static const struct tui_glyph blank = { " ", TUI_PLAIN };
    size_t columns = (size_t)canvas->columns;
    for (size_t i = 0; canvas->rows && i < columns; i++)
        canvas->glyphs[i] = blank;
    for (int y = 1; y < canvas->rows; y++)
        memcpy(&canvas->glyphs[(size_t)y * columns], canvas->glyphs, columns * sizeof blank);
}

struct tui_window tui_canvas_clip(struct tui_canvas *canvas, int top, int left, int rows,
                                  int columns)
{
    struct tui_window before = { canvas->top, canvas->left, canvas->bottom, canvas->right };
    canvas->top = tui_larger(before.top, top);
    canvas->left = tui_larger(before.left, left);
    canvas->bottom = tui_smaller(before.bottom, top + rows);
    canvas->right = tui_smaller(before.right, left + columns);
    return before;
}

void tui_canvas_unclip(struct tui_canvas *canvas, struct tui_window window)
{
    canvas->top = window.top;
    canvas->left = window.left;
    canvas->bottom = window.bottom;
    canvas->right = window.right;
}

static bool is_inside(const struct tui_canvas *canvas, int y, int x)
{
    return y >= canvas->top && y < canvas->bottom && x >= canvas->left && x < canvas->right;
}

static struct tui_glyph *glyph_at(const struct tui_canvas *canvas, int y, int x)
{
    return &canvas->glyphs[(size_t)y * (size_t)canvas->columns + (size_t)x];
}

static void blank_glyph(struct tui_glyph *glyph)
{
    memset(glyph->text, 0, sizeof glyph->text);
    glyph->text[0] = ' ';
}

/* Whatever wide character loses a half to the cells [x, x + width) loses the other, too. */
static void break_halves(struct tui_canvas *canvas, int y, int x, int width)
{
    if (x > 0 && !glyph_at(canvas, y, x)->text[0])
        blank_glyph(glyph_at(canvas, y, x - 1));
    int behind = x + width;
    if (behind < canvas->columns && !glyph_at(canvas, y, behind)->text[0])
        blank_glyph(glyph_at(canvas, y, behind));
}

/* `width` cells become one character, or blanks where the window cuts it in half. */
static void put(struct tui_canvas *canvas, int y, int x, int width, enum tui_style style,
                const char *text, size_t len_bytes)
{
    bool first = is_inside(canvas, y, x), last = is_inside(canvas, y, x + width - 1);
    if (!first || !last) {
        if (first)
            put(canvas, y, x, 1, style, " ", 1);
        if (last)
            put(canvas, y, x + width - 1, 1, style, " ", 1);
        return;
    }
    break_halves(canvas, y, x, width);
    for (int i = 0; i < width; i++) {
        struct tui_glyph *glyph = glyph_at(canvas, y, x + i);
        memset(glyph, 0, sizeof *glyph);
        glyph->style = (unsigned char)style;
    }
    memcpy(glyph_at(canvas, y, x)->text, text, len_bytes);
}

/* The next grapheme cluster: its length, its width, what to draw for it. */
struct cluster {
    size_t len;
    int width;
    const char *text;
    size_t text_len;
};

/* A character that never joins the one before nor the one behind, unless that is a mark: its bytes
 * and its width. Nearly all that is drawn is decided here. */
struct simple {
    unsigned char len, width; /* 0: none of these */
};

static struct simple simple_at(const char *text)
{
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] >= ' ' && at[0] < 0x7F)
        return (struct simple) { 1, 1 };
    if (at[0] >= 0xE5 && at[0] <= 0xE9) /* U+5000 to U+9FFF: ideographs */
        return (struct simple) { 3, 2 };
    if (at[0] == 0xE3 && at[1] == 0x80 && at[2] < 0xA0) /* U+3000 to U+301F: 、。《》〔〕 */
        return (struct simple) { 3, 2 };
    if (at[0] == 0xEF && at[1] == 0xBC && at[2] > 0x80) /* U+FF01 to U+FF3F: （），：； */
        return (struct simple) { 3, 2 };
    if (at[0] == 0xE2 && (at[1] == 0x94 || at[1] == 0x95)) /* U+2500 to U+257F: lines */
        return (struct simple) { 3, 1 };
    return (struct simple) { 0, 0 };
}

static struct cluster next_cluster(const char *text, const char *end)
{
    struct simple simple = simple_at(text);
    if (simple.len && (text + simple.len == end || simple_at(text + simple.len).len))
        return (struct cluster) { simple.len, simple.width, text, simple.len };
    const char *next = nb_utf8_cluster_end(text, end);
    struct cluster cluster = { .len = (size_t)(next - text), .text = text };
    cluster.text_len = cluster.len;
    cluster.width = nb_text_width(text, cluster.len);
    unsigned char byte = (unsigned char)*text;
    bool control = byte < ' ' || byte == 0x7F || (byte == 0xC2 && (unsigned char)text[1] < 0xA0);
    if (control) {
        cluster.width = 1;
        cluster.text = byte == '\t' ? " " : "?";
        cluster.text_len = 1;
    } else if (cluster.width < 1) { /* a mark without a base */
        cluster.width = 1;
        cluster.text = "?";
        cluster.text_len = 1;
    } else if (cluster.width > 2) {
        cluster.width = 2;
    }
    while (cluster.text_len > TUI_CLUSTER_BYTES) /* too many marks: the first ones show */
        cluster.text_len =
            (size_t)((const char *)u8_prev(&(ucs4_t) { 0 },
                                           (const uint8_t *)cluster.text + cluster.text_len,
                                           (const uint8_t *)cluster.text) -
                     cluster.text);
    return cluster;
}

int tui_canvas_bytes(struct tui_canvas *canvas, int y, int x, enum tui_style style,
                     const char *text, size_t len_bytes)
{
    for (const char *end = text + len_bytes; text < end;) {
        struct cluster cluster = next_cluster(text, end);
        put(canvas, y, x, cluster.width, style, cluster.text, cluster.text_len);
        x += cluster.width;
        text += cluster.len;
    }
    return x;
}

int tui_canvas_text(struct tui_canvas *canvas, int y, int x, enum tui_style style, const char *text)
{
    return tui_canvas_bytes(canvas, y, x, style, text, strlen(text));
}

int tui_canvas_printf(struct tui_canvas *canvas, int y, int x, enum tui_style style,
                      const char *format, ...)
{
    char small[256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (len < (int)sizeof small)
        return tui_canvas_text(canvas, y, x, style, small);
    char *large = nb_xalloc((size_t)len + 1);
    va_start(args, format);
    vsnprintf(large, (size_t)len + 1, format, args);
    va_end(args);
    x = tui_canvas_text(canvas, y, x, style, large);
    free(large);
    return x;
}

void tui_canvas_text_right(struct tui_canvas *canvas, int y, int right, enum tui_style style,
                           const char *text)
{
    tui_canvas_text(canvas, y, right - tui_text_width(text), style, text);
}

void tui_canvas_fill(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style)
{
    for (int i = tui_larger(0, canvas->left - x); i < columns && x + i < canvas->right; i++)
        put(canvas, y, x + i, 1, style, " ", 1);
}

void tui_canvas_restyle(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style)
{
    for (int i = 0; i < columns; i++) {
        if (is_inside(canvas, y, x + i))
            glyph_at(canvas, y, x + i)->style = (unsigned char)style;
    }
}

void tui_canvas_rule(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style)
{
    for (int i = 0; i < columns; i++)
        tui_canvas_text(canvas, y, x + i, style, canvas->ascii ? "-" : "─");
}

void tui_canvas_frame(struct tui_canvas *canvas, int y, int x, int rows, int columns,
                      enum tui_style style)
{
    static const char *const unicode[] = { "┌", "┐", "└", "┘", "│" };
    static const char *const ascii[] = { "+", "+", "+", "+", "|" };
    const char *const *signs = canvas->ascii ? ascii : unicode;
    int last_y = y + rows - 1, last_x = x + columns - 1;
    for (int i = y; i <= last_y; i++) {
        tui_canvas_fill(canvas, i, x, columns, style);
        tui_canvas_text(canvas, i, x, style, signs[4]);
        tui_canvas_text(canvas, i, last_x, style, signs[4]);
    }
    tui_canvas_rule(canvas, y, x, columns, style);
    tui_canvas_rule(canvas, last_y, x, columns, style);
    tui_canvas_text(canvas, y, x, style, signs[0]);
    tui_canvas_text(canvas, y, last_x, style, signs[1]);
    tui_canvas_text(canvas, last_y, x, style, signs[2]);
    tui_canvas_text(canvas, last_y, last_x, style, signs[3]);
}

void tui_canvas_cursor(struct tui_canvas *canvas, int y, int x)
{
    bool inside = is_inside(canvas, y, x);
    canvas->cursor_y = inside ? y : -1;
    canvas->cursor_x = inside ? x : -1;
}

int tui_text_width(const char *text)
{
    int width = 0;
    for (const char *end = text + strlen(text); text < end;) {
        struct cluster cluster = next_cluster(text, end);
        width += cluster.width;
        text += cluster.len;
    }
    return width;
}

size_t tui_text_fit(const char *text, size_t len_bytes, int columns)
{
    const char *at = text;
    for (const char *end = text + len_bytes; at < end;) {
        struct cluster cluster = next_cluster(at, end);
        if (cluster.width > columns)
            break;
        columns -= cluster.width;
        at += cluster.len;
    }
    return (size_t)(at - text);
}
