/* The checker: verdicts by range, proposals, what an edit costs, how findings are worded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"

/* Four counts, two changes and an amount in one table s, and the rule under test. */
static const char small_form[] = "nianbao-form: 1\nid: small\nname: 小表\ntitle: \"{unit}\"\n"
                                 "sections:\n"
                                 "  - id: s\n"
                                 "    heading: 甲\n"
                                 "    content:\n"
                                 "      - prose: {id: note}\n"
                                 "      - table:\n"
                                 "          stub: columns\n"
                                 "          columns: [{id: n, label: 数}, {id: m, label: 又数}]\n"
                                 "          rows:\n"
                                 "            - {id: a, label: 子}\n"
                                 "            - {id: b, label: 丑}\n"
                                 "            - {id: c, label: 寅}\n"
                                 "            - {id: d, label: 卯}\n"
                                 "            - {id: x, label: 辰, kind: change}\n"
                                 "            - {id: y, label: 巳, kind: change}\n"
                                 "            - {id: q, label: 午, kind: amount}\n"
                                 "rules:\n";

static struct nb_form *form_with_rules(const char *rules)
{
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "%s%s", small_form, rules);
    struct nb_form *form = form_of_text(text.data);
    nb_buf_release(&text);
    return form;
}

static struct nb_form *form_with_assert(const char *assertion)
{
    struct nb_buf rules = { 0 };
    nb_buf_printf(&rules, "  - {id: s.rule, assert: \"%s\"}\n", assertion);
    struct nb_form *form = form_with_rules(rules.data);
    nb_buf_release(&rules);
    return form;
}

static const char *verdict_name(enum nb_verdict verdict)
{
    static const char *const names[] = { "holds", "fails", "open", "absent" };
    return names[verdict];
}

/* ---- verdicts ---- */

struct judgement {
    const char *assertion, *figures;
    enum nb_verdict wanted;
};

