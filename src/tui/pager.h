/* A text to read: help, and the preview of the finished report. */
#ifndef NIANBAO_TUI_PAGER_H
#define NIANBAO_TUI_PAGER_H

#include "app.h"

struct nb_draft;

/* Shows lines ended by \n, which are wrapped to the screen, until the reader leaves. */
void tui_read_text(struct tui_app *app, const char *title, const char *text);

/* Shows the finished report of the draft, the same bytes that `nianbao print` writes at 80 columns;
 * from there it can be written beside the draft `path` as text or HTML. */
void tui_preview(struct tui_app *app, const struct nb_draft *draft, const char *path);

/* Shows the finished report of a draft that is only looked at, from the line that begins with
 * `heading` on where there is one. */
void tui_look_at(struct tui_app *app, const struct nb_draft *draft, const char *title,
                 const char *heading);

/* Writes the report beside the draft, NAME.txt for NAME.yaml, and says where, after `before`. */
void tui_print_beside(struct tui_app *app, const struct nb_draft *draft, const char *path,
                      const char *before);

/* Commands of the contexts TUI_IN_PAGER: see command.c. `screen` is the pager's. */
void tui_pager_leave(struct tui_screen *screen, int arg);
void tui_pager_write_text(struct tui_screen *screen, int arg);
void tui_pager_write_html(struct tui_screen *screen, int arg);
void tui_pager_find(struct tui_screen *screen, int arg);
void tui_pager_find_next(struct tui_screen *screen, int arg);

#endif
