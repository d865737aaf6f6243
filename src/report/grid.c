/* A table becomes boxes on a grid:
 *
 *   ┌───────────────────────────────┐  caption, over all columns
 *   ├───────────┬───────────────────┤
 *   │ corner    │ column heads      │  as many rows as the columns have levels; a leaf reaches
 *   ├─────┬─────┼────┬────┬────┬────┤  down to the last
 *   │group│leaf │    │    │    │    │  a group reaches over its rows, a leaf to the figures
 *   │     ├─────┼────┼────┼────┼────┤
 *
 * Joined tables stand below each other on the columns of the widest; the last column of a shorter
 * one takes the rest. */
#include "grid.h"

#include <stdlib.h>
#include <string.h>

struct builder {
    struct nb_arena *arena;
    struct nb_grid *grid;
    const struct nb_draft *draft;
    bool blank;
    /* of the table at work */
    const struct nb_table *table;
    int n_stubs; /* its own, at most the grid's */
    int row;     /* where its next part begins */
};

static int count_stubs(const struct nb_table *table)
{
    switch (table->stub) {
    case NB_STUB_COLUMNS:
        return table->rows.depth;
    case NB_STUB_INDENT:
        return 1;
    case NB_STUB_NONE:
        return 0;
    }
    return 0;
}

/* Boxes live in heap memory while they grow; nb_grid_build() moves them to the arena. */
static struct nb_box *add_box(struct builder *builder, int row, int column, int rows, int columns)
{
    struct nb_grid *grid = builder->grid;
    NB_GROW(grid->boxes, grid->n_boxes, grid->cap_boxes);
    struct nb_box *box = &grid->boxes[grid->n_boxes++];
    *box = (struct nb_box) {
        .row = row, .column = column, .rows = rows, .columns = columns, .text = ""
    };
    return box;
}

static struct nb_box *add_head(struct builder *builder, int row, int column, int rows, int columns,
                               const char *text)
{
    struct nb_box *box = add_box(builder, row, column, rows, columns);
    box->text = text;
    box->head = true;
    box->align = NB_ALIGN_CENTER;
    return box;
}

/* The grid column where the table's n-th column of figures begins; n may be the one behind the
 * last, which is the grid's edge. */
static int figure_column(const struct builder *builder, int n)
{
    if (n >= builder->table->columns.n_leaves)
        return builder->grid->n_columns;
    return n == 0 && !builder->n_stubs ? 0 : builder->grid->n_stubs + n;
}

/* Likewise for stubs: the last takes what other tables of the frame have more. */
static int stub_column(const struct builder *builder, int n)
{
    return n >= builder->n_stubs ? builder->grid->n_stubs : n;
}

static void add_column_heads(struct builder *builder, const struct nb_node *node)
{
    int levels = builder->table->columns.depth;
    if (node->depth) {
        int from = figure_column(builder, node->first_leaf);
        int to = figure_column(builder, node->first_leaf + node->n_leaves);
        int rows = node->n_children ? 1 : levels - node->depth + 1;
        add_head(builder, builder->row + node->depth - 1, from, rows, to - from, node->label);
        if (node->n_children)
            builder->grid->ends_group[to - 1] = true;
    }
    for (int i = 0; i < node->n_children; i++)
        add_column_heads(builder, &node->children[i]);
}

static void add_stub(struct builder *builder, const struct nb_node *node, int row, int rows,
                     int from, int to)
{
    struct nb_box *box =
        add_head(builder, row, stub_column(builder, from), rows,
                 stub_column(builder, to) - stub_column(builder, from), node->label);
    box->align = NB_ALIGN_LEFT;
}

static void add_stub_columns(struct builder *builder, const struct nb_node *node)
{
    int row = builder->row + node->first_leaf;
    if (node->depth && node->n_children) {
        add_stub(builder, node, row, node->n_leaves, node->depth - 1, node->depth);
        if (node->own) /* its own row has no label besides the group's */
            add_box(builder, row, stub_column(builder, node->depth), 1,
                    builder->grid->n_stubs - stub_column(builder, node->depth));
    } else if (node->depth) {
        add_stub(builder, node, row, 1, node->depth - 1, builder->n_stubs);
    }
    for (int i = 0; i < node->n_children; i++)
        add_stub_columns(builder, &node->children[i]);
}

static void add_indented_stubs(struct builder *builder)
{
    const struct nb_axis *rows = &builder->table->rows;
    for (int i = 0; i < rows->n_leaves; i++) {
        const struct nb_node *node = rows->leaves[i].node;
        add_stub(builder, node, builder->row + i, 1, 0, 1);
        builder->grid->boxes[builder->grid->n_boxes - 1].indent_cols = 2 * (node->depth - 1);
    }
}