static const struct judgement judgements[] = {
    /* all filled */
    { "s.a.n + s.b.n == s.c.n", "s.a.n=1 s.b.n=2 s.c.n=3", NB_HOLDS },
    { "s.a.n + s.b.n == s.c.n", "s.a.n=1 s.b.n=2 s.c.n=4", NB_FAILS },
    { "s.a.n + s.b.n == s.c.n",
      "s.a.n=9223372036854775807 s.b.n=9223372036854775807 s.c.n=9223372036854775806", NB_FAILS },
    { "s.a.n == s.b.n", "s.a.n=0 s.b.n=0", NB_HOLDS },
    { "s.q.n == s.q.m", "s.q.n=504658.70 s.q.m=504658.7", NB_HOLDS },
    { "s.q.n == s.q.m", "s.q.n=0.000001 s.q.m=0.000002", NB_FAILS },
    { "s.q.n + s.q.m == s.a.n", "s.q.n=0.5 s.q.m=0.500000 s.a.n=1", NB_HOLDS },
    { "2 * s.a.n == s.b.n", "s.a.n=3 s.b.n=6", NB_HOLDS },
    { "2 * s.a.n == s.b.n", "s.a.n=3 s.b.n=7", NB_FAILS },
    { "s.x.n + s.y.n == s.x.m", "s.x.n=-5 s.y.n=3 s.x.m=-2", NB_HOLDS },
    { "s.a.n - s.b.n == s.c.n", "s.a.n=5 s.b.n=7 s.c.n=2", NB_FAILS },
    /* blank counts reach from 0 up */
    { "s.a.n + s.b.n == s.c.n", "", NB_OPEN },
    { "s.a.n + s.b.n == s.c.n", "s.a.n=5", NB_OPEN },
    { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.c.n=5", NB_OPEN },
    { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.c.n=4", NB_FAILS },
    { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.b.n=7", NB_OPEN },
    { "s.a.n - s.b.n == s.c.n", "s.a.n=5 s.c.n=6", NB_FAILS },
    { "s.a.n - s.b.n == s.c.n", "s.a.n=5 s.c.n=5", NB_OPEN },
    { "s.a.n - s.b.n == s.c.n", "s.b.n=5 s.c.n=6", NB_OPEN },
    { "s.a.n == s.b.n + s.c.n", "s.a.n=3 s.b.n=4", NB_FAILS },
    /* blank changes reach both ways */
    { "s.a.n + s.x.n == s.c.n", "s.a.n=5 s.c.n=4", NB_OPEN },
    { "s.a.n + s.x.n == s.c.n", "s.a.n=5 s.c.n=6", NB_OPEN },
    { "s.x.n + s.a.n == s.y.n", "s.x.n=-3 s.y.n=-4", NB_FAILS },
    { "s.x.n + s.a.n == s.y.n", "s.x.n=-3 s.y.n=-2", NB_OPEN },
    /* whole steps */
    { "2 * s.a.n == s.b.n", "s.b.n=7", NB_FAILS },
    { "2 * s.a.n == s.b.n", "s.b.n=8", NB_OPEN },
    { "2 * s.a.n + 4 * s.c.n == s.b.n", "s.b.n=7", NB_FAILS },
    { "2 * s.a.n + 3 * s.c.n == s.b.n", "s.b.n=7", NB_OPEN },
    { "3 * s.x.n == s.y.n", "s.y.n=-4", NB_FAILS },
    { "3 * s.x.n == s.y.n", "s.y.n=-6", NB_OPEN },
    { "s.a.n == s.q.n", "s.q.n=0.5", NB_FAILS },
    { "s.a.n == s.q.n", "s.q.n=2.0", NB_OPEN },
    { "s.q.n == s.a.n", "s.a.n=3", NB_OPEN },
    { "s.q.n + s.q.m == s.a.n", "s.q.n=1.5 s.a.n=1", NB_FAILS },
    { "2 * s.q.n == s.q.m", "s.q.m=0.000001", NB_FAILS },
    /* bounds */
    { "s.a.n <= s.b.n", "s.a.n=3 s.b.n=3", NB_HOLDS },
    { "s.a.n <= s.b.n", "s.a.n=4 s.b.n=3", NB_FAILS },
    { "s.a.n <= s.b.n", "s.a.n=4", NB_OPEN },
    { "s.a.n + s.c.n <= s.b.n", "s.a.n=4 s.b.n=3", NB_FAILS },
    { "s.a.n + s.c.n <= s.b.n", "s.a.n=2 s.b.n=3", NB_OPEN },
    { "s.a.n + s.x.n <= s.b.n", "s.a.n=4 s.b.n=3", NB_OPEN },
    { "s.a.n >= s.b.n", "s.a.n=3 s.b.n=4", NB_FAILS },
    { "s.a.n >= s.b.n", "s.b.n=4", NB_OPEN },
    { "s.a.n >= s.b.n + s.c.n", "s.a.n=3 s.b.n=4", NB_FAILS },
    { "s.a.n + s.x.n >= 0", "s.a.n=3 s.x.n=-4", NB_FAILS },
    { "s.a.n + s.x.n >= 0", "s.a.n=3 s.x.n=-3", NB_HOLDS },
    { "s.a.n + s.x.n >= 0", "s.x.n=-3", NB_OPEN },
    { "s.a.n <= 100", "s.a.n=101", NB_FAILS },
    /* iff-zero */
    { "s.a.n iff-zero s.q.n", "s.a.n=0 s.q.n=0", NB_HOLDS },
    { "s.a.n iff-zero s.q.n", "s.a.n=0 s.q.n=0.000000", NB_HOLDS },
    { "s.a.n iff-zero s.q.n", "s.a.n=1 s.q.n=0.5", NB_HOLDS },
    { "s.a.n iff-zero s.q.n", "s.a.n=1 s.q.n=0", NB_FAILS },
    { "s.a.n iff-zero s.q.n", "s.a.n=0 s.q.n=0.1", NB_FAILS },
    { "s.a.n iff-zero s.q.n", "s.a.n=1", NB_OPEN },
    { "s.a.n iff-zero s.q.n", "s.a.n=0", NB_OPEN },
    { "s.a.n + s.b.n iff-zero s.c.n", "s.a.n=1 s.c.n=0", NB_FAILS },
    { "s.x.n + s.y.n iff-zero s.c.n", "s.x.n=1 s.c.n=0", NB_OPEN },
    /* last year, without it */
    { "s.a.n == last:s.b.n", "s.a.n=1", NB_ABSENT },
};

static void equations_are_judged_by_range(void **state)
{
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < nb_countof(judgements); i++) {
        const struct judgement *at = &judgements[i];
        struct nb_form *form = form_with_assert(at->assertion);
        struct nb_draft *draft = draft_with(form, at->figures);
        struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
        enum nb_verdict got = nb_checker_verdict(checker, 0);
        if (got != at->wanted) {
            wrong++;
            print_error("%s with %s: %s, wanted %s\n", at->assertion, at->figures,
                        verdict_name(got), verdict_name(at->wanted));
        }
        nb_checker_free(checker);
        nb_draft_free(draft);
        nb_form_free(form);
    }
    assert_int_equal(wrong, 0);
}

/* ---- proposals ---- */

static void one_blank_cell_follows_from_the_others(void **state)
{
    (void)state;
    static const struct {
        const char *assertion, *figures;
        const char *wanted; /* CELL=VALUE, "" where nothing follows */
    } cases[] = {
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.c.n=97", "s.b.n=92" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.b.n=7", "s.c.n=12" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.c.n=5", "s.b.n=0" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.c.n=4", "" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5", "" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=1 s.b.n=2 s.c.n=3", "" },
        { "s.a.n - s.b.n == s.c.n", "s.a.n=9 s.c.n=2", "s.b.n=7" },
        { "s.a.n == s.b.n - s.c.n", "s.a.n=9 s.b.n=10", "s.c.n=1" },
        { "s.a.n + s.x.n == s.c.n", "s.a.n=9 s.c.n=2", "s.x.n=-7" },
        { "2 * s.a.n == s.b.n", "s.b.n=8", "s.a.n=4" },
        { "2 * s.a.n == s.b.n", "s.b.n=7", "" },
        { "s.q.n + s.q.m == s.a.n", "s.q.n=0.25 s.a.n=1", "s.q.m=0.75" },
        { "s.a.n == s.q.n", "s.q.n=0.5", "" },
        { "s.a.n <= s.b.n", "s.b.n=8", "" },
        { "s.a.n iff-zero s.q.n", "s.q.n=0", "" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=9223372036854775807 s.b.n=1", "" },
        { "s.a.n == last:s.b.n", "", "" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_form *form = form_with_assert(cases[i].assertion);
        struct nb_draft *draft = draft_with(form, cases[i].figures);
        struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
        struct nb_figure figure;
        struct nb_buf got = { 0 };
        int cell;
        if (nb_checker_proposal(checker, 0, &cell, &figure)) {
            nb_buf_printf(&got, "%s=", form->cells[cell].address);
            nb_figure_write(&got, form->cells[cell].kind, figure);
        }
        assert_text(cases[i].figures, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
        nb_checker_free(checker);
        nb_draft_free(draft);
        nb_form_free(form);
    }
}

/* ---- totals and equations in figures ---- */

static void a_total_follows_from_its_parts(void **state)
{
    (void)state;
    static const struct {
        const char *figures, *wanted; /* "" where nothing follows */
    } cases[] = {
        { "s.a.n=5 s.b.n=7", "12" },
        { "s.a.n=5", "5" },
        { "s.a.n=5 s.b.n=7 s.c.n=1", "12" },
        { "s.c.n=1", "" },
        { "s.a.n=9223372036854775807 s.b.n=1", "" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_form *form = form_with_assert("s.a.n + s.b.n == s.c.n");
        struct nb_draft *draft = draft_with(form, cases[i].figures);
        struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
        struct nb_figure figure;
        struct nb_buf got = { 0 };
        if (nb_checker_total(checker, cell_at(form, "s.c.n"), &figure))
            nb_figure_write(&got, NB_COUNT, figure);
        assert_text(cases[i].figures, nb_buf_text(&got), cases[i].wanted);
        assert_false(nb_checker_total(checker, cell_at(form, "s.a.n"), &figure));
        nb_buf_release(&got);
        nb_checker_free(checker);
        nb_draft_free(draft);
        nb_form_free(form);
    }
}

static void equations_show_their_figures(void **state)
{
    (void)state;
    static const struct {
        const char *assertion, *figures, *wanted;
    } cases[] = {
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.b.n=7 s.c.n=12", "5+7=12" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.b.n=7 s.c.n=13", "5+7=12 ≠ 13" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.c.n=13", "5+＿=13" },
        { "s.a.n + s.b.n == s.c.n", "s.a.n=5 s.b.n=7", "5+7=12=＿" },
        { "s.a.n - 2 * s.b.n == s.c.n", "s.a.n=9 s.b.n=2 s.c.n=5", "9-2×2=5" },
        { "s.a.n + s.b.n == s.c.n + s.d.n", "s.a.n=1 s.b.n=2 s.c.n=3 s.d.n=0", "1+2=3=3+0" },
        { "s.a.n + s.b.n == s.c.n + s.d.n", "s.a.n=1 s.b.n=2 s.c.n=3 s.d.n=4", "1+2=3 ≠ 7=3+4" },
        { "s.a.n <= s.b.n", "s.a.n=1 s.b.n=2", "1 ≤ 2" },
        { "s.a.n <= s.b.n", "s.a.n=3 s.b.n=2", "3 > 2" },
        { "s.a.n >= 2", "s.a.n=1", "1 < 2" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_form *form = form_with_assert(cases[i].assertion);
        struct nb_draft *draft = draft_with(form, cases[i].figures);
        struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), NULL);
        struct nb_buf got = { 0 };
        nb_checker_add_figures(checker, 0, &got);
        assert_text(cases[i].figures, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
        nb_checker_free(checker);
        nb_draft_free(draft);
        nb_form_free(form);
    }
}

/* ---- edits ---- */

static int equations_of(const struct nb_form *form, int cell)
{
    int count = 0;
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        bool touched = false;
        for (int j = 0; j < equation->n_terms; j++)
            touched |= equation->terms[j].cell == cell;
        count += touched;
    }
    return count;
}

static void assert_as_judged_afresh(const struct nb_checker *checker, const struct nb_form *form,
                                    const struct nb_figure *figures, const struct nb_draft *prior)
{
    struct nb_checker *fresh = nb_checker_new(form, figures, prior);
    for (int i = 0; i < form->n_equations; i++) {
        if (nb_checker_verdict(checker, i) != nb_checker_verdict(fresh, i))
            fail_msg("equation %d (%s): %s, afresh %s", i, form->equations[i].rule->id,
                     verdict_name(nb_checker_verdict(checker, i)),
                     verdict_name(nb_checker_verdict(fresh, i)));
    }
    nb_checker_free(fresh);
}

static void an_edit_costs_its_own_equations(void **state)
{
    static const char *const ids[] = { "2019", "2021" };
    uint64_t seed = 12345;
    for (size_t i = 0; i < nb_countof(ids); i++) {
        const struct nb_form *form = form_of_id(*state, ids[i]);
        struct nb_draft *draft = draft_with(form, ""), *prior = draft_with(form, "");
        for (int cell = 0; cell < form->n_cells; cell++)
            nb_draft_set_figure(prior, cell, random_figure(&seed, form->cells[cell].kind));
        struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), prior);
        assert_int_equal(nb_checker_judged(checker), form->n_equations);
        for (int round = 0; round < 1500; round++) {
            int cell = random_below(&seed, form->n_cells);
            struct nb_figure figure = random_figure(&seed, form->cells[cell].kind);
            if (form->cells[cell].kind != NB_AMOUNT)
                figure.units %= 4; /* so that sums often agree */
            nb_draft_set_figure(draft, cell, figure);
            long before = nb_checker_judged(checker);
            nb_checker_cell_changed(checker, cell);
            assert_int_equal(nb_checker_judged(checker) - before, equations_of(form, cell));
            assert_as_judged_afresh(checker, form, nb_draft_figures(draft), prior);
        }
        int all = 0;
        for (enum nb_verdict verdict = NB_HOLDS; verdict <= NB_ABSENT; verdict++)
            all += nb_checker_count(checker, verdict);
        assert_int_equal(all, form->n_equations);
        nb_checker_free(checker);
        nb_draft_free(prior);
        nb_draft_free(draft);
    }
}

/* ---- wording ---- */

struct worded {
    const char *rules, *figures, *wanted;
};

static void assert_worded(const struct worded *cases, size_t count, const struct nb_draft *prior)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct nb_form *form = form_with_rules(cases[i].rules);
        struct nb_draft *draft = draft_with(form, cases[i].figures);
        struct nb_checker *checker = nb_checker_new(form, nb_draft_figures(draft), prior);
        struct nb_diags diags = { 0 };
        struct nb_buf got = { 0 };
        nb_checker_add_findings(checker, draft, "draft.yaml", &diags);
        for (int j = 0; j < diags.count; j++) {
            const struct nb_diag *diag = &diags.items[j];
            nb_buf_printf(&got, "%s %s %s | %s | %s | %s | %s |", nb_severity_name(diag->severity),
                          diag->rule, diag->cell, diag->message, diag->left, diag->right,
                          diag->difference);
            for (int k = 0; k < diag->n_cells; k++)
                nb_buf_printf(&got, " %s", diag->cells[k]);
            nb_buf_putc(&got, '\n');
        }
        if (strcmp(nb_buf_text(&got), cases[i].wanted) != 0) {
            wrong++;
            print_error("%s%s\n--- wanted\n%s--- got\n%s", cases[i].rules, cases[i].figures,
                        cases[i].wanted, nb_buf_text(&got));
        }
        nb_buf_release(&got);
        nb_diags_release(&diags);
        nb_checker_free(checker);
        nb_draft_free(draft);
        nb_form_free(form);
    }
    assert_int_equal(wrong, 0);
}

