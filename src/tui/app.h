/* The program on the screen: a stack of screens, of which the top one gets the events.
 *
 * A question is a screen run on top of another: tui_run() returns when it is answered, and the
 * caller goes on with the answer. Everything is drawn anew from the models each time, bottom up;
 * the terminal sends only what has changed. */
#ifndef NIANBAO_TUI_APP_H
#define NIANBAO_TUI_APP_H

#include "canvas.h"
#include "key.h"
#include "nianbao/report.h"
#include "terminal.h"

struct tui_screen;

struct tui_screen_kind {
    void (*draw)(struct tui_screen *screen, struct tui_canvas *canvas);
    /* Gets what no command of its contexts takes. */
    void (*event)(struct tui_screen *screen, const struct tui_event *event);
    /* Which commands apply now: enum tui_context, combined. */
    unsigned (*contexts)(const struct tui_screen *screen);
    bool whole; /* covers the terminal: nothing below it is drawn */
};

/* The first member of every screen. */
struct tui_screen {
    const struct tui_screen_kind *kind;
    struct tui_app *app;      /* set while it runs */
    struct tui_screen *below; /* likewise */
    bool done;
};

struct tui_app {
    struct tui_terminal *terminal;
    struct tui_canvas canvas;
    struct nb_catalog *catalog;
    struct tui_screen *top;
    struct nb_buf message; /* shown until the next key */
    enum tui_style message_style;
    struct nb_buf clipboard;
    enum nb_line_style lines; /* of prints */
    /* Called after each event, and with `all` when none came for a second: true where something
     * still waits to be kept. NULL: nothing to keep. */
    bool (*keep)(void *context, bool all);
    void *keep_context;
    bool ended; /* the terminal has gone: all screens return */
};

/* Runs the screen until it is done or the terminal has gone. */
void tui_run(struct tui_app *app, struct tui_screen *screen);
/* Draws all screens and shows them. */
void tui_redraw(struct tui_app *app);
/* Says something in the line above the hints, until the next key. */
void tui_tell(struct tui_app *app, enum tui_style style, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Says the first diagnostic of at least that severity, if there is one. */
void tui_tell_diags(struct tui_app *app, const struct nb_diags *diags);
/* To the clipboard of the program, and of the terminal where it has one. */
void tui_copy(struct tui_app *app, const char *text, size_t len_bytes);

enum tui_task { TUI_EDIT, TUI_VERIFY };

/* The whole program: the draft `path`, to be edited or keyed a second time, or the list of drafts
 * of the folder `path`. Returns an exit status: 0, or 2 where the terminal cannot be used or the
 * draft cannot be opened (*why then says the reason, or is NULL where `diags` has it). */
int tui_main(struct nb_catalog *catalog, const char *path, enum tui_task task,
             const struct tui_terminal_options *options, struct nb_diags *diags, const char **why);

#endif
