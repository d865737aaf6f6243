/* What the editor shows: status, tabs, the sheet or the text, and the foot below it. */
#include "editor.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "keeper.h"
#include "nianbao/text.h"
#include "suspects.h"

/* From these sizes on the sections stand on the left, and the findings have a pane. */
enum { SIDEBAR_FROM = 110, SIDEBAR = 20, PANE_FROM_ROWS = 30, PANE = 9 };

bool tui_editor_has_sidebar(const struct tui_canvas *canvas)
{
    return canvas->columns >= SIDEBAR_FROM;
}

/* ---- status and tabs ---- */

static const char *second_state(const struct tui_session *second)
{
    return tui_keeper_is_failing(second->keeper) ? "  复核录入，没有写进磁盘" : "  复核录入";
}

/* The file and its state are seen whatever the length of the unit's name. */
static void draw_status(const struct tui_editor *editor, struct tui_canvas *canvas)
{
    const struct tui_session *session = editor->session;
    const char *unit = nb_draft_text(session->draft, NB_TEXT_UNIT);
    bool finished = nb_draft_text(session->draft, NB_TEXT_FINISHED_AT)[0] != '\0';
    const char *state = session->second                  ? second_state(session)
                        : session->read_only             ? "  只看"
                        : !tui_session_is_saved(session) ? " *"
                        : finished                       ? "  定稿"
                                                         : "";
    struct nb_buf counts = { 0 }, file = { 0 };
    nb_buf_printf(&counts, "差错 %d  提示 %d  待填 %d ", session->n_errors, session->n_warnings,
                  session->n_blank);
    nb_buf_printf(&file, " %d  %s", nb_draft_year(session->draft), session->name);
    int right = canvas->columns - tui_text_width(counts.data);
    int room = right - 1 - tui_text_width(state); /* the state shows whatever gives way */
    int unit_room = room - 1 - tui_text_width(file.data), least = canvas->columns / 4;
    size_t fits = tui_text_fit(unit, strlen(unit), unit_room > least ? unit_room : least);
    tui_canvas_fill(canvas, 0, 0, canvas->columns, TUI_BAR);
    struct tui_window window = tui_canvas_clip(canvas, 0, 0, 1, room);
    int x = tui_canvas_bytes(canvas, 0, 1, TUI_BAR, unit, fits);
    x = tui_canvas_text(canvas, 0, x, TUI_BAR, file.data);
    tui_canvas_unclip(canvas, window);
    tui_canvas_text(canvas, 0, x < room ? x : room > 0 ? room : 0, TUI_BAR, state);
    tui_canvas_text(canvas, 0, right, TUI_BAR, counts.data);
    nb_buf_release(&counts);
    nb_buf_release(&file);
}

static const char *state_mark(enum tui_state state, bool ascii)
{
    static const char *const marks[][2] = {
        [TUI_NOT_BEGUN] = { "○", "o" }, [TUI_BEGUN] = { "…", "~" }, [TUI_COMPLETE] = { "✓", "v" },
        [TUI_WARNED] = { "?", "?" },    [TUI_WRONG] = { "✗", "x" },
    };
    return marks[state][ascii];
}

/* Nothing where the section is not to be filled in. */
static void add_tab(struct nb_buf *out, const struct tui_editor *editor, int section, bool ascii)
{
    const struct nb_form *form = editor->session->form;
    const char *name = section < 0 ? "抬头" : form->sections[section].brief;
    bool current = section == editor->section;
    enum tui_state state = tui_session_state(editor->session, section);
    out->len = 0;
    nb_buf_puts(out, "");
    if (!tui_session_has(editor->session, section))
        return;
    nb_buf_puts(out, current ? "[" : " ");
    if (name[0] < '0' || name[0] > '9') /* not where the heading begins with it */
        nb_buf_printf(out, "%d", section + 1);
    nb_buf_printf(out, "%s %s%s", name, state_mark(state, ascii), current ? "]" : " ");
}

