#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "rows_support.h"

static const char *const damages[DAMAGE_COUNT] = {
    [DAMAGE_NONE] = "none",
    [DAMAGE_FIGURE_LOST] = "figure lost",
    [DAMAGE_ROW_LOST] = "row lost",
    [DAMAGE_ROWS_SWAPPED] = "rows swapped",
    [DAMAGE_ROW_TWICE] = "row twice",
    [DAMAGE_COLUMN_LOST] = "column lost",
    [DAMAGE_COLUMNS_SWAPPED] = "columns swapped",
    [DAMAGE_LABEL_NOISE] = "label noise",
    [DAMAGE_LABEL_LOST] = "label lost",
    [DAMAGE_GLUED] = "glued",
    [DAMAGE_SPLIT] = "split",
    [DAMAGE_DASH] = "dash",
    [DAMAGE_ILLEGIBLE] = "illegible",
    [DAMAGE_EXTRA_CELL] = "extra cell",
    [DAMAGE_GROUP_LATE] = "group late",
    [DAMAGE_SPACED] = "spaced",
    [DAMAGE_WIDE] = "wide",
    [DAMAGE_TOTALS_BLANK] = "totals blank",
    [DAMAGE_DIGIT] = "digit",
};

const char *damage_name(enum damage damage)
{
    return damages[damage];
}

static int n_figures(const struct rows *rows, int row)
{
    int count = 0;
    for (int i = 0; i < rows->n_cells[row]; i++)
        count += rows->cells[row][i].figure;
    return count;
}

/* A row with at least that many figures, or -1. */
static int pick_row(const struct rows *rows, int least, uint64_t *seed)
{
    for (int tries = 0; tries < 60; tries++) {
        int row = random_below(seed, rows->n_rows);
        if (n_figures(rows, row) >= least)
            return row;
    }
    return -1;
}

/* The n-th figure of the row. */
static int figure_at(const struct rows *rows, int row, int n)
{
    for (int i = 0; i < rows->n_cells[row]; i++) {
        if (rows->cells[row][i].figure && n-- == 0)
            return i;
    }
    assert(false && "the row has that many");
    return -1;
}

static void remove_cell(struct rows *rows, int row, int index)
{
    free(rows->cells[row][index].text);
    rows->n_cells[row]--;
    memmove(&rows->cells[row][index], &rows->cells[row][index + 1],
            (size_t)(rows->n_cells[row] - index) * sizeof(struct cell));
}

static void set_cell(struct cell *cell, const char *text)
{
    free(cell->text);
    cell->text = nb_xstrdup(text);
}

/* The label of a row: the last head before its figures; -1: it has none. */
static int label_of(const struct rows *rows, int row)
{
    int label = -1;
    for (int i = 0; i < rows->n_cells[row] && rows->cells[row][i].head; i++)
        label = i;
    return n_figures(rows, row) ? label : -1;
}

/* The same stub with the same rows above and below, so that labels may trade places. */
static bool may_swap(const struct rows *rows, int a, int b)
{
    return a != b && rows->n_cells[a] == rows->n_cells[b] &&
           n_figures(rows, a) == n_figures(rows, b);
}

static bool swap_rows(struct rows *rows, uint64_t *seed)
{
    int a = pick_row(rows, 1, seed);
    for (int tries = 0; a >= 0 && tries < 40; tries++) {
        int b = pick_row(rows, 1, seed);
        if (!may_swap(rows, a, b) || rows->n_cells[a] != n_figures(rows, a) + 1)
            continue;
        for (int i = 0; i < rows->n_cells[a]; i++) {
            char *text = rows->cells[a][i].text;
            rows->cells[a][i].text = rows->cells[b][i].text;
            rows->cells[b][i].text = text;
        }
        return true;
    }
    return false;
}

static void remove_row(struct rows *rows, int row)
{
    while (rows->n_cells[row])
        remove_cell(rows, row, 0);
}

static bool repeat_row(struct rows *rows, uint64_t *seed)
{
    int row = pick_row(rows, 1, seed);
    if (row < 0 || rows->n_rows == MOST_ROWS)
        return false;
    memmove(&rows->cells[row + 1], &rows->cells[row],
            (size_t)(rows->n_rows - row) * sizeof rows->cells[0]);
    memmove(&rows->n_cells[row + 1], &rows->n_cells[row],
            (size_t)(rows->n_rows - row) * sizeof(int));
    rows->n_rows++;
    for (int i = 0; i < rows->n_cells[row]; i++) {
        rows->cells[row + 1][i].text = nb_xstrdup(rows->cells[row][i].text);
        if (rows->cells[row][i].figure && random_below(seed, 2))
            set_cell(&rows->cells[row + 1][i], "7");
    }
    return true;
}

