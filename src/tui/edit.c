/* Commands of the editor that move, type and change figures. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dialog.h"
#include "editor.h"
#include "nianbao/text.h"
#include "pager.h"

/* ---- where the cursor is ---- */

struct tui_place tui_editor_place(const struct tui_editor *editor)
{
    struct tui_place place = { editor->section, -1, -1, 0 };
    if (editor->in_prose) {
        place.text = editor->prose.text;
        place.offset = editor->prose.cursor;
        return place;
    }
    place.cell = tui_sheet_cell(&editor->sheet, editor->grid.focus);
    place.text = tui_sheet_text(&editor->sheet, editor->grid.focus);
    return place;
}

void tui_editor_open_text(struct tui_editor *editor, int text, size_t offset)
{
    tui_prose_open(&editor->prose, editor->session, text, offset);
    editor->in_prose = true;
}

void tui_editor_show(struct tui_editor *editor, int section)
{
    int text;
    tui_editor_commit(editor);
    if (section < -1 || section >= editor->session->form->n_sections)
        return;
    if (!tui_session_has(editor->session, section)) {
        tui_tell(editor->screen.app, TUI_PLAIN, "第二遍只录表格，这里没有表格");
        return;
    }
    if (editor->section >= -1)
        editor->left_at[editor->section + 1] = tui_editor_place(editor);
    struct tui_place at = editor->left_at[section + 1];
    editor->section = section;
    editor->grid.top = editor->grid.wished_top = editor->grid.first_column = 0;
    editor->grid.has_block = editor->marking = editor->in_prose = false;
    tui_sheet_build(&editor->sheet, editor->session->form, section, !editor->session->second);
    struct tui_focus focus = tui_sheet_find(&editor->sheet, at.cell, at.text);
    editor->grid.focus =
        focus.row >= 0 ? focus
                       : tui_sheet_step(&editor->sheet, (struct tui_focus) { 0 }, TUI_STEP_FIRST);
    if (tui_section_is_text(editor->session->form, section, &text))
        tui_editor_open_text(editor, text, at.text == text ? at.offset : 0);
}

void tui_editor_go(struct tui_editor *editor, const struct tui_place *place)
{
    int text;
    tui_editor_show(editor, place->section);
    struct tui_focus focus = tui_sheet_find(&editor->sheet, place->cell, place->text);
    if (focus.row >= 0)
        editor->grid.focus = focus;
    if (tui_section_is_text(editor->session->form, place->section, &text) ||
        place->text == NB_TEXT_PREAMBLE || place->text >= NB_TEXT_PROSE)
        tui_editor_open_text(editor, place->text, place->offset);
}

/* ---- typing a figure ---- */

static void tell_normalised(struct tui_editor *editor, int cell, const char *typed)
{
    struct nb_buf figure = { 0 };
    nb_draft_add_figure(editor->session->draft, cell, &figure);
    tui_tell(editor->screen.app, TUI_PLAIN, "“%s”记作 %s", typed, nb_buf_text(&figure));
    nb_buf_release(&figure);
}

void tui_add_wanted(struct nb_buf *out, enum nb_kind kind)
{
    const char *wanted = nb_kind_wanted(kind);
    nb_buf_printf(out, "填%s%s", wanted[0] == '0' ? " " : "", wanted);
}

void tui_add_refusal(struct nb_buf *out, enum nb_figure_fault fault, enum nb_kind kind,
                     const char *typed)
{
    size_t fits = tui_text_fit(typed, strlen(typed), 24);
    nb_buf_puts(out, "“");
    nb_text_add_visible(out, typed, fits);
    nb_buf_printf(out, "%s”", typed[fits] ? "…" : "");
    nb_buf_puts(out, fault == NB_FIGURE_TOO_LARGE ? "太大了" : "填不进去，要");
    if (fault != NB_FIGURE_TOO_LARGE)
        tui_add_wanted(out, kind);
}

static void tell_refused(struct tui_editor *editor, enum nb_figure_fault fault, enum nb_kind kind,
                         const char *typed)
{
    struct nb_buf why = { 0 };
    tui_add_refusal(&why, fault, kind, typed);
    tui_tell(editor->screen.app, TUI_ERROR, "%s；这一格没有改", why.data);
    nb_buf_release(&why);
}

