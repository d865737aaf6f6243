#include "grid.h"

#include <stdlib.h>
#include <string.h>

/* ---- labels of rows ---- */

static void draw_label(const struct tui_grid *grid, struct tui_canvas *canvas,
                       const struct tui_shape *shape, int y, int row, bool focused)
{
    const struct nb_table *table = shape->table;
    enum tui_style style = focused ? TUI_LABEL : TUI_PLAIN;
    int left = tui_shape_label_left(shape, row);
    if (table->stub == NB_STUB_NONE)
        return;
    struct tui_window window = tui_canvas_clip(canvas, y, grid->x, 1, grid->shapes.fitted_stub);
    if (table->stub == NB_STUB_COLUMNS) {
        int room = left - tui_label_stands_apart(table, row);
        struct tui_window stub = tui_canvas_clip(canvas, y, grid->x, 1, room);
        struct nb_buf groups = { 0 };
        tui_add_groups(&groups, table, row);
        tui_canvas_text(canvas, y, grid->x, style, nb_buf_text(&groups));
        nb_buf_release(&groups);
        tui_canvas_unclip(canvas, stub);
    }
    tui_canvas_text(canvas, y, grid->x + left, style, table->rows.leaves[row].node->brief);
    tui_canvas_unclip(canvas, window);
}

/* ---- heads ---- */

static void draw_groups(const struct tui_grid *grid, struct tui_canvas *canvas,
                        const struct tui_shape *shape, int y)
{
    for (int i = 0; i < shape->n_columns;) {
        const struct nb_node *group = shape->table->columns.leaves[i].node->parent;
        int from = -1, to = 0, next = i + 1;
        for (int j = i; j < shape->n_columns; j++) {
            if (shape->table->columns.leaves[j].node->parent != group)
                break;
            next = j + 1;
            if (shape->lefts[j] >= 0) {
                from = from < 0 ? shape->lefts[j] : from;
                to = shape->lefts[j] + grid->shapes.fitted[j];
            }
        }
        if (from >= 0 && group->depth > 0) {
            struct tui_window window =
                tui_canvas_clip(canvas, y, grid->x + from + 1, 1, to - from - 1);
            int spare = to - from - 1 - tui_text_width(group->brief);
            tui_canvas_text(canvas, y, grid->x + from + 1 + (spare > 0 ? spare / 2 : 0), TUI_HEAD,
                            group->brief);
            tui_canvas_unclip(canvas, window);
        }
        i = next;
    }
}

static void draw_head(const struct tui_grid *grid, struct tui_canvas *canvas,
                      const struct tui_shape *shape, int y, int level)
{
    if (level + 1 < tui_table_head_rows(shape->table)) {
        draw_groups(grid, canvas, shape, y);
        return;
    }
    for (int i = 0; i < shape->n_columns; i++) {
        if (shape->lefts[i] >= 0)
            tui_canvas_text_right(canvas, y, grid->x + shape->lefts[i] + grid->shapes.fitted[i],
                                  i == grid->focus.column ? TUI_LABEL : TUI_HEAD,
                                  shape->table->columns.leaves[i].node->brief);
    }
}

/* ---- cells ---- */

struct tui_block tui_grid_block(const struct tui_grid *grid)
{
    struct tui_focus a = grid->focus, b = grid->has_block ? grid->anchor : grid->focus;
    struct tui_block block = {
        { tui_smaller(a.row, b.row), tui_smaller(a.column, b.column) },
        { tui_larger(a.row, b.row), tui_larger(a.column, b.column) },
    };
    return block;
}

/* Colour alone tells nothing: a bracket stands before and behind each row of a block. */
static void draw_marked(const struct tui_block *block, struct tui_canvas *canvas, int y, int left,
                        int right, int column)
{
    tui_canvas_fill(canvas, y, left + 1, right - left - 1, TUI_SELECTED);
    if (column == block->first.column)
        tui_canvas_text(canvas, y, left, TUI_SELECTED, "[");
    if (column == block->last.column)
        tui_canvas_text(canvas, y, right, TUI_SELECTED, "]");
}

static bool is_marked(const struct tui_grid *grid, const struct tui_block *block,
                      struct tui_focus at)
{
    return grid->has_block && at.row >= block->first.row && at.row <= block->last.row &&
           at.column >= block->first.column && at.column <= block->last.column;
}

