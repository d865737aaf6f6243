/* A table drawn with rules, back to rows and cells: what src/report/paint.c did.
 *
 *   ┌──────┬────┐     The picture is laid out by display columns. Where a vertical rule stands
 *   │label │   7│     somewhere is an edge between columns, where a horizontal one does between
 *   │      ├────┤     rows; fields between edges that no rule parts are one box.
 *   │      │   8│
 *   └──────┴────┘     In ASCII + is a crossing only at the end of a run of -, since figures have
 *                     signs. A picture whose boxes are no rectangles is taken line by line. */
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "nianbao/text.h"

enum { MOST_COLS = 1000, MOST_LINES = 4000, MOST_FIELDS = 40000 };
enum { VERTICAL = 1, HORIZONTAL = 2 };

struct picture {
    struct nb_document *document;
    const char *const *lines;
    int first; /* number of the first line */
    int height, width;
    bool ascii;
    unsigned char *rules; /* height * width */
    const char **at; /* height * width: the character in that column; NULL: none begins there */
    int *x, n_x, *y, n_y; /* edges */
    int *boxes;           /* by field: the field its box begins with */
};

static bool is_drawn(uint32_t code)
{
    return code >= 0x2500 && code <= 0x257F;
}

static const char *first_solid(const char *line)
{
    for (const char *at = line; nb_utf8_is_blank(nb_utf8_next(&at)); line = at)
        ;
    return line;
}

bool nb_import_begins_frame(const char *line)
{
    const char *at = first_solid(line);
    uint32_t code = nb_utf8_next(&at);
    if (is_drawn(code))
        return true;
    return code == '+' && (*at == '-' || *at == '=') && strchr(at, '+');
}

/* Does a line go on with the picture? */
static bool belongs(const char *line, bool ascii)
{
    const char *at = first_solid(line);
    uint32_t code = nb_utf8_next(&at);
    return ascii ? code == '+' || code == '|' : is_drawn(code);
}

static int field(const struct picture *picture, int row, int column)
{
    return row * (picture->n_x - 1) + column;
}

static unsigned char *rule(const struct picture *picture, int y, int x)
{
    return &picture->rules[y * picture->width + x];
}

/* ---- laying out ---- */

static void measure(struct picture *picture, int n_lines)
{
    const char *at = first_solid(picture->lines[0]);
    picture->ascii = *at == '+';
    while (picture->height < n_lines && picture->height < MOST_LINES &&
           belongs(picture->lines[picture->height], picture->ascii)) {
        const char *line = picture->lines[picture->height++];
        int width = nb_text_width(line, strlen(line));
        picture->width = width > picture->width ? width : picture->width;
    }
}

/* Every rule character stands for a vertical rule but those that only lie. */
static unsigned char drawn_rule(uint32_t code)
{
    if (code == 0x2500 || code == 0x2501 || code == 0x2550)
        return HORIZONTAL;
    if (code == 0x2502 || code == 0x2503 || code == 0x2551)
        return VERTICAL;
    return is_drawn(code) ? VERTICAL | HORIZONTAL : 0;
}

static void place_line(struct picture *picture, int y)
{
    const char *at = picture->lines[y];
    for (int x = 0; *at && x < picture->width;) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        int width = nb_utf8_width(code);
        if (width == 0)
            continue;
        picture->at[y * picture->width + x] = from;
        if (!picture->ascii)
            *rule(picture, y, x) = drawn_rule(code);
        else if (code == '|')
            *rule(picture, y, x) = VERTICAL;
        x += width;
    }
}

static char ascii_at(const struct picture *picture, int y, int x)
{
    const char *at = picture->at[y * picture->width + x];
    return at ? *at : ' ';
}

