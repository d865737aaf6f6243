#include "settle.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "dialog.h"
#include "editor.h"
#include "frame.h"
#include "nianbao/verify.h"
#include "pager.h"

enum { FIRST, SECOND, N_KEYINGS };

/* A cell whose figures differed when the list was opened, and what they were. */
struct pair {
    int cell;
    struct nb_figure figures[N_KEYINGS];
};

/* Settling one is a step of the first keying, of the second, or of both. */
struct decision {
    int row;
    bool changed[N_KEYINGS];
};

struct settle {
    struct tui_screen screen;
    struct tui_session *sessions[N_KEYINGS];
    struct pair *pairs;
    int n_pairs;
    struct decision *decisions;
    int n_decisions, cap_decisions;
    int focus, top;
    struct tui_box list; /* as drawn last */
};

static struct settle *settle_of(struct tui_screen *screen)
{
    return (struct settle *)screen;
}

static struct nb_figure figure_of(const struct settle *settle, int keying, int row)
{
    return nb_draft_figure(settle->sessions[keying]->draft, settle->pairs[row].cell);
}

static enum nb_kind kind_of(const struct settle *settle, int row)
{
    return settle->sessions[FIRST]->form->cells[settle->pairs[row].cell].kind;
}

static bool is_settled(const struct settle *settle, int row)
{
    return nb_figure_same(figure_of(settle, FIRST, row), figure_of(settle, SECOND, row));
}

static int count_open(const struct settle *settle)
{
    int count = 0;
    for (int row = 0; row < settle->n_pairs; row++)
        count += !is_settled(settle, row);
    return count;
}

/* ---- texts ---- */

static void add_figure(struct nb_buf *out, enum nb_kind kind, struct nb_figure figure)
{
    if (figure.filled)
        nb_figure_write(out, kind, figure);
    else
        nb_buf_puts(out, "空");
}

static void add_name(struct nb_buf *out, const struct settle *settle, int row)
{
    const struct nb_form *form = settle->sessions[FIRST]->form;
    int cell = settle->pairs[row].cell;
    nb_buf_printf(out, "%s · ", form->cells[cell].table->section->brief);
    nb_cell_add_name(out, form, cell);
}

/* ---- drawing ---- */

enum column { OF_FIRST, OF_SECOND, SETTLED, N_COLUMNS };

static const char *const heads[N_COLUMNS] = { "第一遍", "第二遍", "定为" };

/* What stands in a column; nothing in the last one until it is settled. */
static void add_value(struct nb_buf *out, const struct settle *settle, int row, enum column column)
{
    if (column != SETTLED)
        add_figure(out, kind_of(settle, row), settle->pairs[row].figures[column]);
    else if (is_settled(settle, row))
        add_figure(out, kind_of(settle, row), figure_of(settle, FIRST, row));
}

/* The width of all three columns, with a gap before each. */
static int column_width(const struct settle *settle)
{
    int widest = tui_text_width(heads[OF_FIRST]);
    for (int row = 0; row < settle->n_pairs; row++) {
        for (int column = 0; column < N_COLUMNS; column++) {
            struct nb_buf value = { 0 };
            add_value(&value, settle, row, (enum column)column);
            int width = tui_text_width(nb_buf_text(&value));
            widest = width > widest ? width : widest;
            nb_buf_release(&value);
        }
    }
    return widest + 2;
}

/* How many of the columns are shown, and how wide each is: where the screen is narrow, what a
 * figure was settled as gives way. */
struct layout {
    int shown, width, names;
};

static struct layout lay_out(const struct settle *settle, int screen_columns)
{
    enum { LEAST_NAMES = 16 };
    struct layout layout = { .shown = N_COLUMNS, .width = column_width(settle) };
    if (screen_columns - 1 - N_COLUMNS * layout.width < LEAST_NAMES)
        layout.shown--;
    layout.names = screen_columns - 1 - layout.shown * layout.width;
    return layout;
}

