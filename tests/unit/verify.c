/* Figures keyed twice: what differs, which sections count, and what the draft keeps of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/verify.h"

static const char form_text[] =
    "nianbao-form: 1\nid: twice\nname: 两遍\ntitle: \"{unit}\"\n"
    "sections:\n"
    "  - {id: words, heading: 文字, prose: {required: true}}\n"
    "  - id: t\n"
    "    heading: 甲\n"
    "    content:\n"
    "      - prose: {id: note}\n"
    "      - table:\n"
    "          columns: [{id: a, label: 子}, {id: b, label: 丑}, {id: total, label: 计}]\n"
    "          rows: [{id: x, label: 上}, {id: y, label: 下}]\n"
    "  - id: m\n"
    "    heading: 乙\n"
    "    content:\n"
    "      - table:\n"
    "          columns: [{id: n, label: 元}]\n"
    "          rows: [{id: p, label: 寅, kind: amount}, {id: c, label: 卯, kind: change}]\n"
    "rules:\n"
    "  - {id: t.rows, assert: t.*.a + t.*.b == t.*.total}\n";
enum { WORDS, T, M };

static void what_differs_is_told_in_the_order_of_the_form(void **state)
{
    (void)state;
    static const struct {
        const char *first, *second, *wanted;
    } cases[] = {
        { "", "", "" },
        { "t.x.a=1 t.x.b=2", "t.x.a=1 t.x.b=2", "" },
        { "t.x.a=12 t.x.b=2", "t.x.a=21 t.x.b=2", "t.x.a " },
        { "t.y.b=5 t.x.a=1", "t.y.b=6 t.x.a=2", "t.x.a t.y.b " },
        /* a blank is not zero, whichever side has it */
        { "t.x.a=1 t.x.b=0", "t.x.a=1", "t.x.b " },
        { "t.x.a=1", "t.x.a=1 t.x.b=0", "t.x.b " },
        /* sections of which nothing was keyed again are not compared */
        { "t.x.a=1 m.p.n=5", "t.x.a=1", "" },
        { "t.x.a=1 m.p.n=5", "m.p.n=6", "m.p.n " },
        { "t.x.a=1 m.p.n=5", "", "" },
        { "t.x.a=1", "m.p.n=6", "m.p.n " },
        /* values count */
        { "m.p.n=504658.70 m.c.n=-3", "m.p.n=504658.7 m.c.n=-3", "" },
        { "m.p.n=504658.71 m.c.n=-3", "m.p.n=504658.7 m.c.n=3", "m.p.n m.c.n " },
        /* texts do not */
        { "t.x.a=1 t.note=字 words=字", "t.x.a=1", "" },
    };
    struct nb_form *form = form_of_text(form_text);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *first = draft_with(form, cases[i].first);
        struct nb_draft *second = draft_with(form, cases[i].second);
        struct nb_buf got = { 0 };
        int *cells, count = nb_verify_compare(first, second, &cells);
        for (int j = 0; j < count; j++)
            nb_buf_printf(&got, "%s ", form->cells[cells[j]].address);
        assert_text(cases[i].first, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
        free(cells);
        nb_draft_free(first);
        nb_draft_free(second);
    }
    nb_form_free(form);
}

static void how_far_a_section_has_come(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(form_text);
    struct nb_draft *draft = draft_with(form, "t.x.a=1 t.y.b=0 words=字 t.note=字");
    static const struct nb_keyed wanted[] = { [WORDS] = { 0, 0 }, [T] = { 2, 6 }, [M] = { 0, 2 } };
    for (int section = 0; section < form->n_sections; section++) {
        struct nb_keyed keyed = nb_verify_keyed(draft, section);
        assert_int_equal(keyed.filled, wanted[section].filled);
        assert_int_equal(keyed.cells, wanted[section].cells);
    }
    nb_draft_free(draft);
    nb_form_free(form);
}

/* ---- what the draft keeps ---- */

static void add_note(struct nb_draft *draft, int section, const char *by, const char *at)
{
    struct nb_buf text = { 0 };
    nb_verify_add_note(draft, section, &text);
    const char *fields[NB_RECORD_FIELDS] = { [NB_MARK_CELL] =
                                                 nb_draft_form(draft)->sections[section].id,
                                             [NB_MARK_TEXT] = text.data,
                                             [NB_MARK_BY] = by,
                                             [NB_MARK_AT] = at };
    nb_draft_add_record(draft, NB_LIST_MARKS, fields);
    nb_buf_release(&text);
}

static void add_mark(struct nb_draft *draft, const char *cell, const char *text)
{
    const char *fields[NB_RECORD_FIELDS] = { [NB_MARK_CELL] = cell, [NB_MARK_TEXT] = text };
    nb_draft_add_record(draft, NB_LIST_MARKS, fields);
}

