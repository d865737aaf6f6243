/* Opening a draft that another program has open, or that one has left without saving. */
#ifndef NIANBAO_TUI_RECOVERY_H
#define NIANBAO_TUI_RECOVERY_H

#include "app.h"
#include "session.h"

/* Takes the session's journal, and asks what to do where it is taken or not empty. False: the draft
 * is not to be opened. */
bool tui_recover(struct tui_app *app, struct tui_session *session);

/* Has another program changed the file since it was read or saved? Then asks; true: save. */
bool tui_may_overwrite(struct tui_app *app, const struct tui_session *session);

#endif
