/* Painting a grid as text.
 *
 * Rules go into a raster of one byte for each display column, with a bit for each direction a rule
 * leaves that point; the crossing of any boxes is then the right character by itself, and edges
 * are straight by construction. Texts are put over the empty places of the raster. */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nianbao/text.h"

enum { UP = 1, DOWN = 2, LEFT = 4, RIGHT = 8 };

struct painter {
    const struct nb_grid *grid;
    int *x, *y; /* where the rule left of a column, above a row stands; one more for the end */
    int width, height;
    unsigned char *rules;   /* height * width */
    struct nb_lines *lines; /* by box */
};

static int inner_width(const struct painter *painter, const struct nb_box *box)
{
    return painter->x[box->column + box->columns] - painter->x[box->column] - 1;
}

/* The bytes of a leading （三）, 0 where the label has none. */
static size_t enumerator_length(const char *label)
{
    const char *at = label;
    if (nb_utf8_next(&at) != 0xFF08) /* （ */
        return 0;
    for (int characters = 0; *at && characters < 4; characters++) {
        if (nb_utf8_next(&at) == 0xFF09) /* ） */
            return (size_t)(at - label);
    }
    return 0;
}

static void fill_lines(struct nb_lines *lines, const char *text, int width)
{
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, text, strlen(text));
    nb_lines_fill(lines, &pieces, text, 0, width);
    nb_pieces_release(&pieces);
}

/* A label of several lines is broken behind its （三） where that costs no line. */
static void fill_label(struct nb_lines *lines, const char *text, int width)
{
    fill_lines(lines, text, width);
    size_t len = enumerator_length(text);
    if (lines->count < 2 || !len || lines->items[0].len == len)
        return;
    struct nb_lines rest = { 0 };
    fill_lines(&rest, text + len, width);
    if (rest.count + 1 == lines->count) {
        lines->items[0] = (struct nb_line) { 0, len, nb_text_width(text, len) };
        for (int i = 0; i < rest.count; i++) {
            lines->items[i + 1] = rest.items[i];
            lines->items[i + 1].start += len;
        }
    }
    nb_lines_release(&rest);
}

static void fill_figure(struct nb_lines *lines, const char *text)
{
    if (!text[0])
        return;
    lines->items = nb_xalloc(sizeof *lines->items);
    lines->count = lines->cap = 1;
    lines->items[0] = (struct nb_line) { 0, strlen(text), nb_text_width(text, strlen(text)) };
}

static void break_texts(struct painter *painter)
{
    for (int i = 0; i < painter->grid->n_boxes; i++) {
        const struct nb_box *box = &painter->grid->boxes[i];
        int width = inner_width(painter, box) - box->indent_cols;
        if (box->figure)
            fill_figure(&painter->lines[i], box->text);
        else
            fill_label(&painter->lines[i], box->text, width > 1 ? width : 1);
    }
}

/* Rows are as high as their single-row boxes; a higher box over several rows stretches the last. */
static void set_heights(struct painter *painter)
{
    const struct nb_grid *grid = painter->grid;
    int *heights = nb_xalloc((size_t)grid->n_rows * sizeof *heights);
    for (int i = 0; i < grid->n_rows; i++)
        heights[i] = 1;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < grid->n_boxes; i++) {
            const struct nb_box *box = &grid->boxes[i];
            if ((box->rows == 1) != (pass == 0))
                continue;
            int has = box->rows - 1, last = box->row + box->rows - 1;
            for (int row = box->row; row <= last; row++)
                has += heights[row];
            if (painter->lines[i].count > has)
                heights[last] += painter->lines[i].count - has;
        }
    }
    painter->y[0] = 0;
    for (int i = 0; i < grid->n_rows; i++)
        painter->y[i + 1] = painter->y[i] + heights[i] + 1;
    painter->height = painter->y[grid->n_rows] + 1;
    free(heights);
}

static void mark(struct painter *painter, int y, int x, unsigned char directions)
{
    painter->rules[y * painter->width + x] |= directions;
}

static void outline_box(struct painter *painter, const struct nb_box *box)
{
    int left = painter->x[box->column], right = painter->x[box->column + box->columns];
    int top = painter->y[box->row], bottom = painter->y[box->row + box->rows];
    for (int x = left; x < right; x++) {
        mark(painter, top, x, RIGHT);
        mark(painter, top, x + 1, LEFT);
        mark(painter, bottom, x, RIGHT);
        mark(painter, bottom, x + 1, LEFT);
    }
    for (int y = top; y < bottom; y++) {
        mark(painter, y, left, DOWN);
        mark(painter, y + 1, left, UP);
        mark(painter, y, right, DOWN);
        mark(painter, y + 1, right, UP);
    }
}

