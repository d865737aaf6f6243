#include "dialog.h"

#include <stdlib.h>
#include <string.h>

#include "frame.h"
#include "line.h"

/* Wider, and a text is hard to read. */
enum { WIDEST = 72 };

static unsigned no_contexts(const struct tui_screen *screen)
{
    (void)screen;
    return 0;
}

static bool is_press(const struct tui_event *event)
{
    return event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_PRESS;
}

/* ---- a text and its answers ---- */

struct ask {
    struct tui_screen screen;
    const char *title, *text;
    const char *const *answers;
    int n_answers, chosen;
    bool taken;
    struct nb_lines rows;  /* of the text, as wrapped last */
    int top, shown;        /* the first row seen, and how many */
    struct tui_box box;    /* as drawn last */
    struct tui_box *spots; /* by answer, as laid out last; row 0 is the first row of answers */
};

/* Side by side as far as they fit; returns the number of rows. */
static int lay_out_answers(struct ask *ask, int columns)
{
    int row = 0, x = 0;
    for (int i = 0; i < ask->n_answers; i++) {
        int width = tui_smaller(tui_text_width(ask->answers[i]) + 2, columns);
        if (x && x + width > columns) {
            row++;
            x = 0;
        }
        ask->spots[i] = (struct tui_box) { row, x, 1, width };
        x += width + 2;
    }
    return row + 1;
}

/* `first` is the row of answers that stands at the top of the box. */
static void draw_answers(struct ask *ask, struct tui_canvas *canvas, const struct tui_box *box,
                         int first)
{
    for (int i = 0; i < ask->n_answers; i++) {
        struct tui_box *spot = &ask->spots[i];
        spot->y += box->y - first;
        spot->x += box->x;
        if (spot->y < box->y || spot->y >= box->y + box->rows) {
            spot->rows = 0; /* not there to be clicked */
            continue;
        }
        enum tui_style style = i == ask->chosen ? TUI_FOCUS : TUI_PLAIN;
        const char *answer = ask->answers[i];
        size_t len = tui_text_fit(answer, strlen(answer), spot->columns - 2);
        tui_canvas_text(canvas, spot->y, spot->x, style, "[");
        int x = tui_canvas_bytes(canvas, spot->y, spot->x + 1, style, answer, len);
        tui_canvas_text(canvas, spot->y, x, style, "]");
        if (i == ask->chosen)
            tui_canvas_cursor(canvas, spot->y, spot->x + 1);
    }
}

static void add_ask_keys(const struct ask *ask, int shown, struct nb_buf *out)
{
    if (shown < ask->rows.count)
        nb_buf_printf(out, "↑↓翻看 %d/%d  ", tui_smaller(ask->top + shown, ask->rows.count),
                      ask->rows.count);
    if (ask->n_answers > 1)
        nb_buf_puts(out, "←→选择  ");
    nb_buf_puts(out, "Enter确定  Esc返回");
}

static int ask_columns(const struct ask *ask, const struct tui_canvas *canvas)
{
    int answers = 0;
    for (int i = 0; i < ask->n_answers; i++)
        answers += tui_text_width(ask->answers[i]) + 4;
    int wish =
        tui_larger(tui_widest_line(ask->text), tui_larger(answers, tui_text_width(ask->title)));
    return tui_smaller(tui_larger(tui_smaller(wish, WIDEST), 40), canvas->columns - 4);
}

static void draw_ask(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct ask *ask = (struct ask *)screen;
    int columns = ask_columns(ask, canvas);
    tui_wrap(&ask->rows, ask->text, columns);
    int n_rows = ask->rows.count, answer_rows = lay_out_answers(ask, columns);
    int room = tui_smaller(n_rows + !!n_rows + answer_rows, canvas->rows - 2);
    answer_rows = tui_smaller(answer_rows, room - !!n_rows);
    ask->shown = tui_smaller(n_rows, room - answer_rows);
    ask->top = tui_larger(0, tui_smaller(ask->top, n_rows - ask->shown));

    struct nb_buf keys = { 0 };
    add_ask_keys(ask, ask->shown, &keys);
    struct tui_box box = tui_frame_draw(canvas, room, columns, ask->title, nb_buf_text(&keys));
    ask->box = box;
    struct tui_window window = tui_canvas_clip(canvas, box.y, box.x, box.rows, box.columns);
    for (int i = 0; i < ask->shown; i++) {
        const struct nb_line *row = &ask->rows.items[ask->top + i];
        tui_canvas_bytes(canvas, box.y + i, box.x, TUI_PLAIN, ask->text + row->start, row->len);
    }
    box.y += box.rows - answer_rows;
    box.rows = answer_rows;
    int first = tui_larger(0, ask->n_answers ? ask->spots[ask->chosen].y - answer_rows + 1 : 0);
    draw_answers(ask, canvas, &box, first);
    tui_canvas_unclip(canvas, window);
    nb_buf_release(&keys);
}

