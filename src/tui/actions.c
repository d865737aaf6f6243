/* Commands of the editor about the whole draft: findings, searching, notes, saving, help. */
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dialog.h"
#include "editor.h"
#include "nianbao/text.h"
#include "nianbao/typography.h"
#include "nianbao/verify.h"
#include "pager.h"
#include "suspects.h"

/* ---- findings ---- */

void tui_edit_next_finding(struct tui_screen *screen, int step)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    tui_session_refresh(editor->session);
    struct tui_place place = tui_editor_place(editor);
    int index = tui_session_next_finding(editor->session, &place, step);
    if (index < 0) {
        tui_tell(screen->app, TUI_DONE, "没有差错，也没有提示");
        return;
    }
    place = editor->session->findings[index].place;
    tui_editor_go(editor, &place);
}

/* The list of findings; below the first of those that share a hint, what can be adopted. */
struct finding_list {
    struct tui_choice *choices;
    struct listed {
        int finding;
        int set; /* to adopt; 0: go to the finding */
    } * items;   /* by choice */
    int count, cap_choices, cap_items;
    struct nb_arena texts;
};

static void list_choice(struct finding_list *list, int finding, int set, const char *text,
                        const char *note)
{
    NB_GROW(list->choices, list->count, list->cap_choices);
    NB_GROW(list->items, list->count, list->cap_items);
    list->choices[list->count] = (struct tui_choice) { text, note };
    list->items[list->count++] = (struct listed) { finding, set };
}

static void list_sets(struct finding_list *list, const struct tui_session *session, int finding)
{
    const struct nb_hint *hint = session->findings[finding].diag->hint;
    for (int i = 0; i < finding; i++) {
        if (session->findings[i].diag->hint == hint)
            return;
    }
    for (int set = 1; hint && set <= hint->n_sets; set++) {
        if (!tui_hint_names(hint, set))
            continue;
        struct nb_buf text = { 0 };
        nb_buf_puts(&text, "  疑");
        tui_hint_add_set(&text, session, hint, set);
        list_choice(list, finding, set, nb_arena_strdup(&list->texts, text.data), "采纳");
        nb_buf_release(&text);
    }
}

/* Errors and warnings, behind them the acceptances that have lapsed. */
static const struct tui_finding *nth_finding(const struct tui_session *session, int index)
{
    return index < session->n_findings ? &session->findings[index]
                                       : &session->lapsed[index - session->n_findings];
}

static void list_findings(struct finding_list *list, const struct tui_session *session)
{
    static const char *const notes[] = { "失效", "提示", "差错" }; /* by severity */
    for (int i = 0; i < session->n_findings + session->n_lapsed; i++) {
        const struct nb_diag *diag = nth_finding(session, i)->diag;
        list_choice(list, i, 0, diag->message, notes[diag->severity]);
        if (i < session->n_findings)
            list_sets(list, session, i);
    }
}

/* What Enter is for: the only figure proposed for the finding at the cursor, else the finding. */
static int first_choice(const struct finding_list *list, const struct tui_editor *editor)
{
    const struct tui_session *session = editor->session;
    int nearest = tui_editor_nearest_finding(editor), at = 0;
    if (nearest < 0)
        return 0;
    const struct nb_hint *hint = session->findings[nearest].diag->hint;
    bool lone = tui_hint_proposes(hint) && hint->n_likely == 1;
    for (int i = 0; i < list->count; i++) {
        const struct listed *item = &list->items[i];
        if (lone && item->set && session->findings[item->finding].diag->hint == hint)
            return i;
        if (!item->set && item->finding == nearest)
            at = i;
    }
    return at;
}

static void adopt(struct tui_editor *editor, const struct nb_hint *hint, int set)
{
    struct tui_session *session = editor->session;
    struct nb_buf done = { 0 };
    int cell = tui_hint_adopt(session, hint, set, &done);
    struct tui_place place;
    if (tui_session_place_of(session, session->form->cells[cell].address, &place))
        tui_editor_go(editor, &place);
    tui_tell(editor->screen.app, TUI_DONE, "已改，^Z 撤销：%s", done.data);
    nb_buf_release(&done);
}

