/* How wide each column of a grid is in text.
 *
 * Figures are never broken, so a figure column is at least as wide as its widest figure; its head
 * breaks into lines, by twos of ideographs where there is room, one ideograph a line where there is
 * not. The stubs share the rest so that the table has the fewest lines; among those, group labels
 * take few lines, then the stubs are as narrow as can be. What is left over gives figures a blank
 * at their left and then evens out the columns. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nianbao/text.h"

enum { IDEOGRAPH = 2, COMFORT = 2 * IDEOGRAPH };

struct layout {
    const struct nb_grid *grid;
    int *widths;
    int room;                    /* columns of text the whole may have, without rules */
    int *figure_need;            /* by column: its widest figure that stands in it alone */
    int *head_need, *comfort;    /* by column: the widest piece of its heads, and what looks well */
    int *stub_need;              /* by stub: its widest piece */
    int *stub_natural;           /* by stub: its longest label in one line */
    const struct nb_box **stubs; /* body boxes in stub columns */
    int **lines;                 /* by stub box, by width: how many lines it takes */
    int n_stub_boxes;
    int *heights; /* by row, scratch */
};

static int max(int a, int b)
{
    return a > b ? a : b;
}

static bool is_stub(const struct layout *layout, const struct nb_box *box)
{
    return box->head && box->column + box->columns <= layout->grid->n_stubs &&
           box->align == NB_ALIGN_LEFT;
}

static void raise(int *value, int least)
{
    *value = max(*value, least);
}

static void measure_box(struct layout *layout, const struct nb_box *box)
{
    int width = nb_text_width(box->text, strlen(box->text));
    if (box->columns > 1 || !box->text[0])
        return;
    if (box->figure) {
        raise(&layout->figure_need[box->column], width);
        return;
    }
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, box->text, strlen(box->text));
    int widest = pieces.widest + box->indent_cols;
    if (box->column < layout->grid->n_stubs) {
        raise(&layout->stub_need[box->column], widest);
        raise(&layout->stub_natural[box->column], width + box->indent_cols);
    } else {
        raise(&layout->head_need[box->column], widest);
        raise(&layout->comfort[box->column], width < COMFORT ? width : COMFORT);
    }
    nb_pieces_release(&pieces);
}

static void measure_stub_box(struct layout *layout, const struct nb_box *box)
{
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, box->text, strlen(box->text));
    int *lines = nb_xalloc((size_t)(layout->room + 1) * sizeof *lines);
    for (int width = 1; width <= layout->room; width++)
        lines[width] = nb_lines_count(&pieces, max(width - box->indent_cols, 1));
    layout->stubs[layout->n_stub_boxes] = box;
    layout->lines[layout->n_stub_boxes++] = lines;
    nb_pieces_release(&pieces);
}

static int *new_ints(int count)
{
    return nb_xalloc((size_t)count * sizeof(int));
}

static void measure(struct layout *layout)
{
    const struct nb_grid *grid = layout->grid;
    layout->figure_need = new_ints(grid->n_columns);
    layout->head_need = new_ints(grid->n_columns);
    layout->comfort = new_ints(grid->n_columns);
    layout->stub_need = new_ints(grid->n_columns);
    layout->stub_natural = new_ints(grid->n_columns);
    layout->heights = new_ints(grid->n_rows);
    layout->stubs = nb_xalloc((size_t)grid->n_boxes * sizeof(const struct nb_box *));
    layout->lines = nb_xalloc((size_t)grid->n_boxes * sizeof *layout->lines);
    for (int i = 0; i < grid->n_stubs; i++)
        layout->stub_need[i] = layout->stub_natural[i] = IDEOGRAPH;
    for (int i = 0; i < grid->n_boxes; i++) {
        measure_box(layout, &grid->boxes[i]);
        if (is_stub(layout, &grid->boxes[i]))
            measure_stub_box(layout, &grid->boxes[i]);
    }
}

static void release(struct layout *layout)
{
    for (int i = 0; i < layout->n_stub_boxes; i++)
        free(layout->lines[i]);
    free(layout->lines);
    free(layout->stubs);
    free(layout->figure_need);
    free(layout->head_need);
    free(layout->comfort);
    free(layout->stub_need);
    free(layout->stub_natural);
    free(layout->heights);
}

