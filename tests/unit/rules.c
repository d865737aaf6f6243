/* Rules: how they are written, what they become, and which cells a name stands for. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"
#include "nianbao/wording.h"

#define RULE(assert) FORM_TOP FORM_TABLE "rules:\n- id: r\n  assert: " assert "\n"

/* A table with a group, groups without id, a row's own figure and groups of columns. */
static const char grouped[] = FORM_TOP
    "sections:\n"
    "- id: s\n"
    "  heading: 节\n"
    "  content:\n"
    "  - prose: {id: note}\n"
    "  - table:\n"
    "      stub: indent\n"
    "      columns:\n"
    "      - {id: x, label: 甲}\n"
    "      - {label: 乙, columns: [{id: y, label: 一}, {id: z, label: 二}]}\n"
    "      - {id: all, label: 丙, columns: [{id: n, label: 三}, {id: o, label: 四}]}\n"
    "      - {label: 单位, prints: unit}\n"
    "      rows:\n"
    "      - {id: a, label: 子}\n"
    "      - {label: 丑, rows: [{id: b, label: 五}, {id: c, label: 六}]}\n"
    "      - id: d\n"
    "        own: total\n"
    "        label: 寅\n"
    "        rows: [{id: e, label: 七}, {id: f, label: 八, rows: [{id: g, label: 九}]}]\n"
    "- id: u\n"
    "  heading: 另\n"
    "  content:\n"
    "  - table:\n"
    "      columns: [{label: 数}]\n"
    "      rows:\n"
    "      - {id: p, own: sum, label: 卯, rows: [{id: q, label: 十}, {id: r, label: 百}]}\n"
    "      - {id: v, label: 辰}\n";

/* ---- faults ---- */

