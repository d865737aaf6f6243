/* What an import was not certain of: the draft beside the report, line by line.
 *
 *     the cell, and what the draft holds │ what the report says there
 *
 * Cells that are doubtful for one reason, as those of a row, are one line. Enter goes to the cell
 * in the editor; from there one comes back to the list. A figure that the report's texts name is
 * written with one key, into the file at once, and taken back with another. Whatever is settled
 * is ticked. */
#ifndef NIANBAO_TUI_DOUBTS_H
#define NIANBAO_TUI_DOUBTS_H

#include "app.h"
#include "nianbao/import.h"

/* Is there anything to show? */
bool tui_doubts_any(const struct nb_import *import, const struct nb_diags *diags);
/* Shows doubts, and what else was told, `diags`, of the import that has been written to `path`. */
void tui_doubts_run(struct tui_app *app, const char *path, const struct nb_import *import,
                    const struct nb_diags *diags);

/* Commands of the contexts TUI_IN_DOUBTS and TUI_IN_PROPOSAL: see command.c. */
void tui_doubts_open(struct tui_screen *screen, int arg);
void tui_doubts_adopt(struct tui_screen *screen, int arg);
void tui_doubts_undo(struct tui_screen *screen, int arg);
void tui_doubts_help(struct tui_screen *screen, int arg);
void tui_doubts_leave(struct tui_screen *screen, int arg);

#endif