/* Does the table say elsewhere what the figure's unit is? */
static bool shows_unit(const struct nb_table *table, const struct nb_cell *cell)
{
    for (int i = 0; i < table->columns.n_leaves; i++) {
        if (table->columns.leaves[i].node->prints_unit)
            return true;
    }
    return strstr(table->columns.leaves[cell->column].node->label, cell->unit) ||
           strstr(table->rows.leaves[cell->row].node->label, cell->unit);
}

/* Amounts are published with their unit: behind the figure where no label says it. */
static const char *figure_text(struct builder *builder, int index)
{
    const struct nb_cell *cell = &nb_draft_form(builder->draft)->cells[index];
    struct nb_figure figure = nb_draft_figure(builder->draft, index);
    struct nb_buf text = { 0 };
    nb_figure_print(&text, cell->kind, figure);
    if (figure.filled && cell->kind == NB_AMOUNT && cell->unit && !shows_unit(cell->table, cell))
        nb_buf_puts(&text, cell->unit);
    const char *kept = nb_arena_strdup(builder->arena, nb_buf_text(&text));
    nb_buf_release(&text);
    return kept;
}

static void add_figure(struct builder *builder, int row, int column)
{
    const struct nb_table *table = builder->table;
    int from = figure_column(builder, column), to = figure_column(builder, column + 1);
    struct nb_box *box = add_box(builder, builder->row + row, from, 1, to - from);
    int cell = table->cells[row * table->columns.n_leaves + column];
    const struct nb_node *node = table->rows.leaves[row].node;
    if (table->columns.leaves[column].node->prints_unit) {
        box->align = NB_ALIGN_CENTER;
        bool empty = table->rows.leaves[row].is_group && !node->own;
        box->text = node->unit && !empty ? node->unit : ""; /* no figure, no unit */
    } else {
        box->align = NB_ALIGN_RIGHT;
        box->figure = true;
        box->text = cell >= 0 && !builder->blank ? figure_text(builder, cell) : "";
    }
}

static void add_body(struct builder *builder)
{
    const struct nb_table *table = builder->table;
    if (table->stub == NB_STUB_INDENT)
        add_indented_stubs(builder);
    else if (table->stub == NB_STUB_COLUMNS)
        add_stub_columns(builder, table->rows.root);
    for (int row = 0; row < table->rows.n_leaves; row++) {
        for (int column = 0; column < table->columns.n_leaves; column++)
            add_figure(builder, row, column);
    }
    builder->row += table->rows.n_leaves;
}

static void add_table(struct builder *builder, const struct nb_table *table)
{
    builder->table = table;
    builder->n_stubs = count_stubs(table);
    if (table->caption[0])
        add_head(builder, builder->row++, 0, 1, builder->grid->n_columns, table->caption);
    if (builder->n_stubs)
        add_head(builder, builder->row, 0, table->columns.depth, builder->grid->n_stubs,
                 table->corner);
    add_column_heads(builder, table->columns.root);
    builder->row += table->columns.depth;
    add_body(builder);
}

static void settle_boxes(struct nb_arena *arena, struct nb_grid *grid)
{
    struct nb_box *boxes = nb_arena_alloc(arena, (size_t)grid->n_boxes * sizeof *boxes);
    if (grid->n_boxes)
        memcpy(boxes, grid->boxes, (size_t)grid->n_boxes * sizeof *boxes);
    free(grid->boxes);
    grid->boxes = boxes;
}

const struct nb_grid *nb_grid_build(struct nb_arena *arena, const struct nb_table *const *tables,
                                    int n_tables, const struct nb_draft *draft, bool blank)
{
    struct nb_grid *grid = nb_arena_alloc(arena, sizeof *grid);
    struct builder builder = { .arena = arena, .grid = grid, .draft = draft, .blank = blank };
    struct nb_buf name = { 0 };
    nb_table_add_name(&name, tables[0]);
    grid->name = nb_arena_strdup(arena, nb_buf_text(&name));
    nb_buf_release(&name);
    int n_figures = 0;
    for (int i = 0; i < n_tables; i++) {
        int stubs = count_stubs(tables[i]), figures = tables[i]->columns.n_leaves;
        grid->n_stubs = stubs > grid->n_stubs ? stubs : grid->n_stubs;
        n_figures = figures > n_figures ? figures : n_figures;
    }
    grid->n_columns = grid->n_stubs + n_figures;
    grid->ends_group = nb_arena_alloc(arena, (size_t)grid->n_columns * sizeof(bool));
    for (int i = 0; i < n_tables; i++) {
        add_table(&builder, tables[i]);
        if (i == 0)
            grid->n_head_rows = builder.row - tables[0]->rows.n_leaves;
    }
    grid->n_rows = builder.row;
    settle_boxes(arena, grid);
    return grid;
}
