/* Keys by their names. */
#ifndef KEYS_H
#define KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <vterm.h>

struct key {
    VTermKey code; /* VTERM_KEY_NONE: the bytes */
    VTermModifier modifiers;
    char bytes[8];
    size_t len_bytes;
};

bool keys_find(const char *name, struct key *key);
/* Writes a character as UTF-8; returns how many bytes, at most 4, without a NUL. */
size_t keys_encode(uint32_t code, char *bytes);

#endif
