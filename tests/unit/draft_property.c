/* Properties over random drafts of every built-in form, the same ones in every run. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/text.h"

enum { ROUNDS = 300 };

static void set_random_text(struct nb_draft *draft, int text, uint64_t *seed, int most)
{
    struct nb_buf value = { 0 };
    add_random_text(&value, seed, most);
    bool one_line = text < NB_TEXT_PROSE && text != NB_TEXT_PREAMBLE;
    for (size_t i = 0; one_line && i < value.len; i++) {
        if (strchr("\n\t", value.data[i]))
            value.data[i] = '.';
    }
    if (text == NB_TEXT_UNIT)
        nb_buf_puts(&value, "市");
    nb_draft_set_text(draft, text, nb_buf_text(&value));
    nb_buf_release(&value);
}

static void add_random_records(struct nb_draft *draft, uint64_t *seed)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int count = random_below(seed, 4); count > 0; count--) {
        struct nb_buf text = { 0 }, reason = { 0 };
        add_random_text(&text, seed, 8);
        add_random_text(&reason, seed, 8);
        const char *cell = form->cells[random_below(seed, form->n_cells)].address;
        const char *const mark[NB_RECORD_FIELDS] = { cell, text.data, reason.data, "2025-01-12" };
        const char *const accepted[NB_RECORD_FIELDS] = { "prose.figure", cell, text.data,
                                                         reason.data };
        nb_draft_add_record(draft, NB_LIST_MARKS, mark);
        nb_draft_add_record(draft, NB_LIST_ACCEPTED, accepted);
        nb_buf_release(&text);
        nb_buf_release(&reason);
    }
}

static struct nb_draft *random_draft(const struct nb_form *form, uint64_t *seed)
{
    struct nb_draft *draft = nb_draft_new(form);
    nb_draft_set_year(draft, 1000 + random_below(seed, 9000));
    for (int cell = 0; cell < form->n_cells; cell++)
        nb_draft_set_figure(draft, cell, random_figure(seed, form->cells[cell].kind));
    for (int text = 0; text < nb_draft_text_count(draft); text++) {
        bool dated = text == NB_TEXT_SIGNED_DATE;
        if (text == NB_TEXT_UNIT || (!dated && random_below(seed, 3)))
            set_random_text(draft, text, seed, text < NB_TEXT_PROSE ? 6 : 40);
        else if (dated && random_below(seed, 2))
            nb_draft_set_text(draft, text, "2024-02-29");
    }
    add_random_records(draft, seed);
    return draft;
}

static void assert_same_draft(const struct nb_draft *got, const struct nb_draft *wanted)
{
    const struct nb_form *form = nb_draft_form(wanted);
    assert_int_equal(nb_draft_year(got), nb_draft_year(wanted));
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_figure a = nb_draft_figure(got, cell), b = nb_draft_figure(wanted, cell);
        if (a.filled != b.filled || a.units != b.units || a.decimals != b.decimals)
            fail_msg("%s: %lld/%d, wanted %lld/%d", form->cells[cell].address, (long long)a.units,
                     a.decimals, (long long)b.units, b.decimals);
    }
    for (int text = 0; text < nb_draft_text_count(wanted); text++)
        assert_text(nb_draft_text_address(wanted, text), nb_draft_text(got, text),
                    nb_draft_text(wanted, text));
    for (enum nb_list list = NB_LIST_MARKS; list < NB_LIST_COUNT; list++) {
        assert_int_equal(nb_draft_record_count(got, list), nb_draft_record_count(wanted, list));
        for (int i = 0; i < nb_draft_record_count(wanted, list); i++) {
            for (int field = 0; field < NB_RECORD_FIELDS; field++)
                assert_text("record", nb_draft_record(got, list, i)[field],
                            nb_draft_record(wanted, list, i)[field]);
        }
    }
}

/* write -> read is identity; write -> read -> write changes no byte. */
static void what_is_written_reads_the_same(void **state)
{
    uint64_t seed = 20250120;
    for (int round = 0; round < ROUNDS; round++) {
        int index = round % nb_catalog_count(*state);
        const struct nb_form *form = form_of_id(*state, nb_catalog_id(*state, index));
        struct nb_draft *draft = random_draft(form, &seed);
        struct nb_buf text = { 0 }, again = { 0 };
        nb_draft_write(draft, &text);
        struct nb_draft *copy = draft_of_bytes(*state, text.data, text.len);
        assert_same_draft(copy, draft);
        nb_draft_write(copy, &again);
        assert_bytes("written again", &again, text.data, text.len);
        assert_false(nb_draft_file_has_comments(text.data, text.len));
        nb_draft_free(draft);
        nb_draft_free(copy);
        nb_buf_release(&text);
        nb_buf_release(&again);
    }
}

/* The place of every figure is where its digits stand, and of every text where it begins. */
static void places_are_where_things_stand(void **state)
{
    uint64_t seed = 5;
    for (int round = 0; round < 30; round++) {
        const struct nb_form *form = form_of_id(*state, round % 2 ? "2019" : "2021");
        struct nb_draft *draft = random_draft(form, &seed);
        struct nb_buf text = { 0 };
        nb_draft_write(draft, &text);
        struct nb_draft *copy = draft_of_bytes(*state, text.data, text.len);
        for (int cell = 0; cell < form->n_cells; cell++) {
            struct nb_mark mark = nb_draft_cell_mark(copy, cell);
            const char *at = text.data;
            for (int line = 1; line < mark.line; line++)
                at = strchr(at, '\n') + 1;
            at += mark.column - 1; /* rows of figures are ASCII */
            struct nb_buf figure = { 0 };
            nb_figure_write(&figure, form->cells[cell].kind, nb_draft_figure(draft, cell));
            const char *wanted = figure.len ? figure.data : "~";
            if (strncmp(at, wanted, strlen(wanted)) != 0 || !strchr(",}\n", at[strlen(wanted)]))
                fail_msg("%s: %s is not at %d:%d", form->cells[cell].address, wanted, mark.line,
                         mark.column);
            nb_buf_release(&figure);
        }
        nb_draft_free(draft);
        nb_draft_free(copy);
        nb_buf_release(&text);
    }
}

/* What get shows, set takes; the file stays the same. */
static void what_is_shown_can_be_typed(void **state)
{
    uint64_t seed = 99;
    for (int round = 0; round < 40; round++) {
        const struct nb_form *form = form_of_id(*state, round % 2 ? "2019" : "2021");
        struct nb_draft *draft = random_draft(form, &seed);
        struct nb_draft *copy = draft_with(form, "");
        struct nb_diags diags = { 0 };
        for (int i = 0; i < form->n_cells + NB_TEXT_FINISHED_AT; i++) {
            struct nb_buf value = { 0 };
            const char *address = i < form->n_cells
                                      ? form->cells[i].address
                                      : nb_draft_text_address(draft, i - form->n_cells);
            assert_true(nb_draft_get(draft, address, &value));
            nb_draft_set(copy, "copy.yaml", address, nb_buf_text(&value), &diags);
            struct nb_buf shown = { 0 };
            nb_draft_get(copy, address, &shown);
            assert_text(address, nb_buf_text(&shown), nb_buf_text(&value));
            nb_buf_release(&shown);
            nb_buf_release(&value);
        }
        assert_diags("setting what was shown", &diags, "");
        nb_diags_release(&diags);
        nb_draft_free(copy);
        nb_draft_free(draft);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_the_same),
        cmocka_unit_test(places_are_where_things_stand),
        cmocka_unit_test(what_is_shown_can_be_typed),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
