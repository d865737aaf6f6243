/* Numbers as prose writes them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/number.h"

/* The number at the start of the text, what it is, and the rest: "12.5 % step 0.1 |，"; "-": none.
 */
static void add_number(struct nb_buf *out, const char *text)
{
    struct nb_number number;
    const char *end = text + strlen(text);
    size_t len = nb_number_read(text, end, &number);
    if (!len) {
        nb_buf_puts(out, "-");
        return;
    }
    nb_wide_write(out, number.value);
    nb_buf_puts(out, number.percent ? " %" : "");
    nb_buf_puts(out, number.vague ? " vague" : "");
    if (number.step != 1000000) {
        nb_buf_puts(out, " step ");
        nb_wide_write(out, number.step);
    }
    nb_buf_printf(out, "|%s", text + len);
}

static void numbers_are_read_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        const char *text, *wanted;
    } cases[] = {
        { "3525件", "3525|件" },
        { "3,525件", "3525|件" },
        { "1,234,567", "1234567|" },
        { "1,23件", "1|,23件" },
        { "1,2345", "1|,2345" },
        { "1234,567", "1234|,567" },
        { "18350.62万元", "183506200 step 100|元" },
        { "12.件", "12|.件" },
        { "1.2万件", "12000 step 1000|件" },
        { "3万5千件", "35000 step 1000|件" },
        { "3万5件", "30000 step 10000|5件" },
        { "2千万", "20000000 step 10000000|" },
        { "12.5%，", "12.5 % step 0.1|，" },
        { "100%", "100 %|" },
        { "百分之十二点五，", "12.5 % step 0.1|，" },
        { "百分之98.6", "98.6 % step 0.1|" },
        { "百分之百", "100 %|" },
        { "百分之", "-" },
        { "十件", "10|件" },
        { "十二件", "12|件" },
        { "二十件", "20|件" },
        { "两百零三件", "203|件" },
        { "两百三件", "230|件" },
        { "一百一十件", "110|件" },
        { "三千五百二十五件", "3525|件" },
        { "三万二千", "32000 step 1000|" },
        { "一万零三百", "10300|" },
        { "两千", "2000 step 1000|" },
        { "三点五万件", "35000 step 1000|件" },
        { "二〇二四年", "2024|年" },
        { "三五二五件", "3525|件" },
        { "零件", "0|件" },
        { "三件", "3|件" },
        { "一件", "1 vague|件" },
        { "三四件", "34 vague|件" },
        { "百余件", "100 vague|余件" },
        { "万元", "10000 vague step 10000|元" },
        { "九九九九九九九九九九九九九九九九件", "9999999999999999 vague|件" },
        { "12345678901234567890", "123456789012345 vague|" },
        { "1.2345678", "0 vague step 0|" },
        { "件", "-" },
        { "", "-" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf got = { 0 };
        add_number(&got, cases[i].text);
        assert_text(cases[i].text, nb_buf_text(&got), cases[i].wanted);
        nb_buf_release(&got);
    }
}

/* Whatever digits and powers are strung together: no overflow, and an end. */
static void any_string_of_signs_is_read_safely(void **state)
{
    (void)state;
    static const char *const signs[] = { "9",  "0",  ",",  ".",  "九", "零", "十",
                                         "百", "千", "万", "亿", "点", "%",  "百分之" };
    uint64_t seed = 7;
    for (int i = 0; i < 20000; i++) {
        struct nb_buf text = { 0 };
        struct nb_number number;
        for (int j = random_below(&seed, 40); j >= 0; j--)
            nb_buf_puts(&text, signs[random_below(&seed, (int)nb_countof(signs))]);
        size_t len = nb_number_read(text.data, text.data + text.len, &number);
        assert_true(len <= text.len);
        nb_buf_release(&text);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_are_read_as_people_write_them),
        cmocka_unit_test(any_string_of_signs_is_read_safely),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