static void draw_focus(struct tui_canvas *canvas, int y, int left, int right, const char *value)
{
    int width = tui_text_width(value);
    int from = right - (width ? width : 2) - 1;
    if (from < left)
        from = left;
    tui_canvas_fill(canvas, y, from, right - from + 1, TUI_FOCUS);
    tui_canvas_text(canvas, y, from, TUI_FOCUS, "[");
    tui_canvas_text_right(canvas, y, right, TUI_FOCUS, value);
    tui_canvas_text(canvas, y, right, TUI_FOCUS, "]");
    tui_canvas_cursor(canvas, y, right - 1);
}

/* Where the figure will stand; a longer one covers what is on its left. */
static void draw_typing(const struct tui_grid *grid, struct tui_canvas *canvas, int y, int left,
                        int right)
{
    int from = right - tui_text_width(nb_buf_text(&grid->typing->text));
    int first = from < left ? from : left;
    if (from <= grid->x) {
        tui_line_draw(grid->typing, canvas, y, grid->x, right + 1 - grid->x, TUI_FOCUS);
        return;
    }
    struct tui_window window = tui_canvas_clip(canvas, y, first, 1, right + 1 - first);
    tui_canvas_fill(canvas, y, first, right + 1 - first, TUI_FOCUS);
    tui_line_draw(grid->typing, canvas, y, from, right + 2 - from, TUI_FOCUS);
    tui_canvas_unclip(canvas, window);
}

static void draw_cell(const struct tui_grid *grid, struct tui_canvas *canvas,
                      const struct tui_shape *shape, int y, struct tui_focus at)
{
    enum { SUSPECTED = NB_ERROR + 2 };
    static const char *const marks[] = { "", "*", "?", "!", [SUSPECTED] = ">" };
    static const enum tui_style styles[] = { TUI_PLAIN, TUI_PLAIN, TUI_WARNING,
                                             TUI_ERROR, [SUSPECTED] = TUI_FOUND_ERROR };
    const struct tui_row *row = &grid->sheet->rows[at.row];
    int left = grid->x + shape->lefts[at.column], right = left + grid->shapes.fitted[at.column];
    int cell = tui_sheet_cell(grid->sheet, at);
    bool focused = at.row == grid->focus.row && at.column == grid->focus.column;
    struct nb_buf value = { 0 };
    tui_add_value(&value, grid->session, row->table, row->index, at.column);
    if (cell < 0) {
        tui_canvas_text_right(canvas, y, right, TUI_DIM, nb_buf_text(&value));
    } else {
        int mark = grid->session->suspected[cell] ? SUSPECTED : grid->session->marks[cell];
        int width = tui_text_width(nb_buf_text(&value));
        struct tui_block block = tui_grid_block(grid);
        bool marked = is_marked(grid, &block, at);
        if (marked)
            draw_marked(&block, canvas, y, left, right, at.column);
        tui_canvas_text_right(canvas, y, right, marked ? TUI_SELECTED : styles[mark],
                              nb_buf_text(&value));
        tui_canvas_text(canvas, y, right - width - 1, styles[mark], marks[mark]);
        if (focused && !grid->typing)
            draw_focus(canvas, y, left, right, nb_buf_text(&value));
    }
    nb_buf_release(&value);
}

/* Do all cells of the equation stand in that row, or that column, of the table? */
static bool is_along(const struct nb_form *form, const struct nb_equation *equation,
                     const struct nb_table *table, bool row, int index)
{
    for (int i = 0; i < equation->n_terms; i++) {
        const struct nb_cell *cell = &form->cells[equation->terms[i].cell];
        if (cell->table != table || (row ? cell->row : cell->column) != index)
            return false;
    }
    return equation->n_terms > 1;
}

static void find_failing(struct tui_grid *grid)
{
    grid->n_failing = 0;
    for (int i = 0; i < grid->session->form->n_equations; i++) {
        if (nb_checker_verdict(grid->session->checker, i) != NB_FAILS)
            continue;
        NB_GROW(grid->failing, grid->n_failing, grid->cap_failing);
        grid->failing[grid->n_failing++] = i;
    }
}

/* The worst of the failing equations along a row or a column. */
static enum tui_style sum_style(const struct tui_grid *grid, const struct nb_table *table, bool row,
                                int index)
{
    const struct nb_form *form = grid->session->form;
    enum tui_style style = TUI_PLAIN;
    for (int i = 0; i < grid->n_failing; i++) {
        const struct nb_equation *equation = &form->equations[grid->failing[i]];
        if (!is_along(form, equation, table, row, index))
            continue;
        if (equation->rule->severity == NB_ERROR)
            return TUI_ERROR;
        style = TUI_WARNING;
    }
    return style;
}

static void draw_sum_mark(struct tui_canvas *canvas, int y, int x, enum tui_style style)
{
    const char *wrong = canvas->ascii ? "x" : "✗";
    if (style != TUI_PLAIN)
        tui_canvas_text(canvas, y, x, style, style == TUI_ERROR ? wrong : "?");
}