static enum tui_style state_style(enum tui_state state)
{
    static const enum tui_style styles[] = {
        [TUI_NOT_BEGUN] = TUI_PLAIN, [TUI_BEGUN] = TUI_PLAIN, [TUI_COMPLETE] = TUI_DONE,
        [TUI_WARNED] = TUI_WARNING,  [TUI_WRONG] = TUI_ERROR,
    };
    return styles[state];
}

/* Calls back for each tab; they stand in one line, or on the left one below the other. Where one
 * line is too short, those before the current one give way. */
static void each_tab(const struct tui_editor *editor, int columns, bool ascii,
                     void (*visit)(void *context, int section, int y, int x, const char *text),
                     void *context)
{
    int n_sections = editor->session->form->n_sections, x = 0, total = 0, first = -1;
    struct nb_buf text = { 0 };
    for (int section = -1; section < n_sections; section++) {
        add_tab(&text, editor, section, ascii);
        total += tui_text_width(text.data);
    }
    while (total > columns && first < editor->section && columns < SIDEBAR_FROM) {
        add_tab(&text, editor, first++, ascii);
        total -= tui_text_width(text.data);
    }
    for (int section = first; section < n_sections; section++) {
        add_tab(&text, editor, section, ascii);
        if (!text.len)
            continue;
        bool side = columns >= SIDEBAR_FROM;
        visit(context, section, side ? 2 + section + 1 : 1, side ? 0 : x, text.data);
        x += tui_text_width(text.data);
    }
    nb_buf_release(&text);
}

struct tab_drawing {
    const struct tui_editor *editor;
    struct tui_canvas *canvas;
};

static void draw_tab(void *context, int section, int y, int x, const char *text)
{
    const struct tab_drawing *drawing = context;
    bool current = section == drawing->editor->section;
    enum tui_style style =
        current ? TUI_CURRENT : state_style(tui_session_state(drawing->editor->session, section));
    tui_canvas_text(drawing->canvas, y, x, style, text);
}

struct tab_pointing {
    int y, x, found;
};

static void point_at_tab(void *context, int section, int y, int x, const char *text)
{
    struct tab_pointing *pointing = context;
    if (y == pointing->y && pointing->x >= x && pointing->x < x + tui_text_width(text))
        pointing->found = section;
}

int tui_editor_tab_at(const struct tui_editor *editor, int y, int x)
{
    const struct tui_canvas *canvas = &editor->screen.app->canvas;
    struct tab_pointing pointing = { y, x, -2 };
    each_tab(editor, canvas->columns, canvas->ascii, point_at_tab, &pointing);
    return pointing.found;
}

/* ---- the foot: the focused cell ---- */

static void add_column(struct nb_buf *out, const struct nb_form *form, int cell)
{
    const struct nb_cell *at = &form->cells[cell];
    const struct nb_node *row = at->table->rows.leaves[at->row].node;
    const struct nb_node *column = at->table->columns.leaves[at->column].node;
    if (row->label[0] && !at->table->columns.leaves[at->column].path[0])
        return; /* the column of figures, there is no other */
    nb_buf_puts(out, row->label[0] && column->label[0] ? " · " : "");
    if (column->parent && column->parent->depth > 0 && tui_table_head_rows(at->table) > 1)
        nb_buf_printf(out, "%s ", column->parent->label);
    nb_buf_puts(out, column->label);
    bool says = at->unit && (strstr(row->label, at->unit) || strstr(column->label, at->unit));
    if (at->kind == NB_AMOUNT && at->unit && !says)
        nb_buf_printf(out, "（%s）", at->unit);
}

/* The equation of the cell worth showing: one that fails, else one that tells its figure, else the
 * first, of several the shortest; -1: the cell is in none. */
