#include "doubts.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "editor.h"
#include "frame.h"
#include "nianbao/check.h"
#include "nianbao/journal.h"
#include "nianbao/text.h"
#include "pager.h"

enum kind { OF_CELL, OF_SUM, OF_REPORT, N_KINDS };

/* A doubt, a sum of the report that is wrong, or what is about no cell. */
struct row {
    enum kind kind;
    int cell;                       /* -1: none; the first of several */
    int *cells, n_cells, cap_cells; /* doubtful for one reason; heap */
    int line;                       /* of the report, 0: the whole */
    const char *source, *message;
    const char *rule;     /* of a sum */
    const char *proposed; /* of a cell: a figure that a text of the report names for it, or NULL */
    const char *said;     /* in these words, on that line */
    int said_line;
    bool settled;
};

/* A figure that was written here. */
struct adoption {
    int row, cell;
    struct nb_figure before;
};

struct doubts {
    struct tui_screen screen;
    const char *path;
    char *name; /* of the file, as it can be shown */
    const struct nb_import *import;
    struct nb_draft *now; /* as the file was last; NULL: as imported */
    struct row *rows;
    int n_rows, cap_rows;
    struct adoption *adoptions;
    int n_adoptions, cap_adoptions;
    int focus, top;
    struct tui_box list; /* as drawn last */
};

static struct doubts *doubts_of(struct tui_screen *screen)
{
    return (struct doubts *)screen;
}

static const struct nb_draft *draft_of(const struct doubts *doubts)
{
    return doubts->now ? doubts->now : doubts->import->draft;
}

/* Cells, or what else is told. */
static int count_open(const struct doubts *doubts, enum kind kind)
{
    int count = 0;
    for (int i = 0; i < doubts->n_rows; i++) {
        const struct row *row = &doubts->rows[i];
        if (row->kind == kind && !row->settled)
            count += kind == OF_CELL ? row->n_cells : 1;
    }
    return count;
}

/* ---- rows ---- */

/* What is told about the whole of a report stands at its first character. */
static int line_of(struct nb_mark mark)
{
    return mark.line == 1 && mark.column == 1 ? 0 : mark.line;
}

static void add_row(struct doubts *doubts, struct row row)
{
    NB_GROW(doubts->rows, doubts->n_rows, doubts->cap_rows);
    doubts->rows[doubts->n_rows++] = row;
}

static bool is_sum(const struct nb_diag *diag)
{
    return diag->severity == NB_ERROR && diag->cell[0];
}

/* Warnings about cells are the doubts. */
static bool is_of_report(const struct nb_diag *diag)
{
    return !is_sum(diag) && (diag->severity == NB_INFO || !diag->cell[0]);
}

/* A figure that a text names is told by the line of its cell. */
static bool is_proposal(const struct doubts *doubts, int cell, int line)
{
    for (int i = 0; i < doubts->n_rows; i++) {
        const struct row *row = &doubts->rows[i];
        if (row->proposed && row->cell == cell && row->said_line == line)
            return true;
    }
    return false;
}

static void add_told(struct doubts *doubts, const struct nb_diags *diags, enum kind kind)
{
    const struct nb_form *form = nb_draft_form(doubts->import->draft);
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        if (kind == OF_SUM ? !is_sum(diag) : !is_of_report(diag))
            continue;
        int cell = nb_form_find_cell(form, diag->cell, strlen(diag->cell));
        if (kind == OF_REPORT && cell >= 0 && is_proposal(doubts, cell, diag->mark.line))
            continue;
        add_row(doubts, (struct row) { .kind = kind,
                                       .cell = cell,
                                       .line = line_of(diag->mark),
                                       .source = "",
                                       .message = diag->message,
                                       .rule = diag->rule });
    }
}

/* The line of cells that are doubtful for the same reason, or a new one. */
static struct row *row_for(struct doubts *doubts, const struct nb_doubt *doubt)
{
    int line = line_of(doubt->mark);
    for (int i = doubts->n_rows - 1; i >= 0 && !doubt->proposed; i--) {
        struct row *row = &doubts->rows[i];
        if (!row->proposed && row->line == line && strcmp(row->message, doubt->message) == 0)
            return row;
    }
    add_row(doubts, (struct row) { .kind = OF_CELL,
                                   .cell = doubt->cell,
                                   .line = line,
                                   .source = doubt->source,
                                   .message = doubt->message,
                                   .proposed = doubt->proposed,
                                   .said = doubt->said,
                                   .said_line = doubt->said_line });
    return &doubts->rows[doubts->n_rows - 1];
}

