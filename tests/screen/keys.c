#include "keys.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    VTermKey code;
} named[] = {
    { "Tab", VTERM_KEY_TAB },
    { "Enter", VTERM_KEY_ENTER },
    { "Backspace", VTERM_KEY_BACKSPACE },
    { "Up", VTERM_KEY_UP },
    { "Down", VTERM_KEY_DOWN },
    { "Left", VTERM_KEY_LEFT },
    { "Right", VTERM_KEY_RIGHT },
    { "Ins", VTERM_KEY_INS },
    { "Del", VTERM_KEY_DEL },
    { "Home", VTERM_KEY_HOME },
    { "End", VTERM_KEY_END },
    { "PgUp", VTERM_KEY_PAGEUP },
    { "PgDn", VTERM_KEY_PAGEDOWN },
};

static const struct {
    const char *prefix;
    VTermModifier modifier;
} prefixes[] = {
    { "Shift-", VTERM_MOD_SHIFT },
    { "Alt-", VTERM_MOD_ALT },
    { "Ctrl-", VTERM_MOD_CTRL },
};

size_t keys_encode(uint32_t code, char *bytes)
{
    if (code < 0x80) {
        bytes[0] = (char)code;
        return 1;
    }
    size_t len = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char heads[] = { 0, 0, 0xC0, 0xE0, 0xF0 };
    for (size_t i = len - 1; i > 0; i--, code >>= 6)
        bytes[i] = (char)(0x80 | (code & 0x3F));
    bytes[0] = (char)(heads[len] | code);
    return len;
}

static void cut_modifiers(const char **name, struct key *key)
{
    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
        size_t len = strlen(prefixes[i].prefix);
        if (strncmp(*name, prefixes[i].prefix, len) == 0 && (*name)[len]) {
            key->modifiers |= prefixes[i].modifier;
            *name += len;
            i = (size_t)-1; /* in any order */
        }
    }
}

static VTermKey code_of(const char *name)
{
    int number = 0, used = 0;
    if (sscanf(name, "F%2d%n", &number, &used) == 1 && !name[used] && number >= 1 && number <= 12)
        return (VTermKey)VTERM_KEY_FUNCTION(number);
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        if (strcmp(named[i].name, name) == 0)
            return named[i].code;
    }
    return VTERM_KEY_NONE;
}

/* One character or ^X; libvterm would encode some of these as no xterm does by default. */
static bool take_character(const char *name, struct key *key)
{
    char *out = key->bytes;
    size_t len = strlen(name);
    bool control = key->modifiers & VTERM_MOD_CTRL;
    if (name[0] == '^' && len == 2) {
        control = true;
        name++;
        len = 1;
    }
    bool one = len == 1 || (len > 1 && len < 5 && (unsigned char)name[0] >= 0xC0);
    if (!one || (control &&
                 !strchr("@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_ abcdefghijklmnopqrstuvwxyz", name[0])))
        return false;
    if (key->modifiers & VTERM_MOD_ALT)
        *out++ = '\033';
    memcpy(out, name, len);
    if (control)
        *out &= 0x1F;
    key->len_bytes = (size_t)(out - key->bytes) + len;
    return true;
}

bool keys_find(const char *name, struct key *key)
{
    *key = (struct key) { .code = VTERM_KEY_NONE };
    cut_modifiers(&name, key);
    if (strcmp(name, "Esc") == 0)
        return take_character("^[", key);
    if (strcmp(name, "Space") == 0)
        return take_character(" ", key);
    key->code = code_of(name);
    return key->code != VTERM_KEY_NONE || take_character(name, key);
}
