/* What terminals send, as keys and events; knows no terminal. */
#ifndef NIANBAO_TUI_SEQUENCE_H
#define NIANBAO_TUI_SEQUENCE_H

#include "key.h"

/* What stands between ESC [ or ESC O and the last character of a sequence. Start from
 * { .n_numbers = 1 }. */
struct tui_sequence {
    int numbers[4]; /* the parameters, 0: not there */
    int n_numbers;
    int length;
    bool private;  /* begins with < = > ? */
    bool linux_f;  /* ESC [ [ A: a function key of the console */
    uint32_t last; /* 0: cut off */
};

/* Takes the next character; true: more belong to the sequence. */
bool tui_sequence_add(struct tui_sequence *sequence, uint32_t sign);
/* Function and editing keys as xterm, PuTTY, rxvt and the Linux console send them. */
uint32_t tui_key_of_sequence(const struct tui_sequence *sequence);
/* A character by itself; control characters are keys. */
uint32_t tui_key_of_char(uint32_t sign);
/* As xterm counts them: 2 Shift, 3 Alt, 5 Ctrl. */
uint32_t tui_key_modifiers(int number);
/* `button` as terminals count: 0 left, 32 moving, 64 and 65 the wheel, 4 8 16 with modifiers. */
void tui_event_set_mouse(struct tui_event *event, int button, bool released, int y, int x);

#endif
