/* Figures: the strict grammar of the draft file, what people type, and exact values. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/figure.h"

enum { MILLION = 1000000 };

/* What became of a text: the figure as a draft stores it, or why there is none. */
static void add_outcome(struct nb_buf *out, enum nb_figure_fault fault, enum nb_kind kind,
                        struct nb_figure figure)
{
    if (fault == NB_FIGURE_NONE)
        nb_buf_puts(out, "none");
    else if (fault == NB_FIGURE_TOO_LARGE)
        nb_buf_puts(out, "too large");
    else if (!figure.filled)
        nb_buf_puts(out, "blank");
    else
        nb_figure_write(out, kind, figure);
}

/* ---- the draft file ---- */

static void expect_read(enum nb_kind kind, const char *text, const char *wanted)
{
    struct nb_figure figure = { 0 };
    struct nb_buf got = { 0 }, name = { 0 };
    nb_buf_printf(&name, "%s “%s”", nb_kind_name(kind), text);
    add_outcome(&got, nb_figure_read(text, strlen(text), kind, &figure), kind, figure);
    assert_text(nb_buf_text(&name), nb_buf_text(&got), wanted);
    nb_buf_release(&name);
    nb_buf_release(&got);
}

static void file_figures_are_stored_as_typed(void **state)
{
    (void)state;
    static const struct {
        enum nb_kind kind;
        const char *text;
    } cases[] = {
        { NB_COUNT, "0" },
        { NB_COUNT, "7" },
        { NB_COUNT, "10" },
        { NB_COUNT, "9223372036854775807" },
        { NB_CHANGE, "0" },
        { NB_CHANGE, "158" },
        { NB_CHANGE, "-121" },
        { NB_CHANGE, "9223372036854775807" },
        { NB_CHANGE, "-9223372036854775807" },
        { NB_AMOUNT, "0" },
        { NB_AMOUNT, "0.0" },
        { NB_AMOUNT, "0.000000" },
        { NB_AMOUNT, "0.000001" },
        { NB_AMOUNT, "504658.70" },
        { NB_AMOUNT, "72701.2578" },
        { NB_AMOUNT, "1573179" },
        { NB_AMOUNT, "9223372036854.775807" },
        { NB_AMOUNT, "9223372036854" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_read(cases[i].kind, cases[i].text, cases[i].text);
}

static void file_figures_beyond_64_bits_are_too_large(void **state)
{
    (void)state;
    expect_read(NB_COUNT, "9223372036854775808", "too large");
    expect_read(NB_COUNT, "18446744073709551616", "too large");
    expect_read(NB_COUNT, "100000000000000000000000000000000000000000", "too large");
    expect_read(NB_CHANGE, "9223372036854775808", "too large");
    expect_read(NB_CHANGE, "-9223372036854775809", "too large");
    expect_read(NB_AMOUNT, "9223372036854.775808", "too large");
    expect_read(NB_AMOUNT, "9223372036855", "too large");
    expect_read(NB_AMOUNT, "9223372036855.0", "too large");
    expect_read(NB_AMOUNT, "9223372036854775808.5", "too large");
}

static void file_figures_have_no_other_spelling(void **state)
{
    (void)state;
    static const char *const by_kind[][26] = {
        [NB_COUNT] = { "-1", "-0", "1.0", "1.5" },
        [NB_CHANGE] = { "--1", "-", "-01", "- 1", "1-", "1.0", "-1.5" },
        [NB_AMOUNT] = { "-1", "-0.5", "1.", ".5", "01.5", "00.5", "1.0000000", "0.0000001", "1.2.3",
                        "1.-2", "1. 5", "1.5万元", "1。5" },
    };
    static const char *const any_kind[] = {
        "",    " ",   "00",    "01", "+1",   " 1",  "1 ",  "１", "1e3",
        "0x1", "1_0", "1,000", "a",  "12件", "增1", "nan", "~",  "9999999999999999999999x",
        "1\n", "?",   "−1",    "/",  "００", "①",   "十",  ".",  "099999999999999999999999",
    };
    for (enum nb_kind kind = NB_COUNT; kind <= NB_AMOUNT; kind++) {
        for (size_t i = 0; i < nb_countof(any_kind); i++)
            expect_read(kind, any_kind[i], "none");
        for (size_t i = 0; by_kind[kind][i]; i++)
            expect_read(kind, by_kind[kind][i], "none");
    }
}

static void file_figures_end_where_their_length_says(void **state)
{
    (void)state;
    struct nb_figure figure = { 0 };
    assert_int_equal(nb_figure_read("12345", 3, NB_COUNT, &figure), NB_FIGURE_FINE);
    assert_int_equal(figure.units, 123);
    assert_int_equal(nb_figure_read("1.25", 3, NB_AMOUNT, &figure), NB_FIGURE_FINE);
    assert_int_equal(figure.units, 1200000);
    assert_int_equal(nb_figure_read("1.25", 2, NB_AMOUNT, &figure), NB_FIGURE_NONE);
    assert_int_equal(nb_figure_read("-5", 1, NB_CHANGE, &figure), NB_FIGURE_NONE);
    assert_int_equal(nb_figure_read("12\0", 3, NB_COUNT, &figure), NB_FIGURE_NONE);
}

/* ---- what people type ---- */

struct typed {
    enum nb_kind kind;
    const char *unit, *text, *wanted;
};

static void expect_typed(const struct typed *typed)
{
    struct nb_figure figure = { 0 };
    struct nb_buf got = { 0 }, name = { 0 };
    bool changed = false;
    enum nb_figure_fault fault =
        nb_figure_type(typed->text, typed->kind, typed->unit, &figure, &changed);
    add_outcome(&got, fault, typed->kind, figure);
    if (fault == NB_FIGURE_FINE && changed)
        nb_buf_puts(&got, " (changed)");
    nb_buf_printf(&name, "%s in %s: “%s”", nb_kind_name(typed->kind),
                  typed->unit ? typed->unit : "no unit", typed->text);
    assert_text(nb_buf_text(&name), nb_buf_text(&got), typed->wanted);
    nb_buf_release(&name);
    nb_buf_release(&got);
}

static void typing_width_blanks_and_plus_change_nothing(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        { NB_COUNT, "件", "1234", "1234" },
        { NB_COUNT, "件", "１２３４", "1234" },
        { NB_COUNT, NULL, "0", "0" },
        { NB_COUNT, "件", "  12\t", "12" },
        { NB_COUNT, "件", "　12　", "12" },
        { NB_COUNT, "件",
          "\xC2\xA0"
          "12\xC2\xA0",
          "12" },
        { NB_CHANGE, "项", "-121", "-121" },
        { NB_CHANGE, "项", "－１２１", "-121" },
        { NB_CHANGE, "项", "–5", "-5" },
        { NB_CHANGE, "项", "—5", "-5" },
        { NB_CHANGE, "项", "−5", "-5" },
        { NB_CHANGE, "项", "158", "158" },
        { NB_CHANGE, "项", "+158", "158" },
        { NB_CHANGE, "项", "＋158", "158" },
        { NB_AMOUNT, "万元", "3929.08", "3929.08" },
        { NB_AMOUNT, "万元", "504658.70", "504658.70" },
        { NB_AMOUNT, "万元", "３９２９．０８", "3929.08" },
        { NB_AMOUNT, "万元", "3929。08", "3929.08" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_typed(&cases[i]);
}

static void typing_other_spellings_is_normalised_and_told(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        { NB_COUNT, "件", "1,234", "1234 (changed)" },
        { NB_COUNT, "件", "１，２３４", "1234 (changed)" },
        { NB_COUNT, "件", "12,345,678", "12345678 (changed)" },
        { NB_COUNT, "件", "12件", "12 (changed)" },
        { NB_COUNT, "件", "12 件", "12 (changed)" },
        { NB_COUNT, "件", "１２　件", "12 (changed)" },
        { NB_COUNT, "人次", "1,234人次", "1234 (changed)" },
        { NB_COUNT, "件", "007", "7 (changed)" },
        { NB_COUNT, "件", "00", "0 (changed)" },
        { NB_CHANGE, "项", "增71", "71 (changed)" },
        { NB_CHANGE, "项", "增 71", "71 (changed)" },
        { NB_CHANGE, "项", "减3", "-3 (changed)" },
        { NB_CHANGE, "项", "减 3项", "-3 (changed)" },
        { NB_CHANGE, "项", "-1,234", "-1234 (changed)" },
        { NB_CHANGE, "项", "减0", "0 (changed)" },
        { NB_AMOUNT, "万元", "3929.08万元", "3929.08 (changed)" },
        { NB_AMOUNT, "万元", "3929.080 万元", "3929.080 (changed)" },
        { NB_AMOUNT, "万元", "1,234.5", "1234.5 (changed)" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_typed(&cases[i]);
}

static void typing_another_unit_of_money_converts(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        { NB_AMOUNT, "万元", "251000元", "25.1 (changed)" },
        { NB_AMOUNT, "万元", "250000元", "25 (changed)" },
        { NB_AMOUNT, "万元", "251,000 元", "25.1 (changed)" },
        { NB_AMOUNT, "万元", "１元", "0.0001 (changed)" },
        { NB_AMOUNT, "万元", "0.01元", "0.000001 (changed)" },
        { NB_AMOUNT, "万元", "0元", "0 (changed)" },
        { NB_AMOUNT, "万元", "3亿元", "30000 (changed)" },
        { NB_AMOUNT, "万元", "1.5亿元", "15000 (changed)" },
        { NB_AMOUNT, "万元", "1.234567亿元", "12345.67 (changed)" },
        { NB_AMOUNT, "元", "25.1万元", "251000 (changed)" },
        { NB_AMOUNT, "元", "251000元", "251000 (changed)" },
        { NB_AMOUNT, "亿元", "15000万元", "1.5 (changed)" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_typed(&cases[i]);
}

static void typing_anything_else_is_refused(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        { NB_COUNT, "件", "", "none" },
        { NB_COUNT, "件", " 　", "none" },
        { NB_COUNT, "件", "abc", "none" },
        { NB_COUNT, "件", "十二", "none" },
        { NB_COUNT, "件", "/", "none" },
        { NB_COUNT, "件", "—", "none" },
        { NB_COUNT, "件", "件", "none" },
        { NB_COUNT, "件", "12项", "none" },
        { NB_COUNT, NULL, "12件", "none" },
        { NB_COUNT, "件", "12件件", "none" },
        { NB_COUNT, "件", "12元", "none" },
        { NB_COUNT, "件", "1 2", "none" },
        { NB_COUNT, "件", "12.5", "none" },
        { NB_COUNT, "件", "12.0", "none" },
        { NB_COUNT, "件", "-1", "none" },
        { NB_COUNT, "件", "减3", "none" },
        { NB_COUNT, "件", "增71", "none" },
        { NB_COUNT, "件", "1e3", "none" },
        { NB_COUNT, "件", "1,23", "none" },
        { NB_COUNT, "件", "1,2345", "none" },
        { NB_COUNT, "件", "1234,567", "none" },
        { NB_COUNT, "件", "1,,234", "none" },
        { NB_COUNT, "件", ",123", "none" },
        { NB_COUNT, "件", "123,", "none" },
        { NB_COUNT, "件", "1\n2", "none" },
        { NB_COUNT, "件", "12\n", "none" },
        { NB_CHANGE, "项", "增", "none" },
        { NB_CHANGE, "项", "减", "none" },
        { NB_CHANGE, "项", "-", "none" },
        { NB_CHANGE, "项", "--3", "none" },
        { NB_CHANGE, "项", "增-3", "none" },
        { NB_CHANGE, "项", "3-", "none" },
        { NB_CHANGE, "项", "1.5", "none" },
        { NB_AMOUNT, "万元", "-5", "none" },
        { NB_AMOUNT, "万元", "1.", "none" },
        { NB_AMOUNT, "万元", "12。", "none" },
        { NB_AMOUNT, "万元", ".5", "none" },
        { NB_AMOUNT, "万元", "1.2345678", "none" },
        { NB_AMOUNT, "万元", "1.2.3", "none" },
        { NB_AMOUNT, "万元", "0.001元", "none" },
        { NB_AMOUNT, "万元", "3929. 08", "none" },
        { NB_AMOUNT, "件", "12元", "none" },
        { NB_AMOUNT, NULL, "12元", "none" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_typed(&cases[i]);
}

static void typing_beyond_64_bits_is_too_large(void **state)
{
    (void)state;
    static const struct typed cases[] = {
        { NB_COUNT, "件", "9223372036854775807", "9223372036854775807" },
        { NB_COUNT, "件", "9223372036854775808", "too large" },
        { NB_COUNT, "件", "9,223,372,036,854,775,808", "too large" },
        { NB_CHANGE, "项", "减9223372036854775809", "too large" },
        { NB_AMOUNT, "万元", "9223372036854.775808", "too large" },
        { NB_AMOUNT, "万元", "9223372036854亿元", "too large" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_typed(&cases[i]);
}

/* ---- writing ---- */

static void printing_gives_changes_their_sign(void **state)
{
    (void)state;
    static const struct {
        enum nb_kind kind;
        struct nb_figure figure;
        const char *written, *printed;
    } cases[] = {
        { NB_COUNT, { 0 }, "", "" },
        { NB_CHANGE, { 0 }, "", "" },
        { NB_AMOUNT, { 0 }, "", "" },
        { NB_COUNT, { .units = 0, .filled = true }, "0", "0" },
        { NB_COUNT, { .units = 158, .filled = true }, "158", "158" },
        { NB_CHANGE, { .units = 158, .filled = true }, "158", "+158" },
        { NB_CHANGE, { .units = -121, .filled = true }, "-121", "-121" },
        { NB_CHANGE, { .units = 0, .filled = true }, "0", "0" },
        { NB_AMOUNT, { .units = 1500000, .decimals = 1, .filled = true }, "1.5", "1.5" },
        { NB_AMOUNT, { .units = 1500000, .decimals = 6, .filled = true }, "1.500000", "1.500000" },
        { NB_AMOUNT, { .units = 50000, .decimals = 2, .filled = true }, "0.05", "0.05" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf written = { 0 }, printed = { 0 };
        nb_figure_write(&written, cases[i].kind, cases[i].figure);
        nb_figure_print(&printed, cases[i].kind, cases[i].figure);
        assert_text("written", nb_buf_text(&written), cases[i].written);
        assert_text("printed", nb_buf_text(&printed), cases[i].printed);
        nb_buf_release(&written);
        nb_buf_release(&printed);
    }
}

static void sums_are_written_with_the_decimals_they_need(void **state)
{
    (void)state;
    const nb_wide half = (nb_wide)1 << 126, largest = half - 1 + half;
    const struct {
        nb_wide value;
        const char *wanted;
    } cases[] = {
        { 0, "0" },
        { 1, "0.000001" },
        { -1, "-0.000001" },
        { 10, "0.00001" },
        { 100000, "0.1" },
        { -100000, "-0.1" },
        { 999999, "0.999999" },
        { MILLION, "1" },
        { -MILLION, "-1" },
        { 10 * (nb_wide)MILLION, "10" },
        { 2500000, "2.5" },
        { -2500000, "-2.5" },
        { 123456789, "123.456789" },
        { 100000001, "100.000001" },
        { (nb_wide)INT64_MAX * MILLION, "9223372036854775807" },
        { (nb_wide)INT64_MIN * MILLION, "-9223372036854775808" },
        { (nb_wide)INT64_MAX * 100000 * MILLION, "922337203685477580700000" },
        { largest, "170141183460469231731687303715884.105727" },
        { -largest, "-170141183460469231731687303715884.105727" },
        { -largest - 1, "-170141183460469231731687303715884.105728" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf got = { 0 };
        nb_wide_write(&got, cases[i].value);
        assert_text("sum", nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
    }
}

/* ---- values ---- */

static void values_become_figures_where_the_kind_holds_them(void **state)
{
    (void)state;
    const nb_wide most = INT64_MAX;
    const struct {
        enum nb_kind kind;
        nb_wide value;
        const char *wanted; /* NULL: there is no such figure */
    } cases[] = {
        { NB_COUNT, 0, "0" },
        { NB_COUNT, 97 * (nb_wide)MILLION, "97" },
        { NB_COUNT, most * MILLION, "9223372036854775807" },
        { NB_COUNT, (most + 1) * MILLION, NULL },
        { NB_COUNT, -MILLION, NULL },
        { NB_COUNT, 1500000, NULL },
        { NB_CHANGE, -MILLION, "-1" },
        { NB_CHANGE, -most * MILLION, "-9223372036854775807" },
        { NB_CHANGE, -(most + 2) * MILLION, NULL },
        { NB_CHANGE, 1, NULL },
        { NB_AMOUNT, 25100000, "25.1" },
        { NB_AMOUNT, 1, "0.000001" },
        { NB_AMOUNT, 25 * (nb_wide)MILLION, "25" },
        { NB_AMOUNT, most, "9223372036854.775807" },
        { NB_AMOUNT, most + 1, NULL },
        { NB_AMOUNT, -1, NULL },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_figure figure = { 0 };
        struct nb_buf got = { 0 }, name = { 0 };
        bool fits = nb_figure_from_value(cases[i].kind, cases[i].value, &figure);
        nb_wide_write(&name, cases[i].value);
        add_outcome(&got, fits ? NB_FIGURE_FINE : NB_FIGURE_NONE, cases[i].kind, figure);
        assert_text(nb_buf_text(&name), nb_buf_text(&got),
                    cases[i].wanted ? cases[i].wanted : "none");
        nb_buf_release(&name);
        nb_buf_release(&got);
    }
}

static void equal_amounts_have_equal_values(void **state)
{
    (void)state;
    struct nb_figure a, b;
    assert_int_equal(nb_figure_read("504658.7", 8, NB_AMOUNT, &a), NB_FIGURE_FINE);
    assert_int_equal(nb_figure_read("504658.70", 9, NB_AMOUNT, &b), NB_FIGURE_FINE);
    assert_true(nb_figure_value(NB_AMOUNT, a) == nb_figure_value(NB_AMOUNT, b));
    assert_true(nb_figure_value(NB_AMOUNT, a) == (nb_wide)504658700000);
    assert_true(nb_figure_value(NB_COUNT, (struct nb_figure) { .units = 3, .filled = true }) ==
                3 * MILLION);
    assert_true(nb_figure_value(NB_COUNT, (struct nb_figure) { .units = 3 }) == 0);
}

static void any_figure_survives_writing_and_reading(void **state)
{
    (void)state;
    uint64_t seed = 20240;
    for (int i = 0; i < 30000; i++) {
        enum nb_kind kind = (enum nb_kind)random_below(&seed, 3);
        struct nb_figure figure = random_figure(&seed, kind), again = { 0 };
        struct nb_buf text = { 0 };
        if (!figure.filled)
            continue;
        nb_figure_write(&text, kind, figure);
        expect_read(kind, nb_buf_text(&text), nb_buf_text(&text));
        assert_true(nb_figure_from_value(kind, nb_figure_value(kind, figure), &again));
        if (again.units != figure.units)
            fail_msg("%s came back as %lld", nb_buf_text(&text), (long long)again.units);
        nb_buf_release(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_figures_are_stored_as_typed),
        cmocka_unit_test(file_figures_beyond_64_bits_are_too_large),
        cmocka_unit_test(file_figures_have_no_other_spelling),
        cmocka_unit_test(file_figures_end_where_their_length_says),
        cmocka_unit_test(typing_width_blanks_and_plus_change_nothing),
        cmocka_unit_test(typing_other_spellings_is_normalised_and_told),
        cmocka_unit_test(typing_another_unit_of_money_converts),
        cmocka_unit_test(typing_anything_else_is_refused),
        cmocka_unit_test(typing_beyond_64_bits_is_too_large),
        cmocka_unit_test(printing_gives_changes_their_sign),
        cmocka_unit_test(sums_are_written_with_the_decimals_they_need),
        cmocka_unit_test(values_become_figures_where_the_kind_holds_them),
        cmocka_unit_test(equal_amounts_have_equal_values),
        cmocka_unit_test(any_figure_survives_writing_and_reading),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
