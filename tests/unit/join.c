/* Bringing two copies of a draft together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"
#include "nianbao/join.h"

static void add_draft(struct nb_buf *out, const struct nb_draft *draft)
{
    out->len = 0;
    nb_draft_write(draft, out);
}

/* ---- paragraphs ---- */

/* Letters are paragraphs. `note` is what the mark says behind its first words, NULL: no conflict.
 */
static void expect_text(const char *base, const char *ours, const char *theirs, const char *wanted,
                        const char *note, const struct nb_form *form)
{
    static const char start[] = "合并时两边都改了，另一边是：";
    const char *const values[] = { base, ours, theirs };
    struct nb_draft *drafts[3];
    struct nb_diags diags = { 0 };
    struct nb_buf name = { 0 };
    nb_buf_printf(&name, "%s | %s | %s", base, ours, theirs);
    for (int i = 0; i < 3; i++) {
        char *text = nb_xstrdup(values[i]);
        for (char *at = text; *at; at++)
            *at = *at == '/' ? '\n' : *at;
        drafts[i] = draft_with(form, "");
        nb_draft_set_text(drafts[i], NB_TEXT_PROSE, text);
        free(text);
    }
    int conflicts = nb_join(drafts[0], drafts[1], drafts[2], "f", &diags);
    char *got = nb_xstrdup(nb_draft_text(drafts[1], NB_TEXT_PROSE));
    for (char *at = got; *at; at++)
        *at = *at == '\n' ? '/' : *at;
    assert_text(name.data, got, wanted);
    assert_int_equal(conflicts > 0, note != NULL);
    assert_int_equal(nb_draft_record_count(drafts[1], NB_LIST_MARKS), note != NULL);
    if (note) {
        const char *text = nb_draft_record(drafts[1], NB_LIST_MARKS, 0)[NB_MARK_TEXT];
        assert_memory_equal(text, start, strlen(start));
        assert_text(name.data, text + strlen(start), note);
    }
    for (int i = 0; i < 3; i++)
        nb_draft_free(drafts[i]);
    free(got);
    nb_buf_release(&name);
    nb_diags_release(&diags);
}