static void findings_name_both_sides(void **state)
{
    (void)state;
    static const struct worded cases[] = {
        { "  - {id: r.sum, assert: s.a.n + s.b.n == s.c.n}\n", "s.a.n=10 s.b.n=2 s.c.n=11",
          "error r.sum s.c.n | 子·数 10 + 丑·数 2 = 12，寅·数 11，差 1 | 12 | 11 | 1 | s.a.n s.b.n "
          "s.c.n\n" },
        { "  - {id: r.star, assert: s.*.n == s.*.m, says: 两列相同, severity: warning}\n",
          "s.b.n=1 s.b.m=3",
          "warning r.star s.b.m | 丑：数 1，又数 3，差 2（两列相同） | 1 | 3 | 2 | s.b.n s.b.m\n" },
        { "  - {id: r.column, assert: s.a.* + s.b.* == s.c.* + s.d.*}\n",
          "s.a.m=1 s.b.m=2 s.c.m=3 s.d.m=4",
          "error r.column s.a.m | 又数：子 1 + 丑 2 = 3，寅 3 + 卯 4 = 7，差 4 | 3 | 7 | 4 | "
          "s.a.m s.b.m s.c.m s.d.m\n" },
        { "  - {id: r.many, assert: s.a.n + s.b.n + s.c.n + s.a.m == s.d.n}\n",
          "s.a.n=1 s.b.n=1 s.c.n=1 s.a.m=1 s.d.n=5",
          "error r.many s.d.n | 各项之和 4，卯·数 5，差 1 | 4 | 5 | 1 | s.a.n s.b.n s.c.n s.a.m "
          "s.d.n\n" },
        { "  - {id: r.most, assert: s.a.n <= s.b.n, severity: warning}\n", "s.a.n=5 s.b.n=3",
          "warning r.most s.a.n | 子·数 5，应不大于丑·数 3 | 5 | 3 | 2 | s.a.n s.b.n\n" },
        { "  - {id: r.least, assert: s.a.n + s.x.n >= 0}\n", "s.a.n=1 s.x.n=-3",
          "error r.least s.a.n | 子·数 1 + 辰·数 -3 = -2，应不小于0 | -2 | 0 | 2 | s.a.n s.x.n\n" },
        { "  - {id: r.zero, assert: s.a.n iff-zero s.q.n}\n", "s.a.n=0 s.q.n=0.50",
          "error r.zero s.a.n | 子·数 0，午·数 0.5，一个为 0 另一个也应为 0 | 0 | 0.5 | 0.5 | "
          "s.a.n s.q.n\n" },
        { "  - {id: r.factor, assert: \"2 * s.a.n - s.b.n == s.c.n\"}\n", "s.a.n=2 s.b.n=1 s.c.n=4",
          "error r.factor s.c.n | 2×子·数 2 - 丑·数 1 = 3，寅·数 4，差 1 | 3 | 4 | 1 | s.a.n s.b.n "
          "s.c.n\n" },
        { "  - {id: r.open, assert: s.a.n + s.b.n == s.c.n}\n", "s.a.n=12 s.c.n=4",
          "error r.open s.c.n | 子·数 12 + 丑·数 ＿＿ = 12，寅·数 4，差 "
          "8，未填的格怎么填都不会相符 | 12 | 4 | 8 | "
          "s.a.n s.b.n s.c.n\n" },
        { "  - {id: r.amount, assert: s.q.n == s.q.m}\n", "s.q.n=504658.70 s.q.m=504658.700001",
          "error r.amount s.q.m | 午·数 504658.7，午·又数 504658.700001，差 0.000001 | 504658.7 | "
          "504658.700001 | 0.000001 | s.q.n s.q.m\n" },
    };
    assert_worded(cases, nb_countof(cases), NULL);
}

