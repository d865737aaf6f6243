/* Review by a second person: the tables of a draft are keyed once more without seeing what is
 * there, and what differs is settled.
 *
 *     tui_verify_open()     asks who keys, or how to go on
 *     tui_editor_key()      the editor of the second keying
 *     tui_verify_settle()   the draft's own editor again: the two side by side, and a note
 *     tui_verify_release()  when the draft is saved, the second keying goes
 *
 * The second keying is a session without file. Its journal, `.NAME.verify` beside the draft, is all
 * there is of it: closing it half-way and opening it again brings back what was keyed. */
#ifndef NIANBAO_TUI_VERIFY_H
#define NIANBAO_TUI_VERIFY_H

#include "editor.h"

/* The whole of it, from outside the draft's editor: `first` names the draft and its form, and is
 * read again when there is something to compare. Shows nothing of its figures before. */
void tui_verify_run(struct tui_app *app, const struct tui_session *first);

/* The second keying of that draft, blank or as it was left; NULL: not now. *compares tells that it
 * is to be compared as it is. Hand it to tui_editor_key(), then to tui_verify_settle() or
 * tui_verify_close(). */
struct tui_session *tui_verify_open(struct tui_app *app, const struct tui_session *first,
                                    bool *compares);
/* Ends it; what was keyed stays on the disk, unless `remove`, or nothing was. NULL is fine. */
void tui_verify_close(struct tui_session *second, bool remove);

/* Compares the draft of the editor with its second keying, which becomes the editor's. */
void tui_verify_settle(struct tui_editor *editor, struct tui_session *second);
/* Ends the editor's second keying; it is gone when the draft is saved and nothing differs. */
void tui_verify_release(struct tui_editor *editor);

#endif
