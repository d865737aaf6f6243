#include "grid.h"

#include <stdlib.h>
#include <string.h>

/* Columns of a stub that must stay readable before columns scroll away; of a figure being typed. */
enum { LEAST_STUB = 14, TYPING_COLUMNS = 14 };

/* Where the stub and the columns of one table stand. */
struct shape {
    const struct nb_table *table;
    int stub;      /* width */
    int label_at;  /* column in the stub where labels of the deepest level begin */
    int n_columns; /* of the table */
    int *widths;   /* by column; a figure stands right-aligned, one column free on its left */
    int *lefts;    /* by column, from the left of the grid; -1: scrolled away */
    int right;     /* behind the last column */
};

/* ---- labels of rows ---- */

/* The labels of the groups that begin with this row. */
static void add_groups(struct nb_buf *out, const struct nb_table *table, int row)
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
    add_groups(&groups, table, row);
    int width = tui_text_width(nb_buf_text(&groups));
    nb_buf_release(&groups);
    return width;
}

/* A leaf below groups of groups stands apart from their labels; others follow theirs. */
static bool stands_apart(const struct nb_table *table, int row)
{
    return table->stub == NB_STUB_COLUMNS && table->rows.leaves[row].node->depth > 2;
}

static int label_left(const struct shape *shape, int row)
{
    const struct nb_table *table = shape->table;
    if (table->stub == NB_STUB_INDENT)
        return 2 * (table->rows.leaves[row].node->depth - 1);
    return stands_apart(table, row) ? shape->label_at : group_width(table, row);
}

static void measure_stub(struct shape *shape)
{
    const struct nb_table *table = shape->table;
    if (table->stub == NB_STUB_NONE)
        return;
    for (int row = 0; row < table->rows.n_leaves; row++) {
        int width = stands_apart(table, row) ? group_width(table, row) + 1 : 0;
        if (width > shape->label_at)
            shape->label_at = width;
    }
    for (int row = 0; row < table->rows.n_leaves; row++) {
        int width = label_left(shape, row) + tui_text_width(table->rows.leaves[row].node->brief);
        if (width + 1 > shape->stub)
            shape->stub = width + 1;
    }
}

static void draw_label(const struct tui_grid *grid, struct tui_canvas *canvas,
                       const struct shape *shape, int y, int row, bool focused)
{
    const struct nb_table *table = shape->table;
    struct tui_window window = tui_canvas_clip(canvas, y, grid->x, 1, shape->stub);
    struct nb_buf groups = { 0 };
    add_groups(&groups, table, row);
    enum tui_style style = focused ? TUI_LABEL : TUI_PLAIN;
    if (table->stub == NB_STUB_COLUMNS)
        tui_canvas_text(canvas, y, grid->x, style, nb_buf_text(&groups));
    if (table->stub != NB_STUB_NONE)
        tui_canvas_text(canvas, y, grid->x + label_left(shape, row), style,
                        table->rows.leaves[row].node->brief);
    nb_buf_release(&groups);
    tui_canvas_unclip(canvas, window);
}

/* ---- columns ---- */

static void add_value(struct nb_buf *out, const struct tui_grid *grid, const struct nb_table *table,
                      int row, int column)
{
    int cell = table->cells[row * table->columns.n_leaves + column];
    if (cell >= 0)
        nb_figure_write(out, grid->session->form->cells[cell].kind,
                        nb_draft_figure(grid->session->draft, cell));
    else if (table->columns.leaves[column].node->prints_unit && table->rows.leaves[row].node->unit)
        nb_buf_puts(out, table->rows.leaves[row].node->unit);
}

static int measure_column(const struct tui_grid *grid, const struct nb_table *table, int column)
{
    int width = tui_text_width(table->columns.leaves[column].node->brief);
    struct nb_buf value = { 0 };
    for (int row = 0; row < table->rows.n_leaves; row++) {
        value.len = 0;
        add_value(&value, grid, table, row, column);
        int digits = value.len ? tui_text_width(nb_buf_text(&value)) : 0;
        if (digits > width)
            width = digits;
    }
    nb_buf_release(&value);
    return width + 1;
}

/* Which columns show from `first` on, beside the last one, which always does. */
static void place_columns(const struct tui_grid *grid, struct shape *shape, int first)
{
    int last = shape->n_columns - 1, x = shape->stub;
    int limit = grid->columns - 2 - (first <= last ? shape->widths[last] : 0);
    for (int i = 0; i < shape->n_columns; i++) {
        bool fits = i == last || (i >= first && x + shape->widths[i] <= limit);
        if (i >= first && !fits)
            first = shape->n_columns; /* nothing more but the last */
        shape->lefts[i] = fits ? x : -1;
        x += fits ? shape->widths[i] : 0;
    }
    shape->right = x;
}

static void spread(const struct tui_grid *grid, struct shape *shape, int total)
{
    for (int more = 0; more < 3; more++) {
        if (total + shape->n_columns > grid->columns - 2)
            return;
        for (int i = 0; i < shape->n_columns; i++)
            shape->widths[i]++;
        total += shape->n_columns;
    }
}