static void draw_value(struct tui_canvas *canvas, int y, const struct layout *layout, int column,
                       enum tui_style style, const char *text)
{
    if (column < layout->shown)
        tui_canvas_text_right(canvas, y, layout->names + (column + 1) * layout->width, style, text);
}

static void draw_row(const struct settle *settle, struct tui_canvas *canvas, int y, int row,
                     const struct layout *layout)
{
    bool settled = is_settled(settle, row);
    const char *done = canvas->ascii ? "v" : "✓";
    const char *mark = row == settle->focus ? ">" : settled ? done : " ";
    struct nb_buf text = { 0 };
    add_name(&text, settle, row);
    tui_canvas_text(canvas, y, 0, settled ? TUI_DONE : TUI_PLAIN, mark);
    tui_canvas_bytes(canvas, y, 1, TUI_PLAIN, text.data,
                     tui_text_fit(text.data, text.len, layout->names - 1));
    for (int column = 0; column < N_COLUMNS; column++) {
        text.len = 0;
        nb_buf_puts(&text, "");
        add_value(&text, settle, row, (enum column)column);
        draw_value(canvas, y, layout, column, column == SETTLED ? TUI_DONE : TUI_PLAIN, text.data);
    }
    nb_buf_release(&text);
    if (row == settle->focus) {
        tui_canvas_restyle(canvas, y, 0, canvas->columns, TUI_FOCUS);
        tui_canvas_cursor(canvas, y, 0);
    }
}

static void draw_list(struct settle *settle, struct tui_canvas *canvas)
{
    struct layout layout = lay_out(settle, canvas->columns);
    for (int column = 0; column < N_COLUMNS; column++)
        draw_value(canvas, 1, &layout, column, TUI_HEAD, heads[column]);
    const struct tui_box *list = &settle->list;
    settle->top = tui_scroll_to(settle->top, settle->focus, list->rows, settle->n_pairs);
    for (int i = 0; i < list->rows && settle->top + i < settle->n_pairs; i++)
        draw_row(settle, canvas, list->y + i, settle->top + i, &layout);
}

static void draw_status(const struct settle *settle, struct tui_canvas *canvas)
{
    const struct tui_session *first = settle->sessions[FIRST];
    int open = count_open(settle);
    struct nb_buf counts = { 0 }, what = { 0 };
    nb_buf_printf(&counts, "差错 %d  不同 %d  已定 %d ", first->n_errors, open,
                  settle->n_pairs - open);
    nb_buf_printf(&what, "复核对照  %s %d  %s%s", nb_draft_text(first->draft, NB_TEXT_UNIT),
                  nb_draft_year(first->draft), first->name,
                  first->read_only              ? "  只看"
                  : tui_session_is_saved(first) ? ""
                                                : " *");
    tui_bar_draw(canvas, what.data, counts.data);
    nb_buf_release(&counts);
    nb_buf_release(&what);
}

/* In which of the two the sums are right is the best hint there is. */
static void draw_sums(const struct settle *settle, struct tui_canvas *canvas, int y)
{
    for (int keying = 0; keying < N_KEYINGS; keying++) {
        struct nb_buf equation = { 0 };
        tui_add_equation(&equation, settle->sessions[keying], settle->pairs[settle->focus].cell);
        if (equation.len)
            tui_canvas_printf(canvas, y + keying, 1, TUI_PLAIN, "%s  %s", heads[keying],
                              equation.data);
        nb_buf_release(&equation);
    }
}

/* Whole, where the list has cut it. */
static void draw_name(const struct settle *settle, struct tui_canvas *canvas, int y)
{
    struct nb_buf name = { 0 };
    add_name(&name, settle, settle->focus);
    tui_canvas_text(canvas, y, 1, TUI_DIM, name.data);
    nb_buf_release(&name);
}

static unsigned contexts(const struct tui_screen *screen)
{
    (void)screen;
    return TUI_IN_SETTLING;
}

