/* Questions. Each runs on top of the screen that asks, survives any size of the terminal, is
 * answered with Enter, Esc and arrows or the mouse, and shows its keys.
 *
 * Texts are valid UTF-8: a file's name first goes through nb_text_add_visible(). */
#ifndef NIANBAO_TUI_DIALOG_H
#define NIANBAO_TUI_DIALOG_H

#include "app.h"

/* Shows `text`, lines ended by \n, scrollable where they do not fit, and the answers side by side;
 * `answers` ends with NULL. Returns the one chosen, -1 for Esc. */
int tui_ask(struct tui_app *app, const char *title, const char *text, const char *const *answers,
            int chosen);

/* Asks for one line; `text` holds what stands there first and receives the answer. False for Esc,
 * `text` is then as it was. `help` is a line below it, may be "". */
bool tui_ask_line(struct tui_app *app, const char *title, const char *help, struct nb_buf *text);

/* One of a list, narrowed by typing. */
struct tui_choice {
    const char *text;
    const char *note; /* at the right edge, may be "" */
};
/* The index chosen, -1 for Esc. */
int tui_ask_choice(struct tui_app *app, const char *title, const struct tui_choice *choices,
                   int n_choices, int chosen);
/* The same; a digit typed first takes the choice at once that it is the note of. */
int tui_ask_numbered(struct tui_app *app, const char *title, const struct tui_choice *choices,
                     int n_choices, int chosen);

#endif
