#include "shape.h"

#include <stdlib.h>
#include <string.h>

#include "canvas.h"

/* Columns that must stay readable before columns scroll away: of a stub, of its group labels. */
enum { LEAST_STUB = 14, LEAST_GROUP = 7 };

/* ---- labels of rows ---- */

void tui_add_groups(struct nb_buf *out, const struct nb_table *table, int row)
{
    const struct nb_node *path[32];
    int count = 0;
    const struct nb_node *leaf = table->rows.leaves[row].node;
    for (const struct nb_node *at = leaf->parent; at && at->depth > 0 && count < 32;
         at = at->parent) {
        if (at->first_leaf == row)
            path[count++] = at;
    }
    while (count-- > 0)
        nb_buf_puts(out, path[count]->brief);
}

static int group_width(const struct nb_table *table, int row)
{
    struct nb_buf groups = { 0 };
    tui_add_groups(&groups, table, row);
    int width = tui_text_width(nb_buf_text(&groups));
    bool latin = groups.len && (unsigned char)groups.data[groups.len - 1] < 0x80;
    nb_buf_release(&groups);
    return width + latin; /* words need a blank, ideographs none */
}

bool tui_label_stands_apart(const struct nb_table *table, int row)
{
    return table->stub == NB_STUB_COLUMNS && table->rows.leaves[row].node->depth > 2;
}

int tui_shape_label_left(const struct tui_shape *shape, int row)
{
    const struct nb_table *table = shape->table;
    if (table->stub == NB_STUB_INDENT)
        return 2 * (table->rows.leaves[row].node->depth - 1);
    return tui_label_stands_apart(table, row) ? shape->label_at : group_width(table, row);
}

/* Returns the columns that the stub of the table needs. */
static int measure_stub(struct tui_shape *shape)
{
    const struct nb_table *table = shape->table;
    int stub = 0;
    shape->label_at = shape->deep_at = 0;
    if (table->stub == NB_STUB_NONE)
        return 0;
    for (int row = 0; row < table->rows.n_leaves; row++) {
        int width = tui_label_stands_apart(table, row) ? group_width(table, row) + 1 : 0;
        if (width > shape->label_at)
            shape->label_at = width;
    }
    shape->deep_at = shape->label_at;
    for (int row = 0; row < table->rows.n_leaves; row++) {
        int width =
            tui_shape_label_left(shape, row) + tui_text_width(table->rows.leaves[row].node->brief);
        if (width + 1 > stub)
            stub = width + 1;
    }
    return stub;
}

/* ---- columns ---- */

void tui_add_value(struct nb_buf *out, const struct tui_session *session,
                   const struct nb_table *table, int row, int column)
{
    int cell = table->cells[row * table->columns.n_leaves + column];
    if (cell >= 0)
        nb_draft_add_figure(session->draft, cell, out);
    else if (table->columns.leaves[column].node->prints_unit && table->rows.leaves[row].node->unit)
        nb_buf_puts(out, table->rows.leaves[row].node->unit);
}

static void measure_columns(struct tui_shapes *shapes, const struct tui_session *session,
                            const struct nb_table *table)
{
    struct nb_buf value = { 0 };
    for (int column = 0; column < table->columns.n_leaves; column++) {
        int width = tui_text_width(table->columns.leaves[column].node->brief);
        for (int row = 0; row < table->rows.n_leaves; row++) {
            value.len = 0;
            tui_add_value(&value, session, table, row, column);
            int needed = value.len ? tui_text_width(value.data) : 0;
            if (needed > width)
                width = needed;
        }
        if (width + 1 > shapes->widths[column])
            shapes->widths[column] = width + 1;
    }
    nb_buf_release(&value);
}

/* ---- all tables of the sheet ---- */

