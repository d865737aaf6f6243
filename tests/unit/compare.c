/* Comparing drafts: sentences, figures, what counts as the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compare/sentence.h"
#include "form_support.h"
#include "nianbao/compare.h"

/* ---- sentences ---- */

static void expect_cut(const char *text, const char *wanted)
{
    struct nb_sentences sentences = { 0 };
    struct nb_buf got = { 0 };
    nb_sentences_cut(&sentences, text);
    for (int i = 0; i < sentences.count; i++) {
        nb_buf_puts(&got, i ? "|" : "");
        nb_buf_add(&got, sentences.items[i].start, sentences.items[i].len);
    }
    assert_text(text, nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_sentences_release(&sentences);
}

static void texts_are_cut_behind_their_sentences(void **state)
{
    (void)state;
    expect_cut("", "");
    expect_cut(" \n　\n", "");
    expect_cut("甲", "甲");
    expect_cut("甲。", "甲。");
    expect_cut("甲。乙！丙？丁", "甲。|乙！|丙？|丁");
    expect_cut("甲“乙。”丙。", "甲“乙。”|丙。");
    expect_cut("甲（乙。）。丙", "甲（乙。）。|丙");
    expect_cut("甲。。。乙", "甲。。。|乙");
    expect_cut("甲（乙；丙）；丁", "甲（乙；丙）；|丁");
    expect_cut("　　甲，乙；\n　　丙 丁。 戊\n\n己", "甲，乙；|丙 丁。|戊|己");
    expect_cut("3.5件。A. b", "3.5件。|A. b");
}

/* Letters are sentences; returns the hunks as "from-to:from-to …". */
static void expect_hunks(const char *a, const char *b, const char *wanted)
{
    struct nb_sentences left = { 0 }, right = { 0 };
    struct nb_hunks hunks = { 0 };
    struct nb_buf got = { 0 };
    nb_sentences_cut(&left, a);
    nb_sentences_cut(&right, b);
    nb_sentences_compare(&left, &right, &hunks);
    for (int i = 0; i < hunks.count; i++) {
        const struct nb_hunk *at = &hunks.items[i];
        nb_buf_printf(&got, "%s%d-%d:%d-%d", i ? " " : "", at->from[0], at->to[0], at->from[1],
                      at->to[1]);
    }
    assert_text("hunks", nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    free(hunks.items);
    nb_sentences_release(&left);
    nb_sentences_release(&right);
}

static void differing_stretches_are_as_short_as_can_be(void **state)
{
    (void)state;
    expect_hunks("", "", "");
    expect_hunks("a\nb\nc", "a\nb\nc", "");
    expect_hunks("a\nb\nc", "a\nc", "1-2:1-1");
    expect_hunks("a\nc", "a\nb\nc", "1-1:1-2");
    expect_hunks("a\nb\nc", "a\nx\nc", "1-2:1-2");
    expect_hunks("a", "b", "0-1:0-1");
    expect_hunks("", "b", "0-0:0-1");
    expect_hunks("a\nb\nc\nd", "b\nx\nd\ne", "0-1:0-0 2-3:1-2 4-4:3-4");
    expect_hunks("a\na\na", "a\na", "2-3:2-2");
}

static void add_letters(struct nb_buf *text, uint64_t *seed, int most)
{
    for (int count = random_below(seed, most + 1); count > 0; count--)
        nb_buf_printf(text, "%c\n", 'a' + random_below(seed, 4));
}

static int length_in_common(const struct nb_sentences *a, int i, const struct nb_sentences *b,
                            int j)
{
    if (i == a->count || j == b->count)
        return 0;
    if (a->items[i].start[0] == b->items[j].start[0])
        return 1 + length_in_common(a, i + 1, b, j + 1);
    int left = length_in_common(a, i + 1, b, j), right = length_in_common(a, i, b, j + 1);
    return left > right ? left : right;
}

/* Between the hunks both texts are the same, and no shorter hunks would do. */
static void check_hunks(const struct nb_sentences *a, const struct nb_sentences *b,
                        const struct nb_hunks *hunks)
{
    int i = 0, j = 0, common = 0;
    for (int n = 0; n <= hunks->count; n++) {
        bool last = n == hunks->count;
        int end = last ? a->count : hunks->items[n].from[0];
        int end_b = last ? b->count : hunks->items[n].from[1];
        assert_int_equal(end - i, end_b - j);
        for (; i < end; i++, j++, common++)
            assert_int_equal(a->items[i].start[0], b->items[j].start[0]);
        if (!last) {
            i = hunks->items[n].to[0];
            j = hunks->items[n].to[1];
        }
    }
    assert_int_equal(common, length_in_common(a, 0, b, 0));
}

static void random_texts_differ_where_they_do(void **state)
{
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < 2000; i++) {
        struct nb_buf a = { 0 }, b = { 0 };
        struct nb_sentences left = { 0 }, right = { 0 };
        struct nb_hunks hunks = { 0 };
        add_letters(&a, &seed, 8);
        add_letters(&b, &seed, 8);
        nb_sentences_cut(&left, nb_buf_text(&a));
        nb_sentences_cut(&right, nb_buf_text(&b));
        nb_sentences_compare(&left, &right, &hunks);
        check_hunks(&left, &right, &hunks);
        free(hunks.items);
        nb_sentences_release(&left);
        nb_sentences_release(&right);
        nb_buf_release(&a);
        nb_buf_release(&b);
    }
}

/* A megabyte of one-letter sentences on each side: time and memory are bounded. */
static void long_texts_differ_as_wholes(void **state)
{
    (void)state;
    enum { COUNT = 300000 };
    struct nb_buf a = { 0 }, b = { 0 };
    nb_buf_puts(&a, "甲\n");
    nb_buf_puts(&b, "甲\n");
    for (int i = 0; i < COUNT; i++) {
        nb_buf_puts(&a, i % 2 ? "a\n" : "b\n");
        nb_buf_puts(&b, i % 3 ? "c\n" : "b\n");
    }
    expect_hunks(a.data, b.data, "2-300001:2-300001");
    nb_buf_release(&a);
    nb_buf_release(&b);
}

/* ---- drafts ---- */

static int count_differences(const struct nb_draft *a, const struct nb_draft *b)
{
    struct nb_comparison comparison;
    nb_compare(a, b, &comparison);
    int count = comparison.count;
    nb_comparison_release(&comparison);
    return count;
}

/* One difference for each cell that was changed, and none for a draft and itself. */
static void random_drafts_differ_in_the_cells_that_changed(void **state)
{
    uint64_t seed = 11;
    for (int i = 0; i < nb_catalog_count(*state); i++) {
        const struct nb_form *form = form_of_id(*state, nb_catalog_id(*state, i));
        struct nb_draft *a = draft_with(form, ""), *b = draft_with(form, "");
        int changed = 0;
        for (int cell = 0; cell < form->n_cells; cell++) {
            struct nb_figure x = random_figure(&seed, form->cells[cell].kind), y = x;
            if (random_below(&seed, 3) == 0)
                y = random_figure(&seed, form->cells[cell].kind);
            nb_draft_set_figure(a, cell, x);
            nb_draft_set_figure(b, cell, y);
            changed += x.filled != y.filled || (x.filled && x.units != y.units);
        }
        assert_int_equal(count_differences(a, b), changed);
        assert_int_equal(count_differences(b, a), changed);
        assert_int_equal(count_differences(a, a), 0);
        nb_draft_free(a);
        nb_draft_free(b);
    }
}

/* Every cell of both forms is told once: by itself, with the one of its address, or in a group. */
static void no_cell_of_either_form_is_lost(void **state)
{
    for (int i = 0; i < nb_catalog_count(*state); i++) {
        for (int j = 0; j < nb_catalog_count(*state); j++) {
            const struct nb_form *old = form_of_id(*state, nb_catalog_id(*state, i));
            const struct nb_form *new = form_of_id(*state, nb_catalog_id(*state, j));
            struct nb_draft *a = draft_with(old, ""), *b = draft_with(new, "");
            struct nb_comparison comparison;
            int told[2] = { 0, 0 };
            for (int cell = 0; cell < old->n_cells; cell++)
                nb_draft_set_figure(a, cell, (struct nb_figure) { .filled = true });
            nb_compare(a, b, &comparison);
            for (int k = 0; k < comparison.count; k++) {
                const struct nb_difference *item = &comparison.items[k];
                for (int side = NB_OLD; side <= NB_NEW; side++) {
                    int *cells;
                    if (item->kind != NB_DIFFERENCE_FIGURE || !item->known[side])
                        continue;
                    told[side] +=
                        nb_form_resolve(side == NB_OLD ? old : new, item->address, &cells);
                    free(cells);
                }
            }
            assert_int_equal(told[NB_OLD], old->n_cells);
            assert_int_equal(told[NB_NEW], new->n_cells);
            nb_comparison_release(&comparison);
            nb_draft_free(a);
            nb_draft_free(b);
        }
    }
}

static void expect_permille(const char *old, const char *new, int wanted)
{
    struct nb_difference item = { .kind = NB_DIFFERENCE_FIGURE, .filled = { true, true } };
    struct nb_figure figure;
    nb_wide permille;
    nb_figure_read(old, strlen(old), NB_CHANGE, &figure);
    item.value[NB_OLD] = nb_figure_value(NB_CHANGE, figure);
    nb_figure_read(new, strlen(new), NB_CHANGE, &figure);
    item.value[NB_NEW] = nb_figure_value(NB_CHANGE, figure);
    assert_int_equal(nb_difference_permille(&item, &permille), wanted != 0 || old[0] != '0');
    assert_int_equal((long long)permille, wanted);
}

static void shares_are_rounded_half_away_from_zero(void **state)
{
    (void)state;
    expect_permille("1000", "1001", 1);
    expect_permille("2000", "2001", 1); /* 0.5 */
    expect_permille("2000", "1999", -1);
    expect_permille("2001", "2002", 0);
    expect_permille("-10", "-9", 100); /* of the size of the old figure */
    expect_permille("-10", "10", 2000);
    expect_permille("8", "0", -1000);
    expect_permille("0", "8", 0);
    expect_permille("9223372036854775807", "-9223372036854775807", -2000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_are_cut_behind_their_sentences),
        cmocka_unit_test(differing_stretches_are_as_short_as_can_be),
        cmocka_unit_test(random_texts_differ_where_they_do),
        cmocka_unit_test(long_texts_differ_as_wholes),
        cmocka_unit_test(random_drafts_differ_in_the_cells_that_changed),
        cmocka_unit_test(no_cell_of_either_form_is_lost),
        cmocka_unit_test(shares_are_rounded_half_away_from_zero),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
