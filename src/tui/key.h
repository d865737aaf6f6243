/* What comes from the terminal: keys, pasted text, the mouse, changes of size. */
#ifndef NIANBAO_TUI_KEY_H
#define NIANBAO_TUI_KEY_H

#include <stdint.h>

#include "nianbao/base.h"

/* A key is a character or one of the named keys, with modifiers. Control characters are keys with
 * TUI_CTRL: ^S is TUI_CTRL | 's'. */
enum {
    TUI_NO_KEY,
    TUI_KEY_FIRST = 0x110000,
    TUI_KEY_TAB,
    TUI_KEY_ENTER,
    TUI_KEY_ESC,
    TUI_KEY_BACKSPACE,
    TUI_KEY_DELETE,
    TUI_KEY_INSERT,
    TUI_KEY_UP,
    TUI_KEY_DOWN,
    TUI_KEY_LEFT,
    TUI_KEY_RIGHT,
    TUI_KEY_HOME,
    TUI_KEY_END,
    TUI_KEY_PAGE_UP,
    TUI_KEY_PAGE_DOWN,
    TUI_KEY_F1,
    TUI_KEY_F12 = TUI_KEY_F1 + 11,
    TUI_KEY_LAST,
    TUI_SHIFT = 1 << 24,
    TUI_ALT = 1 << 25,
    TUI_CTRL = 1 << 26,
    TUI_MODIFIERS = TUI_SHIFT | TUI_ALT | TUI_CTRL,
};

/* Is it a character that can be typed into a text? */
bool tui_key_is_text(uint32_t key);
/* Appends the key's name as hints show it: F2, ^S, Alt-a, Shift-Tab, ↑. */
void tui_key_add_name(struct nb_buf *out, uint32_t key);

enum tui_event_kind {
    TUI_EVENT_NONE, /* nothing came in time, or nothing that means anything */
    TUI_EVENT_KEY,
    TUI_EVENT_PASTE,
    TUI_EVENT_MOUSE,
    TUI_EVENT_RESIZE,
    TUI_EVENT_HANGUP, /* the terminal has gone */
};

enum tui_mouse { TUI_MOUSE_PRESS, TUI_MOUSE_DRAG, TUI_MOUSE_RELEASE, TUI_MOUSE_UP, TUI_MOUSE_DOWN };

struct tui_event {
    enum tui_event_kind kind;
    uint32_t key;
    struct nb_buf paste; /* owned by the terminal until the next event; valid UTF-8 */
    enum tui_mouse mouse;
    int y, x; /* of the mouse */
};

#endif