static void take_answer(struct ask *ask, int answer)
{
    ask->chosen = answer;
    ask->taken = ask->n_answers > 0;
    ask->screen.done = true;
}

static void ask_key(struct ask *ask, uint32_t key)
{
    int step = 0;
    if (key == TUI_KEY_ENTER)
        take_answer(ask, ask->chosen);
    else if (key == TUI_KEY_ESC)
        ask->screen.done = true;
    else if (key == TUI_KEY_LEFT || key == (TUI_KEY_TAB | TUI_SHIFT) || key == TUI_KEY_UP)
        step = -1; /* up and down come here where there is nothing to scroll */
    else if (key == TUI_KEY_RIGHT || key == TUI_KEY_TAB || key == TUI_KEY_DOWN)
        step = 1;
    if (step && ask->n_answers)
        ask->chosen = (ask->chosen + step + ask->n_answers) % ask->n_answers;
}

static void ask_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct ask *ask = (struct ask *)screen;
    struct nb_buf keys = { 0 };
    add_ask_keys(ask, ask->shown, &keys);
    struct tui_event as_key = tui_frame_event(&ask->box, nb_buf_text(&keys), event);
    int hidden = ask->rows.count - ask->shown;
    int steps = hidden > 0 ? tui_steps(event, ask->shown, ask->rows.count) : 0;
    if (steps)
        ask->top = tui_larger(0, tui_smaller(ask->top + steps, hidden));
    else if (as_key.kind == TUI_EVENT_KEY)
        ask_key(ask, as_key.key);
    for (int i = 0; is_press(&as_key) && i < ask->n_answers; i++) {
        if (tui_box_has(&ask->spots[i], event->y, event->x))
            take_answer(ask, i);
    }
    nb_buf_release(&keys);
}

static const struct tui_screen_kind ask_kind = { draw_ask, ask_event, no_contexts, false };

int tui_ask(struct tui_app *app, const char *title, const char *text, const char *const *answers,
            int chosen)
{
    struct ask ask = { .screen.kind = &ask_kind, .title = title, .text = text, .answers = answers };
    while (answers[ask.n_answers])
        ask.n_answers++;
    ask.chosen = chosen >= 0 && chosen < ask.n_answers ? chosen : 0;
    ask.spots = nb_xalloc(((size_t)ask.n_answers + 1) * sizeof *ask.spots);
    tui_run(app, &ask.screen);
    free(ask.spots);
    nb_lines_release(&ask.rows);
    return ask.taken ? ask.chosen : -1;
}

/* ---- one line ---- */

struct ask_line {
    struct tui_screen screen;
    const char *title, *help;
    struct tui_line line;
    bool taken;
    struct tui_box box; /* as drawn last */
};

static const char line_keys[] = "Enter确定  Esc返回";

static void draw_ask_line(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct ask_line *ask = (struct ask_line *)screen;
    struct nb_lines rows = { 0 };
    int wish = tui_larger(tui_widest_line(ask->help), tui_larger(tui_text_width(ask->title), 48));
    int columns = tui_smaller(tui_smaller(wish, WIDEST), canvas->columns - 4);
    tui_wrap(&rows, ask->help, columns);
    struct tui_box box = tui_frame_draw(canvas, 1 + rows.count, columns, ask->title, line_keys);
    ask->box = box;
    struct tui_window window = tui_canvas_clip(canvas, box.y, box.x, box.rows, box.columns);
    tui_line_draw(&ask->line, canvas, box.y, box.x, box.columns, TUI_FOCUS);
    for (int i = 0; i < rows.count; i++)
        tui_canvas_bytes(canvas, box.y + 1 + i, box.x, TUI_DIM, ask->help + rows.items[i].start,
                         rows.items[i].len);
    tui_canvas_unclip(canvas, window);
    nb_lines_release(&rows);
}