static int telling_equation(const struct tui_session *session, int cell)
{
    const struct nb_form *form = session->form;
    int best = -1, best_score = 0;
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++) {
        int index = form->touched[i], of;
        const struct nb_equation *equation = &form->equations[index];
        struct nb_figure figure;
        enum nb_verdict verdict = nb_checker_verdict(session->checker, index);
        bool fails = verdict == NB_FAILS, error = equation->rule->severity == NB_ERROR;
        if (verdict == NB_ABSENT || (equation->n_last && !fails) ||
            equation->relation == NB_IFF_ZERO) /* 3，504.7 tells nothing */
            continue;
        bool tells = verdict == NB_OPEN &&
                     nb_checker_proposal(session->checker, index, &of, &figure) && of == cell;
        int score = fails ? 3 + error : tells ? 2 : 1;
        if (score > best_score ||
            (score == best_score && equation->n_terms < form->equations[best].n_terms)) {
            best = index;
            best_score = score;
        }
    }
    return best;
}

static bool any_filled(const struct tui_session *session, int equation)
{
    const struct nb_equation *of = &session->form->equations[equation];
    for (int i = 0; i < of->n_terms; i++) {
        if (nb_draft_figure(session->draft, of->terms[i].cell).filled)
            return true;
    }
    return false;
}

void tui_add_equation(struct nb_buf *out, const struct tui_session *session, int cell)
{
    int equation = telling_equation(session, cell), of;
    struct nb_figure figure;
    if (equation < 0 || !any_filled(session, equation))
        return;
    nb_checker_add_figures(session->checker, equation, out);
    if (nb_checker_verdict(session->checker, equation) == NB_OPEN &&
        nb_checker_proposal(session->checker, equation, &of, &figure) && of == cell) {
        nb_buf_puts(out, "，应为 ");
        nb_figure_write(out, session->form->cells[cell].kind, figure);
    }
}

static void add_prior(struct nb_buf *out, const struct tui_session *session, int cell)
{
    struct nb_buf prior = { 0 };
    tui_session_add_prior(session, cell, &prior);
    if (prior.len)
        nb_buf_printf(out, "  上年 %s", prior.data);
    nb_buf_release(&prior);
}

static const char *note_of(const struct tui_session *session, const char *address)
{
    int note = tui_session_find_note(session, address);
    return note < 0 ? NULL : nb_draft_record(session->draft, NB_LIST_MARKS, note)[NB_MARK_TEXT];
}

/* Draws at most `columns` columns of a text; what was cut shows. Returns the column behind it. */
static int draw_cut(struct tui_canvas *canvas, int y, int x, int columns, enum tui_style style,
                    const char *text)
{
    size_t len = strlen(text);
    if (tui_text_width(text) <= columns)
        return tui_canvas_text(canvas, y, x, style, text);
    x = tui_canvas_bytes(canvas, y, x, style, text, tui_text_fit(text, len, columns - 1));
    return tui_canvas_text(canvas, y, x, style, "…");
}

/* Numbers first where the line is short: a long label of the row gives way, then the column's. */
static void draw_about_cell(const struct tui_editor *editor, struct tui_canvas *canvas, int y,
                            int x, int cell)
{
    const struct tui_session *session = editor->session;
    const struct nb_cell *at = &session->form->cells[cell];
    struct nb_buf column = { 0 }, figures = { 0 }, equation = { 0 };
    add_column(&column, session->form, cell);
    add_prior(&figures, session, cell);
    tui_add_equation(&equation, session, cell);
    if (equation.len)
        nb_buf_printf(&figures, "  %s", equation.data);
    int least = canvas->columns / 3;
    int room = canvas->columns - x - 2 - tui_text_width(nb_buf_text(&figures));
    room = room > least ? room : least;
    int for_row = room - tui_text_width(nb_buf_text(&column));
    const char *row = at->table->rows.leaves[at->row].node->label;
    int behind =
        draw_cut(canvas, y, x + 1, for_row > room / 2 ? for_row : room / 2, TUI_LABEL, row);
    behind = draw_cut(canvas, y, behind, x + 1 + room - behind, TUI_LABEL, nb_buf_text(&column));
    draw_cut(canvas, y, behind, canvas->columns - 1 - behind, TUI_PLAIN, nb_buf_text(&figures));
    nb_buf_release(&equation);
    nb_buf_release(&column);
    nb_buf_release(&figures);
}

