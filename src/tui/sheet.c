#include "sheet.h"

#include <stdlib.h>
#include <string.h>

/* ---- building ---- */

static void add_row(struct tui_sheet *sheet, enum tui_row_kind kind, const struct nb_table *table,
                    int index)
{
    NB_GROW(sheet->rows, sheet->n_rows, sheet->cap_rows);
    sheet->rows[sheet->n_rows++] = (struct tui_row) { kind, table, index };
}

int tui_table_head_rows(const struct nb_table *table)
{
    const struct nb_axis *columns = &table->columns;
    if (columns->depth < 2)
        return 1;
    for (int i = 0; i < columns->n_leaves; i++) {
        for (int j = 0; j < i; j++) {
            if (strcmp(columns->leaves[i].node->brief, columns->leaves[j].node->brief) == 0)
                return 2;
        }
    }
    return 1;
}

static bool has_cells(const struct nb_table *table, int row)
{
    for (int i = 0; i < table->columns.n_leaves; i++) {
        if (table->cells[row * table->columns.n_leaves + i] >= 0)
            return true;
    }
    return false;
}

static void add_table(struct tui_sheet *sheet, const struct nb_table *table)
{
    if (table->caption[0])
        add_row(sheet, TUI_ROW_NAME, table, TUI_CAPTION);
    for (int i = 0; i < tui_table_head_rows(table); i++)
        add_row(sheet, TUI_ROW_HEAD, table, i);
    for (int i = 0; i < table->rows.n_leaves; i++)
        add_row(sheet, has_cells(table, i) ? TUI_ROW_CELLS : TUI_ROW_NAME, table, i);
}

static int text_of_prose(const struct nb_form *form, const struct nb_prose *prose)
{
    for (int i = 0; i < form->n_proses; i++) {
        if (form->proses[i] == prose)
            return NB_TEXT_PROSE + i;
    }
    return -1;
}

void tui_sheet_build(struct tui_sheet *sheet, const struct nb_form *form, int section, bool texts)
{
    sheet->form = form;
    sheet->section = section;
    sheet->n_rows = 0;
    if (section < 0) {
        for (int text = NB_TEXT_UNIT; text < NB_TEXT_FINISHED_AT; text++)
            add_row(sheet, TUI_ROW_TEXT, NULL, text);
        return;
    }
    const struct nb_section *at = &form->sections[section];
    for (int i = 0; i < at->n_items; i++) {
        if (at->items[i].table)
            add_table(sheet, at->items[i].table);
        else if (texts)
            add_row(sheet, TUI_ROW_TEXT, NULL, text_of_prose(form, at->items[i].prose));
    }
}

void tui_sheet_release(struct tui_sheet *sheet)
{
    free(sheet->rows);
    *sheet = (struct tui_sheet) { 0 };
}

bool tui_section_is_text(const struct nb_form *form, int section, int *text)
{
    if (section < 0 || form->sections[section].n_items != 1 ||
        !form->sections[section].items[0].prose)
        return false;
    *text = text_of_prose(form, form->sections[section].items[0].prose);
    return true;
}

const char *tui_text_name(int text)
{
    return text < NB_TEXT_PROSE ? nb_head_text_name(text) : "说明文字";
}

/* ---- what stands where ---- */

int tui_sheet_cell(const struct tui_sheet *sheet, struct tui_focus focus)
{
    if (focus.row < 0 || focus.row >= sheet->n_rows)
        return -1;
    const struct tui_row *row = &sheet->rows[focus.row];
    if (row->kind != TUI_ROW_CELLS || focus.column < 0 ||
        focus.column >= row->table->columns.n_leaves)
        return -1;
    return row->table->cells[row->index * row->table->columns.n_leaves + focus.column];
}

int tui_sheet_text(const struct tui_sheet *sheet, struct tui_focus focus)
{
    bool text =
        focus.row >= 0 && focus.row < sheet->n_rows && sheet->rows[focus.row].kind == TUI_ROW_TEXT;
    return text ? sheet->rows[focus.row].index : -1;
}