static const char *rule_character(unsigned char directions, enum nb_line_style style)
{
    static const char *const unicode[16] = {
        [0] = " ",
        [UP | DOWN] = "│",
        [LEFT | RIGHT] = "─",
        [DOWN | RIGHT] = "┌",
        [DOWN | LEFT] = "┐",
        [UP | RIGHT] = "└",
        [UP | LEFT] = "┘",
        [UP | DOWN | RIGHT] = "├",
        [UP | DOWN | LEFT] = "┤",
        [DOWN | LEFT | RIGHT] = "┬",
        [UP | LEFT | RIGHT] = "┴",
        [UP | DOWN | LEFT | RIGHT] = "┼",
    };
    if (style == NB_LINES_UNICODE)
        return unicode[directions];
    if (directions == 0)
        return " ";
    return directions == (UP | DOWN) ? "|" : directions == (LEFT | RIGHT) ? "-" : "+";
}

/* A piece of text on one line of the raster. */
struct span {
    int x, width;
    const char *text;
    size_t len;
};

/* The text of the box on line y, if it has one there: lines stand in the middle of the box. */
static bool span_on(const struct painter *painter, int index, int y, struct span *span)
{
    const struct nb_box *box = &painter->grid->boxes[index];
    const struct nb_lines *lines = &painter->lines[index];
    int top = painter->y[box->row] + 1, bottom = painter->y[box->row + box->rows];
    int line = y - top - (bottom - top - lines->count) / 2;
    if (y < top || y >= bottom || line < 0 || line >= lines->count)
        return false;
    const struct nb_line *at = &lines->items[line];
    int left = painter->x[box->column] + 1;
    int slack = inner_width(painter, box) - box->indent_cols - at->width;
    int shift = box->align == NB_ALIGN_RIGHT    ? slack
                : box->align == NB_ALIGN_CENTER ? slack / 2
                                                : 0;
    *span = (struct span) { left + box->indent_cols + shift, at->width, box->text + at->start,
                            at->len };
    return at->len > 0;
}

static int by_x(const void *a, const void *b)
{
    return ((const struct span *)a)->x - ((const struct span *)b)->x;
}

static void write_line(const struct painter *painter, int y, enum nb_line_style style,
                       struct span *spans, struct nb_buf *out)
{
    int count = 0;
    for (int i = 0; i < painter->grid->n_boxes; i++)
        count += span_on(painter, i, y, &spans[count]);
    qsort(spans, (size_t)count, sizeof *spans, by_x);
    int next = 0;
    for (int x = 0; x < painter->width;) {
        if (next < count && spans[next].x == x) {
            nb_buf_add(out, spans[next].text, spans[next].len);
            x += spans[next++].width;
        } else {
            nb_buf_puts(out, rule_character(painter->rules[y * painter->width + x], style));
            x++;
        }
    }
    nb_buf_putc(out, '\n');
}

void nb_grid_write(const struct nb_grid *grid, const int *widths, enum nb_line_style style,
                   struct nb_buf *out)
{
    struct painter painter = { .grid = grid };
    painter.x = nb_xalloc((size_t)(grid->n_columns + 1) * sizeof(int));
    painter.y = nb_xalloc((size_t)(grid->n_rows + 1) * sizeof(int));
    painter.lines = nb_xalloc((size_t)grid->n_boxes * sizeof *painter.lines);
    for (int i = 0; i < grid->n_columns; i++)
        painter.x[i + 1] = painter.x[i] + widths[i] + 1;
    painter.width = painter.x[grid->n_columns] + 1;
    break_texts(&painter);
    set_heights(&painter);
    painter.rules = nb_xalloc((size_t)painter.height * (size_t)painter.width);
    for (int i = 0; i < grid->n_boxes; i++)
        outline_box(&painter, &grid->boxes[i]);
    struct span *spans = nb_xalloc((size_t)grid->n_boxes * sizeof *spans);
    for (int y = 0; y < painter.height; y++)
        write_line(&painter, y, style, spans, out);
    free(spans);
    for (int i = 0; i < grid->n_boxes; i++)
        nb_lines_release(&painter.lines[i]);
    free(painter.lines);
    free(painter.rules);
    free(painter.x);
    free(painter.y);
}
