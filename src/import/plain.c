/* Plain text to strips.
 *
 *   一、…\t2685\t123\t…        a row with its cells between tabs
 *   \t一、…⏎\t2685⏎\t123⏎⏎     a row of lines that begin with a tab, ended by an empty line;
 *                              a line without one goes on with the cell before it
 *   | 一、… | 2685 | 123 |     Markdown
 *   │一、…│ 2685│             drawn with rules (frame.c)
 *   everything else            a line; its scraps stand between tabs or gaps of two blanks */
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "nianbao/text.h"

struct plain {
    struct nb_document *document;
    const char *const *lines;
    int n_lines;
    int at;             /* the line at work */
    bool apart, turns;  /* an empty line, a page break came before it */
    struct nb_buf cell; /* the last cell of the row that is open, not yet a scrap */
    struct nb_mark cell_mark;
    bool open;
};

static const char *end_of_text(const char *text)
{
    const char *solid = text;
    for (const char *at = text; *at;) {
        if (!nb_utf8_is_blank(nb_utf8_next(&at)))
            solid = at;
    }
    return solid;
}

static bool ends_with(const char *from, const char *to, const char *tail)
{
    size_t len = strlen(tail);
    return (size_t)(to - from) >= len && memcmp(to - len, tail, len) == 0;
}

static struct nb_mark mark_of(const struct plain *plain, const char *at)
{
    const char *line = plain->lines[plain->at];
    return (struct nb_mark) { plain->at + 1, 1 + nb_utf8_count(line, at) };
}

static struct nb_strip *add_strip(struct plain *plain, const char *at)
{
    struct nb_strip *strip = nb_document_add(plain->document, mark_of(plain, at));
    if (strip) {
        strip->apart = plain->apart;
        strip->turns_page = plain->turns;
    }
    plain->apart = plain->turns = false;
    return strip;
}

/* ---- rows of lines that begin with a tab ---- */

static void end_cell(struct plain *plain)
{
    nb_document_add_scrap(plain->document, nb_buf_text(&plain->cell), plain->cell.len,
                          plain->cell_mark);
    plain->cell.len = 0;
}

static void end_row(struct plain *plain)
{
    if (!plain->open)
        return;
    end_cell(plain);
    nb_document_end_row(plain->document);
    plain->open = false;
}

static void add_cell_line(struct plain *plain, const char *line)
{
    const char *from = nb_utf8_skip_blanks(line, NULL);
    if (plain->open)
        end_cell(plain);
    else if (!add_strip(plain, from))
        return;
    plain->open = true;
    plain->cell_mark = mark_of(plain, from);
    nb_buf_add(&plain->cell, from, (size_t)(end_of_text(from) - from));
}

/* A short line that goes on with a label; figures are not broken. */
static bool continues_cell(const struct plain *plain, const char *line)
{
    enum { MOST_COLS = 24 };
    const char *from = nb_utf8_skip_blanks(line, NULL), *to = end_of_text(from);
    const char *cell = nb_buf_text(&plain->cell);
    bool figure = plain->cell.len && cell[strspn(cell, "0123456789.,+- ")] == '\0';
    return plain->open && !figure && nb_text_width(from, (size_t)(to - from)) <= MOST_COLS &&
           !ends_with(from, to, "。");
}

/* Is a line that begins with a tab an indented paragraph? */
static bool is_paragraph(const char *line)
{
    enum { LEAST_COLS = 120 };
    const char *from = nb_utf8_skip_blanks(line, NULL), *to = end_of_text(from);
    return ends_with(from, to, "。") || nb_text_width(from, (size_t)(to - from)) > LEAST_COLS;
}

/* ---- rows on one line ---- */

static void add_tab_row(struct plain *plain, const char *line)
{
    if (!add_strip(plain, line))
        return;
    for (const char *from = line;; from++) {
        size_t len = strcspn(from, "\t");
        nb_document_add_scrap(plain->document, from, len,
                              mark_of(plain, nb_utf8_skip_blanks(from, NULL)));
        from += len;
        if (!*from)
            break;
    }
    nb_document_end_row(plain->document);
}

/* The cell of a Markdown row that begins here, without escapes, stars and <br>; returns its end. */
static const char *read_pipe_cell(const char *at, struct nb_buf *cell)
{
    cell->len = 0;
    for (; *at && *at != '|'; at++) {
        if (at[0] == '\\' && at[1] == '|')
            at++;
        if (at[0] == '*' && at[1] == '*') {
            at++;
        } else if (strncmp(at, "<br>", 4) == 0 || strncmp(at, "<br/>", 5) == 0) {
            nb_buf_putc(cell, '\n');
            at += strcspn(at, ">");
        } else {
            nb_buf_putc(cell, *at);
        }
    }
    return at;
}

static void add_pipe_row(struct plain *plain, const char *line)
{
    const char *at = nb_utf8_skip_blanks(line, NULL);
    if (at[strspn(at, "|-: \t")] == '\0') /* the line below the head */
        return;
    if (!add_strip(plain, at))
        return;
    struct nb_buf cell = { 0 };
    while (*at == '|' && *nb_utf8_skip_blanks(at + 1, NULL)) {
        const char *from = ++at;
        at = read_pipe_cell(at, &cell);
        nb_document_add_scrap(plain->document, nb_buf_text(&cell), cell.len,
                              mark_of(plain, nb_utf8_skip_blanks(from, NULL)));
    }
    nb_document_end_row(plain->document);
    nb_buf_release(&cell);
}

