/* The table of commands: every one can be run without keys that terminals keep for themselves. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/command.h"
#include "tui/editor.h"

/* One byte, or a key without modifiers. */
static bool is_plain(uint32_t key)
{
    uint32_t code = key & ~(uint32_t)TUI_MODIFIERS, modifiers = key & TUI_MODIFIERS;
    return key != TUI_NO_KEY &&
           (!modifiers || (modifiers == TUI_CTRL && code >= 'a' && code <= 'z'));
}

static bool has_plain_key(const struct tui_command *command)
{
    for (int i = 0; i < tui_n_commands; i++) {
        const struct tui_command *same = &tui_commands[i];
        if (same->run != command->run || same->arg != command->arg ||
            !(same->contexts & command->contexts))
            continue;
        for (size_t j = 0; j < nb_countof(same->keys); j++) {
            if (is_plain(same->keys[j]))
                return true;
        }
    }
    return false;
}

/* What other plain keys do step by step: ^G and a digit, ^T and an arrow, arrows and Home twice;
 * suspending is in the list of commands alone, since ^Z is taken. */
static bool has_a_way_round(const struct tui_command *command)
{
    bool marks = (command->run == tui_edit_move || command->run == tui_edit_move_prose) &&
                 (command->arg & TUI_MARKING_MOVE);
    bool leaps = command->run == tui_edit_move_prose &&
                 ((command->arg >= TUI_TO_WORD_LEFT && command->arg <= TUI_TO_PARAGRAPH_DOWN) ||
                  command->arg == TUI_TO_START || command->arg == TUI_TO_END);
    bool edges = command->run == tui_edit_move &&
                 (command->arg == TUI_STEP_FIRST || command->arg == TUI_STEP_LAST);
    bool back = (command->run == tui_edit_move || command->run == tui_edit_commit_and) &&
                command->arg == TUI_STEP_BACK;
    return marks || leaps || edges || back || command->run == tui_edit_section ||
           command->run == tui_edit_suspend;
}

static void every_command_has_a_plain_key(void **state)
{
    (void)state;
    for (int i = 0; i < tui_n_commands; i++) {
        if (!has_plain_key(&tui_commands[i]) && !has_a_way_round(&tui_commands[i]))
            fail_msg("no plain key: %s", tui_commands[i].title);
    }
}

/* The first command that fits is run: one behind it with the same key would be dead. */
static void no_key_is_taken_twice(void **state)
{
    (void)state;
    for (int i = 0; i < tui_n_commands; i++) {
        const struct tui_command *command = &tui_commands[i];
        for (size_t j = 0; j < nb_countof(command->keys) && command->keys[j]; j++) {
            for (unsigned context = 1; context <= command->contexts; context <<= 1) {
                bool narrow = context == TUI_IN_PREVIEW || context == TUI_IN_SECOND;
                if ((command->contexts & context) && !narrow &&
                    tui_find_command(context, command->keys[j]) != command)
                    fail_msg("taken twice: %s", command->title);
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_has_a_plain_key),
        cmocka_unit_test(no_key_is_taken_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
