/* The reader against whole files: many faults, other line ends, junk, cut files, bombs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/file.h"

static void assert_read(struct nb_catalog *catalog, const char *name, const char *text,
                        size_t len_bytes, const char *wanted)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    nb_draft_read("draft.yaml", text, len_bytes, catalog, &diags, &draft);
    assert_diags(name, &diags, wanted);
    nb_draft_free(draft);
    nb_diags_release(&diags);
}

/* Reads what may be anything: no crash, errors exactly where there is no draft, at most 20 of
 * them, each at a place. Returns their number. */
static int read_anything(struct nb_catalog *catalog, const char *name, const char *text,
                         size_t len_bytes)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    clock_t start = clock();
    nb_draft_read("draft.yaml", text, len_bytes, catalog, &diags, &draft);
    double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
    int count = diags.count;
    bool places = true;
    for (int i = 0; i < count; i++)
        places &= diags.items[i].mark.line >= 1 && diags.items[i].mark.column >= 1;
    if (!places || count > 20 || (draft == NULL) != (count > 0) || seconds > 20) {
        struct nb_buf shown = { 0 };
        add_diags(&shown, &diags);
        print_error("%s: draft %p, %d errors, %.1f s\n%s", name, (void *)draft, count, seconds,
                    nb_buf_text(&shown));
        nb_buf_release(&shown);
        fail();
    }
    nb_draft_free(draft);
    nb_diags_release(&diags);
    return count;
}

static void all_faults_of_a_file_are_told_at_once(void **state)
{
    static const char text[] = "nianbao: 1\nform: \"2021\"\nunit: 示例市\nyear: 2024\n"
                               "signed: {by: [a], dat: \"x\"}\n"
                               "requests:\n"
                               "  new: {natural: abc, natral: 1, company: 01, company: 1}\n"
                               "  denied: 5\n"
                               "  handled: {natural: \"1\", total: 99999999999999999999}\n"
                               "disclosure:\n"
                               "  fees: {amount: 1.1234567}\n"
                               "overveiw: 一\n"
                               "disputes: &a\n"
                               "  reconsideration: {upheld: *a, total: 1.5}\n"
                               "marks:\n"
                               "  - {cell: nothing.here, text: \"a\\eb\"}\n";
    assert_read(
        *state, "faults of all kinds", text, strlen(text),
        "5:14 error yaml.type signed.by：这里应为文字\n"
        "5:19 error key.unknown 没有 dat 这个键，是 date 吗？\n"
        "7:18 error draft.figure requests.new.natural：“abc”不是0 或正整数\n"
        "7:23 error key.unknown 没有 natral 这个键，是 natural 吗？\n"
        "7:43 error draft.figure requests.new.company：“01”不是0 或正整数\n"
        "7:47 error yaml.duplicate 重复的键 company\n"
        "8:11 error yaml.type requests.denied：这里应为键和值\n"
        "9:22 error draft.quoted requests.handled.natural：数字不加引号\n"
        "9:34 error draft.range requests.handled.total：“99999999999999999999”太大，存不下\n"
        "11:18 error draft.figure disclosure.fees.amount：“1.1234567”不是0 或正数（最多六位小数）\n"
        "12:1 error key.unknown 没有 overveiw 这个键，是 overview 吗？\n"
        "13:11 error yaml.anchor 不允许锚点（&）\n"
        "14:29 error yaml.alias 不允许别名（*）\n"
        "14:40 error draft.figure disputes.reconsideration.total：“1.5”不是0 或正整数\n"
        "16:12 error draft.address 本格式没有 nothing.here 这一格\n"
        "16:34 error yaml.character 不允许的字符 U+001B\n");
}

static void twenty_errors_are_told_and_no_more(void **state)
{
    static const int counts[] = { 19, 20, 21, 500 };
    for (size_t i = 0; i < nb_countof(counts); i++) {
        struct nb_buf text = { 0 }, wanted = { 0 };
        nb_buf_puts(&text, DRAFT_HEAD);
        for (int line = 0; line < counts[i]; line++) {
            nb_buf_puts(&text, "zz: 1\n");
            if (line < 20)
                nb_buf_printf(&wanted, "%d:1 error key.unknown 没有 zz 这个键\n", line + 5);
        }
        assert_read(*state, "unknown keys", text.data, text.len, wanted.data);
        nb_buf_release(&text);
        nb_buf_release(&wanted);
    }
}