/* ---- lines ---- */

/* Where the next scrap ends: at a tab or a gap of two blanks. */
static const char *scrap_end(const char *at, const char *end)
{
    const char *solid = at;
    int gap = 0;
    while (at < end) {
        uint32_t code = nb_utf8_next(&at);
        gap = nb_utf8_is_blank(code) ? gap + (code == '\t' ? 2 : 1) : 0;
        if (gap >= 2)
            break;
        if (!gap)
            solid = at;
    }
    return solid;
}

/* Markdown's signs around and in a line go. */
static char *without_signs(struct plain *plain, const char *from, const char *to)
{
    char *text = nb_arena_strndup(&plain->document->arena, from, (size_t)(to - from)), *put = text;
    const char *at = text + strspn(text, "#");
    if (at > text)
        at = nb_utf8_skip_blanks(at, NULL);
    for (; *at; at++) {
        if (at[0] == '*' && at[1] == '*') {
            at++;
            /* the blank that Markdown wants behind them is none between ideographs */
            if (put > text && (unsigned char)put[-1] >= 0x80 && at[1] == ' ')
                at++;
        } else {
            *put++ = *at;
        }
    }
    *put = '\0';
    return text;
}

static void add_line(struct plain *plain, const char *line)
{
    enum { FAR_RIGHT_COLS = 12 };
    const char *from = nb_utf8_skip_blanks(line, NULL), *to = end_of_text(from);
    struct nb_strip *strip = add_strip(plain, from);
    if (!strip)
        return;
    strip->indent_cols = nb_text_width(line, (size_t)(from - line));
    strip->indent_cols += line[0] == '\t' ? 8 : 0;
    strip->width_cols = strip->indent_cols + nb_text_width(from, (size_t)(to - from));
    strip->flush_right = strip->indent_cols >= FAR_RIGHT_COLS;
    strip->text = without_signs(plain, from, to);
    const char *text = strip->text, *end = text + strlen(text);
    for (const char *at = text; at < end;) {
        const char *stop = scrap_end(at, end);
        struct nb_mark mark = mark_of(plain, from);
        mark.column += nb_utf8_count(text, at);
        int indent = strip->indent_cols;
        struct nb_scrap *scrap =
            nb_document_add_scrap(plain->document, at, (size_t)(stop - at), mark);
        scrap->column = indent + nb_text_width(text, (size_t)(at - text));
        scrap->columns = nb_text_width(at, (size_t)(stop - at));
        at = nb_utf8_skip_blanks(stop, NULL);
    }
}

static void take_line(struct plain *plain)
{
    const char *line = plain->lines[plain->at];
    bool tab_first = line[0] == '\t', more_tabs = strchr(line + tab_first, '\t') != NULL;
    const char *solid = nb_utf8_skip_blanks(line, NULL);
    if (!*solid && !tab_first) {
        end_row(plain);
        plain->apart = true;
    } else if (*solid == '|' && strchr(solid + 1, '|')) {
        end_row(plain);
        add_pipe_row(plain, line);
    } else if (more_tabs && strchr(nb_utf8_skip_blanks(line, NULL), '\t')) {
        end_row(plain);
        add_tab_row(plain, line);
    } else if (tab_first && !is_paragraph(line)) {
        add_cell_line(plain, line);
    } else if (continues_cell(plain, line)) {
        nb_buf_putc(&plain->cell, '\n');
        nb_buf_add(&plain->cell, solid, (size_t)(end_of_text(solid) - solid));
    } else {
        end_row(plain);
        add_line(plain, line);
    }
}

/* Cuts the text into lines, in place; page breaks stay at the head of theirs. */
static const char **cut_lines(char *text, int *n_lines)
{
    const char **lines = NULL;
    int cap = 0;
    *n_lines = 0;
    for (char *at = text; at;) {
        NB_GROW(lines, *n_lines, cap);
        lines[(*n_lines)++] = at;
        at = strchr(at, '\n');
        if (at)
            *at++ = '\0';
    }
    return lines;
}

/* Takes a table drawn with rules, where one begins; false: none does. */
static bool take_frame(struct plain *plain)
{
    const char *const *line = &plain->lines[plain->at];
    if (!nb_import_begins_frame(*line))
        return false;
    end_row(plain);
    int taken = nb_import_frame(line, plain->n_lines - plain->at, plain->at + 1, plain->document);
    plain->at += taken;
    plain->apart |= taken > 0;
    return taken > 0;
}

void nb_import_plain(const char *text, struct nb_document *document)
{
    struct plain plain = { .document = document };
    char *copy = nb_arena_strdup(&document->arena, text);
    const char **lines = cut_lines(copy, &plain.n_lines);
    plain.lines = lines;
    while (plain.at < plain.n_lines) {
        for (const char **line = &lines[plain.at]; **line == '\f'; ++*line)
            plain.turns = true;
        if (take_frame(&plain))
            continue;
        take_line(&plain);
        plain.at++;
    }
    end_row(&plain);
    nb_buf_release(&plain.cell);
    free(lines);
}