void tui_edit_findings(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_session *session = editor->session;
    (void)arg;
    tui_session_refresh(session);
    if (!session->n_findings && !session->n_lapsed) {
        tui_tell(screen->app, TUI_DONE, "没有差错，也没有提示");
        return;
    }
    struct finding_list list = { 0 };
    list_findings(&list, session);
    int chosen = tui_ask_choice(screen->app, "差错和提示", list.choices, list.count,
                                first_choice(&list, editor));
    struct listed item = { -1, 0 };
    if (chosen >= 0 && chosen < list.count)
        item = list.items[chosen];
    free(list.choices);
    free(list.items);
    nb_arena_release(&list.texts);
    if (item.finding < 0)
        return;
    const struct tui_finding *finding = nth_finding(session, item.finding);
    struct tui_place place = finding->place;
    if (item.set)
        adopt(editor, finding->diag->hint, item.set);
    else
        tui_editor_go(editor, &place);
}

/* The acceptance as one step, with the name of whom it is by where the head has none yet. */
static void accept(struct tui_session *session, const struct nb_diag *diag, const char *reason,
                   const char *by)
{
    struct nb_buf now = { 0 };
    nb_buf_add_now(&now);
    const char *fields[NB_RECORD_FIELDS] = {
        [NB_ACCEPTED_RULE] = diag->rule,
        [NB_ACCEPTED_CELL] = diag->cell,
        [NB_ACCEPTED_ABOUT] = diag->about,
        [NB_ACCEPTED_REASON] = reason,
        [NB_ACCEPTED_BY] = by,
        [NB_ACCEPTED_AT] = now.data,
    };
    nb_history_begin(session->history, false);
    nb_history_add_record(session->history, NB_LIST_ACCEPTED, fields);
    if (!nb_draft_text(session->draft, NB_TEXT_PEOPLE_FILLED)[0])
        nb_history_set_text(session->history, NB_TEXT_PEOPLE_FILLED, by);
    nb_history_end(session->history);
    nb_buf_release(&now);
}

/* The finding to accept, NULL after saying why there is none. */
static const struct nb_diag *acceptable(struct tui_editor *editor)
{
    struct tui_place place = tui_editor_place(editor);
    const struct tui_finding *finding = tui_session_finding_at(editor->session, &place);
    if (finding && finding->diag->severity == NB_WARNING && finding->diag->about)
        return finding->diag;
    tui_tell(editor->screen.app, TUI_PLAIN,
             finding ? "差错不能接受，只能改正" : "这里没有提示，F8 到下一处");
    return NULL;
}

void tui_edit_accept(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_session *session = editor->session;
    (void)arg;
    tui_session_refresh(session);
    const struct nb_diag *diag = acceptable(editor);
    if (!diag)
        return;
    struct nb_buf reason = { 0 }, by = { 0 };
    nb_buf_puts(&by, nb_draft_text(session->draft, NB_TEXT_PEOPLE_FILLED));
    if (tui_ask_line(screen->app, "接受这条提示", "写明原因，审核时能看到", &reason) &&
        nb_buf_text(&reason)[0] &&
        (by.len || (tui_ask_line(screen->app, "接受这条提示", "填报人是谁？会记在抬头里", &by) &&
                    nb_buf_text(&by)[0])))
        accept(session, diag, reason.data, by.data);
    nb_buf_release(&reason);
    nb_buf_release(&by);
}

/* ---- slips of typing ---- */

/* Where a place of the text stands when all slips before it are mended. */
static size_t moved(const struct nb_typos *typos, size_t offset)
{
    size_t to = offset;
    for (int i = 0; i < typos->count && typos->items[i].offset < offset; i++) {
        size_t behind = typos->items[i].offset + typos->items[i].len;
        to += strlen(typos->items[i].mended);
        to -= behind < offset ? typos->items[i].len : offset - typos->items[i].offset;
    }
    return to;
}