static void draw_cells(const struct tui_grid *grid, struct tui_canvas *canvas,
                       const struct tui_shape *shape, int y, int row)
{
    int index = grid->sheet->rows[row].index;
    draw_label(grid, canvas, shape, y, index, row == grid->focus.row);
    for (int i = 0; i < shape->n_columns; i++) {
        if (shape->lefts[i] >= 0)
            draw_cell(grid, canvas, shape, y, (struct tui_focus) { row, i });
    }
    draw_sum_mark(canvas, y, grid->x + shape->right + 1,
                  sum_style(grid, shape->table, true, index));
    if (row == grid->focus.row && grid->typing && shape->lefts[grid->focus.column] >= 0) {
        int left = grid->x + shape->lefts[grid->focus.column];
        draw_typing(grid, canvas, y, left, left + grid->shapes.fitted[grid->focus.column]);
    }
}

/* ---- texts ---- */

static void draw_text(const struct tui_grid *grid, struct tui_canvas *canvas, int y, int row)
{
    int text = grid->sheet->rows[row].index;
    bool focused = row == grid->focus.row;
    enum tui_style style = focused ? TUI_FOCUS : TUI_PLAIN;
    struct nb_buf value = { 0 };
    nb_draft_add_resolved(grid->session->draft, nb_draft_text(grid->session->draft, text), &value);
    const char *shown = nb_buf_text(&value);
    size_t len = strcspn(shown, "\n");
    int x = grid->x + 11;
    tui_canvas_text(canvas, y, grid->x + 1, focused ? TUI_LABEL : TUI_PLAIN, tui_text_name(text));
    if (focused)
        tui_canvas_fill(canvas, y, x - 1, grid->columns - 12, TUI_FOCUS);
    struct tui_window window = tui_canvas_clip(canvas, y, x, 1, grid->columns - 13);
    x = tui_canvas_bytes(canvas, y, x, style, shown, len);
    if (shown[len])
        tui_canvas_text(canvas, y, x, focused ? TUI_FOCUS : TUI_DIM, " …");
    if (!shown[0])
        tui_canvas_text(canvas, y, x, focused ? TUI_FOCUS : TUI_DIM, "（空，Enter 填写）");
    tui_canvas_unclip(canvas, window);
    if (focused)
        tui_canvas_cursor(canvas, y, grid->x + 11);
    nb_buf_release(&value);
}

/* ---- all of it ---- */

static void draw_row(const struct tui_grid *grid, struct tui_canvas *canvas, int y, int row)
{
    const struct tui_row *at = &grid->sheet->rows[row];
    if (at->kind == TUI_ROW_TEXT) {
        draw_text(grid, canvas, y, row);
        return;
    }
    const struct tui_shape *shape = tui_shape_of(&grid->shapes, at->table);
    if (at->kind == TUI_ROW_NAME && at->index == TUI_CAPTION) {
        tui_canvas_text(canvas, y, grid->x + 1, TUI_HEAD, at->table->caption);
        return;
    }
    if (at->kind == TUI_ROW_NAME) {
        tui_canvas_text(canvas, y, grid->x + tui_shape_label_left(shape, at->index), TUI_HEAD,
                        at->table->rows.leaves[at->index].node->brief);
        return;
    }
    if (at->kind == TUI_ROW_HEAD)
        draw_head(grid, canvas, shape, y, at->index);
    else
        draw_cells(grid, canvas, shape, y, row);
}

/* A row of a table, with cells or without. */
static bool is_body(const struct tui_row *row)
{
    return row->kind == TUI_ROW_CELLS || (row->kind == TUI_ROW_NAME && row->index != TUI_CAPTION);
}

/* Heads that stay in place because the rows from `top` on begin below them: the first, -1: none. */
static int sticky_head(const struct tui_grid *grid, int top, int *count)
{
    *count = 0;
    if (top >= grid->sheet->n_rows || !is_body(&grid->sheet->rows[top]))
        return -1;
    int row = top;
    while (row >= 0 && grid->sheet->rows[row].kind != TUI_ROW_HEAD)
        row--;
    while (row >= 0 && grid->sheet->rows[row].kind == TUI_ROW_HEAD) {
        ++*count;
        row--;
    }
    if (*count >= grid->rows) /* they would leave no row to show */
        *count = 0;
    return *count ? row + 1 : -1;
}

static int last_shown(const struct tui_grid *grid)
{
    int heads;
    sticky_head(grid, grid->top, &heads);
    return grid->top + grid->rows - heads - 1;
}