static void add_rows(struct doubts *doubts, const struct nb_diags *diags)
{
    for (int i = 0; i < doubts->import->n_doubts; i++) {
        struct row *row = row_for(doubts, &doubts->import->doubts[i]);
        NB_GROW(row->cells, row->n_cells, row->cap_cells);
        row->cells[row->n_cells++] = doubts->import->doubts[i].cell;
    }
    add_told(doubts, diags, OF_SUM);
    add_told(doubts, diags, OF_REPORT);
}

bool tui_doubts_any(const struct nb_import *import, const struct nb_diags *diags)
{
    return import->n_doubts || diags->count;
}

/* ---- what is settled ---- */

static bool has_note(const struct nb_draft *draft, const char *address)
{
    for (int i = 0; i < nb_draft_record_count(draft, NB_LIST_MARKS); i++) {
        if (strcmp(nb_draft_record(draft, NB_LIST_MARKS, i)[NB_MARK_CELL], address) == 0)
            return true;
    }
    return false;
}

/* A figure is another one and none is missing, or all notes have been taken away. */
static bool is_doubt_settled(const struct doubts *doubts, const struct row *row)
{
    const struct nb_draft *imported = doubts->import->draft;
    bool changed = false, missing = false, noted = false, notes = false;
    for (int i = 0; i < row->n_cells; i++) {
        const char *address = nb_draft_form(imported)->cells[row->cells[i]].address;
        struct nb_figure now = nb_draft_figure(doubts->now, row->cells[i]);
        changed |= !nb_figure_same_as_typed(now, nb_draft_figure(imported, row->cells[i]));
        missing |= !now.filled && row->n_cells > 1;
        noted |= has_note(imported, address);
        notes |= has_note(doubts->now, address);
    }
    return (changed && !missing) || (noted && !notes);
}

static bool is_sum_settled(const struct row *row, const struct nb_form *form,
                           const struct nb_diags *findings)
{
    for (int i = 0; i < findings->count; i++) {
        const struct nb_diag *finding = &findings->items[i];
        if (strcmp(finding->rule, row->rule) == 0 &&
            strcmp(finding->cell, form->cells[row->cell].address) == 0)
            return false;
    }
    return true;
}

/* Reads the draft again; one that cannot be read now leaves the list as it is. */
static void look_again(struct doubts *doubts)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    const struct nb_form *form = nb_draft_form(doubts->import->draft);
    if (nb_draft_load(doubts->path, doubts->screen.app->catalog, &diags, NULL, &draft) == NB_OK &&
        nb_draft_form(draft) == form) {
        struct nb_check_options options = { 0 };
        nb_draft_free(doubts->now);
        doubts->now = draft;
        draft = NULL;
        nb_check_draft(doubts->now, doubts->path, &options, &diags);
        for (int i = 0; i < doubts->n_rows; i++) {
            struct row *row = &doubts->rows[i];
            row->settled = row->kind == OF_CELL  ? is_doubt_settled(doubts, row)
                           : row->kind == OF_SUM ? is_sum_settled(row, form, &diags)
                                                 : false;
        }
    }
    nb_draft_free(draft);
    nb_diags_release(&diags);
}

/* ---- texts ---- */

/* Are all cells of the line in one row of its table? */
static bool is_one_row(const struct doubts *doubts, const struct row *row)
{
    const struct nb_form *form = nb_draft_form(doubts->import->draft);
    const struct nb_cell *first = &form->cells[row->cell];
    for (int i = 0; i < row->n_cells; i++) {
        const struct nb_cell *cell = &form->cells[row->cells[i]];
        if (cell->table != first->table || cell->row != first->row)
            return false;
    }
    return true;
}