static void draw(struct tui_screen *screen, struct tui_canvas *canvas)
{
    enum { FOOT = 5, LEAST_WITH_FOOT = 12 };
    struct settle *settle = settle_of(screen);
    const struct tui_app *app = screen->app;
    int last = canvas->rows - 1, foot = canvas->rows >= LEAST_WITH_FOOT ? FOOT : 2;
    tui_session_refresh(settle->sessions[FIRST]);
    settle->list = (struct tui_box) { 2, 0, canvas->rows - 2 - foot, canvas->columns };
    draw_status(settle, canvas);
    draw_list(settle, canvas);
    if (foot == FOOT) {
        tui_canvas_rule(canvas, last - 4, 0, canvas->columns, TUI_DIM);
        draw_sums(settle, canvas, last - 3);
    }
    if (app->message.len)
        tui_canvas_text(canvas, last - 1, 1, app->message_style, nb_buf_text(&app->message));
    else
        draw_name(settle, canvas, last - 1);
    tui_draw_hints(canvas, last, contexts(screen));
}

/* ---- moving ---- */

static void focus_on(struct settle *settle, int row)
{
    row = row < settle->n_pairs ? row : settle->n_pairs - 1;
    settle->focus = row > 0 ? row : 0;
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct settle *settle = settle_of(screen);
    bool press = event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_PRESS;
    if (press && tui_box_has(&settle->list, event->y, event->x))
        focus_on(settle, settle->top + event->y - settle->list.y);
    else
        focus_on(settle, settle->focus + tui_steps(event, settle->list.rows, settle->n_pairs));
}

static const struct tui_screen_kind kind = { draw, take_event, contexts, true };

/* ---- settling ---- */

/* The next row that is still open, around the end; stays where none is. */
static void go_to_open(struct settle *settle)
{
    for (int i = 1; i <= settle->n_pairs; i++) {
        int row = (settle->focus + i) % settle->n_pairs;
        if (!is_settled(settle, row)) {
            settle->focus = row;
            return;
        }
    }
}

static void settle_as(struct settle *settle, struct nb_figure figure)
{
    struct decision decision = { .row = settle->focus };
    int cell = settle->pairs[settle->focus].cell;
    bool any = false;
    for (int keying = 0; keying < N_KEYINGS; keying++) {
        decision.changed[keying] = tui_session_set_figure(settle->sessions[keying], cell, figure);
        any |= decision.changed[keying];
    }
    if (any) {
        NB_GROW(settle->decisions, settle->n_decisions, settle->cap_decisions);
        settle->decisions[settle->n_decisions++] = decision;
    }
    go_to_open(settle);
    if (!count_open(settle))
        tui_tell(settle->screen.app, TUI_DONE, "%d 处都定了，Esc 回草稿", settle->n_pairs);
}

/* Says so where the draft is only looked at. */
static bool may_settle(const struct settle *settle)
{
    if (settle->sessions[FIRST]->read_only)
        tui_tell(settle->screen.app, TUI_WARNING,
                 "这份草稿现在只能看，等能改了再来定；第二遍录的留着");
    return !settle->sessions[FIRST]->read_only;
}

void tui_settle_take(struct tui_screen *screen, int which)
{
    struct settle *settle = settle_of(screen);
    if (may_settle(settle))
        settle_as(settle, settle->pairs[settle->focus].figures[which]);
}

/* False where the figure is refused, with a reason. */
static bool read_figure(const struct settle *settle, const char *typed, struct nb_figure *figure)
{
    const struct nb_form *form = settle->sessions[FIRST]->form;
    const struct nb_cell *at = &form->cells[settle->pairs[settle->focus].cell];
    bool changed;
    *figure = (struct nb_figure) { .filled = false };
    if (!typed[strspn(typed, " ")])
        return true;
    enum nb_figure_fault fault = nb_figure_type(typed, at->kind, at->unit, figure, &changed);
    if (fault != NB_FIGURE_FINE) {
        struct nb_buf why = { 0 };
        tui_add_refusal(&why, fault, at->kind, typed);
        tui_tell(settle->screen.app, TUI_ERROR, "%s；这一处还没有定", why.data);
        nb_buf_release(&why);
    }
    return fault == NB_FIGURE_FINE;
}

