/* A whole draft as `check` judges it: blanks, finishing, last year, references, acceptances. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"

static void assert_checked(const char *name, const struct nb_draft *draft, bool final,
                           const struct nb_draft *prior, const char *wanted)
{
    struct nb_check_options options = { .final = final, .prior = prior };
    struct nb_diags diags = { 0 };
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    assert_diags(name, &diags, wanted);
    nb_diags_release(&diags);
}

/* ---- finishing ---- */

static const char totals_form[] =
    "nianbao-form: 1\nid: totals\nname: 合计\ntitle: \"{unit}\"\n"
    "sections:\n"
    "  - id: t\n"
    "    heading: 甲\n"
    "    content:\n"
    "      - table:\n"
    "          columns: [{id: a, label: 子}, {id: b, label: 丑}, {id: total, label: 计}]\n"
    "          rows: [{id: x, label: 上}, {id: y, label: 下}, {id: all, label: 共}]\n"
    "      - table:\n"
    "          columns: [{id: n, label: 元}]\n"
    "          rows: [{id: p, label: 寅, kind: amount}, {id: q, label: 卯, kind: amount},\n"
    "            {id: sum, label: 辰, kind: amount}, {id: more, label: 巳, kind: amount},\n"
    "            {id: change, label: 午, kind: change}]\n"
    "rules:\n"
    "  - {id: t.rows, assert: t.*.a + t.*.b == t.*.total}\n"
    "  - {id: t.columns, assert: t.x.* + t.y.* == t.all.*}\n"
    "  - {id: t.sum, assert: t.p.n + t.q.n == t.sum.n}\n"
    "  - {id: t.more, assert: t.sum.n + 10 >= t.more.n, severity: warning}\n";

static void finishing_fills_parts_with_0_and_totals_with_sums(void **state)
{
    (void)state;
    static const struct {
        const char *figures, *wanted; /* x.a x.b x.total … then p q sum more change */
    } cases[] = {
        { "", "0 0 0 0 0 0 0 0 0 0 0 0 0 0 " },
        { "t.x.a=1 t.x.b=2 t.y.a=3", "1 2 3 3 0 3 4 2 6 0 0 0 0 0 " },
        { "t.x.a=1 t.x.total=9", "1 0 9 0 0 0 1 0 9 0 0 0 0 0 " },
        { "t.all.total=5", "0 0 0 0 0 0 0 0 5 0 0 0 0 0 " },
        { "t.p.n=0.25 t.q.n=1.750", "0 0 0 0 0 0 0 0 0 0.25 1.750 2 0 0 " },
        { "t.change.n=-4 t.more.n=7.5", "0 0 0 0 0 0 0 0 0 0 0 0 7.5 -4 " },
    };
    struct nb_form *form = form_of_text(totals_form);
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *draft = draft_with(form, cases[i].figures);
        struct nb_figure *figures = nb_xalloc((size_t)form->n_cells * sizeof *figures);
        struct nb_buf got = { 0 };
        nb_check_fill_blanks(draft, figures);
        for (int cell = 0; cell < form->n_cells; cell++) {
            nb_figure_write(&got, form->cells[cell].kind, figures[cell]);
            nb_buf_putc(&got, ' ');
        }
        assert_text(cases[i].figures, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
        free(figures);
        nb_draft_free(draft);
    }
    nb_form_free(form);
}

static void finishing_judges_every_equation(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(totals_form);
    struct nb_draft *draft = draft_with(form, "t.x.a=1 t.all.a=3 t.all.total=3 t.p.n=1");
    assert_checked("typing", draft, false, NULL,
                   "1:1 info cell.blank 甲：6 格待填\n1:1 info cell.blank 甲：4 格待填\n");
    assert_checked("finishing", draft, true, NULL,
                   "1:1 error t.columns 子：上 1 + 下 0 = 1，共 3，差 2\n"
                   "1:1 error t.columns 计：上 1 + 下 0 = 1，共 3，差 2\n"
                   "1:1 warning cell.blank 甲：6 格待填\n"
                   "1:1 warning cell.blank 甲：4 格待填\n");
    nb_draft_free(draft);
    nb_form_free(form);
}

/* A real office left every such total blank. */
static void blank_totals_of_a_right_table_are_no_error(void **state)
{
    static const char *const totals[] = { "disputes.reconsideration.total",
                                          "disputes.litigation.direct.total",
                                          "disputes.litigation.after_reconsideration.total",
                                          "requests.handled.natural",
                                          "requests.new.total",
                                          "requests.handled.total" };
    struct nb_draft *draft = draft_of_file(*state, "tests/support/city-2020.yaml");
    for (size_t i = 0; i < nb_countof(totals); i++) {
        struct nb_figure blank = { .filled = false };
        nb_draft_set_figure(draft, cell_at(nb_draft_form(draft), totals[i]), blank);
    }
    assert_checked("typing", draft, false, NULL,
                   "15:92 info cell.blank 三、收到和处理政府信息公开申请情况：3 格待填\n"
                   "42:79 info cell.blank 四、政府信息公开行政复议、行政诉讼情况：3 格待填\n");
    assert_checked(
        "finishing", draft, true, NULL,
        "1:1 warning text.missing “一、总体情况”还没有写（60号文提出总体情况写五个方面）\n"
        "1:1 warning text.missing "
        "“五、存在的主要问题及改进情况”还没有写（这一节要写本年度的主要问题和改进情况）\n"
        "1:1 warning text.missing “六、其他需要报告的事项”还没有写\n"
        "15:92 warning cell.blank 三、收到和处理政府信息公开申请情况：3 格待填\n"
        "42:79 warning cell.blank 四、政府信息公开行政复议、行政诉讼情况：3 格待填\n");
    nb_draft_free(draft);
}