static void faults_of_writing_are_told_at_their_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *what;
    } cases[] = {
        { RULE("s.a.x ▸= s.a.y"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x▸"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x ▸!= s.a.y"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x ▸< s.a.y"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x ▸s.a.y == s.a.z"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x▸, s.a.y == s.a.z"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x ▸/ 2 == s.a.z"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("2▸.5 s.a.x == s.a.y"), "这里应为 ==、<=、>= 或 iff-zero" },
        { RULE("s.a.x ==▸"), "这里应为一格或一组的地址" },
        { RULE("▸== s.a.x"), "这里应为一格或一组的地址" },
        { RULE("s.a.x + ▸== s.a.y"), "这里应为一格或一组的地址" },
        { RULE("s.a.x == s.a.y -▸"), "这里应为一格或一组的地址" },
        { RULE("s.a.x - ▸- s.a.y == s.a.z"), "这里应为一格或一组的地址" },
        { RULE("▸(s.a.x) == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸S.a.x == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸s == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸s..x == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸s.a. == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸.a.x == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸s.*.* == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸s.a*.x == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("s.a.x == last:▸3"), "这里应为一格或一组的地址" },
        { RULE("3 * ▸== s.a.y"), "这里应为一格或一组的地址" },
        { RULE("▸申请 == s.a.y"), "这里应为一格或一组的地址" },
        { RULE("s.a.x == s.a.y ▸== s.a.z"), "后面多出了内容" },
        { RULE("s.a.x == s.a.y▸)"), "后面多出了内容" },
        { RULE("s.a.x == 3 ▸4"), "后面多出了内容" },
        { RULE("▸1000001 s.a.x == s.a.y"), "系数不能超过 1000000" },
        { RULE("s.a.x == s.a.y - ▸1000001"), "系数不能超过 1000000" },
        { RULE("▸99999999999999999999999999 * s.a.x == s.a.y"), "系数不能超过 1000000" },
        { RULE("▸'s.a.x = s.a.y'"), "这里应为 ==、<=、>= 或 iff-zero" },
        { FORM_TOP FORM_TABLE "rules: [{id: r, says: 合计𠮷, assert: s.a.x ▸= s.a.y}]\n",
          "这里应为 ==、<=、>= 或 iff-zero" },
        { FORM_TOP FORM_TABLE "phrases: [{equals: [s.a.x ▸== s.a.y]}]\n", "后面多出了内容" },
        { FORM_TOP "carry: [{from: s.a.x, to: ▸s}]\n" FORM_TABLE, "这里应为一格或一组的地址" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf fault = { 0 };
        nb_buf_printf(&fault, "form.expression 式子读不懂：%s\n", cases[i].what);
        assert_form_faults(cases[i].what, cases[i].text, nb_buf_text(&fault));
        nb_buf_release(&fault);
    }
}

static void rules_over_cells_that_are_nowhere_do_not_load(void **state)
{
    (void)state;
    static const struct {
        const char *text, *faults;
    } cases[] = {
        { RULE("s.a.x + ▸s.a.w == s.a.y"), "form.cell 没有 s.a.w 这一格或这一组，是 s.a.x 吗？\n" },
        { RULE("2 * ▸t.a.x == s.a.y"), "form.cell 没有 t.a.x 这一格或这一组，是 s.a.x 吗？\n" },
        { RULE("s.*.x == ▸s.*.wwwwwwww"), "form.cell 没有 s.*.wwwwwwww 这一格或这一组\n" },
        { RULE("▸s.q.* + ▸s.r.* == s.a.*"),
          "form.cell 没有 s.q.* 这一格或这一组，是 s.a.x 吗？\n"
          "form.cell 没有 s.r.* 这一格或这一组，是 s.a.x 吗？\n" },
        { RULE("s.a.x == last:▸other.a.x"), "form.cell 没有 other.a.x 这一格或这一组\n" },
        { RULE("▸s.*.x == s.a.*"), "form.unreachable “s.*.x == s.a.*”一格也对不上："
                                   "没有一个名字能同时代入各处的 *\n" },
        { RULE("▸1 == 1"),
          "form.unreachable “1 == 1”一格也对不上：没有一个名字能同时代入各处的 *\n" },
        { RULE("▸last:s.a.x == 1"), "form.unreachable “last:s.a.x == 1”一格也对不上："
                                    "没有一个名字能同时代入各处的 *\n" },
        { FORM_TOP "carry: [{from: ▸s.q.x, to: s.a.x}]\n" FORM_TABLE,
          "form.cell 没有 s.q.x 这一格或这一组，是 s.a.x 吗？\n" },
        { FORM_TOP "carry: [{from: s.a.x, to: ▸s.q.x}]\n" FORM_TABLE,
          "form.cell 没有 s.q.x 这一格或这一组，是 s.a.x 吗？\n" },
        { FORM_TOP "carry: [▸{from: s.a.*, to: s.*.x}]\n" FORM_TABLE,
          "form.unreachable “s.a.*”一格也对不上：没有一个名字能同时代入各处的 *\n" },
        { FORM_TOP "carry: [{from: s.a.x, to: ▸2 s.a.y}]\n" FORM_TABLE,
          "form.value to：“2 s.a.y”不是一格的地址\n" },
        { FORM_TOP "carry: [{from: ▸s.a.x + s.b.x, to: s.a.y}]\n" FORM_TABLE,
          "form.value from：“s.a.x + s.b.x”不是一格的地址\n" },
        { FORM_TOP "carry: [{from: ▸last:s.a.x, to: s.a.y}]\n" FORM_TABLE,
          "form.value from：“last:s.a.x”不是一格的地址\n" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        assert_form_faults("rule", cases[i].text, cases[i].faults);
}

/* ---- equations ---- */

/* The equations that `assert` becomes in a form without rules. */
static void expect_equations(const char *form_text, const char *assert, const char *wanted)
{
    struct nb_buf text = { 0 }, got = { 0 };
    nb_buf_printf(&text, "%srules:\n- {id: r, assert: \"%s\"}\n", form_text, assert);
    struct nb_form *form = form_of_text(nb_buf_text(&text));
    add_equations(&got, form);
    assert_text(assert, nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_buf_release(&text);
    nb_form_free(form);
}

static void expressions_become_equations(void **state)
{
    (void)state;
    static const struct {
        const char *assert, *wanted;
    } cases[] = {
        { "s.a.x == s.a.y", "s.a.x == s.a.y @s.a.y\n" },
        { "s.a.x+s.a.y==s.a.z", "s.a.x + s.a.y == s.a.z @s.a.z\n" },
        { "  s.a.x  -  s.a.y  ==  s.a.z  ", "s.a.x - s.a.y == s.a.z @s.a.z\n" },
        { "- s.a.x + s.a.y == - s.a.z", "-s.a.x + s.a.y == -s.a.z @s.a.z\n" },
        { "+ s.a.x == s.a.z", "s.a.x == s.a.z @s.a.z\n" },
        { "2 s.a.x == 3 * s.a.y", "2 s.a.x == 3 s.a.y @s.a.y\n" },
        { "1000000*s.a.x == 0*s.a.y + 1000000", "1000000 s.a.x == 0 s.a.y + 1000000 @s.a.x\n" },
        { "s.a.x + s.a.x == s.a.y", "2 s.a.x == s.a.y @s.a.y\n" },
        { "s.a.x + 1 - 4 == s.a.y", "s.a.x - 3 == s.a.y @s.a.y\n" },
        { "s.a.x <= 5", "s.a.x <= 5 @s.a.x\n" },
        { "0 >= s.a.x", "0 >= s.a.x @s.a.x\n" },
        { "s.a.x iff-zero s.a.y", "s.a.x iff-zero s.a.y @s.a.x\n" },
        { "0 iff-zero s.a.y", "0 iff-zero s.a.y @s.a.y\n" },
        { "s.a.x <= s.a.y", "s.a.x <= s.a.y @s.a.x\n" },
        { "s.a.x == s.a.y + s.a.z", "s.a.x == s.a.y + s.a.z @s.a.x\n" },
        { "s.a.x == s.a.y + 1", "s.a.x == s.a.y + 1 @s.a.x\n" },
        { "s.a.x == s.a.y + last:s.a.y", "s.a.x == s.a.y + last:s.a.y @s.a.x\n" },
        { "2 last:s.a.x + s.a.x == s.a.y", "s.a.x + 2 last:s.a.x == s.a.y @s.a.y\n" },
        { "last:s.a.x == s.a.y", "last:s.a.x == s.a.y @s.a.y\n" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_equations(FORM_TOP FORM_TABLE, cases[i].assert, cases[i].wanted);
}

static void a_star_stands_for_each_row_or_column(void **state)
{
    (void)state;
    expect_equations(FORM_TOP FORM_TABLE, "s.*.x + s.*.y == s.*.z",
                     "s.a.x + s.a.y == s.a.z @s.a.z row\n"
                     "s.b.x + s.b.y == s.b.z @s.b.z row\n"
                     "s.c.x + s.c.y == s.c.z @s.c.z row\n");
    expect_equations(FORM_TOP FORM_TABLE, "s.a.* + s.b.* == s.c.*",
                     "s.a.x + s.b.x == s.c.x @s.c.x column\n"
                     "s.a.y + s.b.y == s.c.y @s.c.y column\n"
                     "s.a.z + s.b.z == s.c.z @s.c.z column\n");
    expect_equations(FORM_TOP FORM_TABLE, "s.*.x >= s.a.y",
                     "s.a.x >= s.a.y @s.a.x row\n"
                     "s.b.x >= s.a.y @s.b.x row\n"
                     "s.c.x >= s.a.y @s.c.x row\n");
    expect_equations(FORM_TOP FORM_TABLE, "s.*.x == last:t.*.x",
                     "s.a.x == last:t.a.x @s.a.x row\n"
                     "s.b.x == last:t.b.x @s.b.x row\n"
                     "s.c.x == last:t.c.x @s.c.x row\n");
}

/* Only where every term exists there is an instance. */
static void a_star_skips_what_some_term_lacks(void **state)
{
    (void)state;
    static const char two[] =
        FORM_TOP FORM_TABLE "  - table:\n"
                            "      columns: [{id: x, label: 甲}, {id: w, label: 乙}]\n"
                            "      rows: [{id: d, label: 子}, {id: e, label: 丑}]\n";
    expect_equations(two, "s.*.x == s.*.w",
                     "s.d.x == s.d.w @s.d.w row\ns.e.x == s.e.w @s.e.w row\n");
    expect_equations(two, "s.*.x >= 1",
                     "s.a.x >= 1 @s.a.x row\ns.b.x >= 1 @s.b.x row\ns.c.x >= 1 @s.c.x row\n"
                     "s.d.x >= 1 @s.d.x row\ns.e.x >= 1 @s.e.x row\n");
    expect_equations(two, "s.a.* >= s.d.*", "s.a.x >= s.d.x @s.a.x column\n");
}

static void groups_become_the_sum_of_their_leaves(void **state)
{
    (void)state;
    expect_equations(grouped, "u.p == u.p.sum", "u.p.q + u.p.r == u.p.sum @u.p.sum\n");
    expect_equations(grouped, "2 u.p - u.p.q == u.v", "u.p.q + 2 u.p.r == u.v @u.v\n");
    expect_equations(grouped, "s.d.* == s.d.total.*",
                     "s.d.e.x + s.d.f.g.x == s.d.total.x @s.d.total.x column\n"
                     "s.d.e.y + s.d.f.g.y == s.d.total.y @s.d.total.y column\n"
                     "s.d.e.z + s.d.f.g.z == s.d.total.z @s.d.total.z column\n"
                     "s.d.e.all.n + s.d.f.g.all.n == s.d.total.all.n @s.d.total.all.n column\n"
                     "s.d.e.all.o + s.d.f.g.all.o == s.d.total.all.o @s.d.total.all.o column\n");
    expect_equations(grouped, "s.*.all == s.*.x",
                     "s.a.all.n + s.a.all.o == s.a.x @s.a.x row\n"
                     "s.b.all.n + s.b.all.o == s.b.x @s.b.x row\n"
                     "s.c.all.n + s.c.all.o == s.c.x @s.c.x row\n"
                     "s.d.total.all.n + s.d.total.all.o == s.d.total.x @s.d.total.x row\n"
                     "s.d.e.all.n + s.d.e.all.o == s.d.e.x @s.d.e.x row\n"
                     "s.d.f.g.all.n + s.d.f.g.all.o == s.d.f.g.x @s.d.f.g.x row\n");
}

/* form.h: factors and constants within +-NB_MAX_FACTOR, so that no sum overflows. */
static void repeated_terms_stay_within_the_limit(void **state)
{
    (void)state;
    static const char *const texts[] = {
        RULE("1000000 s.a.x + 1000000 s.a.x == s.a.y"),
        RULE("s.a.x == s.a.y + 1000000 + 1000000"),
    };
    for (size_t i = 0; i < nb_countof(texts); i++) {
        struct nb_diags diags = { 0 };
        struct nb_form *form;
        nb_form_compile("form.yaml", texts[i], strlen(texts[i]), NULL, &diags, &form);
        bool within = true;
        for (int j = 0; form && j < form->equations[0].n_terms; j++)
            within = within && form->equations[0].terms[j].factor <= NB_MAX_FACTOR;
        within = within && (!form || form->equations[0].constant[NB_RIGHT] <= NB_MAX_FACTOR);
        nb_form_free(form);
        nb_diags_release(&diags);
        if (!within)
            fail_msg("loads beyond the limit:\n%s", texts[i]);
    }
}

/* Whatever depends on another file cannot keep a draft from being finished. */
static void rules_over_last_year_warn(void **state)
{
    (void)state;
    assert_form_faults("error",
                       FORM_TOP FORM_TABLE
                       "rules:\n- {id: r, assert: s.a.x == last:s.a.y, severity: ▸error}\n",
                       "form.value severity：“error”不是 warning 或 info（式子用到上年的数）\n");
    struct nb_form *form = form_of_text(FORM_TOP FORM_TABLE
                                        "rules:\n- {id: p, assert: s.a.x == last:s.a.y}\n"
                                        "- {id: q, assert: s.a.x == last:s.a.y, severity: info}\n");
    assert_int_equal(form->rules[0].severity, NB_WARNING);
    assert_int_equal(form->rules[1].severity, NB_INFO);
    nb_form_free(form);
}

/* Tables of one section that share rows or columns, as those of the second section do in print. */
static void tables_may_share_names(void **state)
{
    (void)state;
    static const char shared[] = FORM_TOP FORM_TABLE
        "  - table:\n"
        "      columns: [{id: y, label: 甲}, {id: w, label: 乙}, {id: z, label: 丙}]\n"
        "      rows: [{id: d, label: 子}]\n";
    expect_equations(shared, "s.a.* >= s.d.*",
                     "s.a.y >= s.d.y @s.a.y column\ns.a.z >= s.d.z @s.a.z column\n");
    expect_equations(shared, "s.z >= s.w", "s.a.z + s.b.z + s.c.z + s.d.z >= s.d.w @s.a.z\n");
    expect_equations(shared, "s.*.y <= s.*.z",
                     "s.a.y <= s.a.z @s.a.y row\ns.b.y <= s.b.z @s.b.y row\n"
                     "s.c.y <= s.c.z @s.c.y row\ns.d.y <= s.d.z @s.d.y row\n");
}

static void rules_keep_what_the_file_says(void **state)
{
    (void)state;
    struct nb_form *form =
        form_of_text(FORM_TOP FORM_TABLE "rules:\n"
                                         "- {id: a.b, assert: s.a.x == s.a.y, severity: info}\n"
                                         "- id: c\n  assert: s.*.x == s.*.y\n  says: 应当相等\n");
    assert_int_equal(form->n_rules, 2);
    assert_string_equal(form->rules[0].id, "a.b");
    assert_int_equal(form->rules[0].severity, NB_INFO);
    assert_string_equal(form->rules[0].says, "");
    assert_string_equal(form->rules[0].assert_text, "s.a.x == s.a.y");
    assert_int_equal(form->rules[1].severity, NB_ERROR);
    assert_string_equal(form->rules[1].says, "应当相等");
    assert_int_equal(form->n_equations, 4);
    assert_ptr_equal(form->equations[0].rule, &form->rules[0]);
    assert_ptr_equal(form->equations[3].rule, &form->rules[1]);
    nb_form_free(form);
}

static void a_cell_on_both_sides_knows_its_equation_once(void **state)
{
    (void)state;
    struct nb_form *form =
        form_of_text(FORM_TOP FORM_TABLE "rules:\n- {id: p, assert: s.a.x <= 2 s.a.x + s.a.y}\n"
                                         "- {id: q, assert: s.a.x == 1}\n");
    int x = cell_at(form, "s.a.x"), y = cell_at(form, "s.a.y"), z = cell_at(form, "s.a.z");
    assert_int_equal(form->touched_from[x + 1] - form->touched_from[x], 2);
    assert_int_equal(form->touched_from[y + 1] - form->touched_from[y], 1);
    assert_int_equal(form->touched[form->touched_from[y]], 0);
    assert_int_equal(form->touched_from[z + 1] - form->touched_from[z], 0);
    nb_form_free(form);
}

static void phrases_are_sums(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(
        FORM_TOP FORM_TABLE "phrases:\n- verbs: [收到, 受理]\n  objects: [申请]\n  units: [件]\n"
                            "  equals: [s.a.x, s.a.x + s.b.x]\n");
    struct nb_buf got = { 0 };
    assert_int_equal(form->wording->n_phrases, 1);
    const struct nb_phrase *phrase = &form->wording->phrases[0];
    assert_string_equal(phrase->verbs, "收到 受理 ");
    assert_string_equal(phrase->objects, "申请 ");
    assert_string_equal(phrase->units, "件 ");
    assert_int_equal(phrase->n_equals, 2);
    for (int i = 0; i < phrase->n_equals; i++)
        add_equation(&got, form, &phrase->equals[i]);
    assert_text("sums", nb_buf_text(&got), "s.a.x == 0 @s.a.xs.a.x + s.b.x == 0 @s.a.x");
    assert_int_equal(form->n_equations, 0);
    nb_buf_release(&got);
    nb_form_free(form);
}

/* ---- names ---- */

static void expect_cells(const struct nb_form *form, const char *address, const char *wanted)
{
    struct nb_buf got = { 0 };
    int *cells;
    int count = nb_form_resolve(form, address, &cells);
    for (int i = 0; i < count; i++)
        nb_buf_printf(&got, "%s%s", i ? " " : "", form->cells[cells[i]].address);
    assert_text(address, nb_buf_text(&got), wanted);
    assert_true((count == 0) == (cells == NULL));
    free(cells);
    nb_buf_release(&got);
}

static void names_stand_for_cells_and_groups(void **state)
{
    (void)state;
    static const struct {
        const char *address, *cells;
    } cases[] = {
        { "s.a.x", "s.a.x" },
        { "s.a", "s.a.x s.a.y s.a.z s.a.all.n s.a.all.o" },
        { "s.a.all", "s.a.all.n s.a.all.o" },
        { "s.all.n", "s.a.all.n s.b.all.n s.c.all.n s.d.e.all.n s.d.f.g.all.n" },
        { "s.x", "s.a.x s.b.x s.c.x s.d.e.x s.d.f.g.x" },
        { "s.d.x", "s.d.e.x s.d.f.g.x" },
        { "s.d.total.x", "s.d.total.x" },
        { "s.d.total.all", "s.d.total.all.n s.d.total.all.o" },
        { "s.d.f.y", "s.d.f.g.y" },
        { "s.d.f.all", "s.d.f.g.all.n s.d.f.g.all.o" },
        { "u.p", "u.p.q u.p.r" },
        { "u.p.sum", "u.p.sum" },
        { "u.v", "u.v" },
    };
    struct nb_form *form = form_of_text(grouped);
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_cells(form, cases[i].address, cases[i].cells);
    nb_form_free(form);
}

static void expect_no_cells(const char *const *addresses, size_t count)
{
    struct nb_form *form = form_of_text(grouped);
    for (size_t i = 0; i < count; i++)
        expect_cells(form, addresses[i], "");
    nb_form_free(form);
}

static void other_names_stand_for_nothing(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "",
        "s",
        "u",
        "s.note",
        "t.a",
        "s.q",
        "s.a.q",
        "s.a.x.y",
        "s.x.a",
        "s.total",
        "s.d.q",
        "s.d.tot",
        "s.d.totals",
        "s.al",
        "s.a.al",
        ".a.x",
        "S.a.x",
        "s.a.all.q",
        "s.a x",
        "u.p.sum.x",
        "u.p.q.r",
        "s.*.x",
        "s.d.e.f.g",
        "s.f.g.x",
        "s.a.all.n.and.so.on.behind.the.end.of.every.path",
    };
    expect_no_cells(addresses, nb_countof(addresses));
}

static void names_with_an_empty_part_stand_for_nothing(void **state)
{
    (void)state;
    static const char *const addresses[] = {
        "s.", "s..x", "s..", "s.a.", "s.d.", "s.a.all.", "s.a..x", "u.p.sum.", "u.p.",
    };
    expect_no_cells(addresses, nb_countof(addresses));
}

static void cells_are_found_by_whole_addresses(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(grouped);
    for (int cell = 0; cell < form->n_cells; cell++) {
        const char *address = form->cells[cell].address;
        assert_int_equal(nb_form_find_cell(form, address, strlen(address)), cell);
        assert_int_equal(nb_form_find_cell(form, address, strlen(address) - 1), -1);
    }
    assert_int_equal(nb_form_find_cell(form, "s.a.x+1", 5), cell_at(form, "s.a.x"));
    assert_int_equal(nb_form_find_cell(form, "s.a.xx", 6), -1);
    assert_int_equal(nb_form_find_cell(form, "", 0), -1);
    nb_form_free(form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faults_of_writing_are_told_at_their_column),
        cmocka_unit_test(rules_over_cells_that_are_nowhere_do_not_load),
        cmocka_unit_test(expressions_become_equations),
        cmocka_unit_test(a_star_stands_for_each_row_or_column),
        cmocka_unit_test(a_star_skips_what_some_term_lacks),
        cmocka_unit_test(groups_become_the_sum_of_their_leaves),
        cmocka_unit_test(repeated_terms_stay_within_the_limit),
        cmocka_unit_test(rules_over_last_year_warn),
        cmocka_unit_test(tables_may_share_names),
        cmocka_unit_test(rules_keep_what_the_file_says),
        cmocka_unit_test(a_cell_on_both_sides_knows_its_equation_once),
        cmocka_unit_test(phrases_are_sums),
        cmocka_unit_test(names_stand_for_cells_and_groups),
        cmocka_unit_test(other_names_stand_for_nothing),
        cmocka_unit_test(names_with_an_empty_part_stand_for_nothing),
        cmocka_unit_test(cells_are_found_by_whole_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
