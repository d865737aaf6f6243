/* The list of drafts in a folder, and what makes new ones. */
#ifndef NIANBAO_TUI_DRAFTS_H
#define NIANBAO_TUI_DRAFTS_H

#include <time.h>

#include "app.h"

/* Runs until the clerk quits; opens drafts in the editor. */
void tui_drafts_run(struct tui_app *app, const char *folder);

struct tui_folder;
/* Asks for unit, year, form and prior draft and makes the file in the folder, whose entries it
 * suggests from. True: `name` is the file's, in the folder. */
bool tui_new_draft(struct tui_app *app, const struct tui_folder *folder, struct nb_buf *name);
/* Asks for a report, makes a draft of it in the folder, and shows what was not read with certainty.
 * True: `name` is the draft's. */
bool tui_import_report(struct tui_app *app, const struct tui_folder *folder, struct nb_buf *name);
/* The year that a report made at that time is about: until June the one before. */
int tui_new_draft_year(time_t now);

/* Commands of the context TUI_IN_DRAFTS. */
void tui_drafts_open(struct tui_screen *screen, int arg);
void tui_drafts_new(struct tui_screen *screen, int arg);
void tui_drafts_import(struct tui_screen *screen, int arg);
void tui_drafts_compare(struct tui_screen *screen, int arg);
void tui_drafts_verify(struct tui_screen *screen, int arg);
void tui_drafts_print(struct tui_screen *screen, int arg);
void tui_drafts_find(struct tui_screen *screen, int arg);
void tui_drafts_help(struct tui_screen *screen, int arg);
void tui_drafts_leave(struct tui_screen *screen, int arg);

#endif