/* One stretch of the text, from the first slip to the last, as one step. */
static bool mend(struct tui_session *session, int text, const struct nb_typos *typos)
{
    const char *value = nb_draft_text(session->draft, text);
    const struct nb_typo *last = &typos->items[typos->count - 1];
    size_t from = typos->items[0].offset, to = last->offset + last->len;
    int position = nb_history_position(session->history);
    struct nb_buf mended = { 0 };
    nb_typos_mend(typos, value, to, &mended);
    nb_history_begin(session->history, false);
    nb_history_splice(session->history, text, from, to - from, mended.data + from,
                      mended.len - from);
    nb_history_end(session->history);
    nb_buf_release(&mended);
    return nb_history_position(session->history) != position; /* else only looked at */
}

void tui_edit_mend(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_session *session = editor->session;
    struct tui_place place = tui_editor_place(editor);
    struct nb_typos typos = { 0 };
    int count = 0;
    (void)arg;
    if (place.text == NB_TEXT_PREAMBLE || place.text >= NB_TEXT_PROSE) {
        const char *value = nb_draft_text(session->draft, place.text);
        nb_typos_find(&typos, value, strlen(value));
    }
    for (int i = 0; i < typos.count; i++)
        count += !typos.items[i].again;
    if (!count) {
        tui_tell(screen->app, TUI_PLAIN, "这里没有要改的标点、文号和数字");
    } else if (mend(session, place.text, &typos)) {
        if (editor->in_prose)
            tui_prose_go(&editor->prose, moved(&typos, editor->prose.cursor));
        tui_tell(screen->app, TUI_DONE, "改正了 %d 处，^Z 撤销", count);
    }
    nb_typos_release(&typos);
}

/* ---- finding, going ---- */

/* Does the row's label, or one of its figures, match? */
static bool row_matches(const struct tui_editor *editor, const struct tui_sheet *sheet, int row,
                        const char *wanted, struct tui_focus *at)
{
    const struct tui_row *line = &sheet->rows[row];
    if (line->kind != TUI_ROW_CELLS)
        return false;
    *at = tui_sheet_step(sheet, (struct tui_focus) { row, -1 }, TUI_STEP_RIGHT);
    if (strstr(line->table->rows.leaves[line->index].node->label, wanted))
        return at->column >= 0;
    for (int i = 0; i < line->table->columns.n_leaves; i++) {
        struct nb_buf value = { 0 };
        struct tui_focus focus = { row, i };
        int cell = tui_sheet_cell(sheet, focus);
        if (cell >= 0)
            nb_draft_add_figure(editor->session->draft, cell, &value);
        bool same = value.len && strcmp(value.data, wanted) == 0;
        nb_buf_release(&value);
        if (same) {
            *at = focus;
            return true;
        }
    }
    return false;
}

/* From the row behind the cursor on, through all sections, back to the cursor's row. */
static bool find_in_tables(struct tui_editor *editor, const char *wanted)
{
    const struct nb_form *form = editor->session->form;
    for (int turn = 0; turn <= form->n_sections; turn++) {
        int section = editor->section + turn;
        section = section >= form->n_sections ? section - form->n_sections : section;
        if (section < 0)
            continue;
        struct tui_sheet sheet = { 0 };
        tui_sheet_build(&sheet, form, section, !editor->session->second);
        struct tui_focus at;
        bool found = false;
        for (int row = turn ? 0 : editor->grid.focus.row + 1; row < sheet.n_rows && !found; row++)
            found = row_matches(editor, &sheet, row, wanted, &at);
        struct tui_place place = { section, found ? tui_sheet_cell(&sheet, at) : -1, -1, 0 };
        tui_sheet_release(&sheet);
        if (found) {
            tui_editor_go(editor, &place);
            return true;
        }
    }
    return false;
}