static struct cell *lone_cell(struct rows *rows, int row, int column)
{
    for (int i = 0; i < rows->n_cells[row]; i++) {
        struct cell *cell = &rows->cells[row][i];
        if (cell->column == column && cell->columns == 1)
            return cell;
    }
    return NULL;
}

/* Columns trade places, heads and all; false where their heads are not of one kind. */
static bool swap_columns(struct rows *rows, int a, int b)
{
    for (int row = 0; row < rows->n_rows; row++) {
        struct cell *left = lone_cell(rows, row, a), *right = lone_cell(rows, row, b);
        if (!left != !right || (left && left->rows != right->rows))
            return false;
    }
    for (int row = 0; row < rows->n_rows; row++) {
        struct cell *left = lone_cell(rows, row, a), *right = lone_cell(rows, row, b);
        char *text = left ? left->text : NULL;
        if (!left)
            continue;
        left->text = right->text;
        right->text = text;
    }
    return a != b;
}

static void lose_column(struct rows *rows, int column)
{
    for (int row = 0; row < rows->n_rows; row++) {
        for (int i = rows->n_cells[row] - 1; i >= 0; i--) {
            struct cell *cell = &rows->cells[row][i];
            bool covers = cell->column <= column && column < cell->column + cell->columns;
            if (covers && cell->columns == 1) {
                remove_cell(rows, row, i);
            } else if (covers) {
                cell->columns--;
            } else if (cell->column > column) {
                cell->column--;
            }
        }
    }
    rows->n_columns--;
}

/* Every other character of a label, at most three, becomes another. */
static void add_noise(struct cell *cell, uint64_t *seed)
{
    static const char *const others[] = { "口", "土", "丨", "证", "米" };
    struct nb_buf text = { 0 };
    int left = 1 + random_below(seed, 3);
    for (const char *at = cell->text; *at;) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        if (code > 0x3000 && left && random_below(seed, 4) == 0) {
            nb_buf_puts(&text, others[random_below(seed, 5)]);
            left--;
        } else {
            nb_buf_add(&text, from, (size_t)(at - from));
        }
    }
    set_cell(cell, nb_buf_text(&text));
    nb_buf_release(&text);
}

static bool glue(struct rows *rows, uint64_t *seed)
{
    int row = pick_row(rows, 2, seed);
    if (row < 0)
        return false;
    int at = figure_at(rows, row, random_below(seed, n_figures(rows, row) - 1));
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, rows->cells[row][at].text);
    nb_buf_puts(&text, rows->cells[row][at + 1].text);
    set_cell(&rows->cells[row][at], nb_buf_text(&text));
    remove_cell(rows, row, at + 1);
    nb_buf_release(&text);
    return true;
}

static bool damage_figure(struct rows *rows, enum damage damage, uint64_t *seed)
{
    int row = pick_row(rows, 1, seed);
    if (row < 0)
        return false;
    int at = figure_at(rows, row, random_below(seed, n_figures(rows, row)));
    struct cell *cell = &rows->cells[row][at];
    static const char *const dashes[] = { "—", "/", "－", "无" };
    static const char *const illegible[] = { "l2", "1O", "?3", "二3" };
    struct nb_buf text = { 0 };
    bool done = true;
    if (damage == DAMAGE_FIGURE_LOST) {
        remove_cell(rows, row, at);
    } else if (damage == DAMAGE_DASH) {
        set_cell(cell, dashes[random_below(seed, 4)]);
    } else if (damage == DAMAGE_ILLEGIBLE) {
        set_cell(cell, illegible[random_below(seed, 4)]);
    } else {
        done = strlen(cell->text) > 1;
        nb_buf_printf(&text, "%c %s", cell->text[0], cell->text + 1);
        if (done)
            set_cell(cell, text.data);
    }
    nb_buf_release(&text);
    return done;
}

static bool damage_column(struct rows *rows, enum damage damage, uint64_t *seed)
{
    int row = pick_row(rows, 3, seed);
    if (row < 0)
        return false;
    int count = n_figures(rows, row), first = rows->cells[row][figure_at(rows, row, 0)].column;
    int a = first + random_below(seed, count), b = first + random_below(seed, count);
    if (damage != DAMAGE_COLUMN_LOST)
        return swap_columns(rows, a, b);
    lose_column(rows, a);
    return true;
}