/* ---- last year ---- */

static void carried_figures_are_compared_across_forms(void **state)
{
    struct nb_draft *prior = draft_of_file(*state, "tests/support/city-2020.yaml");
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "year=2021");
    struct nb_diags diags = { 0 };
    nb_draft_carry_over(draft, prior, "2021.yaml", &diags);
    assert_diags("carried", &diags, "");
    struct nb_check_options options = { .prior = prior };
    draft_assign(draft, "requests.carried_in.natural=96 requests.carried_in.legal=1 "
                        "disclosure.regulations.in_force=3 disclosure.regulations.made=1 "
                        "disclosure.regulations.repealed=1");
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    int warnings = 0;
    for (int i = 0; i < diags.count; i++) {
        if (diags.items[i].severity != NB_WARNING)
            continue;
        warnings++;
        assert_text("rule", diags.items[i].rule, "requests.carried");
        assert_text("cell", diags.items[i].cell, "requests.carried_in.natural");
        assert_text("left", diags.items[i].left, "96");
        assert_text("right", diags.items[i].right, "69");
        assert_text("difference", diags.items[i].difference, "27");
        assert_text("about", diags.items[i].about, "96 | 69");
    }
    /* in_force of 2021 has no counterpart in the form of 2019: no such instance */
    assert_int_equal(warnings, 1);
    nb_diags_release(&diags);
    nb_draft_free(draft);
    nb_draft_free(prior);
}

static void the_same_form_compares_in_force(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(form, "year=2023 disclosure.documents.in_force=221");
    static const struct {
        const char *figures;
        int wanted;
    } cases[] = {
        { "made=18 repealed=25 in_force=214", 0 },
        { "made=18 repealed=25 in_force=215", 1 },
        { "made=18 repealed=25", 0 },
        { "repealed=25 in_force=214", 0 },
        { "in_force=221 made=0 repealed=0", 0 },
        { "in_force=0 made=0 repealed=0", 1 },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf all = { 0 };
        for (const char *at = cases[i].figures; *at;) {
            size_t len = strcspn(at, " ");
            nb_buf_printf(&all, "disclosure.documents.%.*s ", (int)len, at);
            at += len + strspn(at + len, " ");
        }
        struct nb_draft *draft = draft_with(form, all.data);
        struct nb_check_options options = { .prior = prior };
        struct nb_diags diags = { 0 };
        nb_check_draft(draft, "draft.yaml", &options, &diags);
        if (nb_diags_count(&diags, NB_WARNING) != cases[i].wanted)
            fail_msg("%s: %d warnings", cases[i].figures, nb_diags_count(&diags, NB_WARNING));
        nb_diags_release(&diags);
        nb_draft_free(draft);
        nb_buf_release(&all);
    }
    nb_draft_free(prior);
}

static void a_prior_of_another_unit_or_year_does_not_fit(void **state)
{
    static const struct {
        const char *prior, *wanted;
        bool fits;
    } cases[] = {
        { "year=2023", "", true },
        { "year=2023 unit=示例区",
          "1:1 warning prior.unit 上年草稿 p.yaml 是“示例区”的，跨年核对没有做\n", false },
        { "year=2022", "1:1 warning prior.year 上年草稿 p.yaml 是 2022 年的，跨年核对没有做\n",
          false },
        { "year=2024", "1:1 warning prior.year 上年草稿 p.yaml 是 2024 年的，跨年核对没有做\n",
          false },
    };
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *draft = draft_with(form, "");
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *prior = draft_with(form, cases[i].prior);
        struct nb_diags diags = { 0 };
        bool fits = nb_check_prior_fits(draft, "d.yaml", prior, "p.yaml", &diags);
        assert_diags(cases[i].prior, &diags, cases[i].wanted);
        assert_int_equal(fits, cases[i].fits);
        nb_diags_release(&diags);
        nb_draft_free(prior);
    }
    nb_draft_free(draft);
}

/* ---- references and acceptances ---- */