static const char *help_of_text(const struct tui_session *session, int text)
{
    const char *help =
        text >= NB_TEXT_PROSE ? session->form->proses[text - NB_TEXT_PROSE]->help : NULL;
    return help ? help : "";
}

static void draw_about_text(const struct tui_editor *editor, struct tui_canvas *canvas, int y,
                            int x, int text)
{
    const struct tui_session *session = editor->session;
    const char *note = note_of(session, nb_draft_text_address(session->draft, text));
    if (note)
        tui_canvas_printf(canvas, y, x + 1, TUI_PLAIN, "备注：%s", note);
    else
        tui_canvas_text(canvas, y, x + 1, TUI_PLAIN, help_of_text(session, text));
}

/* ---- the foot: findings ---- */

/* Where a text has been drawn: how many lines, and the column behind the last. */
struct drawn {
    int rows, behind;
};

/* Draws a text in at most `rows` lines from column x on. */
static struct drawn draw_wrapped(struct tui_canvas *canvas, int y, int x, int rows,
                                 enum tui_style style, const char *text)
{
    struct nb_lines lines = { 0 };
    struct drawn drawn = { 0, x };
    int room = canvas->columns - x - 1;
    if (rows > 0 && tui_text_width(text) <= room)
        return (struct drawn) { 1, tui_canvas_text(canvas, y, x, style, text) };
    tui_wrap(&lines, text, room);
    for (; drawn.rows < rows && drawn.rows < lines.count; drawn.rows++) {
        const struct nb_line *line = &lines.items[drawn.rows];
        bool cut = drawn.rows + 1 == rows && rows < lines.count;
        size_t len = cut ? tui_text_fit(text + line->start, line->len, room - 1) : line->len;
        drawn.behind = tui_canvas_bytes(canvas, y + drawn.rows, x, style, text + line->start, len);
        drawn.behind = tui_canvas_text(canvas, y + drawn.rows, drawn.behind, style, cut ? "…" : "");
    }
    nb_lines_release(&lines);
    return drawn;
}

static bool names_cell(const struct nb_diag *diag, const char *address)
{
    for (int i = 0; i < diag->n_cells; i++) {
        if (strcmp(diag->cells[i], address) == 0)
            return true;
    }
    return false;
}

int tui_editor_nearest_finding(const struct tui_editor *editor)
{
    const struct tui_session *session = editor->session;
    struct tui_place place = tui_editor_place(editor);
    const struct tui_finding *here = tui_session_finding_at(session, &place);
    if (here)
        return (int)(here - session->findings);
    const char *address = place.cell >= 0 ? session->form->cells[place.cell].address : "";
    int best = -1, best_score = 0;
    for (int i = 0; i < session->n_findings; i++) {
        const struct tui_finding *finding = &session->findings[i];
        int score =
            names_cell(finding->diag, address) ? 2 : finding->place.section == place.section;
        if (score > best_score) {
            best = i;
            best_score = score;
        }
    }
    return best;
}

static const char *finding_mark(const struct nb_diag *diag, bool ascii)
{
    return diag->severity == NB_ERROR ? ascii ? "x" : "✗" : "?";
}

static enum tui_style finding_style(const struct nb_diag *diag)
{
    return diag->severity == NB_ERROR ? TUI_ERROR : TUI_WARNING;
}

/* What can be done about a finding with suspects, in a line of its own or at the end of the last.
 */
static void draw_ways_out(struct tui_canvas *canvas, int y, int x, int rows,
                          const struct drawn *drawn, bool lone)
{
    const char *adopt = lone ? "F6 处理（Enter 采纳）" : "F6 处理（选一种采纳）";
    int left = canvas->columns - 1 - tui_text_width(adopt);
    if (!rows)
        return;
    if (drawn->rows < rows)
        tui_canvas_printf(canvas, y + drawn->rows, x + 3, TUI_DIM, "%s  F8 下一处  F1 说明", adopt);
    else if (drawn->behind < left)
        tui_canvas_text(canvas, y + drawn->rows - 1, left, TUI_DIM, adopt);
}