static void add_name(struct nb_buf *out, const struct doubts *doubts, const struct row *row)
{
    const struct nb_form *form = nb_draft_form(doubts->import->draft);
    if (row->cell < 0) {
        nb_buf_puts(out, "（不在表里）");
        return;
    }
    const struct nb_cell *cell = &form->cells[row->cell];
    const struct nb_node *node = cell->table->rows.leaves[cell->row].node;
    nb_buf_printf(out, "%s · ", cell->table->section->brief);
    if (row->n_cells < 2)
        nb_cell_add_name(out, form, row->cell);
    else if (!is_one_row(doubts, row))
        nb_buf_printf(out, "%d 格", row->n_cells);
    else if (node->depth && node->label[0])
        nb_node_add_name(out, node);
    else
        nb_buf_puts(out, "这一行");
}

static void add_figure(struct nb_buf *out, const struct doubts *doubts, int cell)
{
    size_t before = out->len;
    nb_draft_add_figure(draft_of(doubts), cell, out);
    if (out->len == before)
        nb_buf_puts(out, "空");
}

/* Of a row all its figures, of more cells how many are filled. */
static void add_value(struct nb_buf *out, const struct doubts *doubts, const struct row *row)
{
    enum { MOST_SHOWN = 8 };
    int filled = 0;
    for (int i = 0; i < row->n_cells; i++)
        filled += nb_draft_figure(draft_of(doubts), row->cells[i]).filled;
    if (row->n_cells > 1 && !filled)
        nb_buf_puts(out, "空");
    else if (row->n_cells > MOST_SHOWN)
        nb_buf_printf(out, "填 %d", filled);
    for (int i = 0; i < row->n_cells && row->n_cells <= MOST_SHOWN && (filled || i == 0); i++) {
        nb_buf_puts(out, i ? " " : "");
        if (filled || row->n_cells == 1)
            add_figure(out, doubts, row->cells[i]);
    }
    if (!row->n_cells && row->cell >= 0)
        add_figure(out, doubts, row->cell);
}

/* ---- drawing ---- */

/* Two halves; where the screen is narrow, the report stands at the foot alone. */
struct layout {
    int names, values, report; /* where the name, the value ends, where the report begins */
};

static struct layout lay_out(const struct doubts *doubts, int screen_columns)
{
    enum { LEAST = 60, GAP = 2 };
    int widest = tui_text_width("草稿");
    for (int i = 0; i < doubts->n_rows; i++) {
        struct nb_buf value = { 0 };
        add_value(&value, doubts, &doubts->rows[i]);
        int width = tui_text_width(nb_buf_text(&value));
        widest = width > widest ? width : widest;
        nb_buf_release(&value);
    }
    int half = screen_columns < LEAST ? screen_columns : screen_columns / 2;
    return (struct layout) { half - GAP - widest, half, half + GAP };
}

static void draw_mark(const struct row *row, struct tui_canvas *canvas, int y, bool focused)
{
    static const struct {
        const char *mark, *ascii;
        enum tui_style style;
    } marks[N_KINDS + 1] = {
        [OF_CELL] = { "?", "?", TUI_WARNING },
        [OF_SUM] = { "!", "!", TUI_ERROR },
        [OF_REPORT] = { " ", " ", TUI_PLAIN },
        [N_KINDS] = { "✓", "v", TUI_DONE },
    };
    int as = row->settled ? N_KINDS : (int)row->kind;
    const char *mark = canvas->ascii ? marks[as].ascii : marks[as].mark;
    tui_canvas_text(canvas, y, 0, marks[as].style, focused ? ">" : " ");
    tui_canvas_text(canvas, y, 1, marks[as].style, mark);
}

/* Of a line that is too long the end: there stand the figures. */
static void draw_report(const struct row *row, struct tui_canvas *canvas, int y, int x)
{
    struct nb_buf text = { 0 };
    bool in_words = row->proposed && !row->source[0];
    int line = in_words ? row->said_line : row->line;
    if (line)
        x = tui_canvas_printf(canvas, y, x, TUI_DIM, "第 %d 行：", line);
    const char *said = in_words ? row->said : row->source[0] ? row->source : row->message;
    nb_text_add_visible(&text, said, strlen(said));
    const char *from = nb_buf_text(&text);
    bool cut = row->source[0] && x + tui_text_width(from) > canvas->columns;
    if (cut)
        x = tui_canvas_text(canvas, y, x, TUI_DIM, "…");
    while (cut && *from && x + tui_text_width(from) > canvas->columns)
        nb_utf8_next(&from);
    tui_canvas_text(canvas, y, x, TUI_DIM, from);
    nb_buf_release(&text);
}