static void references_are_told_where_they_stand(void **state)
{
    static const char text[] = DRAFT_HEAD                              /* 1 to 4 */
        "preamble: |\n"                                                /* 5 */
        "  一{no.such}\n"                                              /* 6 */
        "overview: |\n"                                                /* 7 */
        "  　　一二{requests.new.total}件，{requests.new.natural}件\n" /* 8 */
        "\n"                                                           /* 9 */
        "  𠮷{requests.nothing}和{a.B}{{requests.denied}}\n"           /* 10 */
        "disclosure:\n"                                                /* 11 */
        "  note: \"三{a.b}\"\n"                                        /* 12 */
        "requests:\n"                                                  /* 13 */
        "  new: {natural: 1}\n"                                        /* 14 */
        "marks:\n"                                                     /* 15 */
        "  - {cell: overview, text: \"{no.such}\"}\n";                 /* 16 */
    struct nb_draft *draft = draft_of_bytes(*state, text, strlen(text));
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = false };
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    struct nb_buf got = { 0 };
    for (int i = 0; i < diags.count; i++) {
        const struct nb_diag *diag = &diags.items[i];
        if (diag->severity != NB_INFO)
            nb_buf_printf(&got, "%d:%d %s %s %s %s\n", diag->mark.line, diag->mark.column,
                          nb_severity_name(diag->severity), diag->rule, diag->cell, diag->message);
    }
    assert_text("references", nb_buf_text(&got),
                "6:4 error reference.unknown preamble 正文引用的 no.such 在本格式里没有\n"
                "8:7 warning reference.blank overview 正文引用的 requests.new.total 还没有填\n"
                "10:4 error reference.unknown overview 正文引用的 requests.nothing 在本格式里没有\n"
                "10:29 warning reference.blank overview 正文引用的 requests.denied 还没有填\n"
                "12:11 error reference.unknown disclosure.note 正文引用的 a.b 在本格式里没有\n");
    nb_diags_clear(&diags);
    options.final = true; /* blanks count as filled */
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    for (int i = 0; i < diags.count; i++)
        assert_string_not_equal(diags.items[i].rule, "reference.blank");
    nb_buf_release(&got);
    nb_diags_release(&diags);
    nb_draft_free(draft);
}

static void only_a_warning_with_the_same_evidence_is_accepted(void **state)
{
    static const struct {
        const char *rule, *cell, *about;
        const char *wanted; /* the reason, NULL where it is not accepted */
    } cases[] = {
        { "requests.carried", "requests.carried_in.natural", "5 | 4", "机构改革" },
        { "requests.carried", "requests.carried_in.natural", "5 | 3", NULL },
        { "requests.carried", "requests.carried_in.company", "5 | 4", NULL },
        { "requests.balance", "requests.carried_in.natural", "5 | 4", NULL },
        { "requests.carried", "requests.carried_in.natural", "", NULL },
    };
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(form, "requests.carried_out.natural=4");
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_draft *draft = draft_with(form, "requests.carried_in.natural=5");
        const char *const record[NB_RECORD_FIELDS] = { cases[i].rule, cases[i].cell, cases[i].about,
                                                       "机构改革" };
        nb_draft_add_record(draft, NB_LIST_ACCEPTED, record);
        struct nb_check_options options = { .prior = prior };
        struct nb_diags diags = { 0 };
        nb_check_draft(draft, "draft.yaml", &options, &diags);
        const struct nb_diag *found = NULL;
        for (int j = 0; j < diags.count; j++) {
            if (strcmp(diags.items[j].rule, "requests.carried") == 0)
                found = &diags.items[j];
        }
        assert_non_null(found);
        assert_text(cases[i].about, found->accepted ? found->accepted : "-",
                    cases[i].wanted ? cases[i].wanted : "-");
        nb_diags_release(&diags);
        nb_draft_free(draft);
    }
    nb_draft_free(prior);
}

static void an_error_cannot_be_accepted(void **state)
{
    const char *const record[NB_RECORD_FIELDS] = { "disputes.reconsideration",
                                                   "disputes.reconsideration.total", "10 | 11",
                                                   "就是这样" };
    struct nb_draft *draft =
        draft_with(form_of_id(*state, "2021"),
                   "disputes.reconsideration.upheld=1 disputes.reconsideration.corrected=2 "
                   "disputes.reconsideration.other=3 disputes.reconsideration.pending=4 "
                   "disputes.reconsideration.total=11");
    nb_draft_add_record(draft, NB_LIST_ACCEPTED, record);
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = false };
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    assert_int_equal(nb_diags_count(&diags, NB_ERROR), 1);
    for (int i = 0; i < diags.count; i++)
        assert_null(diags.items[i].accepted);
    nb_diags_release(&diags);
    nb_draft_free(draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finishing_fills_parts_with_0_and_totals_with_sums),
        cmocka_unit_test(finishing_judges_every_equation),
        cmocka_unit_test(blank_totals_of_a_right_table_are_no_error),
        cmocka_unit_test(carried_figures_are_compared_across_forms),
        cmocka_unit_test(the_same_form_compares_in_force),
        cmocka_unit_test(a_prior_of_another_unit_or_year_does_not_fit),
        cmocka_unit_test(references_are_told_where_they_stand),
        cmocka_unit_test(only_a_warning_with_the_same_evidence_is_accepted),
        cmocka_unit_test(an_error_cannot_be_accepted),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