void tui_settle_type(struct tui_screen *screen, int arg)
{
    struct settle *settle = settle_of(screen);
    const struct pair *pair = &settle->pairs[settle->focus];
    struct nb_buf typed = { 0 }, title = { 0 }, help = { 0 };
    struct nb_figure figure;
    (void)arg;
    if (!may_settle(settle))
        return;
    add_name(&title, settle, settle->focus);
    for (int keying = 0; keying < N_KEYINGS; keying++) {
        nb_buf_printf(&help, "%s%s ", keying ? "，" : "", heads[keying]);
        add_figure(&help, kind_of(settle, settle->focus), pair->figures[keying]);
    }
    nb_buf_puts(&help, "。都不对时填正确的数；空着就是不填");
    if (tui_ask_line(screen->app, title.data, help.data, &typed) &&
        read_figure(settle, nb_buf_text(&typed), &figure))
        settle_as(settle, figure);
    nb_buf_release(&typed);
    nb_buf_release(&title);
    nb_buf_release(&help);
}

void tui_settle_undo(struct tui_screen *screen, int arg)
{
    struct settle *settle = settle_of(screen);
    (void)arg;
    if (!settle->n_decisions) {
        tui_tell(screen->app, TUI_PLAIN, "没有可以撤销的了");
        return;
    }
    const struct decision *last = &settle->decisions[--settle->n_decisions];
    for (int keying = 0; keying < N_KEYINGS; keying++) {
        if (last->changed[keying])
            nb_history_undo(settle->sessions[keying]->history);
    }
    settle->focus = last->row;
}

void tui_settle_help(struct tui_screen *screen, int arg)
{
    struct nb_buf text = { 0 };
    (void)arg;
    nb_buf_puts(&text,
                "这里列出两遍录入不同的格，对着原始材料逐处定下来：按 1 用第一遍的数，按 2 用"
                "第二遍的数，都不对就按 Enter 另填。\n"
                "下方是这一格所在的式子，两遍各自算出来的样子：不相符的那一遍多半录错了。\n"
                "定下的数写进草稿，和自己改的一样，可以撤销，存盘才算数。\n"
                "没定完也可以 Esc 离开，第二遍录的留着，以后再定。\n\n");
    tui_add_key_help(&text, contexts(screen));
    tui_read_text(screen->app, "帮助：复核对照", text.data);
    nb_buf_release(&text);
}

void tui_settle_leave(struct tui_screen *screen, int arg)
{
    (void)arg;
    screen->done = true;
}

/* ---- the list ---- */

int tui_settle_count(const struct tui_session *first, const struct tui_session *second)
{
    int *cells, count = nb_verify_compare(first->draft, second->draft, &cells);
    free(cells);
    return count;
}

bool tui_settle_run(struct tui_app *app, struct tui_session *first, struct tui_session *second)
{
    struct settle settle = { .screen.kind = &kind, .sessions = { first, second } };
    int *cells;
    settle.n_pairs = nb_verify_compare(first->draft, second->draft, &cells);
    if (!settle.n_pairs)
        return true;
    settle.pairs = nb_xalloc((size_t)settle.n_pairs * sizeof *settle.pairs);
    for (int row = 0; row < settle.n_pairs; row++)
        settle.pairs[row] = (struct pair) { cells[row],
                                            { nb_draft_figure(first->draft, cells[row]),
                                              nb_draft_figure(second->draft, cells[row]) } };
    tui_run(app, &settle.screen);
    bool all = !count_open(&settle);
    free(settle.pairs);
    free(settle.decisions);
    free(cells);
    return all;
}
