/* Suspects on the screen: in words, and adopted as an edit. Nothing changes by itself. */
#ifndef NIANBAO_TUI_SUSPECTS_H
#define NIANBAO_TUI_SUSPECTS_H

#include "session.h"

/* Is there anything to adopt? */
bool tui_hint_proposes(const struct nb_hint *hint);
/* May a person be led to the set, by its number? */
bool tui_hint_names(const struct nb_hint *hint, int set);
/* The hint that names the cell; NULL: none. */
const struct nb_hint *tui_hint_about(const struct tui_session *session, int cell);

/* Appends one set for a list: “（一）予以公开·自然人”1048 应为 1408（数字颠倒）. */
void tui_hint_add_set(struct nb_buf *out, const struct tui_session *session,
                      const struct nb_hint *hint, int set);
/* Appends what the hint comes to, for a line behind the finding; nothing where it tells nothing.
 * Names leave out what the cell `near` has in common with them, -1: none. */
void tui_hint_add_brief(struct nb_buf *out, const struct tui_session *session,
                        const struct nb_hint *hint, int near);

/* Writes the figures of the set as one step, says in `done` what has changed and returns the first
 * cell of the set. */
int tui_hint_adopt(struct tui_session *session, const struct nb_hint *hint, int set,
                   struct nb_buf *done);

#endif
