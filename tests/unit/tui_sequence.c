/* What terminals send becomes keys: the families of xterm, PuTTY, rxvt and the Linux console. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "tui/sequence.h"

/* The name of the key that a sequence, without its ESC [ or ESC O, stands for. */
static void assert_key(const char *text, const char *wanted)
{
    struct tui_sequence sequence = { .n_numbers = 1 };
    struct nb_buf name = { 0 };
    while (*text && tui_sequence_add(&sequence, (unsigned char)*text))
        text++;
    uint32_t key = tui_key_of_sequence(&sequence);
    if (key != TUI_NO_KEY)
        tui_key_add_name(&name, key);
    assert_text("key", nb_buf_text(&name), wanted);
    nb_buf_release(&name);
}

static void sequences_are_keys(void **state)
{
    static const char *const cases[][2] = {
        { "A", "↑" },
        { "D", "←" },
        { "H", "Home" },
        { "F", "End" },
        { "1~", "Home" },
        { "4~", "End" },
        { "7~", "Home" },
        { "8~", "End" },
        { "3~", "Del" },
        { "5~", "PgUp" },
        { "6~", "PgDn" },
        { "2~", "Ins" },
        { "P", "F1" },
        { "S", "F4" },
        { "11~", "F1" },
        { "14~", "F4" },
        { "15~", "F5" },
        { "17~", "F6" },
        { "21~", "F10" },
        { "24~", "F12" },
        { "[A", "F1" },
        { "[E", "F5" },
        { "Z", "Shift-Tab" },
        { "1;5H", "Ctrl-Home" },
        { "1;2D", "Shift-←" },
        { "1;3A", "Alt-↑" },
        { "5;5~", "Ctrl-PgUp" },
        { "1;6C", "Ctrl-Shift-→" },
        { "M", "Enter" },
    };
    (void)state;
    for (size_t i = 0; i < nb_countof(cases); i++)
        assert_key(cases[i][0], cases[i][1]);
}

static void what_is_no_key_is_swallowed(void **state)
{
    static const char *const cases[] = {
        "", "1", "9~", "99~", "?1;2c", ">0;276;0c", "1;2", "[Z", "x", "0~", "99999999999999999999~"
    };
    (void)state;
    for (size_t i = 0; i < nb_countof(cases); i++)
        assert_key(cases[i], "");
}

static void a_sequence_without_end_ends(void **state)
{
    struct tui_sequence sequence = { .n_numbers = 1 };
    int count = 0;
    (void)state;
    while (tui_sequence_add(&sequence, ';'))
        assert_true(++count < 100);
    assert_int_equal(sequence.last, 0);
}

static void control_characters_are_keys(void **state)
{
    (void)state;
    assert_int_equal(tui_key_of_char('\t'), TUI_KEY_TAB);
    assert_int_equal(tui_key_of_char('\r'), TUI_KEY_ENTER);
    assert_int_equal(tui_key_of_char(0x7F), TUI_KEY_BACKSPACE);
    assert_int_equal(tui_key_of_char('\b'), TUI_KEY_BACKSPACE);
    assert_int_equal(tui_key_of_char(0x13), TUI_CTRL | 's');
    assert_int_equal(tui_key_of_char('a'), 'a');
    assert_int_equal(tui_key_of_char(0x5E74), 0x5E74);
}

static void buttons_are_events(void **state)
{
    static const struct {
        int button;
        bool released;
        enum tui_mouse wanted;
    } cases[] = {
        { 0, false, TUI_MOUSE_PRESS }, { 0, true, TUI_MOUSE_RELEASE },
        { 32, false, TUI_MOUSE_DRAG }, { 64, false, TUI_MOUSE_UP },
        { 65, false, TUI_MOUSE_DOWN },
    };
    (void)state;
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct tui_event event = { .kind = TUI_EVENT_NONE };
        tui_event_set_mouse(&event, cases[i].button, cases[i].released, 3, 7);
        assert_int_equal(event.kind, TUI_EVENT_MOUSE);
        assert_int_equal(event.mouse, cases[i].wanted);
        assert_int_equal(event.y, 3);
        assert_int_equal(event.x, 7);
    }
    struct tui_event right = { .kind = TUI_EVENT_NONE };
    tui_event_set_mouse(&right, 2, false, 0, 0);
    assert_int_equal(right.kind, TUI_EVENT_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sequences_are_keys),
        cmocka_unit_test(what_is_no_key_is_swallowed),
        cmocka_unit_test(a_sequence_without_end_ends),
        cmocka_unit_test(control_characters_are_keys),
        cmocka_unit_test(buttons_are_events),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