/* Runs of - between two +. */
static void find_runs(struct picture *picture, int y)
{
    for (int x = 0; x < picture->width;) {
        int from = x;
        while (x < picture->width && strchr("+-=", ascii_at(picture, y, x)))
            x++;
        int to = x - 1;
        bool run =
            to > from && ascii_at(picture, y, from) == '+' && ascii_at(picture, y, to) == '+';
        for (int i = from; run && i <= to; i++)
            *rule(picture, y, i) =
                ascii_at(picture, y, i) == '+' ? VERTICAL | HORIZONTAL : HORIZONTAL;
        x += x == from;
    }
}

/* ---- edges and boxes ---- */

/* A rule that lies is longer than one character: a lone one is a crossing of others. */
static bool lies(const struct picture *picture, int y, int x)
{
    return (*rule(picture, y, x) & HORIZONTAL) != 0;
}

static void find_edges(struct picture *picture)
{
    for (int x = 0; x < picture->width; x++) {
        bool edge = false;
        for (int y = 0; y < picture->height && !edge; y++)
            edge = *rule(picture, y, x) == VERTICAL;
        if (edge)
            picture->x[picture->n_x++] = x;
    }
    for (int y = 0; y < picture->height; y++) {
        bool edge = false;
        for (int x = 0; x + 1 < picture->width && !edge; x++)
            edge = *rule(picture, y, x) == HORIZONTAL;
        if (edge)
            picture->y[picture->n_y++] = y;
    }
}

static bool parted_right(const struct picture *picture, int row, int column)
{
    int y = picture->y[row] + 1;
    return (*rule(picture, y, picture->x[column + 1]) & VERTICAL) != 0;
}

static bool parted_below(const struct picture *picture, int row, int column)
{
    int y = picture->y[row + 1];
    for (int x = picture->x[column] + 1; x < picture->x[column + 1]; x++) {
        if (!lies(picture, y, x))
            return false;
    }
    return true;
}

/* The box that begins in this field: as far right, then as far down as nothing parts it. */
static bool spread(struct picture *picture, int row, int column, int *rows, int *columns)
{
    int start = field(picture, row, column);
    *rows = *columns = 1;
    while (column + *columns < picture->n_x - 1 &&
           !parted_right(picture, row, column + *columns - 1))
        ++*columns;
    while (row + *rows < picture->n_y - 1 && !parted_below(picture, row + *rows - 1, column))
        ++*rows;
    for (int i = row; i < row + *rows; i++) {
        for (int j = column; j < column + *columns; j++) {
            if (picture->boxes[field(picture, i, j)] >= 0)
                return false;
            picture->boxes[field(picture, i, j)] = start;
        }
    }
    return true;
}

/* Are all edges apart, and closed by the frame? */
static bool is_closed(const struct picture *picture)
{
    if (picture->n_x < 2 || picture->n_y < 2 || picture->y[0] != 0 ||
        picture->y[picture->n_y - 1] != picture->height - 1)
        return false;
    for (int i = 1; i < picture->n_y; i++) {
        if (picture->y[i] == picture->y[i - 1] + 1)
            return false;
    }
    for (int i = 1; i < picture->n_x; i++) {
        if (picture->x[i] == picture->x[i - 1] + 1)
            return false;
    }
    return (long)picture->n_x * picture->n_y < MOST_FIELDS &&
           picture->n_x - 1 <= NB_IMPORT_MAX_COLUMNS;
}

/* ---- text ---- */

/* What stands on a line between two edges. */
static void read_span(const struct picture *picture, int y, int from, int to, struct nb_buf *text,
                      struct nb_mark *mark)
{
    const char *start = NULL, *end = NULL;
    for (int x = from; x < to; x++) {
        const char *at = picture->at[y * picture->width + x];
        if (!at || *at == ' ')
            continue;
        start = start ? start : at;
        nb_utf8_next(&at);
        end = at;
    }
    if (!start)
        return;
    if (text->len)
        nb_buf_putc(text, '\n');
    else
        *mark =
            (struct nb_mark) { picture->first + y, 1 + nb_utf8_count(picture->lines[y], start) };
    nb_buf_add(text, start, (size_t)(end - start));
}