/* Which cell may be wrong follows the finding, or has the last line where that is too long. */
static struct drawn draw_with_brief(struct tui_canvas *canvas, int y, int x, int rows,
                                    enum tui_style style, struct nb_buf *text, const char *brief)
{
    struct nb_lines lines = { 0 };
    struct nb_buf both = { 0 };
    nb_buf_printf(&both, "%s%s%s", text->data, brief[0] ? "。" : "", brief);
    tui_wrap(&lines, both.data, canvas->columns - x - 1);
    struct drawn drawn;
    if (lines.count > rows && brief[0] && rows > 1) {
        int above = draw_wrapped(canvas, y, x, rows - 1, style, text->data).rows;
        drawn = draw_wrapped(canvas, y + above, x, rows - above, style, brief);
        drawn.rows += above;
    } else {
        drawn = draw_wrapped(canvas, y, x, rows, style, both.data);
    }
    nb_lines_release(&lines);
    nb_buf_release(&both);
    return drawn;
}

/* What one step mends: see tui_edit_mend(). */
static bool is_mendable(const struct nb_diag *diag)
{
    static const char *const rules[] = { "text.halfwidth", "text.brackets", "text.number" };
    for (size_t i = 0; i < nb_countof(rules); i++) {
        if (strcmp(diag->rule, rules[i]) == 0)
            return true;
    }
    return false;
}

static void draw_finding(struct tui_editor *editor, struct tui_canvas *canvas, int y, int x,
                         int rows)
{
    int index = tui_editor_nearest_finding(editor);
    if (index < 0)
        return;
    const struct nb_diag *diag = editor->session->findings[index].diag;
    struct nb_buf text = { 0 }, brief = { 0 };
    nb_buf_printf(&text, "%s %d/%d %s", finding_mark(diag, canvas->ascii), index + 1,
                  editor->session->n_findings, diag->message);
    if (is_mendable(diag))
        nb_buf_puts(&text, "（^E 改正）");
    tui_hint_add_brief(&brief, editor->session, diag->hint, tui_editor_place(editor).cell);
    struct drawn drawn =
        draw_with_brief(canvas, y, x + 1, rows, finding_style(diag), &text, nb_buf_text(&brief));
    editor->told = (struct tui_box) { y, x, rows, canvas->columns - x };
    if (tui_hint_proposes(diag->hint))
        draw_ways_out(canvas, y, x, rows, &drawn, diag->hint->n_likely == 1);
    nb_buf_release(&text);
    nb_buf_release(&brief);
}

static void draw_pane(struct tui_editor *editor, struct tui_canvas *canvas, int y, int x, int rows)
{
    const struct tui_session *session = editor->session;
    int nearest = tui_editor_nearest_finding(editor), first = 0;
    if (nearest >= rows)
        first = nearest - rows + 1;
    editor->first_listed = first;
    editor->listed = (struct tui_box) { y, x, tui_smaller(rows, session->n_findings - first),
                                        canvas->columns - x };
    for (int i = 0; i < rows && first + i < session->n_findings; i++) {
        const struct nb_diag *diag = session->findings[first + i].diag;
        struct nb_buf text = { 0 };
        nb_buf_printf(&text, "%s%s %s", first + i == nearest ? ">" : " ",
                      finding_mark(diag, canvas->ascii), diag->message);
        nb_buf_puts(&text, tui_hint_proposes(diag->hint) ? "。" : "");
        tui_hint_add_brief(&text, session, diag->hint, -1);
        draw_cut(canvas, y + i, x, canvas->columns - 1 - x, finding_style(diag), text.data);
        nb_buf_release(&text);
    }
}

int tui_editor_listed_at(const struct tui_editor *editor, int y, int x)
{
    if (!tui_box_has(&editor->listed, y, x))
        return -1;
    return editor->first_listed + y - editor->listed.y;
}

/* ---- a text ---- */

