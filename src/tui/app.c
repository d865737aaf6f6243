#include "app.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "nianbao/text.h"

/* Below this nothing sensible can be shown. */
enum { LEAST_ROWS = 6, LEAST_COLUMNS = 24 };
/* So many characters that have come at once are taken before what they did is kept and shown. */
enum { BURST = 32 };

static void draw_from(struct tui_screen *screen, struct tui_canvas *canvas)
{
    if (screen->below && !screen->kind->whole)
        draw_from(screen->below, canvas);
    screen->kind->draw(screen, canvas);
}

void tui_redraw(struct tui_app *app)
{
    int rows, columns;
    struct tui_canvas *canvas = &app->canvas;
    tui_terminal_size(app->terminal, &rows, &columns);
    if (rows != canvas->rows || columns != canvas->columns)
        tui_canvas_resize(canvas, rows, columns);
    tui_canvas_clear(canvas);
    canvas->ascii = tui_terminal_is_ascii(app->terminal);
    if (rows < LEAST_ROWS || columns < LEAST_COLUMNS)
        tui_canvas_printf(canvas, 0, 0, TUI_PLAIN, "请放大到 %dx%d", 80, 24);
    else
        draw_from(app->top, canvas);
    tui_terminal_show(app->terminal, canvas);
}

static void take_event(struct tui_screen *screen, const struct tui_event *event)
{
    const struct tui_command *command = NULL;
    if (event->kind == TUI_EVENT_KEY)
        command = tui_find_command(screen->kind->contexts(screen), event->key);
    if (event->kind == TUI_EVENT_MOUSE && event->mouse == TUI_MOUSE_PRESS &&
        event->y == screen->app->canvas.rows - 1)
        command =
            tui_hint_at(screen->kind->contexts(screen), screen->app->canvas.columns, event->x);
    if (command)
        command->run(screen, command->arg);
    else
        screen->kind->event(screen, event);
}

void tui_run(struct tui_app *app, struct tui_screen *screen)
{
    screen->app = app;
    screen->below = app->top;
    screen->done = false;
    app->top = screen;
    int burst = 0;
    while (!screen->done && !app->ended) {
        struct tui_event event;
        bool waits = false;
        if (burst % BURST == 0 || !tui_terminal_has_input(app->terminal)) {
            waits = app->keep && app->keep(app->keep_context, false);
            tui_redraw(app);
        }
        tui_terminal_read(app->terminal, waits ? 1000 : -1, &event);
        if (waits && event.kind == TUI_EVENT_NONE)
            app->keep(app->keep_context, true);
        if (event.kind == TUI_EVENT_KEY || event.kind == TUI_EVENT_PASTE ||
            event.kind == TUI_EVENT_MOUSE)
            app->message.len = 0;
        burst = event.kind == TUI_EVENT_KEY && tui_key_is_text(event.key) ? burst + 1 : 0;
        if (event.kind == TUI_EVENT_HANGUP)
            app->ended = true;
        else if (event.kind != TUI_EVENT_NONE && event.kind != TUI_EVENT_RESIZE)
            take_event(screen, &event);
    }
    app->top = screen->below;
}

void tui_tell(struct tui_app *app, enum tui_style style, const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int len = vasprintf(&text, format, args);
    va_end(args);
    app->message.len = 0;
    if (len > 0)
        nb_text_add_visible(&app->message, text, (size_t)len);
    app->message_style = style;
    free(text);
}

void tui_tell_diags(struct tui_app *app, const struct nb_diags *diags)
{
    const struct nb_diag *first = nb_diags_first(diags);
    if (first)
        tui_tell(app, first->severity == NB_ERROR ? TUI_ERROR : TUI_PLAIN, "%s", first->message);
}

void tui_copy(struct tui_app *app, const char *text, size_t len_bytes)
{
    app->clipboard.len = 0;
    nb_buf_add(&app->clipboard, text, len_bytes);
    nb_buf_putc(&app->clipboard, '\0');
    app->clipboard.len--;
    tui_terminal_copy(app->terminal, text, len_bytes);
}