static void draw_row(const struct doubts *doubts, struct tui_canvas *canvas, int y, int index,
                     const struct layout *layout)
{
    enum { NAME_X = 3 };
    const struct row *row = &doubts->rows[index];
    bool focused = index == doubts->focus;
    struct nb_buf name = { 0 }, value = { 0 };
    add_name(&name, doubts, row);
    add_value(&value, doubts, row);
    draw_mark(row, canvas, y, focused);
    tui_canvas_bytes(canvas, y, NAME_X, TUI_PLAIN, name.data,
                     tui_text_fit(name.data, name.len, layout->names - NAME_X));
    tui_canvas_text_right(canvas, y, layout->values, TUI_PLAIN, nb_buf_text(&value));
    draw_report(row, canvas, y, layout->report);
    nb_buf_release(&name);
    nb_buf_release(&value);
    if (focused) {
        tui_canvas_restyle(canvas, y, 0, canvas->columns, TUI_FOCUS);
        tui_canvas_cursor(canvas, y, 0);
    }
}

static void draw_list(struct doubts *doubts, struct tui_canvas *canvas)
{
    struct layout layout = lay_out(doubts, canvas->columns);
    const struct tui_box *list = &doubts->list;
    tui_canvas_text(canvas, 1, 3, TUI_HEAD, "没有把握的格");
    tui_canvas_text_right(canvas, 1, layout.values, TUI_HEAD, "草稿");
    tui_canvas_text(canvas, 1, layout.report, TUI_HEAD, "报告原文");
    doubts->top = tui_scroll_to(doubts->top, doubts->focus, list->rows, doubts->n_rows);
    for (int i = 0; i < list->rows && doubts->top + i < doubts->n_rows; i++)
        draw_row(doubts, canvas, list->y + i, doubts->top + i, &layout);
}

static void add_counts(struct nb_buf *out, const struct doubts *doubts)
{
    static const char *const names[N_KINDS][2] = {
        [OF_CELL] = { "存疑", "格" }, [OF_SUM] = { "不符", "处" }, [OF_REPORT] = { "其他", "处" }
    };
    for (int i = 0; i < N_KINDS; i++) {
        int count = count_open(doubts, (enum kind)i);
        if (count)
            nb_buf_printf(out, "%s %d %s  ", names[i][0], count, names[i][1]);
    }
    if (!out->len)
        nb_buf_puts(out, "都看过了 ");
}

static void draw_status(const struct doubts *doubts, struct tui_canvas *canvas)
{
    struct nb_buf counts = { 0 }, what = { 0 };
    add_counts(&counts, doubts);
    nb_buf_printf(&what, "导入  %s", doubts->name);
    tui_bar_draw(canvas, what.data, counts.data);
    nb_buf_release(&counts);
    nb_buf_release(&what);
}

/* The focused row whole: what the report says, and why that was not enough. */
static void draw_foot(const struct doubts *doubts, struct tui_canvas *canvas, int y, int n_rows)
{
    const struct row *row = &doubts->rows[doubts->focus];
    struct nb_buf text = { 0 };
    struct nb_lines lines = { 0 };
    nb_text_add_visible(&text, row->message, strlen(row->message));
    if (row->proposed)
        nb_buf_printf(&text, "；第 %d 行写着“%s”，核对后按 a 写入", row->said_line, row->said);
    nb_buf_putc(&text, '\n');
    if (row->source[0]) {
        nb_buf_printf(&text, "第 %d 行：", row->line);
        nb_text_add_visible(&text, row->source, strlen(row->source));
    }
    tui_wrap(&lines, nb_buf_text(&text), canvas->columns - 2);
    for (int i = 0; i < lines.count && i < n_rows; i++)
        tui_canvas_bytes(canvas, y + i, 1, TUI_PLAIN, text.data + lines.items[i].start,
                         lines.items[i].len);
    nb_lines_release(&lines);
    nb_buf_release(&text);
}

