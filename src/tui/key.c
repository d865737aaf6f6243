#include "key.h"

#include "nianbao/text.h"

static const char *const names[TUI_KEY_LAST - TUI_KEY_FIRST] = {
    [TUI_KEY_TAB - TUI_KEY_FIRST] = "Tab",      [TUI_KEY_ENTER - TUI_KEY_FIRST] = "Enter",
    [TUI_KEY_ESC - TUI_KEY_FIRST] = "Esc",      [TUI_KEY_BACKSPACE - TUI_KEY_FIRST] = "退格",
    [TUI_KEY_DELETE - TUI_KEY_FIRST] = "Del",   [TUI_KEY_INSERT - TUI_KEY_FIRST] = "Ins",
    [TUI_KEY_UP - TUI_KEY_FIRST] = "↑",         [TUI_KEY_DOWN - TUI_KEY_FIRST] = "↓",
    [TUI_KEY_LEFT - TUI_KEY_FIRST] = "←",       [TUI_KEY_RIGHT - TUI_KEY_FIRST] = "→",
    [TUI_KEY_HOME - TUI_KEY_FIRST] = "Home",    [TUI_KEY_END - TUI_KEY_FIRST] = "End",
    [TUI_KEY_PAGE_UP - TUI_KEY_FIRST] = "PgUp", [TUI_KEY_PAGE_DOWN - TUI_KEY_FIRST] = "PgDn",
};

bool tui_key_is_text(uint32_t key)
{
    return key >= ' ' && key < TUI_KEY_FIRST && key != 0x7F;
}

void tui_key_add_name(struct nb_buf *out, uint32_t key)
{
    uint32_t code = key & ~(uint32_t)TUI_MODIFIERS;
    bool named = code >= TUI_KEY_FIRST;
    if (key & TUI_CTRL)
        nb_buf_puts(out, named ? "Ctrl-" : "^");
    if (key & TUI_ALT)
        nb_buf_puts(out, "Alt-");
    if (key & TUI_SHIFT)
        nb_buf_puts(out, "Shift-");
    if (code >= TUI_KEY_F1 && code <= TUI_KEY_F12)
        nb_buf_printf(out, "F%d", (int)(code - TUI_KEY_F1) + 1);
    else if (named)
        nb_buf_puts(out, names[code - TUI_KEY_FIRST]);
    else if (key & TUI_CTRL && code >= 'a' && code <= 'z')
        nb_buf_putc(out, (char)(code - 'a' + 'A'));
    else
        nb_utf8_add(out, code);
}
