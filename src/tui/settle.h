/* Two keyings of one draft side by side: what differs, and settling it.
 *
 *      示例市 2024  2024.yaml *  复核对照                     差错 1  不同 2  已定 1
 *                                                        第一遍  第二遍    定为
 *     ✓申请 · 一、本年新收·自然人                            2217    2271    2217
 *     >申请 · 一、本年新收·总计                              2286      空
 *     ────────────────────────────────────────────────────────────────────────────────
 *      第一遍  2217+61+1+0+5+2=2286
 *      第二遍  2271+61+1+0+5+2=2340 ≠ ＿
 *
 * A figure is settled when both have it: choosing the first changes the second, and the other way
 * round. So nothing has to be remembered besides the two keyings themselves. */
#ifndef NIANBAO_TUI_SETTLE_H
#define NIANBAO_TUI_SETTLE_H

#include "app.h"
#include "session.h"

/* Shows what differs, if anything does, until the clerk leaves. Both sessions stay the caller's;
 * changes of the first are ordinary steps of it. True: nothing differs any more. */
bool tui_settle_run(struct tui_app *app, struct tui_session *first, struct tui_session *second);
/* How many figures differ. */
int tui_settle_count(const struct tui_session *first, const struct tui_session *second);

/* Commands of the context TUI_IN_SETTLING. */
void tui_settle_take(struct tui_screen *screen, int which); /* 0: the first, 1: the second */
void tui_settle_type(struct tui_screen *screen, int arg);
void tui_settle_undo(struct tui_screen *screen, int arg);
void tui_settle_help(struct tui_screen *screen, int arg);
void tui_settle_leave(struct tui_screen *screen, int arg);

#endif
