#include "doubts.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "editor.h"
#include "frame.h"
#include "nianbao/check.h"
#include "nianbao/text.h"
#include "pager.h"

enum kind { OF_CELL, OF_SUM, OF_REPORT, N_KINDS };

/* A doubt, a sum of the report that is wrong, or what is about no cell. */
struct row {
    enum kind kind;
    int cell; /* -1: none */
    int line; /* of the report, 0: the whole */
    const char *source, *message;
    const char *rule;     /* of a sum */
    const char *proposed; /* of a cell: a figure that a text of the report names for it, or NULL */
    bool settled;
};

struct doubts {
    struct tui_screen screen;
    const char *path;
    char *name; /* of the file, as it can be shown */
    const struct nb_import *import;
    struct nb_draft *now; /* as the file was last; NULL: as imported */
    struct row *rows;
    int n_rows, cap_rows;
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

static int count_open(const struct doubts *doubts, enum kind kind)
{
    int count = 0;
    for (int i = 0; i < doubts->n_rows; i++)
        count += doubts->rows[i].kind == kind && !doubts->rows[i].settled;
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

static void add_told(struct doubts *doubts, const struct nb_diags *diags, enum kind kind)
{
    const struct nb_form *form = nb_draft_form(doubts->import->draft);
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        if (kind == OF_SUM ? !is_sum(diag) : !is_of_report(diag))
            continue;
        int cell = nb_form_find_cell(form, diag->cell, strlen(diag->cell));
        add_row(doubts, (struct row) { .kind = kind,
                                       .cell = cell,
                                       .line = line_of(diag->mark),
                                       .source = "",
                                       .message = diag->message,
                                       .rule = diag->rule });
    }
}

static void add_rows(struct doubts *doubts, const struct nb_diags *diags)
{
    for (int i = 0; i < doubts->import->n_doubts; i++) {
        const struct nb_doubt *doubt = &doubts->import->doubts[i];
        add_row(doubts, (struct row) { .kind = OF_CELL,
                                       .cell = doubt->cell,
                                       .line = line_of(doubt->mark),
                                       .source = doubt->source,
                                       .message = doubt->message,
                                       .proposed = doubt->proposed });
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

/* The figure is another one, or the note has been taken away. */
static bool is_doubt_settled(const struct doubts *doubts, const struct row *row)
{
    const struct nb_form *form = nb_draft_form(doubts->now);
    struct nb_figure now = nb_draft_figure(doubts->now, row->cell);
    struct nb_figure then = nb_draft_figure(doubts->import->draft, row->cell);
    const char *address = form->cells[row->cell].address;
    return now.filled != then.filled || now.units != then.units || now.decimals != then.decimals ||
           (has_note(doubts->import->draft, address) && !has_note(doubts->now, address));
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

static void add_name(struct nb_buf *out, const struct doubts *doubts, const struct row *row)
{
    const struct nb_form *form = nb_draft_form(doubts->import->draft);
    if (row->cell < 0) {
        nb_buf_puts(out, "（不在表里）");
        return;
    }
    nb_buf_printf(out, "%s · ", form->cells[row->cell].table->section->brief);
    nb_cell_add_name(out, form, row->cell);
}

static void add_value(struct nb_buf *out, const struct doubts *doubts, const struct row *row)
{
    if (row->cell < 0)
        return;
    size_t before = out->len;
    nb_draft_add_figure(draft_of(doubts), row->cell, out);
    if (out->len == before)
        nb_buf_puts(out, "空");
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
    if (row->line)
        x = tui_canvas_printf(canvas, y, x, TUI_DIM, "第 %d 行：", row->line);
    const char *said = row->source[0] ? row->source : row->message;
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
    struct nb_buf counts = { 0 };
    add_counts(&counts, doubts);
    int right = canvas->columns - tui_text_width(counts.data);
    tui_canvas_fill(canvas, 0, 0, canvas->columns, TUI_BAR);
    struct tui_window window = tui_canvas_clip(canvas, 0, 0, 1, right - 1);
    tui_canvas_printf(canvas, 0, 1, TUI_BAR, "导入  %s", doubts->name);
    tui_canvas_unclip(canvas, window);
    tui_canvas_text(canvas, 0, right, TUI_BAR, counts.data);
    nb_buf_release(&counts);
}

/* The focused row whole: what the report says, and why that was not enough. */
static void draw_foot(const struct doubts *doubts, struct tui_canvas *canvas, int y, int n_rows)
{
    const struct row *row = &doubts->rows[doubts->focus];
    struct nb_buf text = { 0 };
    struct nb_lines lines = { 0 };
    nb_text_add_visible(&text, row->message, strlen(row->message));
    if (row->proposed)
        nb_buf_printf(&text, "；报告的文字里写的是 %s，核对后可填", row->proposed);
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
    (void)screen;
    return TUI_IN_DOUBTS;
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

void tui_doubts_help(struct tui_screen *screen, int arg)
{
    struct nb_buf text = { 0 };
    (void)arg;
    nb_buf_puts(
        &text,
        "这里列出导入时没有把握的地方：左边是草稿里的格和读到的数，右边是报告的原文；"
        "下方是原因和整行原文。\n"
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
    free(doubts.rows);
    nb_buf_release(&name);
}