static void ask_line_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct ask_line *ask = (struct ask_line *)screen;
    struct tui_event as_key = tui_frame_event(&ask->box, line_keys, event);
    bool key = as_key.kind == TUI_EVENT_KEY;
    if (key && (as_key.key == TUI_KEY_ENTER || as_key.key == TUI_KEY_ESC)) {
        ask->taken = as_key.key == TUI_KEY_ENTER;
        screen->done = true;
    } else {
        tui_line_event(&ask->line, event);
    }
}

static const struct tui_screen_kind ask_line_kind = { draw_ask_line, ask_line_event, no_contexts,
                                                      false };

bool tui_ask_line(struct tui_app *app, const char *title, const char *help, struct nb_buf *text)
{
    struct ask_line ask = { .screen.kind = &ask_line_kind, .title = title, .help = help };
    tui_line_set(&ask.line, text->len ? text->data : "");
    tui_run(app, &ask.screen);
    if (ask.taken) {
        text->len = 0;
        nb_buf_puts(text, nb_buf_text(&ask.line.text));
    }
    tui_line_release(&ask.line);
    return ask.taken;
}

/* ---- one of a list ---- */

struct ask_choice {
    struct tui_screen screen;
    const char *title;
    const struct tui_choice *choices;
    int n_choices, columns; /* what the widest choice needs */
    bool numbered;          /* by their notes */
    struct tui_line filter;
    int *matches; /* indices of the choices that are shown */
    int n_matches, focus, top;
    struct tui_box box, list; /* as drawn last */
    int taken;
};

static bool is_match(const struct tui_choice *choice, const char *word)
{
    size_t len;
    return nb_text_find(choice->text, word, &len) || nb_text_find(choice->note, word, &len);
}

/* Keeps the focus on the choice `wanted` where that one is left. */
static void narrow(struct ask_choice *ask, int wanted)
{
    const char *word = nb_buf_text(&ask->filter.text);
    ask->n_matches = ask->focus = 0;
    for (int i = 0; i < ask->n_choices; i++) {
        if (!is_match(&ask->choices[i], word))
            continue;
        if (i == wanted)
            ask->focus = ask->n_matches;
        ask->matches[ask->n_matches++] = i;
    }
}

static void draw_choice(const struct tui_choice *choice, struct tui_canvas *canvas, int y,
                        const struct tui_box *box, bool focused)
{
    enum tui_style style = focused ? TUI_FOCUS : TUI_PLAIN;
    /* a note has half of the line at most */
    size_t note_len = tui_text_fit(choice->note, strlen(choice->note), box->columns / 2);
    char *note = nb_xstrndup(choice->note, note_len);
    int note_columns = tui_text_width(note);
    int room = box->columns - 2 - (note_columns ? note_columns + 1 : 0);
    tui_canvas_fill(canvas, y, box->x, box->columns, style);
    tui_canvas_text(canvas, y, box->x, style, focused ? ">" : " ");
    tui_canvas_bytes(canvas, y, box->x + 2, style, choice->text,
                     tui_text_fit(choice->text, strlen(choice->text), room));
    tui_canvas_text_right(canvas, y, box->x + box->columns, focused ? style : TUI_DIM, note);
    free(note);
}

static const char choice_keys[] = "键入筛选  ↑↓选择  Enter确定  Esc返回";

static void draw_ask_choice(struct tui_screen *screen, struct tui_canvas *canvas)
{
    struct ask_choice *ask = (struct ask_choice *)screen;
    struct tui_box box = tui_frame_draw(canvas, 1 + tui_larger(ask->n_choices, 1), ask->columns,
                                        ask->title, choice_keys);
    ask->box = box;
    ask->list = (struct tui_box) { box.y + 1, box.x, box.rows - 1, box.columns };
    struct tui_window window = tui_canvas_clip(canvas, box.y, box.x, box.rows, box.columns);
    ask->top = tui_scroll_to(ask->top, ask->focus, ask->list.rows, ask->n_matches);
    for (int i = 0; i < ask->list.rows && ask->top + i < ask->n_matches; i++)
        draw_choice(&ask->choices[ask->matches[ask->top + i]], canvas, ask->list.y + i, &ask->list,
                    ask->top + i == ask->focus);
    if (!ask->n_matches)
        tui_canvas_text(canvas, ask->list.y, box.x, TUI_DIM,
                        ask->n_choices ? "没有匹配的，退格改筛选词" : "没有可选的");
    int x = tui_canvas_text(canvas, box.y, box.x, TUI_LABEL, "筛选：");
    tui_line_draw(&ask->filter, canvas, box.y, x, box.x + box.columns - x, TUI_PLAIN);
    tui_canvas_unclip(canvas, window);
}

