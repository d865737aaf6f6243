/* Keeps what is typed into an open draft safe until it is saved: writes the session's journal, and
 * brings back what an earlier journal holds. */
#ifndef NIANBAO_TUI_KEEPER_H
#define NIANBAO_TUI_KEEPER_H

#include "nianbao/history.h"
#include "nianbao/journal.h"

struct tui_session;

struct tui_keeper;

/* Opens the journal of the session's draft. NULL: there is none to be had, `diags` says why. */
struct tui_keeper *tui_keeper_open(struct tui_session *session, struct nb_diags *diags);
const struct nb_journal *tui_keeper_journal(const struct tui_keeper *keeper);

/* A change has been made: figures and lists are written at the next flush; a text after a newline,
 * 200 characters or a second. */
void tui_keeper_note(struct tui_keeper *keeper, const struct nb_change *change);
/* Writes what is due, with `all` everything. True: something still waits. The first failure of a
 * row is told. */
bool tui_keeper_flush(struct tui_keeper *keeper, bool all, struct nb_diags *diags);
/* Did the last flush fail? Then what it should have written is only in memory. */
bool tui_keeper_is_failing(const struct tui_keeper *keeper);
/* The draft is on the disk as it is: the journal begins anew. */
void tui_keeper_start(struct tui_keeper *keeper, const char *base, struct nb_diags *diags);

/* How many cells and texts the journal would change; appends a line for each. */
int tui_keeper_differences(const struct tui_keeper *keeper, struct nb_buf *out);
/* Makes the draft what the journal says, as one step. What the draft cannot hold is left out. */
void tui_keeper_recover(struct tui_keeper *keeper);
/* Puts the records into a file for people, and begins anew. */
enum nb_status tui_keeper_set_aside(struct tui_keeper *keeper, const char *path,
                                    struct nb_diags *diags);

/* With `remove` nothing stays beside the draft; NULL is fine. */
void tui_keeper_close(struct tui_keeper *keeper, bool remove);

#endif