static int sum(const int *widths, int from, int to)
{
    int total = 0;
    for (int i = from; i < to; i++)
        total += widths[i];
    return total;
}

/* ---- figure columns ---- */

/* How much a figure column may give way: heads by twos of ideographs; heads with whole words; heads
 * broken anywhere. */
enum squeeze { COMFORTABLE, WHOLE_WORDS, BROKEN_WORDS, SQUEEZES };

static void set_figure_widths(struct layout *layout, enum squeeze squeeze)
{
    const struct nb_grid *grid = layout->grid;
    for (int i = grid->n_stubs; i < grid->n_columns; i++) {
        int width = max(layout->figure_need[i], IDEOGRAPH);
        if (squeeze <= WHOLE_WORDS)
            raise(&width, layout->head_need[i]);
        if (squeeze == COMFORTABLE)
            raise(&width, layout->comfort[i]);
        layout->widths[i] = width;
    }
}

/* A figure over several columns widens the last of them. */
static void widen_for_spans(struct layout *layout)
{
    const struct nb_grid *grid = layout->grid;
    for (int i = 0; i < grid->n_boxes; i++) {
        const struct nb_box *box = &grid->boxes[i];
        if (!box->figure || box->columns == 1)
            continue;
        int end = box->column + box->columns;
        int has = sum(layout->widths, box->column, end) + box->columns - 1;
        int needs = nb_text_width(box->text, strlen(box->text));
        layout->widths[end - 1] += max(needs - has, 0);
    }
}

/* ---- stubs ---- */

struct cost {
    int lines, crowded, width;
};

static bool is_cheaper(struct cost a, struct cost b)
{
    if (a.lines != b.lines)
        return a.lines < b.lines;
    return a.crowded != b.crowded ? a.crowded < b.crowded : a.width < b.width;
}

static int box_lines(const struct layout *layout, int stub_box)
{
    const struct nb_box *box = layout->stubs[stub_box];
    int width = sum(layout->widths, box->column, box->column + box->columns) + box->columns - 1;
    return layout->lines[stub_box][width < layout->room ? width : layout->room];
}

/* The lines of the body with these stubs. A group's label may fill a quarter of its rows, and
 * always two lines, before it counts as crowded. */
static struct cost price(const struct layout *layout)
{
    const struct nb_grid *grid = layout->grid;
    struct cost cost = { 0, 0, sum(layout->widths, 0, grid->n_stubs) };
    for (int i = 0; i < grid->n_rows; i++)
        layout->heights[i] = 1;
    for (int i = 0; i < layout->n_stub_boxes; i++) {
        if (layout->stubs[i]->rows == 1)
            raise(&layout->heights[layout->stubs[i]->row], box_lines(layout, i));
    }
    for (int i = 0; i < layout->n_stub_boxes; i++) {
        const struct nb_box *box = layout->stubs[i];
        if (box->rows == 1)
            continue;
        int lines = box_lines(layout, i);
        int room = sum(layout->heights, box->row, box->row + box->rows) + box->rows - 1;
        cost.lines += max(lines - room, 0);
        cost.crowded += max(lines - max(2, box->rows / 4), 0);
    }
    cost.lines += sum(layout->heights, 0, grid->n_rows);
    return cost;
}

struct search {
    struct layout *layout;
    int *best_widths;
    struct cost best;
};

/* Tries all widths of the stubs from `stub` on within `room`; the deepest levels are few. */
static void try_stubs(struct search *search, int stub, int room)
{
    struct layout *layout = search->layout;
    int n_stubs = layout->grid->n_stubs;
    if (stub == n_stubs) {
        struct cost cost = price(layout);
        if (is_cheaper(cost, search->best)) {
            search->best = cost;
            memcpy(search->best_widths, layout->widths, (size_t)n_stubs * sizeof(int));
        }
        return;
    }
    int reserved = sum(layout->stub_need, stub + 1, n_stubs);
    int most = room - reserved;
    /* beyond three levels the outer ones stay as narrow as they can be */
    if (n_stubs - stub > 3 || most > layout->stub_natural[stub])
        most = n_stubs - stub > 3 ? layout->stub_need[stub] : layout->stub_natural[stub];
    for (int width = layout->stub_need[stub]; width <= most; width++) {
        layout->widths[stub] = width;
        try_stubs(search, stub + 1, room - width);
    }
}