static void the_form_may_come_after_the_sections(void **state)
{
    static const char head[] = "marks:\n  - {cell: requests.new.natural, text: \"待核\"}\n"
                               "requests:\n  new: {natural: 12}\noverview: 一\n";
    static const char tail[] = "year: 2024\nunit: 示例市\nform: \"2021\"\nnianbao: 1\n";
    struct nb_buf text = { 0 }, value = { 0 };
    nb_buf_printf(&text, "%s%s", head, tail);
    struct nb_draft *draft = draft_of_bytes(*state, text.data, text.len);
    assert_true(nb_draft_get(draft, "requests.new.natural", &value));
    assert_text("figure before the form", nb_buf_text(&value), "12");
    assert_int_equal(nb_draft_year(draft), 2024);
    assert_text("unit", nb_draft_text(draft, NB_TEXT_UNIT), "示例市");
    assert_int_equal(nb_draft_record_count(draft, NB_LIST_MARKS), 1);
    nb_draft_free(draft);
    text.len = 0;
    nb_buf_printf(&text, "requests:\n  new: {natural: x, natral: 1}\n%s", tail);
    assert_read(*state, "faults before the form", text.data, text.len,
                "2:18 error draft.figure requests.new.natural：“x”不是0 或正整数\n"
                "2:21 error key.unknown 没有 natral 这个键，是 natural 吗？\n");
    text.len = 0;
    nb_buf_puts(&text, "overview: 一\nunit: 示例市\nyear: 2024\nform: \"2030\"\nnianbao: 1\n");
    assert_read(*state, "unknown form behind", text.data, text.len,
                "4:7 error draft.form 没有“2030”这种格式；文件未动\n");
    nb_buf_release(&text);
    nb_buf_release(&value);
}

/* ---- marks of other editors ---- */

static void a_byte_order_mark_is_no_character(void **state)
{
    static const char fine[] = "\xEF\xBB\xBF" DRAFT_HEAD "overview: 一\n";
    struct nb_draft *draft = draft_of_bytes(*state, fine, strlen(fine));
    assert_text("unit", nb_draft_text(draft, NB_TEXT_UNIT), "示例市");
    nb_draft_free(draft);
    static const char first[] = "\xEF\xBB\xBFnianbao: 3\n";
    assert_read(*state, "fault in the first line", first, strlen(first),
                "1:10 error file.version 文件版本 3，本程序只认 1；文件未动\n");
    static const char bad[] = "\xEF\xBB\xBFnianbao: \xFF\n";
    assert_read(*state, "invalid byte in the first line", bad, strlen(bad),
                "1:10 error yaml.encoding 这里不是有效的 UTF-8\n");
}

static char *with_crlf(const char *text)
{
    struct nb_buf out = { 0 };
    for (; *text; text++) {
        if (*text == '\n')
            nb_buf_putc(&out, '\r');
        nb_buf_putc(&out, *text);
    }
    return out.data;
}

static void windows_line_ends_are_line_ends(void **state)
{
    char *text = with_crlf(DRAFT_HEAD "overview: |\n  　　一\n\n  二 \ndisclosure:\n"
                                      "  note: \"a\\r\\nb\\rc\"\nrequests:\n  new: {natural: 1}\n");
    struct nb_draft *draft = draft_of_bytes(*state, text, strlen(text));
    assert_text("block", nb_draft_text(draft, nb_draft_find_text(draft, "overview")),
                "　　一\n\n二 ");
    assert_text("escapes", nb_draft_text(draft, nb_draft_find_text(draft, "disclosure.note")),
                "a\nb\nc");
    nb_draft_free(draft);
    free(text);
    text = with_crlf(DRAFT_HEAD "overview: |\n  一\nrequests:\n  new: {natural: x}\n");
    assert_read(*state, "place of a fault", text, strlen(text),
                "8:18 error draft.figure requests.new.natural：“x”不是0 或正整数\n");
    free(text);
    text = with_crlf(DRAFT_HEAD "overview: |\n  一\n  二\xFF\n");
    assert_read(*state, "place of an invalid byte", text, strlen(text),
                "7:4 error yaml.encoding 这里不是有效的 UTF-8\n");
    free(text);
}