bool tui_editor_write(struct tui_editor *editor, int cell, const char *typed)
{
    struct tui_session *session = editor->session;
    const struct nb_cell *at = &session->form->cells[cell];
    struct nb_figure figure = { .filled = false };
    bool changed = false;
    enum nb_figure_fault fault = NB_FIGURE_FINE;
    if (typed[strspn(typed, " ")])
        fault = nb_figure_type(typed, at->kind, at->unit, &figure, &changed);
    if (fault != NB_FIGURE_FINE) {
        tell_refused(editor, fault, at->kind, typed);
        return false;
    }
    tui_session_set_figure(session, cell, figure);
    if (changed)
        tell_normalised(editor, cell, typed);
    return true;
}

bool tui_editor_commit(struct tui_editor *editor)
{
    if (editor->typing == TUI_RESTING)
        return true;
    editor->typing = TUI_RESTING;
    int cell = tui_sheet_cell(&editor->sheet, editor->grid.focus);
    return cell < 0 || tui_editor_write(editor, cell, nb_buf_text(&editor->line.text));
}

struct tui_editor *tui_editor_resting(struct tui_screen *screen)
{
    struct tui_editor *editor = (struct tui_editor *)screen;
    tui_editor_commit(editor);
    return editor;
}

void tui_edit_commit_and(struct tui_screen *screen, int step)
{
    if (tui_editor_commit((struct tui_editor *)screen))
        tui_edit_move(screen, step);
}

void tui_edit_in_place(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    int cell = tui_sheet_cell(&editor->sheet, editor->grid.focus);
    (void)arg;
    if (cell < 0) {
        tui_edit_enter(screen, 0);
        return;
    }
    struct nb_buf value = { 0 };
    nb_draft_add_figure(editor->session->draft, cell, &value);
    tui_line_set(&editor->line, nb_buf_text(&value));
    editor->typing = TUI_IN_PLACE;
    nb_buf_release(&value);
}

/* ---- moving ---- */

static bool is_same(struct tui_focus a, struct tui_focus b)
{
    return a.row == b.row && a.column == b.column;
}

/* Home or End a second time goes to the very first or last cell. */
static int doubled(struct tui_editor *editor, int step, struct tui_focus next)
{
    if (!is_same(next, editor->grid.focus))
        return step;
    return step == TUI_STEP_ROW_START ? TUI_STEP_FIRST
           : step == TUI_STEP_ROW_END ? TUI_STEP_LAST
                                      : step;
}

void tui_edit_move(struct tui_screen *screen, int step)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_grid *grid = &editor->grid;
    bool mark = editor->marking || (step & TUI_MARKING_MOVE);
    step &= ~TUI_MARKING_MOVE;
    grid->wished_top = grid->top;
    if (mark && !grid->has_block)
        grid->anchor = grid->focus;
    grid->has_block = mark;
    struct tui_focus next = tui_sheet_step(&editor->sheet, grid->focus, (enum tui_step)step);
    int many = step == TUI_STEP_PAGE_UP || step == TUI_STEP_PAGE_DOWN ? grid->rows - 2 : 1;
    step = doubled(editor, step, next);
    for (int i = 0; i < many; i++)
        grid->focus = tui_sheet_step(&editor->sheet, grid->focus, (enum tui_step)step);
    if (step == TUI_STEP_UP && is_same(next, grid->anchor))
        grid->wished_top = tui_larger(grid->top - 1, 0);
}

void tui_edit_move_prose(struct tui_screen *screen, int motion)
{
    struct tui_editor *editor = (struct tui_editor *)screen;
    tui_prose_move(&editor->prose, (enum tui_motion)(motion & ~TUI_MARKING_MOVE),
                   motion & TUI_MARKING_MOVE);
}

void tui_edit_enter(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    int text = tui_sheet_text(&editor->sheet, editor->grid.focus);
    (void)arg;
    if (text >= 0)
        tui_editor_fill_in(editor, text, NULL);
    else
        tui_edit_move(screen, TUI_STEP_DOWN);
}

void tui_edit_escape(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = (struct tui_editor *)screen;
    int text;
    (void)arg;
    editor->typing = TUI_RESTING; /* the cell keeps what it had */
    editor->grid.has_block = editor->marking = false;
    if (editor->in_prose && !tui_prose_unmark(&editor->prose) &&
        !tui_section_is_text(editor->session->form, editor->section, &text))
        editor->in_prose = false;
}