static void a_note_is_found_among_other_marks(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(form_text);
    struct nb_draft *draft = draft_with(form, "t.x.a=1 t.x.b=2 m.p.n=5");
    assert_int_equal(nb_verify_find_note(draft, T), -1);
    add_mark(draft, "t", "复核录入 6 格");
    add_mark(draft, "t", "复核录入 ");
    add_mark(draft, "t", "");
    add_mark(draft, "t", "3f9a1c2077b1");
    add_mark(draft, "t.x.a", "复核录入 6 格 3f9a1c2077b1");
    assert_int_equal(nb_verify_find_note(draft, T), -1);
    add_note(draft, T, "李", "");
    add_mark(draft, "m.p.n", "待核");
    assert_int_equal(nb_verify_find_note(draft, T), 5);
    assert_int_equal(nb_verify_find_note(draft, M), -1);
    add_note(draft, T, "王", ""); /* the latest counts */
    assert_int_equal(nb_verify_find_note(draft, T), 7);
    assert_memory_equal(nb_draft_record(draft, NB_LIST_MARKS, 7)[NB_MARK_TEXT], "复核录入 2 格 ",
                        strlen("复核录入 2 格 "));
    nb_draft_free(draft);
    nb_form_free(form);
}

static void assert_found(const char *name, const struct nb_draft *draft, const char *wanted)
{
    struct nb_diags diags = { 0 };
    struct nb_buf got = { 0 };
    nb_verify_add_findings(draft, "a.yaml", &diags);
    for (int i = 0; i < diags.count; i++)
        nb_buf_printf(&got, "%s %s %s\n", diags.items[i].cell, diags.items[i].rule,
                      diags.items[i].message);
    assert_text(name, nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_diags_release(&diags);
}

static void figures_that_changed_since_are_a_finding(void **state)
{
    (void)state;
    static const struct {
        const char *change, *wanted;
    } cases[] = {
        { "", "" },
        { "t.note=字 words=字", "" },
        { "m.c.n=4", "m.p.n verify.changed 乙：复核录入以后数字有改动，请再复核\n" },
        { "m.c.n=0", "" },
        { "t.x.a=2",
          "t.x.a verify.changed 甲：复核录入以后数字有改动，请再复核（李 2025-01-18）\n" },
        { "t.x.a=2 t.x.a=1", "" },
        { "t.x.a=2 m.p.n=6",
          "t.x.a verify.changed 甲：复核录入以后数字有改动，请再复核（李 2025-01-18）\n"
          "m.p.n verify.changed 乙：复核录入以后数字有改动，请再复核\n" },
        { "m.p.n=5.00", "" }, /* the same value */
        /* what 定稿 writes into blanks is no change */
        { "t.y.a=0 t.y.b=0 t.y.total=0 t.x.total=3", "" },
        { "t.x.total=4",
          "t.x.a verify.changed 甲：复核录入以后数字有改动，请再复核（李 2025-01-18）\n" },
    };
    struct nb_form *form = form_of_text(form_text);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *draft = draft_with(form, "t.x.a=1 t.x.b=2 m.p.n=5");
        add_note(draft, T, "李", "2025-01-18T10:00:00+08:00");
        add_note(draft, M, "", "");
        draft_assign(draft, cases[i].change);
        assert_found(cases[i].change, draft, cases[i].wanted);
        nb_draft_free(draft);
    }
    nb_form_free(form);
}

/* Accepted with a reason it is quiet, until the figures change again. */
static void a_change_can_be_accepted(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(form_text);
    struct nb_draft *draft = draft_with(form, "t.x.a=1 t.x.b=2");
    struct nb_check_options options = { .prior = NULL };
    struct nb_diags diags = { 0 };
    add_note(draft, T, "李", "2025-01-18");
    draft_assign(draft, "t.x.a=2");
    nb_verify_add_findings(draft, "a.yaml", &diags);
    const char *fields[NB_RECORD_FIELDS] = { [NB_ACCEPTED_RULE] = diags.items[0].rule,
                                             [NB_ACCEPTED_CELL] = diags.items[0].cell,
                                             [NB_ACCEPTED_ABOUT] = diags.items[0].about,
                                             [NB_ACCEPTED_REASON] = "来电更正" };
    nb_draft_add_record(draft, NB_LIST_ACCEPTED, fields);
    for (int again = 0; again < 2; again++) {
        nb_diags_clear(&diags);
        nb_check_draft(draft, "a.yaml", &options, &diags);
        const struct nb_diag *found = NULL;
        for (int i = 0; i < diags.count; i++)
            found = strcmp(diags.items[i].rule, "verify.changed") == 0 ? &diags.items[i] : found;
        assert_non_null(found);
        if (again)
            assert_null(found->accepted);
        else
            assert_string_equal(found->accepted, "来电更正");
        draft_assign(draft, "t.x.a=3");
    }
    nb_diags_release(&diags);
    nb_draft_free(draft);
    nb_form_free(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_differs_is_told_in_the_order_of_the_form),
        cmocka_unit_test(how_far_a_section_has_come),
        cmocka_unit_test(a_note_is_found_among_other_marks),
        cmocka_unit_test(figures_that_changed_since_are_a_finding),
        cmocka_unit_test(a_change_can_be_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