static unsigned contexts(const struct tui_screen *screen)
{
    const struct doubts *doubts = (const struct doubts *)screen;
    const struct row *row = &doubts->rows[doubts->focus];
    unsigned proposal = row->proposed && !row->settled ? TUI_IN_PROPOSAL : 0;
    return TUI_IN_DOUBTS | proposal | (doubts->n_adoptions ? TUI_IN_ADOPTED : 0);
}

static void draw(struct tui_screen *screen, struct tui_canvas *canvas)
{
    enum { LEAST_WITH_RULE = 14, TEXT_ROWS = 4 };
    struct doubts *doubts = doubts_of(screen);
    const struct tui_app *app = screen->app;
    int last = canvas->rows - 1;
    bool roomy = canvas->rows >= LEAST_WITH_RULE;
    int text_rows = roomy ? TEXT_ROWS : canvas->rows >= 8 ? 2 : 0;
    int foot = 2 + roomy + text_rows;
    doubts->list = (struct tui_box) { 2, 0, canvas->rows - 2 - foot, canvas->columns };
    draw_status(doubts, canvas);
    draw_list(doubts, canvas);
    if (roomy)
        tui_canvas_rule(canvas, last - 2 - text_rows, 0, canvas->columns, TUI_DIM);
    if (app->message.len) {
        tui_canvas_text(canvas, last - 1 - text_rows, 1, app->message_style,
                        nb_buf_text(&app->message));
    } else {
        struct nb_buf name = { 0 };
        add_name(&name, doubts, &doubts->rows[doubts->focus]);
        tui_canvas_text(canvas, last - 1 - text_rows, 1, TUI_LABEL, name.data);
        nb_buf_release(&name);
    }
    draw_foot(doubts, canvas, last - text_rows, text_rows);
    tui_draw_hints(canvas, last, contexts(screen));
}

/* ---- moving ---- */

static void focus_on(struct doubts *doubts, int row)
{
    row = row < doubts->n_rows ? row : doubts->n_rows - 1;
    doubts->focus = row > 0 ? row : 0;
}

/* A row that has the focus already is opened. */
static void take_press(struct doubts *doubts, int row)
{
    if (row == doubts->focus)
        tui_doubts_open(&doubts->screen, 0);
    else
        focus_on(doubts, row);
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct doubts *doubts = doubts_of(screen);
    int row = doubts->top + event->y - doubts->list.y;
    bool press = event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_PRESS;
    if (press && tui_box_has(&doubts->list, event->y, event->x) && row < doubts->n_rows)
        take_press(doubts, row);
    else if (!press)
        focus_on(doubts, doubts->focus + tui_steps(event, doubts->list.rows, doubts->n_rows));
}

static const struct tui_screen_kind kind = { draw, take_event, contexts, true };

/* ---- commands ---- */

void tui_doubts_open(struct tui_screen *screen, int arg)
{
    struct doubts *doubts = doubts_of(screen);
    struct tui_app *app = screen->app;
    struct nb_diags diags = { 0 };
    struct tui_session *session;
    struct tui_place place;
    int cell = doubts->rows[doubts->focus].cell;
    (void)arg;
    if (tui_session_open(app->catalog, doubts->path, &diags, &session) == NB_OK) {
        const char *address =
            cell < 0 ? "" : nb_draft_form(doubts->import->draft)->cells[cell].address;
        bool has = cell >= 0 && tui_session_place_of(session, address, &place);
        tui_editor_run(app, session, has ? &place : NULL, NULL);
    } else {
        tui_tell_diags(app, &diags);
    }
    tui_session_free(session);
    nb_diags_release(&diags);
    if (!app->ended)
        look_again(doubts);
}

/* Writes the figure into the file; *before is what stood there. Not while the draft is open in
 * another window. */
static bool write_figure(struct doubts *doubts, int cell, struct nb_figure figure,
                         struct nb_figure *before)
{
    struct tui_app *app = doubts->screen.app;
    const char *address = nb_draft_form(doubts->import->draft)->cells[cell].address;
    struct nb_diags diags = { 0 };
    struct tui_session *session = NULL;
    bool written = false;
    if (nb_journal_exists(doubts->path, NB_JOURNAL_EDITS)) {
        tui_tell(app, TUI_ERROR, "草稿在别处开着，或有没恢复的改动，先按 Enter 打开看看");
    } else if (tui_session_open(app->catalog, doubts->path, &diags, &session) == NB_OK) {
        cell = nb_form_find_cell(session->form, address, strlen(address));
        *before = cell < 0 ? figure : nb_draft_figure(session->draft, cell);
        written = cell >= 0 && (!tui_session_set_figure(session, cell, figure) ||
                                tui_session_save(session, &diags) == NB_OK);
    }
    if (!written)
        tui_tell_diags(app, &diags);
    tui_session_free(session);
    nb_diags_release(&diags);
    look_again(doubts);
    return written;
}