static void add_aspects(struct nb_buf *out, const struct tui_editor *editor, bool ascii)
{
    int index = editor->prose.text - NB_TEXT_PROSE;
    const struct nb_prose *prose = index >= 0 ? editor->session->form->proses[index] : NULL;
    if (!prose || !prose->n_aspects)
        return;
    const char *text = nb_draft_text(editor->session->draft, editor->prose.text);
    struct nb_buf missing = { 0 };
    static const char *const numbers[] = { "零", "一", "两", "三", "四",
                                           "五", "六", "七", "八", "九" };
    bool few = prose->n_aspects<(int)nb_countof(numbers), several = prose->n_aspects> 1;
    if (several)
        nb_buf_printf(out, "  %s方面：", few ? numbers[prose->n_aspects] : "各");
    for (int i = 0; i < prose->n_aspects; i++) {
        bool found = nb_check_speaks_of(text, &prose->aspects[i]);
        if (several)
            nb_buf_puts(out, found ? ascii ? "*" : "●" : ascii ? "o" : "○");
        if (!found)
            nb_buf_printf(&missing, "%s%s",
                          missing.len ? "、"
                          : several   ? " 缺："
                                      : "  缺：",
                          prose->aspects[i].name);
    }
    nb_buf_puts(out, nb_buf_text(&missing));
    nb_buf_release(&missing);
}

/* The heading, and how far the text has come. */
static void draw_prose_head(const struct tui_editor *editor, struct tui_canvas *canvas, int y,
                            int x, int columns)
{
    const struct nb_form *form = editor->session->form;
    struct nb_buf state = { 0 }, head = { 0 };
    int count = tui_prose_count(&editor->prose), text;
    if (count >= 1000)
        nb_buf_printf(&state, "%d,%03d 字", count / 1000, count % 1000);
    else
        nb_buf_printf(&state, "%d 字", count);
    add_aspects(&state, editor, canvas->ascii);
    nb_buf_puts(&head,
                editor->section < 0 ? "前言" : nb_section_title(&form->sections[editor->section]));
    if (!tui_section_is_text(form, editor->section, &text))
        nb_buf_printf(&head, "%s（Esc 回表格）", editor->section < 0 ? "" : " 说明文字");
    int wish = tui_text_width(state.data), least = wish < columns / 3 ? wish : columns / 3;
    size_t fits = tui_text_fit(head.data, head.len, columns - 3 - least);
    int behind = tui_canvas_bytes(canvas, y, x + 1, TUI_HEAD, head.data, fits);
    int right = x + columns - 1, room = right - behind - 2;
    if (wish > room) {
        state.len = tui_text_fit(state.data, state.len, room - 1);
        nb_buf_puts(&state, "…");
    }
    tui_canvas_text_right(canvas, y, right, TUI_PLAIN, state.data);
    tui_canvas_rule(canvas, y + 1, x, columns, TUI_DIM);
    nb_buf_release(&state);
    nb_buf_release(&head);
}

static void draw_what_to_write(const struct tui_editor *editor, struct tui_canvas *canvas, int y,
                               int x, int rows)
{
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "（空）%s", help_of_text(editor->session, editor->prose.text));
    draw_wrapped(canvas, y, x, rows, TUI_DIM, text.data);
    nb_buf_release(&text);
}

static void draw_prose(struct tui_editor *editor, struct tui_canvas *canvas, int y, int x, int rows,
                       int columns)
{
    enum { LEAST_WITH_HEAD = 5 };
    int width = columns < NB_DEFAULT_WIDTH ? columns : NB_DEFAULT_WIDTH;
    int head = rows >= LEAST_WITH_HEAD ? 2 : 0;
    if (head)
        draw_prose_head(editor, canvas, y, x, columns);
    tui_prose_draw(&editor->prose, canvas, y + head, x, rows - head, width);
    if (!nb_draft_text(editor->session->draft, editor->prose.text)[0])
        draw_what_to_write(editor, canvas, y + head + 2, x + 1, rows - head - 2);
}

/* ---- all of it ---- */