static void share_among_stubs(struct layout *layout, int room)
{
    int n_stubs = layout->grid->n_stubs;
    struct search search = { layout, new_ints(n_stubs), { INT_MAX, INT_MAX, INT_MAX } };
    memcpy(search.best_widths, layout->stub_need, (size_t)n_stubs * sizeof(int));
    try_stubs(&search, 0, room);
    memcpy(layout->widths, search.best_widths, (size_t)n_stubs * sizeof(int));
    free(search.best_widths);
}

/* Group labels alone may need more than a stub that stands under a longer one. */
static void make_room_for_spanning_labels(struct layout *layout)
{
    const struct nb_grid *grid = layout->grid;
    for (int i = 0; i < grid->n_boxes; i++) {
        const struct nb_box *box = &grid->boxes[i];
        if (!is_stub(layout, box) || box->columns == 1)
            continue;
        struct nb_pieces pieces;
        nb_pieces_cut(&pieces, box->text, strlen(box->text));
        int end = box->column + box->columns;
        int has = sum(layout->stub_need, box->column, end) + box->columns - 1;
        layout->stub_need[end - 1] += max(pieces.widest - has, 0);
        raise(&layout->stub_natural[end - 1],
              nb_text_width(box->text, strlen(box->text)) - has + layout->stub_need[end - 1]);
        nb_pieces_release(&pieces);
    }
}

/* ---- what is left over ---- */

/* Figures that fill their column touch the rule at their left: those columns come first. */
static int give_figures_air(const struct layout *layout, int left)
{
    for (int i = layout->grid->n_columns - 1; i >= layout->grid->n_stubs && left; i--) {
        if (layout->figure_need[i] == layout->widths[i]) {
            layout->widths[i]++;
            left--;
        }
    }
    return left;
}

/* Widens the narrowest columns, all of them or none; the last stub is one of them. */
static int even_out(const struct layout *layout, int left)
{
    int n_columns = layout->grid->n_columns, first = max(layout->grid->n_stubs - 1, 0);
    for (;;) {
        int narrowest = INT_MAX, count = 0;
        for (int i = first; i < n_columns; i++)
            narrowest = layout->widths[i] < narrowest ? layout->widths[i] : narrowest;
        for (int i = first; i < n_columns; i++)
            count += layout->widths[i] == narrowest;
        if (count > left)
            return left;
        for (int i = first; i < n_columns; i++)
            layout->widths[i] += layout->widths[i] == narrowest;
        left -= count;
    }
}

/* The last few go to the labels, or where there are none to the last columns of groups. */
static void give_rest(const struct layout *layout, int left)
{
    const struct nb_grid *grid = layout->grid;
    if (grid->n_stubs) {
        layout->widths[grid->n_stubs - 1] += left;
        return;
    }
    for (int i = grid->n_columns - 1; i >= 0 && left; i--) {
        if (grid->ends_group[i]) {
            layout->widths[i]++;
            left--;
        }
    }
    layout->widths[grid->n_columns - 1] += left;
}

int nb_layout_columns(const struct nb_grid *grid, int width_cols, int *widths)
{
    int rules = grid->n_columns + 1;
    struct layout layout = { .grid = grid,
                             .widths = widths,
                             .room = max(width_cols - rules, grid->n_columns) };
    measure(&layout);
    make_room_for_spanning_labels(&layout);
    int left = -1, stubs = sum(layout.stub_need, 0, grid->n_stubs);
    for (int squeeze = COMFORTABLE; squeeze < SQUEEZES && left < 0; squeeze++) {
        set_figure_widths(&layout, (enum squeeze)squeeze);
        widen_for_spans(&layout);
        left = width_cols - rules - stubs - sum(widths, grid->n_stubs, grid->n_columns);
    }
    share_among_stubs(&layout, stubs + max(left, 0));
    left = width_cols - rules - sum(widths, 0, grid->n_columns);
    left = give_figures_air(&layout, max(left, 0));
    give_rest(&layout, even_out(&layout, left));
    release(&layout);
    return rules + sum(widths, 0, grid->n_columns);
}