static void add_box(struct picture *picture, int row, int column, int rows, int columns)
{
    struct nb_buf text = { 0 };
    int from = picture->x[column] + 1, to = picture->x[column + columns];
    struct nb_mark mark = { picture->first + picture->y[row] + 1, 1 };
    for (int y = picture->y[row] + 1; y < picture->y[row + rows]; y++)
        read_span(picture, y, from, to, &text, &mark);
    struct nb_scrap *scrap =
        nb_document_add_scrap(picture->document, nb_buf_text(&text), text.len, mark);
    scrap->column = column;
    scrap->columns = columns;
    nb_buf_release(&text);
}

static bool add_rows(struct picture *picture)
{
    for (int row = 0; row < picture->n_y - 1; row++) {
        struct nb_mark mark = { picture->first + picture->y[row] + 1, 1 };
        if (!nb_document_add(picture->document, mark))
            return true;
        for (int column = 0; column < picture->n_x - 1; column++) {
            int rows, columns;
            if (picture->boxes[field(picture, row, column)] >= 0)
                continue;
            if (!spread(picture, row, column, &rows, &columns))
                return false;
            add_box(picture, row, column, rows, columns);
        }
        nb_document_end_row(picture->document);
        picture->document->strips[picture->document->n_strips - 1].has_spans = true;
    }
    return true;
}

/* A picture that does not close: what stands between vertical rules of a line are its cells. */
static void add_lines(struct picture *picture)
{
    for (int y = 0; y < picture->height; y++) {
        bool text = false;
        for (int x = 0; x < picture->width; x++)
            text |= *rule(picture, y, x) == VERTICAL;
        if (!text ||
            !nb_document_add(picture->document, (struct nb_mark) { picture->first + y, 1 }))
            continue;
        for (int from = 0, x = 0; x <= picture->width; x++) {
            if (x < picture->width && !(*rule(picture, y, x) & VERTICAL))
                continue;
            struct nb_buf cell = { 0 };
            struct nb_mark mark = { picture->first + y, 1 };
            read_span(picture, y, from, x, &cell, &mark);
            if (x > from)
                nb_document_add_scrap(picture->document, nb_buf_text(&cell), cell.len, mark);
            nb_buf_release(&cell);
            from = x + 1;
        }
        nb_document_end_row(picture->document);
    }
}

static void release(struct picture *picture)
{
    free(picture->rules);
    free(picture->at);
    free(picture->x);
    free(picture->y);
    free(picture->boxes);
}

static void lay_out(struct picture *picture)
{
    size_t places = (size_t)picture->height * (size_t)picture->width;
    picture->rules = nb_xalloc(places);
    picture->at = nb_xalloc(places * sizeof *picture->at);
    picture->x = nb_xalloc((size_t)picture->width * sizeof(int));
    picture->y = nb_xalloc((size_t)picture->height * sizeof(int));
    for (int y = 0; y < picture->height; y++) {
        place_line(picture, y);
        if (picture->ascii)
            find_runs(picture, y);
    }
    find_edges(picture);
}

int nb_import_frame(const char *const *lines, int n_lines, int first, struct nb_document *document)
{
    struct picture picture = { .document = document, .lines = lines, .first = first };
    measure(&picture, n_lines);
    if (picture.height < 3 || picture.width < 3 || picture.width > MOST_COLS)
        return 0;
    lay_out(&picture);
    int before = document->n_strips;
    bool drawn = is_closed(&picture);
    if (drawn) {
        size_t fields = (size_t)(picture.n_x - 1) * (size_t)(picture.n_y - 1);
        picture.boxes = nb_xalloc(fields * sizeof(int));
        for (size_t i = 0; i < fields; i++)
            picture.boxes[i] = -1;
        drawn = add_rows(&picture);
        if (!document->frame_cols || picture.width < document->frame_cols)
            document->frame_cols = picture.width;
    }
    if (!drawn) {
        nb_document_drop(document, before);
        add_lines(&picture);
    }
    release(&picture);
    return picture.height;
}