static struct shape make_shape(const struct tui_grid *grid, const struct nb_table *table)
{
    struct shape shape = { .table = table, .n_columns = table->columns.n_leaves };
    size_t size = (size_t)shape.n_columns * sizeof *shape.widths;
    shape.widths = nb_xalloc(size);
    shape.lefts = nb_xalloc(size);
    measure_stub(&shape);
    int figures = 0, room = grid->columns - 2;
    for (int i = 0; i < shape.n_columns; i++)
        figures += shape.widths[i] = measure_column(grid, table, i);
    if (shape.stub + figures > room && shape.stub > LEAST_STUB)
        shape.stub = room - figures > LEAST_STUB ? room - figures : LEAST_STUB;
    spread(grid, &shape, shape.stub + figures);
    place_columns(grid, &shape, grid->first_column);
    return shape;
}

static void release_shape(struct shape *shape)
{
    free(shape->widths);
    free(shape->lefts);
}

/* ---- heads ---- */

static void draw_groups(const struct tui_grid *grid, struct tui_canvas *canvas,
                        const struct shape *shape, int y)
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
                to = shape->lefts[j] + shape->widths[j];
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
                      const struct shape *shape, int y, int level)
{
    if (level + 1 < tui_table_head_rows(shape->table)) {
        draw_groups(grid, canvas, shape, y);
        return;
    }
    for (int i = 0; i < shape->n_columns; i++) {
        if (shape->lefts[i] >= 0)
            tui_canvas_text_right(canvas, y, grid->x + shape->lefts[i] + shape->widths[i],
                                  i == grid->focus.column ? TUI_LABEL : TUI_HEAD,
                                  shape->table->columns.leaves[i].node->brief);
    }
}

/* ---- cells ---- */

bool tui_grid_in_block(const struct tui_grid *grid, struct tui_focus focus)
{
    struct tui_focus a = grid->focus, b = grid->has_block ? grid->anchor : grid->focus;
    int top = a.row < b.row ? a.row : b.row, bottom = a.row < b.row ? b.row : a.row;
    int left = a.column < b.column ? a.column : b.column;
    int right = a.column < b.column ? b.column : a.column;
    return focus.row >= top && focus.row <= bottom && focus.column >= left && focus.column <= right;
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

static void draw_typing(const struct tui_grid *grid, struct tui_canvas *canvas, int y, int left,
                        int right)
{
    int width = right - left < TYPING_COLUMNS ? TYPING_COLUMNS : right - left;
    if (tui_text_width(nb_buf_text(&grid->typing->text)) + 1 < right - left)
        width = right - left;
    int limit = grid->x + grid->columns;
    if (left + width > limit)
        left = limit - width;
    tui_line_draw(grid->typing, canvas, y, left, width, TUI_FOCUS);
}

static void draw_cell(const struct tui_grid *grid, struct tui_canvas *canvas,
                      const struct shape *shape, int y, struct tui_focus at)
{
    static const char *const marks[] = { "", "", "?", "!" };
    static const enum tui_style styles[] = { TUI_PLAIN, TUI_PLAIN, TUI_WARNING, TUI_ERROR };
    const struct tui_row *row = &grid->sheet->rows[at.row];
    int left = grid->x + shape->lefts[at.column], right = left + shape->widths[at.column];
    int cell = tui_sheet_cell(grid->sheet, at);
    bool focused = at.row == grid->focus.row && at.column == grid->focus.column;
    struct nb_buf value = { 0 };
    add_value(&value, grid, row->table, row->index, at.column);
    if (cell < 0) {
        tui_canvas_text_right(canvas, y, right, TUI_DIM, nb_buf_text(&value));
    } else {
        int mark = grid->session->marks[cell];
        int width = tui_text_width(nb_buf_text(&value));
        if (grid->has_block && tui_grid_in_block(grid, at))
            tui_canvas_fill(canvas, y, left + 1, right - left - 1, TUI_SELECTED);
        tui_canvas_text_right(canvas, y, right,
                              grid->has_block && tui_grid_in_block(grid, at) ? TUI_SELECTED
                                                                             : styles[mark],
                              nb_buf_text(&value));
        tui_canvas_text(canvas, y, right - width - 1, styles[mark], marks[mark]);
        if (focused && !grid->typing)
            draw_focus(canvas, y, left, right, nb_buf_text(&value));
    }
    nb_buf_release(&value);
}

/* The worst of the failing equations along a row or a column. */
static enum tui_style sum_style(const struct tui_grid *grid, const struct nb_table *table,
                                enum nb_star star, int index)
{
    const struct nb_form *form = grid->session->form;
    enum tui_style style = TUI_PLAIN;
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        const struct nb_cell *cell = &form->cells[equation->cell];
        if (equation->star != star || cell->table != table ||
            (star == NB_STAR_ROW ? cell->row : cell->column) != index ||
            nb_checker_verdict(grid->session->checker, i) != NB_FAILS)
            continue;
        if (equation->rule->severity == NB_ERROR)
            return TUI_ERROR;
        style = TUI_WARNING;
    }
    return style;
}