/* Asks what to look for; an empty answer means the same as the last time. */
static bool ask_wanted(struct tui_editor *editor)
{
    struct nb_buf answer = { 0 }, help = { 0 };
    nb_buf_puts(&help, editor->in_prose ? "要找的文字" : "行名里的字，或一个数");
    if (editor->wanted.len)
        nb_buf_printf(&help, "；空着是再找“%s”", editor->wanted.data);
    bool asked = tui_ask_line(editor->screen.app, "查找", help.data, &answer);
    if (answer.len) {
        editor->wanted.len = 0;
        nb_buf_puts(&editor->wanted, answer.data);
    }
    nb_buf_release(&answer);
    nb_buf_release(&help);
    return asked;
}

void tui_edit_find(struct tui_screen *screen, int again)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    if ((!again || !editor->wanted.len) && !ask_wanted(editor))
        return;
    const char *wanted = nb_buf_text(&editor->wanted);
    bool found = wanted[0] && (editor->in_prose ? tui_prose_find(&editor->prose, wanted)
                                                : find_in_tables(editor, wanted));
    if (!found)
        tui_tell(screen->app, TUI_PLAIN, "没有找到“%s”", wanted);
}

void tui_edit_go_to(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    const struct nb_form *form = editor->session->form;
    (void)arg;
    int most = form->n_sections + 1 + form->n_cells, count = 0;
    struct tui_choice *choices = nb_xalloc((size_t)most * sizeof *choices);
    struct tui_place *places = nb_xalloc((size_t)most * sizeof *places);
    struct nb_arena names = { 0 };
    for (int section = -1; section < form->n_sections; section++) {
        places[count] = (struct tui_place) { section, -1, -1, 0 };
        char number[2] = { section < 9 ? (char)('1' + section) : '\0' };
        choices[count++] =
            (struct tui_choice) { section < 0 ? "抬头和落款"
                                              : nb_section_title(&form->sections[section]),
                                  nb_arena_strdup(&names, number) };
    }
    for (int i = 0; i < editor->sheet.n_rows; i++) {
        struct tui_focus at =
            tui_sheet_step(&editor->sheet, (struct tui_focus) { i, -1 }, TUI_STEP_RIGHT);
        int cell = tui_sheet_cell(&editor->sheet, at);
        if (cell < 0)
            continue;
        places[count] = (struct tui_place) { editor->section, cell, -1, 0 };
        const struct nb_cell *of = &form->cells[cell];
        choices[count++] = (struct tui_choice) { of->table->rows.leaves[of->row].node->label, "" };
    }
    int chosen = tui_ask_numbered(screen->app, "跳到", choices, count, editor->section + 1);
    if (chosen >= 0 && places[chosen].cell < 0)
        tui_editor_show(editor, places[chosen].section);
    else if (chosen >= 0)
        tui_editor_go(editor, &places[chosen]);
    nb_arena_release(&names);
    free(choices);
    free(places);
}

/* ---- notes and references ---- */

void tui_edit_note(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_session *session = editor->session;
    int cell = tui_sheet_cell(&editor->sheet, editor->grid.focus);
    int of_text = tui_sheet_text(&editor->sheet, editor->grid.focus);
    (void)arg;
    if (cell < 0 && of_text < 0)
        return;
    const char *address = cell >= 0 ? session->form->cells[cell].address
                                    : nb_draft_text_address(session->draft, of_text);
    int note = tui_session_find_note(session, address);
    struct nb_buf text = { 0 }, now = { 0 };
    if (note >= 0)
        nb_buf_puts(&text, nb_draft_record(session->draft, NB_LIST_MARKS, note)[NB_MARK_TEXT]);
    if (tui_ask_line(screen->app, "备注", "写给自己或审核人；清空就是删去", &text)) {
        nb_buf_add_now(&now);
        const char *fields[NB_RECORD_FIELDS] = {
            [NB_MARK_CELL] = address,
            [NB_MARK_TEXT] = nb_buf_text(&text),
            [NB_MARK_BY] = nb_draft_text(session->draft, NB_TEXT_PEOPLE_FILLED),
            [NB_MARK_AT] = now.data,
        };
        nb_history_begin(session->history, false);
        if (note >= 0)
            nb_history_remove_record(session->history, NB_LIST_MARKS, note);
        if (fields[NB_MARK_TEXT][0])
            nb_history_add_record(session->history, NB_LIST_MARKS, fields);
        nb_history_end(session->history);
    }
    nb_buf_release(&text);
    nb_buf_release(&now);
}