static bool damage_label(struct rows *rows, enum damage damage, uint64_t *seed)
{
    int row = pick_row(rows, 1, seed), label = row < 0 ? -1 : label_of(rows, row);
    if (label < 0)
        return false;
    if (damage == DAMAGE_LABEL_NOISE)
        add_noise(&rows->cells[row][label], seed);
    else
        set_cell(&rows->cells[row][label], "");
    return true;
}

/* A mark of a footnote, or a figure from nowhere. */
static bool add_cell(struct rows *rows, uint64_t *seed)
{
    int row = pick_row(rows, 2, seed);
    if (row < 0 || rows->n_cells[row] == MOST_CELLS)
        return false;
    int at = figure_at(rows, row, random_below(seed, n_figures(rows, row)));
    memmove(&rows->cells[row][at + 1], &rows->cells[row][at],
            (size_t)(rows->n_cells[row] - at) * sizeof(struct cell));
    rows->n_cells[row]++;
    rows->cells[row][at].text = nb_xstrdup(random_below(seed, 2) ? "3" : "0");
    return true;
}

/* A group's label moves below its first row. */
static bool move_group(struct rows *rows, uint64_t *seed)
{
    for (int tries = 0; tries < 60; tries++) {
        int row = random_below(seed, rows->n_rows - 1);
        struct cell *cell = &rows->cells[row][0];
        if (!rows->n_cells[row] || !cell->head || cell->rows < 2 || !n_figures(rows, row))
            continue;
        struct cell moved = *cell;
        moved.rows--;
        memmove(cell, cell + 1, (size_t)--rows->n_cells[row] * sizeof *cell);
        memmove(&rows->cells[row + 1][1], rows->cells[row + 1],
                (size_t)rows->n_cells[row + 1]++ * sizeof *cell);
        rows->cells[row + 1][0] = moved;
        return true;
    }
    return false;
}

/* Other characters for the same: blanks in labels, full width. */
static void rewrite(struct rows *rows, enum damage damage, uint64_t *seed)
{
    for (int row = 0; row < rows->n_rows; row++) {
        for (int i = 0; i < rows->n_cells[row]; i++) {
            struct cell *cell = &rows->cells[row][i];
            struct nb_buf text = { 0 };
            for (const char *at = cell->text; *at;) {
                const char *from = at;
                uint32_t code = nb_utf8_next(&at);
                if (damage == DAMAGE_WIDE && code > ' ' && code < 0x7F)
                    nb_utf8_add(&text, code + 0xFF01 - '!');
                else
                    nb_buf_add(&text, from, (size_t)(at - from));
                if (damage == DAMAGE_SPACED && code > 0x3000 && *at && random_below(seed, 3) == 0)
                    nb_buf_puts(&text, random_below(seed, 2) ? " " : "　");
            }
            set_cell(cell, nb_buf_text(&text));
            nb_buf_release(&text);
        }
    }
}

bool damage_rows(struct rows *rows, enum damage damage, uint64_t *seed)
{
    switch (damage) {
    case DAMAGE_NONE:
    case DAMAGE_COUNT:
    case DAMAGE_TOTALS_BLANK: /* both in the draft */
    case DAMAGE_DIGIT:
        return true;
    case DAMAGE_GROUP_LATE:
        return move_group(rows, seed);
    case DAMAGE_SPACED:
    case DAMAGE_WIDE:
        rewrite(rows, damage, seed);
        return true;
    case DAMAGE_FIGURE_LOST:
    case DAMAGE_SPLIT:
    case DAMAGE_DASH:
    case DAMAGE_ILLEGIBLE:
        return damage_figure(rows, damage, seed);
    case DAMAGE_ROW_LOST: {
        int row = pick_row(rows, 1, seed);
        if (row >= 0)
            remove_row(rows, row);
        return row >= 0;
    }
    case DAMAGE_ROWS_SWAPPED:
        return swap_rows(rows, seed);
    case DAMAGE_ROW_TWICE:
        return repeat_row(rows, seed);
    case DAMAGE_COLUMN_LOST:
    case DAMAGE_COLUMNS_SWAPPED:
        return damage_column(rows, damage, seed);
    case DAMAGE_LABEL_NOISE:
    case DAMAGE_LABEL_LOST:
        return damage_label(rows, damage, seed);
    case DAMAGE_GLUED:
        return glue(rows, seed);
    case DAMAGE_EXTRA_CELL:
        return add_cell(rows, seed);
    }
    return false;
}