static void draw_sum_mark(const struct tui_canvas *canvas, struct tui_canvas *on, int y, int x,
                          enum tui_style style)
{
    const char *wrong = canvas->ascii ? "x" : "✗";
    if (style != TUI_PLAIN)
        tui_canvas_text(on, y, x, style, style == TUI_ERROR ? wrong : "?");
}

static void draw_cells(const struct tui_grid *grid, struct tui_canvas *canvas,
                       const struct shape *shape, int y, int row)
{
    int index = grid->sheet->rows[row].index;
    draw_label(grid, canvas, shape, y, index, row == grid->focus.row);
    for (int i = 0; i < shape->n_columns; i++) {
        if (shape->lefts[i] >= 0)
            draw_cell(grid, canvas, shape, y, (struct tui_focus) { row, i });
    }
    draw_sum_mark(canvas, canvas, y, grid->x + shape->right + 1,
                  sum_style(grid, shape->table, NB_STAR_ROW, index));
    if (row == grid->focus.row && grid->typing && shape->lefts[grid->focus.column] >= 0) {
        int left = grid->x + shape->lefts[grid->focus.column];
        draw_typing(grid, canvas, y, left, left + shape->widths[grid->focus.column]);
    }
}

/* ---- texts ---- */

/* What the texts of the head are called. */
static const char *const head_names[NB_TEXT_PROSE] = {
    [NB_TEXT_UNIT] = "单位名称",         [NB_TEXT_SIGNED_BY] = "落款单位",
    [NB_TEXT_SIGNED_DATE] = "落款日期",  [NB_TEXT_PEOPLE_FILLED] = "填报人",
    [NB_TEXT_PEOPLE_CHECKED] = "审核人", [NB_TEXT_PEOPLE_HEAD] = "负责人",
    [NB_TEXT_PEOPLE_PHONE] = "联系电话", [NB_TEXT_PRIOR] = "上年草稿",
    [NB_TEXT_PREAMBLE] = "前言",
};

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
    tui_canvas_text(canvas, y, grid->x + 1, focused ? TUI_LABEL : TUI_PLAIN,
                    text < NB_TEXT_PROSE ? head_names[text] : "说明文字");
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
    if (at->kind == TUI_ROW_NAME) {
        tui_canvas_text(canvas, y, grid->x + 1, TUI_HEAD,
                        at->table->caption[0] ? at->table->caption
                                              : at->table->rows.leaves[at->index].node->brief);
        return;
    }
    struct shape shape = make_shape(grid, at->table);
    if (at->kind == TUI_ROW_HEAD)
        draw_head(grid, canvas, &shape, y, at->index);
    else
        draw_cells(grid, canvas, &shape, y, row);
    release_shape(&shape);
}

/* Heads that stay in place because the rows from `top` on begin below them: the first, -1: none. */
static int sticky_head(const struct tui_grid *grid, int top, int *count)
{
    *count = 0;
    if (top >= grid->sheet->n_rows || grid->sheet->rows[top].kind != TUI_ROW_CELLS)
        return -1;
    int row = top;
    while (row >= 0 && grid->sheet->rows[row].kind != TUI_ROW_HEAD)
        row--;
    while (row >= 0 && grid->sheet->rows[row].kind == TUI_ROW_HEAD) {
        ++*count;
        row--;
    }
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

static void scroll_columns(struct tui_grid *grid)
{
    const struct tui_row *row = &grid->sheet->rows[grid->focus.row];
    if (row->kind != TUI_ROW_CELLS)
        return;
    if (grid->first_column > grid->focus.column)
        grid->first_column = grid->focus.column;
    for (bool shown = false; !shown; grid->first_column += !shown) {
        struct shape shape = make_shape(grid, row->table);
        shown = shape.lefts[grid->focus.column] >= 0 || grid->first_column >= grid->focus.column;
        release_shape(&shape);
    }
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
    struct shape shape = make_shape(grid, row->table);
    for (int i = 0; i < shape.n_columns; i++) {
        if (shape.lefts[i] >= 0)
            draw_sum_mark(canvas, canvas, y, grid->x + shape.lefts[i] + shape.widths[i] - 1,
                          sum_style(grid, row->table, NB_STAR_COLUMN, i));
    }
    release_shape(&shape);
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
    if (row->kind != TUI_ROW_CELLS)
        return none;
    struct shape shape = make_shape(grid, row->table);
    at.column = -1;
    for (int i = 0; i < shape.n_columns; i++) {
        if (shape.lefts[i] >= 0 && x - grid->x >= shape.lefts[i] &&
            x - grid->x < shape.lefts[i] + shape.widths[i])
            at.column = i;
    }
    release_shape(&shape);
    return tui_sheet_cell(grid->sheet, at) >= 0 ? at : none;
}