struct tui_focus tui_sheet_find(const struct tui_sheet *sheet, int cell, int text)
{
    for (int i = 0; i < sheet->n_rows; i++) {
        const struct tui_row *row = &sheet->rows[i];
        if (row->kind == TUI_ROW_TEXT && text >= 0 && row->index == text)
            return (struct tui_focus) { i, 0 };
        if (row->kind != TUI_ROW_CELLS || cell < 0)
            continue;
        if (sheet->form->cells[cell].table == row->table &&
            sheet->form->cells[cell].row == row->index)
            return (struct tui_focus) { i, sheet->form->cells[cell].column };
    }
    return (struct tui_focus) { -1, 0 };
}

/* ---- moving ---- */

/* 0 also above the first row and below the last, where walks begin. */
static int n_columns(const struct tui_sheet *sheet, int row)
{
    bool cells = row >= 0 && row < sheet->n_rows && sheet->rows[row].kind == TUI_ROW_CELLS;
    return cells ? sheet->rows[row].table->columns.n_leaves : 0;
}

/* The column with a cell nearest to `column`, -1: the row has none. */
static int nearest_column(const struct tui_sheet *sheet, int row, int column)
{
    int count = n_columns(sheet, row);
    for (int away = 0; away <= count + column; away++) {
        if (tui_sheet_cell(sheet, (struct tui_focus) { row, column - away }) >= 0)
            return column - away;
        if (tui_sheet_cell(sheet, (struct tui_focus) { row, column + away }) >= 0)
            return column + away;
    }
    return -1;
}

static struct tui_focus step_rows(const struct tui_sheet *sheet, struct tui_focus focus, int step)
{
    for (int row = focus.row + step; row >= 0 && row < sheet->n_rows; row += step) {
        if (sheet->rows[row].kind == TUI_ROW_TEXT)
            return (struct tui_focus) { row, focus.column };
        int column = nearest_column(sheet, row, focus.column);
        if (column >= 0)
            return (struct tui_focus) { row, column };
    }
    return focus;
}

static struct tui_focus step_columns(const struct tui_sheet *sheet, struct tui_focus focus,
                                     int step)
{
    int count = n_columns(sheet, focus.row);
    for (int column = focus.column + step; column >= 0 && column < count; column += step) {
        struct tui_focus next = { focus.row, column };
        if (tui_sheet_cell(sheet, next) >= 0)
            return next;
    }
    return focus;
}

/* In a sheet of texts only, texts take the place of cells. */
static struct tui_focus step_cells(const struct tui_sheet *sheet, struct tui_focus focus, int step)
{
    struct tui_focus next = step_columns(sheet, focus, step);
    if (next.column != focus.column)
        return next;
    for (int row = focus.row + step; row >= 0 && row < sheet->n_rows; row += step) {
        struct tui_focus edge = { row, step > 0 ? -1 : n_columns(sheet, row) };
        next = step_columns(sheet, edge, step);
        if (next.column != edge.column)
            return next;
        if (sheet->section < 0 && sheet->rows[row].kind == TUI_ROW_TEXT)
            return (struct tui_focus) { row, 0 };
    }
    return focus;
}

struct tui_focus tui_sheet_step(const struct tui_sheet *sheet, struct tui_focus focus,
                                enum tui_step step)
{
    switch (step) {
    case TUI_STEP_UP:
    case TUI_STEP_PAGE_UP:
        return step_rows(sheet, focus, -1);
    case TUI_STEP_DOWN:
    case TUI_STEP_PAGE_DOWN:
        return step_rows(sheet, focus, 1);
    case TUI_STEP_LEFT:
        return step_columns(sheet, focus, -1);
    case TUI_STEP_RIGHT:
        return step_columns(sheet, focus, 1);
    case TUI_STEP_NEXT:
        return step_cells(sheet, focus, 1);
    case TUI_STEP_BACK:
        return step_cells(sheet, focus, -1);
    case TUI_STEP_ROW_START:
    case TUI_STEP_ROW_END: {
        bool start = step == TUI_STEP_ROW_START;
        struct tui_focus edge = { focus.row, start ? -1 : n_columns(sheet, focus.row) };
        struct tui_focus next = step_columns(sheet, edge, start ? 1 : -1);
        return next.column == edge.column ? focus : next;
    }
    case TUI_STEP_FIRST:
    case TUI_STEP_LAST: {
        bool first = step == TUI_STEP_FIRST;
        struct tui_focus edge = { first ? -1 : sheet->n_rows, 0 };
        struct tui_focus next = step_cells(sheet, edge, first ? 1 : -1);
        return next.row == edge.row ? focus : next;
    }
    }
    return focus;
}