/* ---- no draft at all ---- */

static void a_nul_byte_is_refused_where_it_is(void **state)
{
    static const struct {
        const char *name, *text, *wanted;
        size_t len;
    } cases[] = {
#define NUL_CASE(name, text, wanted) { name, text, wanted, sizeof text - 1 }
        NUL_CASE("first byte", "\0nianbao: 1\n", "1:1 error yaml.character 不允许的字符 U+0000\n"),
        NUL_CASE("in a text", DRAFT_HEAD "overview: 一二\0三\n",
                 "5:13 error yaml.character 不允许的字符 U+0000\n"),
        NUL_CASE("in a figure", DRAFT_HEAD "requests:\n  new: {natural: 1\0}\n",
                 "6:19 error yaml.character 不允许的字符 U+0000\n"),
        NUL_CASE("behind all", DRAFT_HEAD "\0", "5:1 error yaml.character 不允许的字符 U+0000\n"),
        NUL_CASE("many behind all", DRAFT_HEAD "\0\0\0\0",
                 "5:1 error yaml.character 不允许的字符 U+0000\n"),
#undef NUL_CASE
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        assert_read(*state, cases[i].name, cases[i].text, cases[i].len, cases[i].wanted);
}

static void junk_is_refused(void **state)
{
    uint64_t seed = 2024;
    char junk[4096];
    for (int round = 0; round < 200; round++) {
        size_t len = (size_t)random_below(&seed, (int)sizeof junk) + 1;
        bool text = round % 2;
        for (size_t i = 0; i < len; i++)
            junk[i] = (char)(text ? " \n-:{}[],\"'|>&*!%@`#ab1~?\t"[random_below(&seed, 26)]
                                  : random_below(&seed, 256));
        if (read_anything(*state, "junk", junk, len) == 0)
            fail_msg("junk of round %d was read as a draft", round);
    }
}

static void a_cut_file_is_never_half_read(void **state)
{
    struct nb_buf text = { 0 };
    add_file(&text, "samples/2024.yaml");
    for (size_t len = 0; len < text.len; len += 23) {
        char *cut = malloc(len + 1); /* so that a read behind the end is seen */
        assert_non_null(cut);
        memcpy(cut, text.data, len);
        read_anything(*state, "cut", cut, len);
        free(cut);
    }
    nb_buf_release(&text);
}

static void a_damaged_file_is_refused_or_read_whole(void **state)
{
    struct nb_buf text = { 0 };
    uint64_t seed = 77;
    add_file(&text, "samples/2024-errors.yaml");
    for (int round = 0; round < 400; round++) {
        char *damaged = nb_xstrndup(text.data, text.len);
        for (int i = random_below(&seed, 3); i >= 0; i--)
            damaged[random_below(&seed, (int)text.len)] =
                "\n \t:{}[],\"'|&*#-0x\xE4\xFF"[random_below(&seed, 20)];
        read_anything(*state, "damaged", damaged, text.len);
        free(damaged);
    }
    nb_buf_release(&text);
}

/* ---- bombs ---- */

static void add_repeated(struct nb_buf *out, const char *text, int count)
{
    for (int i = 0; i < count; i++)
        nb_buf_puts(out, text);
}

static void deep_nesting_is_one_error(void **state)
{
    static const struct {
        const char *name, *before, *open;
        int most; /* errors */
    } cases[] = {
        { "brackets alone", "", "[", 2 },
        { "brackets in an unknown key", DRAFT_HEAD "zz: ", "[", 2 },
        { "brackets for a section", DRAFT_HEAD "requests: ", "[", 2 },
        { "braces for a section", DRAFT_HEAD "requests: ", "{a: ", 2 },
        { "list items", DRAFT_HEAD "marks:\n  ", "- ", 2 },
        { "keys of keys", DRAFT_HEAD "requests: ", "{? ", 2 },
        { "brackets as a key", DRAFT_HEAD, "[", 2 },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf text = { 0 };
        nb_buf_puts(&text, cases[i].before);
        add_repeated(&text, cases[i].open, 100000);
        int count = read_anything(*state, cases[i].name, text.data, text.len);
        if (count < 1 || count > cases[i].most)
            fail_msg("%s: %d errors", cases[i].name, count);
        nb_buf_release(&text);
    }
}

static void nesting_is_told_where_it_becomes_too_deep(void **state)
{
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, DRAFT_HEAD "zz: ");
    add_repeated(&text, "[", 1000);
    /* the mapping of the file is the first of 64 levels */
    assert_read(*state, "1000 brackets", text.data, text.len,
                "5:1 error key.unknown 没有 zz 这个键\n"); /* tells nothing more of its value */
    text.len = 0;
    nb_buf_puts(&text, "nianbao: 1\nzz: "); /* no form yet: nothing is known of the value */
    add_repeated(&text, "[", 1000);
    assert_read(*state, "1000 brackets before the form", text.data, text.len,
                "2:68 error yaml.nesting 层次过深\n");
    nb_buf_release(&text);
}

