/* Where the cursor was left in each draft, so that opening it again goes on there. Kept in
 * $XDG_STATE_HOME/nianbao/places, one line a draft, the latest first; a comfort, whose failures are
 * not told. */
#ifndef NIANBAO_TUI_PLACES_H
#define NIANBAO_TUI_PLACES_H

#include "session.h"

void tui_remember_place(const struct tui_session *session, const struct tui_place *place);
/* False where nothing is known, or the form has no such place. */
bool tui_recall_place(const struct tui_session *session, struct tui_place *place);

#endif