void tui_edit_outside(struct tui_screen *screen, int arg)
{
    (void)arg;
    tui_prose_edit_outside(&((struct tui_editor *)screen)->prose, screen->app);
}

/* One of the form's cells, as {address} in the text. */
void tui_edit_reference(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = (struct tui_editor *)screen;
    const struct nb_form *form = editor->session->form;
    struct tui_choice *choices = nb_xalloc((size_t)form->n_cells * sizeof *choices + 1);
    struct nb_arena names = { 0 };
    (void)arg;
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_buf name = { 0 }, value = { 0 };
        nb_cell_add_name(&name, form, cell);
        nb_draft_add_figure(editor->session->draft, cell, &value);
        choices[cell] = (struct tui_choice) { nb_arena_strdup(&names, nb_buf_text(&name)),
                                              nb_arena_strdup(&names, nb_buf_text(&value)) };
        nb_buf_release(&name);
        nb_buf_release(&value);
    }
    int chosen = tui_ask_choice(screen->app, "引用哪一格的数", choices, form->n_cells, 0);
    if (chosen >= 0) {
        struct nb_buf text = { 0 };
        nb_buf_printf(&text, "{%s}", form->cells[chosen].address);
        tui_prose_insert(&editor->prose, text.data, text.len);
        nb_buf_release(&text);
    }
    nb_arena_release(&names);
    free(choices);
}

/* ---- saving and leaving ---- */

void tui_edit_save(struct tui_screen *screen, int arg)
{
    (void)arg;
    tui_editor_save(tui_editor_resting(screen));
}

void tui_edit_quit(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    static const char *const answers[] = { "保存并退出", "不保存", "继续填", NULL };
    (void)arg;
    if (tui_session_is_saved(editor->session)) {
        screen->done = true;
        return;
    }
    int answer = tui_ask(screen->app, "退出", "有没保存的改动。", answers, 0);
    screen->done = answer == 1 || (answer == 0 && tui_editor_save(editor));
}

void tui_edit_suspend(struct tui_screen *screen, int arg)
{
    (void)arg;
    tui_terminal_suspend(screen->app->terminal);
}

void tui_edit_preview(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    (void)arg;
    tui_preview(screen->app, editor->session->draft, editor->session->path);
}

/* Last year's report, from the heading of the section at hand on, where it has that too. */
void tui_edit_prior(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    const struct tui_session *session = editor->session;
    (void)arg;
    tui_session_refresh(editor->session); /* another file may have been named */
    if (!session->prior) {
        tui_tell(screen->app, TUI_WARNING, "没有可用的上年草稿：在抬头的“上年草稿”里填它的文件名");
        return;
    }
    const struct nb_form *form = nb_draft_form(session->prior);
    const char *heading = "",
               *id = editor->section < 0 ? "" : session->form->sections[editor->section].id;
    for (int i = 0; i < form->n_sections; i++) {
        if (strcmp(form->sections[i].id, id) == 0)
            heading = form->sections[i].heading;
    }
    tui_look_at(screen->app, session->prior, "上年的报告", heading);
}

/* ---- help ---- */