static void paragraphs_are_joined(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    static const struct {
        const char *base, *ours, *theirs, *wanted, *note;
    } cases[] = {
        { "a/b/c", "a/b/c", "a/b/c", "a/b/c", NULL },
        { "a/b/c", "A/b/c", "a/b/C", "A/b/C", NULL },
        { "a/b/c", "a/b/C", "A/b/c", "A/b/C", NULL },
        { "a/b/c", "A/b/c", "a/B/c", "A/B/c", NULL }, /* neighbours */
        { "a/b/c", "a/c", "a/b/c/d", "a/c/d", NULL },
        { "a/b/c", "a/x/b/c", "a/b/y/c", "a/x/b/y/c", NULL },
        { "a/b/c", "x/a/b/c", "A/b/c", "x/A/b/c", NULL },
        { "a/b/c", "A/b/c", "x/a/b/c", "x/A/b/c", NULL },
        { "a/b/c", "A/b/c", "A/b/c", "A/b/c", NULL }, /* both the same */
        { "a/b/c", "a/b/c/d", "a/b/c/d", "a/b/c/d", NULL },
        { "a/b/c", "", "a/b/c", "", NULL },
        { "a/b/c", "a/b/c", "", "", NULL },
        { "", "a", "", "a", NULL },
        { "", "", "a/b", "a/b", NULL },
        { "a/b/c", "a/X/c", "a/Y/c", "a/X/c", "Y" },
        { "a/b/c", "a/X/c", "a/c", "a/X/c", "（空）" },
        { "a/b/c", "a/c", "a/Y/c", "a/c", "Y" },
        { "a", "a/x", "a/y/z", "a/x", "y　z" },
        { "", "x", "y", "x", "y" },
        { "a/b/c/d/e", "A/b/c/d/E", "X/b/c/d/Y", "A/b/c/d/E", "X；Y" },
        { "a/b/c/d", "a/X/d", "a/b/Y/d", "a/X/d", "b　Y" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_text(cases[i].base, cases[i].ours, cases[i].theirs, cases[i].wanted, cases[i].note,
                    form);
}

/* ---- drafts ---- */

static struct nb_draft *random_copy(const struct nb_form *form, const struct nb_draft *of,
                                    uint64_t *seed, int change)
{
    struct nb_draft *copy = draft_with(form, "");
    for (int cell = 0; cell < form->n_cells; cell++)
        nb_draft_set_figure(copy, cell,
                            random_below(seed, 100) < change
                                ? random_figure(seed, form->cells[cell].kind)
                                : nb_draft_figure(of, cell));
    for (int text = NB_TEXT_PREAMBLE; text < nb_draft_text_count(of); text++) {
        struct nb_buf value = { 0 };
        if (text == NB_TEXT_FINISHED_AT || text == NB_TEXT_FINISHED_CONTENT)
            continue;
        if (random_below(seed, 100) < change)
            add_random_text(&value, seed, 60);
        else
            nb_buf_puts(&value, nb_draft_text(of, text));
        nb_draft_set_text(copy, text, nb_buf_text(&value));
        nb_buf_release(&value);
    }
    for (int i = 0; i < nb_draft_record_count(of, NB_LIST_MARKS); i++)
        nb_draft_add_record(copy, NB_LIST_MARKS, nb_draft_record(of, NB_LIST_MARKS, i));
    if (random_below(seed, 100) < change) {
        const char *mark[NB_RECORD_FIELDS] = { form->cells[0].address, "甲" };
        nb_draft_add_record(copy, NB_LIST_MARKS, mark);
    }
    return copy;
}

static int join_copies(const struct nb_draft *base, struct nb_draft *ours,
                       const struct nb_draft *theirs)
{
    struct nb_diags diags = { 0 };
    int conflicts = nb_join(base, ours, theirs, "f", &diags);
    assert_int_equal(nb_diags_count(&diags, NB_WARNING), conflicts);
    nb_diags_release(&diags);
    return conflicts;
}

/* What only one side changed is taken, and joining a side with itself changes nothing. */
static void one_sided_changes_are_taken_whole(void **state)
{
    uint64_t seed = 5;
    for (int round = 0; round < 60; round++) {
        const struct nb_form *form =
            form_of_id(*state, nb_catalog_id(*state, round % nb_catalog_count(*state)));
        struct nb_draft *nothing = draft_with(form, "");
        struct nb_draft *base = random_copy(form, nothing, &seed, 60);
        struct nb_draft *changed = random_copy(form, base, &seed, 30);
        struct nb_draft *ours = random_copy(form, base, &seed, 0);
        struct nb_buf wanted = { 0 }, got = { 0 };
        add_draft(&wanted, changed);
        assert_int_equal(join_copies(base, ours, changed), 0);
        add_draft(&got, ours);
        assert_bytes("theirs", &got, wanted.data, wanted.len);
        assert_int_equal(join_copies(base, changed, base), 0);
        add_draft(&got, changed);
        assert_bytes("ours", &got, wanted.data, wanted.len);
        assert_int_equal(join_copies(base, changed, ours), 0);
        add_draft(&got, changed);
        assert_bytes("both", &got, wanted.data, wanted.len);
        nb_draft_free(nothing);
        nb_draft_free(base);
        nb_draft_free(changed);
        nb_draft_free(ours);
        nb_buf_release(&wanted);
        nb_buf_release(&got);
    }
}

/* Every figure of the result is what it must be, and every one of the other side that did not come
 * through stands in a note. */
static void no_figure_is_lost(void **state)
{
    uint64_t seed = 9;
    const struct nb_form *form = form_of_id(*state, "2019");
    struct nb_draft *nothing = draft_with(form, "");
    struct nb_draft *base = random_copy(form, nothing, &seed, 80);
    struct nb_draft *ours = random_copy(form, base, &seed, 50), *before;
    struct nb_draft *theirs = random_copy(form, base, &seed, 50);
    before = random_copy(form, ours, &seed, 0);
    join_copies(base, ours, theirs);
    int noted = 0, lost = 0;
    for (int i = 0; i < nb_draft_record_count(ours, NB_LIST_MARKS); i++)
        noted +=
            strstr(nb_draft_record(ours, NB_LIST_MARKS, i)[NB_MARK_TEXT], "另一边") &&
            nb_form_find_cell(form, nb_draft_record(ours, NB_LIST_MARKS, i)[NB_MARK_CELL],
                              strlen(nb_draft_record(ours, NB_LIST_MARKS, i)[NB_MARK_CELL])) >= 0;
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_figure b = nb_draft_figure(base, cell), o = nb_draft_figure(before, cell);
        struct nb_figure t = nb_draft_figure(theirs, cell), got = nb_draft_figure(ours, cell);
        bool theirs_changed = memcmp(&t, &b, sizeof t) != 0;
        bool ours_changed = memcmp(&o, &b, sizeof o) != 0;
        struct nb_figure wanted = theirs_changed && !ours_changed ? t : o;
        assert_memory_equal(&got, &wanted, sizeof got);
        lost += theirs_changed && ours_changed &&
                (t.filled != o.filled || (t.filled && t.units != o.units));
    }
    assert_true(lost > 10);
    assert_int_equal(noted, lost);
    nb_draft_free(nothing);
    nb_draft_free(base);
    nb_draft_free(before);
    nb_draft_free(ours);
    nb_draft_free(theirs);
}

static void a_note_joins_the_one_that_stands_there(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *base = draft_with(form, ""),
                    *ours = draft_with(form, "requests.new.natural=1");
    struct nb_draft *theirs = draft_with(form, "requests.new.natural=2 signed.by=乙");
    const char *mark[NB_RECORD_FIELDS] = { "requests.new.natural", "待核" };
    nb_draft_add_record(ours, NB_LIST_MARKS, mark);
    nb_draft_set_text(base, NB_TEXT_SIGNED_BY, "旧");
    nb_draft_set_text(ours, NB_TEXT_SIGNED_BY, "甲");
    nb_draft_set_year(theirs, 2025);
    nb_draft_set_year(ours, 2026);
    assert_int_equal(join_copies(base, ours, theirs), 3);
    assert_int_equal(nb_draft_record_count(ours, NB_LIST_MARKS), 3);
    assert_text("cell", nb_draft_record(ours, NB_LIST_MARKS, 0)[NB_MARK_TEXT],
                "待核；合并时两边都改了，另一边是：2");
    assert_text("unit", nb_draft_record(ours, NB_LIST_MARKS, 1)[NB_MARK_CELL], "unit");
    assert_text("year", nb_draft_record(ours, NB_LIST_MARKS, 1)[NB_MARK_TEXT],
                "合并时两边都改了，另一边是：2025");
    assert_text("signed.by", nb_draft_text(ours, NB_TEXT_SIGNED_BY), "甲");
    nb_draft_free(base);
    nb_draft_free(ours);
    nb_draft_free(theirs);
}

static void records_of_both_sides_stand(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    static const char *const marks[][NB_RECORD_FIELDS] = {
        { "overview", "一" },
        { "problems", "二" },
        { "other", "三" },
        { "preamble", "四" },
    };
    struct nb_draft *base = draft_with(form, ""), *ours = draft_with(form, "");
    struct nb_draft *theirs = draft_with(form, "");
    nb_draft_add_record(base, NB_LIST_MARKS, marks[0]);
    nb_draft_add_record(base, NB_LIST_MARKS, marks[1]);
    nb_draft_add_record(ours, NB_LIST_MARKS, marks[1]); /* the first taken away */
    nb_draft_add_record(ours, NB_LIST_MARKS, marks[2]);
    nb_draft_add_record(theirs, NB_LIST_MARKS, marks[0]);
    nb_draft_add_record(theirs, NB_LIST_MARKS, marks[1]);
    nb_draft_add_record(theirs, NB_LIST_MARKS, marks[3]);
    assert_int_equal(join_copies(base, ours, theirs), 0);
    struct nb_buf got = { 0 };
    for (int i = 0; i < nb_draft_record_count(ours, NB_LIST_MARKS); i++)
        nb_buf_puts(&got, nb_draft_record(ours, NB_LIST_MARKS, i)[NB_MARK_TEXT]);
    assert_text("marks", nb_buf_text(&got), "二三四");
    nb_buf_release(&got);
    nb_draft_free(base);
    nb_draft_free(ours);
    nb_draft_free(theirs);
}

static void finish(struct nb_draft *draft)
{
    struct nb_buf content = { 0 };
    nb_draft_add_content_hash(draft, &content);
    nb_draft_set_text(draft, NB_TEXT_FINISHED_AT, "2025-01-20T16:00:00+08:00");
    nb_draft_set_text(draft, NB_TEXT_FINISHED_CONTENT, content.data);
    nb_buf_release(&content);
}

static void a_finished_draft_stays_so_while_nothing_is_added(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    for (int i = 0; i < 2; i++) {
        struct nb_diags diags = { 0 };
        struct nb_draft *base = draft_with(form, ""), *ours = draft_with(form, "overview=甲");
        struct nb_draft *theirs = draft_with(form, i ? "problems=乙" : "");
        finish(ours);
        assert_int_equal(nb_join(base, ours, theirs, "f", &diags), 0);
        assert_int_equal(nb_draft_text(ours, NB_TEXT_FINISHED_AT)[0] != '\0', i == 0);
        assert_int_equal(diags.count, i);
        nb_diags_release(&diags);
        nb_draft_free(base);
        nb_draft_free(ours);
        nb_draft_free(theirs);
    }
}

static void without_a_base_both_added_everything(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *ours = draft_with(form, "requests.new.natural=1 requests.new.company=5");
    struct nb_draft *theirs = draft_with(form, "requests.new.natural=2 requests.new.total=6");
    assert_int_equal(join_copies(NULL, ours, theirs), 1);
    struct nb_buf got = { 0 };
    for (int i = 0; i < 7; i++) {
        nb_draft_add_figure(ours, cell_at(form, "requests.new.natural") + i, &got);
        nb_buf_putc(&got, ' ');
    }
    assert_text("row", got.data, "1 5     6 ");
    nb_buf_release(&got);
    nb_draft_free(ours);
    nb_draft_free(theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_are_joined),
        cmocka_unit_test(one_sided_changes_are_taken_whole),
        cmocka_unit_test(no_figure_is_lost),
        cmocka_unit_test(a_note_joins_the_one_that_stands_there),
        cmocka_unit_test(records_of_both_sides_stand),
        cmocka_unit_test(a_finished_draft_stays_so_while_nothing_is_added),
        cmocka_unit_test(without_a_base_both_added_everything),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