/* The next figure that could be written. */
static void focus_on_next_proposal(struct doubts *doubts)
{
    for (int i = 1; i < doubts->n_rows; i++) {
        int row = (doubts->focus + i) % doubts->n_rows;
        if (doubts->rows[row].proposed && !doubts->rows[row].settled) {
            focus_on(doubts, row);
            return;
        }
    }
}

void tui_doubts_adopt(struct tui_screen *screen, int arg)
{
    struct doubts *doubts = doubts_of(screen);
    const struct row *row = &doubts->rows[doubts->focus];
    const struct nb_cell *cell = &nb_draft_form(doubts->import->draft)->cells[row->cell];
    struct adoption adoption = { .row = doubts->focus, .cell = row->cell };
    struct nb_figure figure;
    bool changed;
    (void)arg;
    if (nb_figure_type(row->proposed, cell->kind, cell->unit, &figure, &changed) !=
        NB_FIGURE_FINE) {
        tui_tell(screen->app, TUI_ERROR, "“%s”填不进这一格", row->proposed);
        return;
    }
    if (!write_figure(doubts, row->cell, figure, &adoption.before))
        return;
    NB_GROW(doubts->adoptions, doubts->n_adoptions, doubts->cap_adoptions);
    doubts->adoptions[doubts->n_adoptions++] = adoption;
    tui_tell(screen->app, TUI_PLAIN, "写入了 %s，^Z 撤销", row->proposed);
    focus_on_next_proposal(doubts);
}

/* Takes back the last figure that was written here; others since then stay. */
void tui_doubts_undo(struct tui_screen *screen, int arg)
{
    struct doubts *doubts = doubts_of(screen);
    struct nb_figure now;
    (void)arg;
    const struct adoption *last = &doubts->adoptions[doubts->n_adoptions - 1];
    if (!write_figure(doubts, last->cell, last->before, &now))
        return;
    focus_on(doubts, last->row);
    doubts->n_adoptions--;
}

void tui_doubts_help(struct tui_screen *screen, int arg)
{
    struct nb_buf text = { 0 };
    (void)arg;
    nb_buf_puts(
        &text,
        "这里列出导入时没有把握的地方：左边是草稿里的格和读到的数，右边是报告的原文；"
        "下方是原因和整行原文。\n"
        "报告的文字里说到、表里却没有的数，下方写着，核对后按 a 写入草稿，^Z 撤销。\n"
        "? 没有把握，请对照原来的报告；! 报告本身的数不相符；✓ 已经改过或看过。\n"
        "Enter 到草稿里的这一格，改好存盘，^Q 回到这里。数没有错的，按 F4 清空备注就是看过了。\n"
        "离开以后，没有看完的格在草稿里还有备注：格里的数前面有 *，定稿时也会列出来。\n\n");
    tui_add_key_help(&text, contexts(screen));
    tui_read_text(screen->app, "帮助：导入存疑", text.data);
    nb_buf_release(&text);
}

void tui_doubts_leave(struct tui_screen *screen, int arg)
{
    (void)arg;
    screen->done = true;
}

/* ---- the list ---- */

void tui_doubts_run(struct tui_app *app, const char *path, const struct nb_import *import,
                    const struct nb_diags *diags)
{
    struct nb_buf name = { 0 };
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    nb_text_add_visible(&name, file, strlen(file));
    struct doubts doubts = {
        .screen.kind = &kind, .path = path, .name = name.data, .import = import
    };
    add_rows(&doubts, diags);
    tui_run(app, &doubts.screen);
    nb_draft_free(doubts.now);
    for (int i = 0; i < doubts.n_rows; i++)
        free(doubts.rows[i].cells);
    free(doubts.rows);
    free(doubts.adoptions);
    nb_buf_release(&name);
}