/* The row or column, and above it the groups it stands in that have something to say. */
static void add_node_help(struct nb_buf *out, const struct nb_node *node, bool leaf)
{
    if (node->depth > 1)
        add_node_help(out, node->parent, false);
    if (node->label[0] && (leaf || node->help))
        nb_buf_printf(out, "%s\n", node->label);
    if (node->help)
        nb_buf_printf(out, "    %s\n", node->help);
}

/* What is wrong here, and what explains it. */
static void add_findings_help(struct nb_buf *out, const struct tui_session *session, int cell)
{
    struct tui_place place = { .cell = cell, .text = -1 };
    const struct tui_finding *finding = tui_session_finding_at(session, &place);
    const struct nb_hint *hint = tui_hint_about(session, cell);
    if (finding)
        nb_buf_printf(out, "%s：%s\n", finding->diag->severity == NB_ERROR ? "差错" : "提示",
                      finding->diag->message);
    if (!hint && finding)
        hint = finding->diag->hint;
    if (hint && hint->is_telling)
        nb_buf_printf(out, "可疑：%s。\n", hint->note);
    if (tui_hint_proposes(hint))
        nb_buf_puts(out, "      请对照原始材料；按 F6 选它采纳，^Z 撤销。\n");
}

/* Who keyed the section a second time, and when. */
static void add_verify_help(struct nb_buf *out, const struct nb_draft *draft,
                            const struct nb_section *section)
{
    int note = nb_verify_find_note(draft, (int)(section - nb_draft_form(draft)->sections));
    if (note < 0)
        return;
    const char *const *mark = nb_draft_record(draft, NB_LIST_MARKS, note);
    nb_buf_printf(out, "%s：%s（%s %.10s）\n", section->brief, mark[NB_MARK_TEXT], mark[NB_MARK_BY],
                  mark[NB_MARK_AT]);
}

static void add_cell_help(struct nb_buf *out, const struct tui_editor *editor, int cell)
{
    const struct nb_form *form = editor->session->form;
    const struct nb_cell *at = &form->cells[cell];
    add_node_help(out, at->table->rows.leaves[at->row].node, true);
    add_node_help(out, at->table->columns.leaves[at->column].node, true);
    tui_add_wanted(out, at->kind);
    nb_buf_printf(out, "%s%s。\n\n", at->unit ? "，单位" : "", at->unit ? at->unit : "");
    struct nb_buf prior = { 0 };
    tui_session_add_prior(editor->session, cell, &prior);
    if (prior.len)
        nb_buf_printf(out, "上年：%s\n", prior.data);
    nb_buf_release(&prior);
    add_findings_help(out, editor->session, cell);
    add_verify_help(out, editor->session->draft, at->table->section);
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++) {
        const struct nb_equation *equation = &form->equations[form->touched[i]];
        if (nb_checker_verdict(editor->session->checker, form->touched[i]) == NB_ABSENT)
            continue;
        nb_buf_puts(out, "核对：");
        nb_checker_add_figures(editor->session->checker, form->touched[i], out);
        nb_buf_printf(out, "  %s\n", equation->rule->says);
    }
    nb_buf_putc(out, '\n');
}

void tui_edit_help(struct tui_screen *screen, int arg)
{
    struct tui_editor *editor = tui_editor_resting(screen);
    struct tui_place place = tui_editor_place(editor);
    struct nb_buf text = { 0 };
    (void)arg;
    if (place.cell >= 0)
        add_cell_help(&text, editor, place.cell);
    else if (place.text >= NB_TEXT_PROSE) {
        const struct nb_prose *prose = editor->session->form->proses[place.text - NB_TEXT_PROSE];
        nb_buf_printf(&text, "%s\n\n", prose->help ? prose->help : "这里写文字。");
    }
    nb_buf_puts(&text, "按键\n\n");
    tui_add_key_help(&text, screen->kind->contexts(screen));
    tui_read_text(screen->app, "帮助", text.data);
    nb_buf_release(&text);
}
