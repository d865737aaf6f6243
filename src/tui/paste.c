/* Pasted figures: one into the focused cell, or a block of tab-separated lines from it on. What a
 * block would write and what it would skip is shown before anything changes. */
#include <stdlib.h>
#include <string.h>

#include "dialog.h"
#include "editor.h"
#include "nianbao/text.h"

struct write {
    int cell;
    struct nb_figure figure;
};

struct plan {
    struct write *writes;
    int n_writes, cap_writes;
    int n_rows, n_columns; /* of the block */
    int n_blank, n_outside, n_refused;
    struct nb_buf faults; /* lines about what is refused */
};

enum { MOST_FAULTS = 8 };

/* Blanks of all kinds, quotes of spreadsheets and line ends are no part of a figure. */
static char *trimmed(const char *text, size_t len_bytes)
{
    while (len_bytes && strchr(" \r\"", text[len_bytes - 1]))
        len_bytes--;
    while (len_bytes && strchr(" \"", *text)) {
        text++;
        len_bytes--;
    }
    return nb_xstrndup(text, len_bytes);
}

static bool is_blank(const char *text)
{
    for (uint32_t code; (code = nb_utf8_next(&text)) != 0;) {
        if (!nb_utf8_is_blank(code))
            return false;
    }
    return true;
}

static void refuse(struct plan *plan, const struct tui_session *session, int cell, const char *text)
{
    if (plan->n_refused++ >= MOST_FAULTS)
        return;
    nb_buf_puts(&plan->faults, "  ");
    nb_cell_add_name(&plan->faults, session->form, cell);
    nb_buf_puts(&plan->faults, "：“");
    nb_text_add_visible(&plan->faults, text, tui_text_fit(text, strlen(text), 20));
    nb_buf_puts(&plan->faults, "”不是数字\n");
}

static void plan_figure(struct plan *plan, const struct tui_editor *editor, struct tui_focus at,
                        const char *text)
{
    const struct tui_session *session = editor->session;
    int cell = tui_sheet_cell(&editor->sheet, at);
    struct write write = { .cell = cell };
    bool changed;
    if (is_blank(text)) {
        plan->n_blank++;
    } else if (cell < 0) {
        plan->n_outside++;
    } else if (nb_figure_type(text, session->form->cells[cell].kind,
                              session->form->cells[cell].unit, &write.figure,
                              &changed) != NB_FIGURE_FINE) {
        refuse(plan, session, cell, text);
    } else {
        NB_GROW(plan->writes, plan->n_writes, plan->cap_writes);
        plan->writes[plan->n_writes++] = write;
    }
}

/* One line of the block, into the row of the sheet or past its end. */
static void plan_line(struct plan *plan, const struct tui_editor *editor, int row, const char *line,
                      size_t len)
{
    int column = editor->grid.focus.column, count = 0;
    for (const char *end = line + len; line <= end; count++) {
        size_t field = 0;
        while (line + field < end && line[field] != '\t')
            field++;
        char *text = trimmed(line, field);
        plan_figure(plan, editor, (struct tui_focus) { row, column + count }, text);
        free(text);
        line += field + 1;
    }
    if (count > plan->n_columns)
        plan->n_columns = count;
}

static int next_row(const struct tui_sheet *sheet, int row)
{
    do
        row++;
    while (row < sheet->n_rows && sheet->rows[row].kind != TUI_ROW_CELLS);
    return row;
}

static void make_plan(struct plan *plan, const struct tui_editor *editor, const char *text)
{
    size_t left = strlen(text);
    while (left && strchr("\r\n", text[left - 1]))
        left--;
    for (int row = editor->grid.focus.row;; row = next_row(&editor->sheet, row)) {
        size_t len = 0;
        while (len < left && text[len] != '\n' && text[len] != '\r')
            len++;
        plan_line(plan, editor, row, text, len);
        plan->n_rows++;
        if (len == left)
            return;
        len += text[len] == '\r' && text[len + 1] == '\n' ? 2 : 1;
        text += len;
        left -= len;
    }
}

static void write_plan(struct tui_editor *editor, const struct plan *plan)
{
    nb_history_begin(editor->session->history, false);
    for (int i = 0; i < plan->n_writes; i++)
        nb_history_set_figure(editor->session->history, plan->writes[i].cell,
                              plan->writes[i].figure);
    nb_history_end(editor->session->history);
}

static int count_overwritten(const struct tui_editor *editor, const struct plan *plan)
{
    int count = 0;
    for (int i = 0; i < plan->n_writes; i++)
        count += nb_draft_figure(editor->session->draft, plan->writes[i].cell).filled;
    return count;
}

static bool confirm(struct tui_editor *editor, const struct plan *plan)
{
    static const char *const answers[] = { "写入", "取消", NULL };
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "粘贴 %d 行 × %d 列，从 ", plan->n_rows, plan->n_columns);
    nb_cell_add_name(&text, editor->session->form,
                     tui_sheet_cell(&editor->sheet, editor->grid.focus));
    nb_buf_printf(&text, " 起：\n写入 %d 格，其中 %d 格原来有数\n", plan->n_writes,
                  count_overwritten(editor, plan));
    if (plan->n_blank)
        nb_buf_printf(&text, "跳过空白 %d 格\n", plan->n_blank);
    if (plan->n_outside)
        nb_buf_printf(&text, "跳过 %d 格：超出表格\n", plan->n_outside);
    if (plan->n_refused)
        nb_buf_printf(&text, "跳过 %d 格：\n%s", plan->n_refused, nb_buf_text(&plan->faults));
    bool yes = tui_ask(editor->screen.app, "粘贴", nb_buf_text(&text), answers, 0) == 0;
    nb_buf_release(&text);
    return yes;
}

void tui_paste_figures(struct tui_editor *editor, const char *text)
{
    struct plan plan = { 0 };
    if (nb_utf8_fault(text, strlen(text)) ||
        tui_sheet_cell(&editor->sheet, editor->grid.focus) < 0) {
        tui_tell(editor->screen.app, TUI_ERROR, "这里不能粘贴：%s",
                 nb_utf8_fault(text, strlen(text)) ? "不是 UTF-8 文字" : "先移到要填的格");
        return;
    }
    make_plan(&plan, editor, text);
    bool single = plan.n_rows == 1 && plan.n_columns == 1;
    if (single && plan.n_refused)
        tui_tell(editor->screen.app, TUI_ERROR, "粘贴的内容不是%s，这一格没有改",
                 nb_kind_wanted(editor->session->form
                                    ->cells[tui_sheet_cell(&editor->sheet, editor->grid.focus)]
                                    .kind));
    else if (single || confirm(editor, &plan))
        write_plan(editor, &plan);
    nb_buf_release(&plan.faults);
    free(plan.writes);
}