static void take_choice(struct ask_choice *ask, int focus)
{
    if (focus < 0 || focus >= ask->n_matches)
        return;
    ask->taken = ask->matches[focus];
    ask->screen.done = true;
}

/* The digit that the key types, also a full-width one; 0: none. */
static char digit_of(uint32_t key)
{
    uint32_t code = key >= 0xFF10 && key <= 0xFF19 ? key - 0xFF10 + '0' : key;
    return code >= '0' && code <= '9' ? (char)code : 0;
}

/* The choice that the key takes at once: its place among the matches, -1: none. */
static int choice_of_digit(const struct ask_choice *ask, uint32_t key)
{
    const char digit[2] = { digit_of(key) };
    if (!ask->numbered || !digit[0] || ask->filter.text.len)
        return -1;
    for (int i = 0; i < ask->n_matches; i++) {
        if (strcmp(ask->choices[ask->matches[i]].note, digit) == 0)
            return i;
    }
    return -1;
}

static void ask_choice_event(struct tui_screen *screen, const struct tui_event *event)
{
    struct ask_choice *ask = (struct ask_choice *)screen;
    struct tui_event as_key = tui_frame_event(&ask->box, choice_keys, event);
    uint32_t key = as_key.kind == TUI_EVENT_KEY ? as_key.key : TUI_NO_KEY;
    int steps = tui_steps(event, ask->list.rows, ask->n_matches);
    int of_digit = choice_of_digit(ask, key);
    if (of_digit >= 0) {
        take_choice(ask, of_digit);
    } else if (steps) {
        ask->focus = tui_larger(0, tui_smaller(ask->focus + steps, ask->n_matches - 1));
    } else if (key == TUI_KEY_ENTER) {
        take_choice(ask, ask->focus);
    } else if (key == TUI_KEY_ESC) {
        screen->done = true;
    } else if (is_press(event)) {
        if (tui_box_has(&ask->list, event->y, event->x))
            take_choice(ask, ask->top + event->y - ask->list.y);
    } else if (tui_line_event(&ask->filter, event)) {
        narrow(ask, ask->n_matches ? ask->matches[ask->focus] : -1);
    }
}

static const struct tui_screen_kind ask_choice_kind = { draw_ask_choice, ask_choice_event,
                                                        no_contexts, false };

static int ask_choice(struct tui_app *app, const char *title, const struct tui_choice *choices,
                      int n_choices, int chosen, bool numbered)
{
    struct ask_choice ask = { .screen.kind = &ask_choice_kind,
                              .title = title,
                              .choices = choices,
                              .n_choices = n_choices,
                              .numbered = numbered,
                              .columns = tui_larger(tui_text_width(title), 40),
                              .taken = -1 };
    for (int i = 0; i < n_choices; i++)
        ask.columns = tui_larger(ask.columns, tui_text_width(choices[i].text) +
                                                  tui_text_width(choices[i].note) + 5);
    ask.matches = nb_xalloc(((size_t)n_choices + 1) * sizeof *ask.matches);
    narrow(&ask, chosen);
    tui_run(app, &ask.screen);
    free(ask.matches);
    tui_line_release(&ask.filter);
    return ask.taken;
}

int tui_ask_choice(struct tui_app *app, const char *title, const struct tui_choice *choices,
                   int n_choices, int chosen)
{
    return ask_choice(app, title, choices, n_choices, chosen, false);
}

int tui_ask_numbered(struct tui_app *app, const char *title, const struct tui_choice *choices,
                     int n_choices, int chosen)
{
    return ask_choice(app, title, choices, n_choices, chosen, true);
}
