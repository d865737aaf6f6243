#include "sequence.h"

#include <string.h>

/* Longer ones are no keys; what follows is read as it is. */
enum { MOST_SIGNS = 64 };

bool tui_sequence_add(struct tui_sequence *sequence, uint32_t sign)
{
    int *number = &sequence->numbers[sequence->n_numbers - 1];
    if (sign >= '0' && sign <= '9' && *number < 10000)
        *number = *number * 10 + (int)(sign - '0');
    else if (sign == ';' && sequence->n_numbers < (int)nb_countof(sequence->numbers))
        sequence->n_numbers++;
    else if (sign >= '<' && sign <= '?')
        sequence->private = true;
    else if (sign == '[' && sequence->length == 0)
        sequence->linux_f = true;
    else if (sign >= '@' && sign <= '~')
        sequence->last = sign;
    return !sequence->last && ++sequence->length < MOST_SIGNS;
}

uint32_t tui_key_modifiers(int number)
{
    int bits = number > 1 ? number - 1 : 0;
    return (bits & 1 ? TUI_SHIFT : 0u) | (bits & 2 ? TUI_ALT : 0u) | (bits & 4 ? TUI_CTRL : 0u);
}

uint32_t tui_key_of_char(uint32_t sign)
{
    switch (sign) {
    case '\t':
        return TUI_KEY_TAB;
    case '\r':
    case '\n':
        return TUI_KEY_ENTER;
    case '\b':
    case 0x7F:
        return TUI_KEY_BACKSPACE;
    case 0x1B:
        return TUI_KEY_ESC;
    case 0:
        return TUI_CTRL | ' ';
    }
    if (sign < ' ')
        return TUI_CTRL | (sign < 27 ? sign - 1 + 'a' : sign + '@');
    return sign < TUI_KEY_FIRST ? sign : TUI_NO_KEY;
}

uint32_t tui_key_of_sequence(const struct tui_sequence *sequence)
{
    static const uint32_t tilde[] = {
        [1] = TUI_KEY_HOME,     [2] = TUI_KEY_INSERT,   [3] = TUI_KEY_DELETE,
        [4] = TUI_KEY_END,      [5] = TUI_KEY_PAGE_UP,  [6] = TUI_KEY_PAGE_DOWN,
        [7] = TUI_KEY_HOME,     [8] = TUI_KEY_END,      [11] = TUI_KEY_F1,
        [12] = TUI_KEY_F1 + 1,  [13] = TUI_KEY_F1 + 2,  [14] = TUI_KEY_F1 + 3,
        [15] = TUI_KEY_F1 + 4,  [17] = TUI_KEY_F1 + 5,  [18] = TUI_KEY_F1 + 6,
        [19] = TUI_KEY_F1 + 7,  [20] = TUI_KEY_F1 + 8,  [21] = TUI_KEY_F1 + 9,
        [23] = TUI_KEY_F1 + 10, [24] = TUI_KEY_F1 + 11,
    };
    static const char letters[] = "ABCDHFPQRSZM";
    static const uint32_t keys[] = { TUI_KEY_UP,
                                     TUI_KEY_DOWN,
                                     TUI_KEY_RIGHT,
                                     TUI_KEY_LEFT,
                                     TUI_KEY_HOME,
                                     TUI_KEY_END,
                                     TUI_KEY_F1,
                                     TUI_KEY_F1 + 1,
                                     TUI_KEY_F1 + 2,
                                     TUI_KEY_F1 + 3,
                                     TUI_KEY_TAB | TUI_SHIFT,
                                     TUI_KEY_ENTER };
    int number = sequence->numbers[0];
    uint32_t modifiers = tui_key_modifiers(sequence->numbers[1]);
    if (sequence->private || !sequence->last || sequence->last > '~')
        return TUI_NO_KEY;
    if (sequence->linux_f)
        return sequence->last <= 'E' ? TUI_KEY_F1 + (sequence->last - 'A') : TUI_NO_KEY;
    if (sequence->last == '~')
        return number > 0 && number < (int)nb_countof(tilde) && tilde[number]
                   ? tilde[number] | modifiers
                   : TUI_NO_KEY;
    const char *letter = strchr(letters, (int)sequence->last);
    return letter ? keys[letter - letters] | modifiers : TUI_NO_KEY;
}

void tui_event_set_mouse(struct tui_event *event, int button, bool released, int y, int x)
{
    enum { WHICH = 3, MOVING = 32, WHEEL = 64 };
    bool wheel = button & WHEEL;
    int which = button & WHICH;
    event->kind = which > wheel ? TUI_EVENT_NONE : TUI_EVENT_MOUSE;
    event->y = y;
    event->x = x;
    if (wheel)
        event->mouse = which ? TUI_MOUSE_DOWN : TUI_MOUSE_UP;
    else if (released)
        event->mouse = TUI_MOUSE_RELEASE;
    else
        event->mouse = button & MOVING ? TUI_MOUSE_DRAG : TUI_MOUSE_PRESS;
}