static void scroll(struct tui_grid *grid)
{
    const struct tui_sheet *sheet = grid->sheet;
    grid->top = grid->wished_top;
    if (grid->focus.row < grid->top)
        grid->top = grid->focus.row;
    /* what stands above the first cell of a table is worth seeing */
    while (grid->top > 0 && grid->top == grid->focus.row &&
           sheet->rows[grid->top - 1].kind != TUI_ROW_CELLS && grid->focus.row < grid->rows)
        grid->top = 0;
    while (last_shown(grid) < grid->focus.row && grid->top < grid->focus.row)
        grid->top++;
    while (grid->top > 0 && last_shown(grid) >= sheet->n_rows)
        grid->top--;
}

static const struct tui_shape *shape_from(struct tui_grid *grid, const struct nb_table *table,
                                          int first_column)
{
    tui_shapes_make(&grid->shapes, grid->session, grid->sheet, grid->columns, first_column);
    return tui_shape_of(&grid->shapes, table);
}

static bool shows_all(const struct tui_shape *shape, int first_column)
{
    return shape->n_columns < 2 || first_column >= shape->n_columns - 1 ||
           shape->lefts[shape->n_columns - 2] >= 0;
}

static void scroll_columns(struct tui_grid *grid)
{
    const struct nb_table *table = grid->sheet->rows[grid->focus.row].table;
    int *first = &grid->first_column, column = grid->focus.column;
    if (*first > column || !table)
        *first = table ? column : 0;
    while (*first > 0 && shows_all(shape_from(grid, table, *first - 1), *first - 1))
        --*first; /* room is left */
    while (table && *first < column && shape_from(grid, table, *first)->lefts[column] < 0)
        ++*first;
    tui_shapes_make(&grid->shapes, grid->session, grid->sheet, grid->columns, *first);
}

void tui_grid_release(struct tui_grid *grid)
{
    tui_shapes_release(&grid->shapes);
    free(grid->failing);
}

void tui_grid_draw(struct tui_grid *grid, struct tui_canvas *canvas, int y, int x, int rows,
                   int columns)
{
    grid->y = y;
    grid->x = x;
    grid->rows = rows;
    grid->columns = columns;
    if (!grid->sheet->n_rows || rows < 1)
        return;
    find_failing(grid);
    scroll(grid);
    scroll_columns(grid);
    struct tui_window window = tui_canvas_clip(canvas, y, x, rows, columns);
    int heads, head = sticky_head(grid, grid->top, &heads);
    for (int i = 0; i < heads; i++)
        draw_row(grid, canvas, y + i, head + i);
    for (int row = grid->top; row <= last_shown(grid) && row < grid->sheet->n_rows; row++)
        draw_row(grid, canvas, y + heads + row - grid->top, row);
    tui_canvas_unclip(canvas, window);
}

void tui_grid_draw_foot(const struct tui_grid *grid, struct tui_canvas *canvas, int y)
{
    tui_canvas_rule(canvas, y, grid->x, grid->columns, TUI_DIM);
    if (grid->focus.row >= grid->sheet->n_rows)
        return;
    const struct tui_row *row = &grid->sheet->rows[grid->focus.row];
    if (row->kind != TUI_ROW_CELLS)
        return;
    const struct tui_shape *shape = tui_shape_of(&grid->shapes, row->table);
    for (int i = 0; i < shape->n_columns; i++) {
        if (shape->lefts[i] >= 0)
            draw_sum_mark(canvas, y, grid->x + shape->lefts[i] + grid->shapes.fitted[i] - 1,
                          sum_style(grid, row->table, false, i));
    }
}

struct tui_focus tui_grid_at(const struct tui_grid *grid, int y, int x)
{
    int heads;
    sticky_head(grid, grid->top, &heads);
    struct tui_focus at = { y - grid->y - heads + grid->top, 0 }, none = { -1, 0 };
    if (y < grid->y + heads || y >= grid->y + grid->rows || at.row >= grid->sheet->n_rows)
        return none;
    const struct tui_row *row = &grid->sheet->rows[at.row];
    if (row->kind == TUI_ROW_TEXT)
        return at;
    const struct tui_shape *shape = tui_shape_of(&grid->shapes, row->table);
    if (row->kind != TUI_ROW_CELLS || !shape) /* no shape: not drawn yet */
        return none;
    at.column = -1;
    for (int i = 0; i < shape->n_columns; i++) {
        if (shape->lefts[i] >= 0 && x - grid->x >= shape->lefts[i] &&
            x - grid->x < shape->lefts[i] + grid->shapes.fitted[i])
            at.column = i;
    }
    return tui_sheet_cell(grid->sheet, at) >= 0 ? at : none;
}