static void findings_about_last_year_name_it(void **state)
{
    (void)state;
    static const struct worded cases[] = {
        { "  - {id: r.last, assert: \"s.a.n == last:s.b.n\", severity: warning, says: 上年}\n",
          "s.a.n=5",
          "warning r.last s.a.n | 子·数 5，上年报告的丑·数 4，差 1（上年） | 5 | 4 | 1 | s.a.n\n" },
        { "  - {id: r.chain, assert: \"s.a.n == last:s.b.n + s.c.n - s.d.n\"}\n",
          "s.a.n=5 s.c.n=3 s.d.n=1",
          "warning r.chain s.a.n | 子·数 5，寅·数 3 - 卯·数 1 + 上年报告的丑·数 4 = 6，差 1 | 5 | "
          "6 | 1 "
          "| "
          "s.a.n s.c.n s.d.n\n" },
        { "  - {id: r.gone, assert: \"s.a.n == last:s.nothing\"}\n", "s.a.n=5", "" },
        { "  - {id: r.blank, assert: \"s.a.n == last:s.c.n\"}\n", "s.a.n=5", "" },
        { "  - {id: r.sum, assert: \"s.a.n == last:s.b\"}\n", "s.a.n=5",
          "warning r.sum s.a.n | 子·数 5，上年报告的s.b 11，差 6 | 5 | 11 | 6 | s.a.n\n" },
    };
    struct nb_form *form = form_with_assert("s.a.n == s.b.n");
    struct nb_draft *prior = draft_with(form, "s.b.n=4 s.b.m=7");
    assert_worded(cases, nb_countof(cases), prior);
    nb_draft_free(prior);
    nb_form_free(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equations_are_judged_by_range),
        cmocka_unit_test(one_blank_cell_follows_from_the_others),
        cmocka_unit_test(a_total_follows_from_its_parts),
        cmocka_unit_test(equations_show_their_figures),
        cmocka_unit_test(an_edit_costs_its_own_equations),
        cmocka_unit_test(findings_name_both_sides),
        cmocka_unit_test(findings_about_last_year_name_it),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