/* A message, else the note on the cell; then, in the lines that are left, the finding. */
static void draw_told(struct tui_editor *editor, struct tui_canvas *canvas, int y, int x, int rows,
                      int cell)
{
    const struct tui_app *app = editor->screen.app;
    const struct tui_session *session = editor->session;
    const char *note = cell >= 0 ? note_of(session, session->form->cells[cell].address) : NULL;
    int taken = 0;
    if (app->message.len) {
        taken = draw_wrapped(canvas, y, x + 1, rows, app->message_style, nb_buf_text(&app->message))
                    .rows;
    } else if (note) {
        tui_canvas_printf(canvas, y, x + 1, TUI_PLAIN, "备注：%s", note);
        taken = 1;
    }
    draw_finding(editor, canvas, y + taken, x, rows - taken);
}

static void draw_foot(struct tui_editor *editor, struct tui_canvas *canvas, int y, int x)
{
    int last = canvas->rows - 1, cell = tui_sheet_cell(&editor->sheet, editor->grid.focus);
    int text = tui_sheet_text(&editor->sheet, editor->grid.focus);
    if (editor->in_prose)
        cell = -1;
    if (cell >= 0)
        draw_about_cell(editor, canvas, y, x, cell);
    else if (!editor->in_prose && text >= 0)
        draw_about_text(editor, canvas, y, x, text);
    int told = editor->in_prose ? y : y + 1;
    draw_told(editor, canvas, told, x, last - told, cell);
    tui_draw_hints(canvas, last, tui_editor_contexts(&editor->screen));
}

/* Once, behind what the change itself has told. */
static void tell_unfinished(struct tui_editor *editor)
{
    struct tui_app *app = editor->screen.app;
    struct nb_buf told = { 0 };
    if (!editor->session->unfinished)
        return;
    if (app->message.len)
        nb_buf_printf(&told, "%s；", nb_buf_text(&app->message));
    tui_tell(app, TUI_WARNING, "%s内容有改动，定稿标记已去掉", nb_buf_text(&told));
    editor->session->unfinished = false;
    nb_buf_release(&told);
}

/* How many rows the list of findings takes of `rows`: more where the section leaves them free. */
static int pane_rows(const struct tui_editor *editor, int rows)
{
    int spare = editor->in_prose ? rows / 3 : rows - editor->sheet.n_rows;
    return tui_larger(PANE, tui_smaller(editor->session->n_findings + 1, spare));
}

void tui_editor_draw(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct tui_editor *editor = (struct tui_editor *)screen;
    struct tab_drawing drawing = { editor, canvas };
    tui_session_refresh(editor->session);
    tell_unfinished(editor);
    draw_status(editor, canvas);
    each_tab(editor, canvas->columns, canvas->ascii, draw_tab, &drawing);
    bool side = tui_editor_has_sidebar(canvas);
    int x = side ? SIDEBAR : 0, top = side ? 1 : 2, columns = canvas->columns - x;
    int least = editor->in_prose ? 16 : 12; /* rows with a large foot */
    int foot = canvas->rows - (canvas->rows >= least ? 4 : 2), bottom = foot - 1;
    int pane = side && canvas->rows >= PANE_FROM_ROWS ? pane_rows(editor, bottom - top) : 0;
    bottom -= pane;
    if (editor->in_prose) {
        draw_prose(editor, canvas, top, x, bottom - top, columns);
        tui_canvas_rule(canvas, bottom, x, columns, TUI_DIM);
    } else {
        editor->grid.typing = editor->typing == TUI_RESTING ? NULL : &editor->line;
        tui_grid_draw(&editor->grid, canvas, top, x, bottom - top, columns);
        tui_grid_draw_foot(&editor->grid, canvas, bottom);
    }
    editor->listed = editor->told = (struct tui_box) { 0 };
    if (pane) {
        draw_pane(editor, canvas, bottom + 1, x, pane - 1);
        tui_canvas_rule(canvas, foot - 1, x, columns, TUI_DIM);
    }
    draw_foot(editor, canvas, foot, x);
}