static void large_files_take_time_in_proportion(void **state)
{
    static const struct {
        const char *name, *head, *part, *tail;
    } cases[] = {
        { "marks", DRAFT_HEAD "marks:\n", "  - {cell: overview, text: \"待核\"}\n", "" },
        { "empty list", DRAFT_HEAD "marks: [", "[],", "]\n" },
        { "a text of lines", DRAFT_HEAD "overview: |\n", "  一二三四五{requests.new.total}\n", "" },
        { "a text of one line", DRAFT_HEAD "overview: \"", "一 ", "\"\n" },
        { "comments", DRAFT_HEAD, "# 一\n", "" },
        { "unknown key of a large value", DRAFT_HEAD "zz: {", "a: 1, ", "}\n" },
        { "spaces", DRAFT_HEAD "overview: ", "    ", "\n" },
        { "question marks", DRAFT_HEAD "zz: {", "? a, ", "}\n" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf text = { 0 };
        nb_buf_puts(&text, cases[i].head);
        while (text.len < 2000000)
            nb_buf_puts(&text, cases[i].part);
        nb_buf_puts(&text, cases[i].tail);
        read_anything(*state, cases[i].name, text.data, text.len);
        nb_buf_release(&text);
    }
}

/* A file in the folder for temporary files; yours, to unlink and free. */
static char *scratch_file(const struct nb_buf *text)
{
    const char *folder = getenv("TMPDIR");
    struct nb_buf path = { 0 };
    nb_buf_printf(&path, "%s/nianbao-XXXXXX", folder && *folder ? folder : "/tmp");
    int fd = mkstemp(path.data);
    assert_true(fd >= 0 && nb_file_write_all(fd, text->data, text->len));
    close(fd);
    return path.data;
}

static void sixteen_mebibytes_are_the_limit(void **state)
{
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, DRAFT_HEAD);
    size_t limit = (size_t)16 * 1024 * 1024;
    while (text.len < limit)
        nb_buf_putc(&text, text.len % 1024 == 1023 || text.len == limit - 1 ? '\n' : '#');
    for (int over = 0; over < 2; over++) {
        char *path = scratch_file(&text);
        struct nb_diags diags = { 0 };
        struct nb_draft *draft;
        nb_draft_load(path, *state, &diags, NULL, &draft);
        assert_int_equal(diags.count, over);
        if (over)
            assert_text("rule", diags.items[0].rule, "file.size");
        nb_draft_free(draft);
        nb_diags_release(&diags);
        unlink(path);
        free(path);
        nb_buf_putc(&text, '\n');
    }
    nb_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_faults_of_a_file_are_told_at_once),
        cmocka_unit_test(twenty_errors_are_told_and_no_more),
        cmocka_unit_test(the_form_may_come_after_the_sections),
        cmocka_unit_test(a_byte_order_mark_is_no_character),
        cmocka_unit_test(windows_line_ends_are_line_ends),
        cmocka_unit_test(a_nul_byte_is_refused_where_it_is),
        cmocka_unit_test(junk_is_refused),
        cmocka_unit_test(a_cut_file_is_never_half_read),
        cmocka_unit_test(a_damaged_file_is_refused_or_read_whole),
        cmocka_unit_test(deep_nesting_is_one_error),
        cmocka_unit_test(nesting_is_told_where_it_becomes_too_deep),
        cmocka_unit_test(large_files_take_time_in_proportion),
        cmocka_unit_test(sixteen_mebibytes_are_the_limit),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
