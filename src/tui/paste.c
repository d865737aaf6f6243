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

static void refuse(struct plan *plan, const struct tui_session *session, int cell,
                   enum nb_figure_fault fault, const char *text)
{
    if (plan->n_refused++ >= MOST_FAULTS)
        return;
    nb_buf_puts(&plan->faults, "  ");
    nb_cell_add_name(&plan->faults, session->form, cell);
    nb_buf_puts(&plan->faults, "：");
    tui_add_refusal(&plan->faults, fault, session->form->cells[cell].kind, text);
    nb_buf_putc(&plan->faults, '\n');
}

static void plan_figure(struct plan *plan, const struct tui_editor *editor, struct tui_focus at,
                        const char *text)
{
    const struct tui_session *session = editor->session;
    int cell = tui_sheet_cell(&editor->sheet, at);
    if (is_blank(text) || cell < 0) {
        plan->n_blank += is_blank(text);
        plan->n_outside += !is_blank(text);
        return;
    }
    const struct nb_cell *of = &session->form->cells[cell];
    struct write write = { .cell = cell };
    bool changed;
    enum nb_figure_fault fault = nb_figure_type(text, of->kind, of->unit, &write.figure, &changed);
    if (fault != NB_FIGURE_FINE) {
        refuse(plan, session, cell, fault, text);
        return;
    }
    NB_GROW(plan->writes, plan->n_writes, plan->cap_writes);
    plan->writes[plan->n_writes++] = write;
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

/* A block ends with its table: the next one has other columns. */
static int next_row(const struct tui_sheet *sheet, int row)
{
    const struct tui_row *rows = sheet->rows;
    bool more = row + 1 < sheet->n_rows && rows[row + 1].table == rows[row].table;
    return more ? row + 1 : sheet->n_rows;
}

static void make_plan(struct plan *plan, const struct tui_editor *editor, const char *text,
                      size_t len_bytes)
{
    for (int row = editor->grid.focus.row;; row = next_row(&editor->sheet, row)) {
        size_t len = 0;
        while (len < len_bytes && text[len] != '\n' && text[len] != '\r')
            len++;
        plan_line(plan, editor, row, text, len);
        plan->n_rows++;
        if (len == len_bytes)
            return;
        len += text[len] == '\r' && len + 1 < len_bytes && text[len + 1] == '\n' ? 2 : 1;
        text += len;
        len_bytes -= len;
    }
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
    static const char *const answers[] = { "写入", "取消", NULL }, *const none[] = { "返回", NULL };
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "粘贴 %d 行 × %d 列，从 ", plan->n_rows, plan->n_columns);
    nb_cell_add_name(&text, editor->session->form,
                     tui_sheet_cell(&editor->sheet, editor->grid.focus));
    nb_buf_printf(&text, " 起：\n");
    if (plan->n_writes)
        nb_buf_printf(&text, "写入 %d 格，其中 %d 格原来有数\n", plan->n_writes,
                      count_overwritten(editor, plan));
    else
        nb_buf_puts(&text, "没有能写入的数\n");
    if (plan->n_blank)
        nb_buf_printf(&text, "跳过空白 %d 格\n", plan->n_blank);
    if (plan->n_outside)
        nb_buf_printf(&text, "跳过 %d 格：超出这张表\n", plan->n_outside);
    if (plan->n_refused)
        nb_buf_printf(&text, "跳过 %d 格：\n%s", plan->n_refused, nb_buf_text(&plan->faults));
    if (plan->n_refused > MOST_FAULTS)
        nb_buf_puts(&text, "  ……\n");
    int answer = tui_ask(editor->screen.app, "粘贴", text.data, plan->n_writes ? answers : none, 0);
    nb_buf_release(&text);
    return plan->n_writes && answer == 0;
}

static void write_plan(struct tui_editor *editor, const struct plan *plan)
{
    struct tui_session *session = editor->session;
    nb_history_begin(session->history, false);
    for (int i = 0; i < plan->n_writes; i++)
        nb_history_set_figure(session->history, plan->writes[i].cell, plan->writes[i].figure);
    nb_history_end(session->history);
    tui_tell(editor->screen.app, TUI_PLAIN, "写入了 %d 格", plan->n_writes);
}

/* Why nothing of the text can be pasted here, or NULL. */
static const char *obstacle(const struct tui_editor *editor, const char *text, size_t len_bytes)
{
    if (tui_sheet_cell(&editor->sheet, editor->grid.focus) < 0)
        return "先移到要填的格再粘贴";
    if (nb_utf8_fault(text, len_bytes))
        return "粘贴的不是 UTF-8 文字，没有写入";
    if (memchr(text, '\0', len_bytes))
        return "粘贴的内容里有控制字符，没有写入";
    return NULL;
}

void tui_paste_figures(struct tui_editor *editor, const char *text, size_t len_bytes)
{
    struct plan plan = { 0 };
    while (len_bytes && strchr("\r\n", text[len_bytes - 1]))
        len_bytes--;
    const char *why = obstacle(editor, text, len_bytes);
    if (why) {
        tui_tell(editor->screen.app, TUI_ERROR, "%s", why);
        return;
    }
    make_plan(&plan, editor, text, len_bytes);
    if (plan.n_blank && !plan.n_writes && !plan.n_outside && !plan.n_refused) {
        tui_tell(editor->screen.app, TUI_PLAIN, "粘贴的内容是空的");
    } else if (plan.n_rows == 1 && plan.n_columns == 1) {
        char *figure = trimmed(text, len_bytes);
        tui_editor_write(editor, tui_sheet_cell(&editor->sheet, editor->grid.focus), figure);
        free(figure);
    } else if (confirm(editor, &plan)) {
        write_plan(editor, &plan);
    }
    nb_buf_release(&plan.faults);
    free(plan.writes);
}