void tui_edit_section(struct tui_screen *screen, int section)
{
    tui_editor_show(tui_editor_resting(screen), section);
}

void tui_edit_turn(struct tui_screen *screen, int step)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    int section = editor->section + step, n_sections = editor->session->form->n_sections;
    while (section >= 0 && section < n_sections && !tui_session_has(editor->session, section))
        section += step;
    tui_editor_show(editor, section);
}

void tui_edit_mark(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    (void)arg;
    if (editor->in_prose) {
        tui_prose_toggle_marking(&editor->prose);
    } else {
        editor->marking = !editor->marking;
        editor->grid.has_block = editor->marking;
        editor->grid.anchor = editor->grid.focus;
    }
    tui_tell(screen->app, TUI_PLAIN,
             editor->marking || editor->prose.marking ? "移动光标标记一块，^C 复制，^T 取消"
                                                      : "不再标记");
}

/* ---- undo ---- */

static void go_where_changed(struct tui_editor *editor)
{
    const struct tui_place *at = &editor->session->changed;
    if (editor->in_prose && editor->prose.text == at->text) {
        tui_prose_open(&editor->prose, editor->session, at->text, at->offset);
        return;
    }
    struct tui_place place = *at;
    if (place.text >= 0 || place.cell >= 0)
        tui_editor_go(editor, &place);
}

void tui_edit_undo(struct tui_screen *screen, int redo)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct nb_history *history = editor->session->history;
    if (redo ? nb_history_redo(history) : nb_history_undo(history))
        go_where_changed(editor);
    else
        tui_tell(screen->app, TUI_PLAIN, redo ? "没有可以重做的了" : "没有可以撤销的了");
}

/* ---- blocks ---- */

static void add_block(struct nb_buf *out, const struct tui_editor *editor)
{
    struct tui_block block = tui_grid_block(&editor->grid);
    for (int row = block.first.row; row <= block.last.row; row++) {
        if (editor->sheet.rows[row].kind != TUI_ROW_CELLS)
            continue;
        for (int column = block.first.column; column <= block.last.column; column++) {
            int cell = tui_sheet_cell(&editor->sheet, (struct tui_focus) { row, column });
            if (column > block.first.column)
                nb_buf_putc(out, '\t');
            if (cell >= 0)
                nb_draft_add_figure(editor->session->draft, cell, out);
        }
        if (block.first.row != block.last.row)
            nb_buf_putc(out, '\n');
    }
}

static void clear_block(struct tui_editor *editor)
{
    struct tui_block block = tui_grid_block(&editor->grid);
    struct nb_figure blank = { .filled = false };
    nb_history_begin(editor->session->history, false);
    for (int row = block.first.row; row <= block.last.row; row++) {
        for (int column = block.first.column; column <= block.last.column; column++) {
            int cell = tui_sheet_cell(&editor->sheet, (struct tui_focus) { row, column });
            if (cell >= 0)
                nb_history_set_figure(editor->session->history, cell, blank);
        }
    }
    nb_history_end(editor->session->history);
}

void tui_edit_clear(struct tui_screen *screen, int step)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    if (editor->in_prose)
        tui_prose_delete(&editor->prose, step);
    else
        clear_block(editor);
}

void tui_edit_copy(struct tui_screen *screen, int cut)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct nb_buf text = { 0 };
    if (editor->in_prose) {
        tui_prose_cut(&editor->prose, screen->app, cut);
        return;
    }
    add_block(&text, editor);
    tui_copy(screen->app, nb_buf_text(&text), text.len);
    if (cut)
        clear_block(editor);
    editor->grid.has_block = editor->marking = false;
    tui_tell(screen->app, TUI_PLAIN, cut ? "已剪切" : "已复制");
    nb_buf_release(&text);
}

void tui_edit_paste(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    const struct nb_buf *clipboard = &screen->app->clipboard;
    const char *why;
    (void)arg;
    if (!clipboard->len)
        tui_tell(screen->app, TUI_PLAIN, "剪贴板是空的");
    else if (!editor->in_prose)
        tui_paste_figures(editor, clipboard->data, clipboard->len);
    else if ((why = tui_prose_insert(&editor->prose, clipboard->data, clipboard->len)))
        tui_tell(screen->app, TUI_ERROR, "%s", why);
}
