/* Undo and redo: after any number of steps the draft is byte by byte what it was. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/history.h"

static char *written(const struct nb_draft *draft)
{
    struct nb_buf text = { 0 };
    nb_draft_write(draft, &text);
    return text.data;
}

static void assert_written(const char *name, const struct nb_draft *draft, const char *wanted)
{
    char *got = written(draft);
    assert_text(name, got, wanted);
    free(got);
}

static struct nb_figure count_of(int64_t units)
{
    return (struct nb_figure) { .units = units, .filled = true };
}

static void set_figure(struct nb_history *history, int cell, int64_t units, bool join)
{
    nb_history_begin(history, join);
    nb_history_set_figure(history, cell, count_of(units));
    nb_history_end(history);
}

static void a_step_is_undone_as_a_whole(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "requests.new.natural=5");
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_history *history = nb_history_new(draft, NULL, NULL);
    char *before = written(draft);
    nb_history_begin(history, false);
    nb_history_set_figure(history, cell_at(form, "requests.new.natural"), count_of(7));
    nb_history_set_figure(history, cell_at(form, "requests.new.company"), count_of(1));
    nb_history_set_text(history, NB_TEXT_PREAMBLE, "本报告");
    nb_history_end(history);
    char *after = written(draft);
    assert_true(nb_history_undo(history));
    assert_written("undone", draft, before);
    assert_false(nb_history_undo(history));
    assert_true(nb_history_redo(history));
    assert_written("again", draft, after);
    assert_false(nb_history_redo(history));
    free(before);
    free(after);
    nb_history_free(history);
    nb_draft_free(draft);
}

static void steps_without_changes_are_none(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "requests.new.natural=5");
    struct nb_history *history = nb_history_new(draft, NULL, NULL);
    set_figure(history, cell_at(nb_draft_form(draft), "requests.new.natural"), 5, false);
    assert_false(nb_history_undo(history));
    assert_true(nb_history_is_saved(history));
    nb_history_free(history);
    nb_draft_free(draft);
}

static void joined_steps_are_one(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    struct nb_history *history = nb_history_new(draft, NULL, NULL);
    static const char *const typed[] = { "年", "报", "告" };
    for (size_t i = 0; i < nb_countof(typed); i++) {
        nb_history_begin(history, i > 0);
        nb_history_splice(history, NB_TEXT_PREAMBLE, 3 * i, 0, typed[i], 3);
        nb_history_end(history);
    }
    assert_string_equal(nb_draft_text(draft, NB_TEXT_PREAMBLE), "年报告");
    assert_true(nb_history_undo(history));
    assert_string_equal(nb_draft_text(draft, NB_TEXT_PREAMBLE), "");
    nb_history_free(history);
    nb_draft_free(draft);
}

static void the_saved_state_is_known_again(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    struct nb_history *history = nb_history_new(draft, NULL, NULL);
    set_figure(history, 0, 1, false);
    assert_false(nb_history_is_saved(history));
    nb_history_mark_saved(history);
    set_figure(history, 0, 2, true); /* never joins what has been saved */
    assert_false(nb_history_is_saved(history));
    nb_history_undo(history);
    assert_true(nb_history_is_saved(history));
    assert_int_equal(nb_draft_figure(draft, 0).units, 1);
    nb_history_undo(history);
    assert_false(nb_history_is_saved(history));
    set_figure(history, 0, 3, false); /* the saved state is gone for good */
    assert_false(nb_history_is_saved(history));
    nb_history_undo(history);
    assert_false(nb_history_is_saved(history));
    nb_history_free(history);
    nb_draft_free(draft);
}

static void changing_a_finished_draft_takes_its_mark_in_the_same_step(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    nb_draft_set_text(draft, NB_TEXT_FINISHED_AT, "2025-01-20T16:00:00+08:00");
    nb_draft_set_text(draft, NB_TEXT_FINISHED_CONTENT, "sha256:0");
    struct nb_history *history = nb_history_new(draft, NULL, NULL);
    char *before = written(draft);
    set_figure(history, 0, 1, false);
    assert_string_equal(nb_draft_text(draft, NB_TEXT_FINISHED_AT), "");
    assert_string_equal(nb_draft_text(draft, NB_TEXT_FINISHED_CONTENT), "");
    nb_history_undo(history);
    assert_written("undone", draft, before);
    free(before);
    nb_history_free(history);
    nb_draft_free(draft);
}

/* ---- many random edits ---- */

static void count_changes(void *context, const struct nb_change *change)
{
    (void)change;
    ++*(int *)context;
}

static void change_at_random(struct nb_history *history, struct nb_draft *draft, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    int cell = random_below(seed, form->n_cells), kind = random_below(seed, 4);
    int records = nb_draft_record_count(draft, NB_LIST_MARKS);
    const char *fields[NB_RECORD_FIELDS] = { form->cells[cell].address, "待核" };
    const char *text = nb_draft_text(draft, NB_TEXT_PREAMBLE);
    size_t length = strlen(text), chars = length / 3;
    size_t from = (size_t)random_below(seed, (int)chars + 1);
    size_t removed = (size_t)random_below(seed, (int)(chars - from) + 1);
    if (kind == 0)
        nb_history_set_figure(history, cell, random_figure(seed, form->cells[cell].kind));
    else if (kind == 1)
        nb_history_splice(history, NB_TEXT_PREAMBLE, 3 * from, 3 * removed, "甲乙丙", 9);
    else if (kind == 2 || !records)
        nb_history_add_record(history, NB_LIST_MARKS, fields);
    else
        nb_history_remove_record(history, NB_LIST_MARKS, random_below(seed, records));
}

static void any_sequence_can_be_undone_and_done_again(void **state)
{
    enum { STEPS = 200 };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2019"), "");
    int told = 0;
    struct nb_history *history = nb_history_new(draft, count_changes, &told);
    char *states[STEPS + 1] = { written(draft) };
    uint64_t seed = 99;
    int steps = 0;
    for (int round = 0; steps < STEPS; round++) {
        nb_history_begin(history, false);
        for (int i = random_below(&seed, 4); i >= 0; i--)
            change_at_random(history, draft, &seed);
        nb_history_end(history);
        char *now = written(draft);
        if (strcmp(now, states[steps]) != 0)
            states[++steps] = now;
        else
            free(now);
    }
    assert_true(told >= STEPS);
    for (int i = steps; i > 0;) {
        assert_true(nb_history_undo(history));
        char *now = written(draft);
        if (strcmp(now, states[i]) != 0)
            assert_text("undone", now, states[--i]);
        free(now);
    }
    for (int i = 0; i < steps;) {
        assert_true(nb_history_redo(history));
        char *now = written(draft);
        if (strcmp(now, states[i]) != 0)
            assert_text("again", now, states[++i]);
        free(now);
    }
    for (int i = 0; i <= steps; i++)
        free(states[i]);
    nb_history_free(history);
    nb_draft_free(draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_step_is_undone_as_a_whole),
        cmocka_unit_test(steps_without_changes_are_none),
        cmocka_unit_test(joined_steps_are_one),
        cmocka_unit_test(the_saved_state_is_known_again),
        cmocka_unit_test(changing_a_finished_draft_takes_its_mark_in_the_same_step),
        cmocka_unit_test(any_sequence_can_be_undone_and_done_again),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