static void find_tables(struct tui_shapes *shapes, const struct tui_sheet *sheet)
{
    const struct nb_table *last = NULL;
    int n_lefts = 0;
    shapes->count = shapes->n_widths = 0;
    for (int i = 0; i < sheet->n_rows; i++) {
        const struct nb_table *table = sheet->rows[i].table;
        if (!table || table == last)
            continue;
        last = table;
        NB_GROW(shapes->items, shapes->count, shapes->cap);
        shapes->items[shapes->count++] =
            (struct tui_shape) { .table = table, .n_columns = table->columns.n_leaves };
        n_lefts += table->columns.n_leaves;
        if (table->columns.n_leaves > shapes->n_widths)
            shapes->n_widths = table->columns.n_leaves;
    }
    size_t n_widths = (size_t)shapes->n_widths;
    shapes->widths = nb_xrealloc(shapes->widths, 2 * n_widths + (size_t)n_lefts + 1, sizeof(int));
    shapes->fitted = shapes->widths + n_widths;
    shapes->lefts = shapes->fitted + n_widths;
}

static void measure(struct tui_shapes *shapes, const struct tui_session *session,
                    const struct tui_sheet *sheet)
{
    if (shapes->form != session->form || shapes->section != sheet->section) {
        find_tables(shapes, sheet);
        shapes->stub = 0;
        for (int i = 0; i < shapes->count; i++) {
            int stub = measure_stub(&shapes->items[i]);
            shapes->stub = stub > shapes->stub ? stub : shapes->stub;
        }
    } else if (shapes->version == session->version) {
        return;
    }
    memset(shapes->widths, 0, (size_t)shapes->n_widths * sizeof *shapes->widths);
    for (int i = 0; i < shapes->count; i++)
        measure_columns(shapes, session, shapes->items[i].table);
    shapes->form = session->form;
    shapes->section = sheet->section;
    shapes->version = session->version;
}

/* The stub gives way first; what is left widens the columns. */
static void fit(struct tui_shapes *shapes, int room)
{
    int figures = 0, more = 0;
    for (int i = 0; i < shapes->n_widths; i++)
        figures += shapes->widths[i];
    shapes->fitted_stub = shapes->stub;
    if (shapes->stub + figures > room && shapes->stub > LEAST_STUB)
        shapes->fitted_stub = room - figures > LEAST_STUB ? room - figures : LEAST_STUB;
    while (more < 3 && shapes->fitted_stub + figures + (more + 1) * shapes->n_widths <= room)
        more++;
    for (int i = 0; i < shapes->n_widths; i++)
        shapes->fitted[i] = shapes->widths[i] + more;
}

static void fit_labels(struct tui_shape *shape, int cut)
{
    int least = shape->deep_at < LEAST_GROUP ? shape->deep_at : LEAST_GROUP;
    shape->label_at = shape->deep_at - cut > least ? shape->deep_at - cut : least;
}

/* The last column, of totals, stays in view where another has room beside it. */
static void place_columns(const struct tui_shapes *shapes, struct tui_shape *shape, int room,
                          int first)
{
    int last = shape->n_columns - 1, x = shapes->fitted_stub;
    int limit = room - (first <= last ? shapes->fitted[last] : 0);
    bool alone = first < last && x + shapes->fitted[first] > limit;
    for (int i = 0; i < shape->n_columns; i++) {
        bool fits =
            alone ? i == first : i == last || (i >= first && x + shapes->fitted[i] <= limit);
        if (i >= first && !fits)
            first = shape->n_columns; /* nothing more but the last */
        shape->lefts[i] = fits ? x : -1;
        x += fits ? shapes->fitted[i] : 0;
    }
    shape->right = x;
}

void tui_shapes_make(struct tui_shapes *shapes, const struct tui_session *session,
                     const struct tui_sheet *sheet, int columns, int first_column)
{
    int *lefts, room = columns - 2;
    measure(shapes, session, sheet);
    fit(shapes, room);
    lefts = shapes->lefts;
    for (int i = 0; i < shapes->count; i++) {
        shapes->items[i].lefts = lefts;
        lefts += shapes->items[i].n_columns;
        fit_labels(&shapes->items[i], shapes->stub - shapes->fitted_stub);
        place_columns(shapes, &shapes->items[i], room, first_column);
    }
}

void tui_shapes_release(struct tui_shapes *shapes)
{
    free(shapes->items);
    free(shapes->widths);
    *shapes = (struct tui_shapes) { 0 };
}

const struct tui_shape *tui_shape_of(const struct tui_shapes *shapes, const struct nb_table *table)
{
    for (int i = 0; i < shapes->count; i++) {
        if (shapes->items[i].table == table)
            return &shapes->items[i];
    }
    return NULL;
}
