/* The terminal: the only place that knows ncurses. It shows canvases and reads events.
 *
 * One process has one terminal. It runs raw: every key is the program's, also ^C and ^Z. */
#ifndef NIANBAO_TUI_TERMINAL_H
#define NIANBAO_TUI_TERMINAL_H

#include "canvas.h"
#include "key.h"

struct tui_terminal;

enum tui_ambiguous {
    TUI_AMBIGUOUS_ASK, /* the terminal is asked how wide it draws “—” */
    TUI_AMBIGUOUS_NARROW,
    TUI_AMBIGUOUS_WIDE, /* such characters are shown as others whose width is certain */
};

struct tui_terminal_options {
    bool ascii; /* lines and marks in ASCII */
    enum tui_ambiguous ambiguous;
};

/* NULL where the terminal cannot be used; *why then says so, in Chinese. */
struct tui_terminal *tui_terminal_open(const struct tui_terminal_options *options,
                                       const char **why);
/* Leaves the terminal as it was; NULL is fine. */
void tui_terminal_close(struct tui_terminal *terminal);

/* Is the terminal in our hands now? */
bool tui_terminal_is_open(void);
/* Memory is exhausted: puts the terminal back as well as can be, says `message` and ends with
 * status 2. What was typed is in the journal. */
_Noreturn void tui_terminal_abandon(const char *message);

void tui_terminal_size(const struct tui_terminal *terminal, int *rows, int *columns);
/* Must lines and marks be drawn in ASCII? Asked for, or the terminal's width of others is not 1. */
bool tui_terminal_is_ascii(const struct tui_terminal *terminal);

/* Sends what has changed since the last time. */
void tui_terminal_show(struct tui_terminal *terminal, const struct tui_canvas *canvas);
/* Waits up to `timeout_ms`, -1 for ever. Unknown escape sequences are swallowed. */
void tui_terminal_read(struct tui_terminal *terminal, int timeout_ms, struct tui_event *event);

/* Has anything come that was not read yet? False also where that cannot be told. */
bool tui_terminal_has_input(const struct tui_terminal *terminal);

/* Gives the terminal to another program, and takes it back: everything is drawn anew. */
void tui_terminal_leave(struct tui_terminal *terminal);
void tui_terminal_enter(struct tui_terminal *terminal);
/* Stops the process as ^Z does elsewhere; returns when it goes on. */
void tui_terminal_suspend(struct tui_terminal *terminal);
/* Offers the text to the terminal's own clipboard (OSC 52), where it has one. */
void tui_terminal_copy(struct tui_terminal *terminal, const char *text, size_t len_bytes);

#endif
