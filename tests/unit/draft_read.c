/* The reader of draft files: every fault at its own line and column, once, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "draft_support.h"

/* Head, then the section of requests. */
#define REQUESTS DRAFT_HEAD "requests:\n"

struct broken {
    const char *name, *text, *wanted;
};

/* False, with both sides printed, unless exactly these errors are told; none: it is a draft. */
static bool is_told(struct nb_catalog *catalog, const struct broken *broken)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    enum nb_status status =
        nb_draft_read("draft.yaml", broken->text, strlen(broken->text), catalog, &diags, &draft);
    bool refused = broken->wanted[0] != '\0';
    bool fine = same_diags(broken->name, &diags, broken->wanted);
    if ((status == NB_FAILED) != refused || (draft == NULL) != refused) {
        print_error("%s: status %d, draft %p\n", broken->name, (int)status, (void *)draft);
        fine = false;
    }
    nb_draft_free(draft);
    nb_diags_release(&diags);
    return fine;
}

static void assert_all_told(void **state, const struct broken *cases, size_t count)
{
    int wrong = 0;
    for (size_t i = 0; i < count; i++)
        wrong += !is_told(*state, &cases[i]);
    assert_int_equal(wrong, 0);
}

/* ---- what is not a draft's YAML ---- */

static const struct broken syntax[] = {
    { "empty file", "",
      "1:1 error key.missing 缺少 nianbao\n"
      "1:1 error key.missing 缺少 form，不知道是哪种格式\n"
      "1:1 error key.missing 缺少 year\n"
      "1:1 error key.missing 缺少 unit\n" },
    { "only a comment", "# 空\n",
      "1:1 error key.missing 缺少 nianbao\n"
      "1:1 error key.missing 缺少 form，不知道是哪种格式\n"
      "1:1 error key.missing 缺少 year\n"
      "1:1 error key.missing 缺少 unit\n" },
    { "no space after the colon", DRAFT_HEAD "overview:一\n",
      "5:1 error yaml.syntax YAML 写法有误（键后面缺冒号）\n" },
    { "no colon", DRAFT_HEAD "overview\nother: x\n",
      "5:1 error yaml.syntax YAML 写法有误（键后面缺冒号）\n" },
    { "colon in a plain text", DRAFT_HEAD "overview: a: b\n",
      "5:12 error yaml.syntax YAML 写法有误（这里不该有冒号）\n" },
    { "tab as indentation", DRAFT_HEAD "requests:\n\tnew: {natural: 1}\n",
      "6:1 error yaml.syntax YAML 写法有误（不能用 Tab 缩进）\n" },
    { "tab behind spaces", REQUESTS "  new: {natural: 1}\n  \thandled: {natural: 1}\n",
      "7:3 error yaml.syntax YAML 写法有误（不能用 Tab 缩进）\n" },
    { "wrong indentation", REQUESTS "  new: {natural: 1}\n handled: {natural: 1}\n",
      "7:2 error yaml.syntax YAML 写法有误（缩进或写法与上文不一致）\n" },
    { "brace not closed", REQUESTS "  new: {natural: 1, company: 2\n",
      "6:8 error yaml.syntax YAML 写法有误（括号没有配对）\n" },
    { "brace not closed before other rows",
      REQUESTS "  new: {natural: 1\n  handled: {natural: 1}\n",
      "6:18 error draft.figure requests.new.natural：“1 handled”不是0 或正整数\n"
      "6:8 error yaml.syntax YAML 写法有误（缺逗号或右花括号）\n" },
    { "first line indented", "  nianbao: 1\nform: \"2021\"\n",
      "2:1 error yaml.syntax YAML 写法有误（文档结束后还有内容）\n" },
    { "bracket not closed", DRAFT_HEAD "marks: [\n",
      "5:8 error yaml.syntax YAML 写法有误（括号没有配对）\n" },
    { "quote not closed", DRAFT_HEAD "overview: \"一\nother: x\n",
      "5:11 error yaml.syntax YAML 写法有误（引号没有配对）\n" },
    { "unknown escape", DRAFT_HEAD "overview: \"\\y\"\n",
      "5:12 error yaml.syntax YAML 写法有误（反斜杠写法有误）\n" },
    { "escape that is no character", DRAFT_HEAD "overview: \"一\\uD800\"\n",
      "5:15 error yaml.syntax YAML 写法有误（反斜杠写法有误）\n" },
    { "escape without its digits", DRAFT_HEAD "overview: \"\\xZZ\"\n",
      "5:14 error yaml.syntax YAML 写法有误（反斜杠写法有误）\n" },
    { "newer YAML", "%YAML 3.0\n---\n" DRAFT_HEAD,
      "1:1 error yaml.syntax YAML 写法有误（不能有 % 开头的行）\n" },
    { "text of a directive", "%\n" DRAFT_HEAD,
      "1:1 error yaml.syntax YAML 写法有误（不能有 % 开头的行）\n" },
    { "emphasis", DRAFT_HEAD "overview: *一*\n",
      "5:11 error yaml.syntax YAML 写法有误（以 & 或 * 开头的文字要加引号）\n" },
    { "exclamation mark", DRAFT_HEAD "overview: !一\n",
      "5:11 error yaml.syntax YAML 写法有误（以 ! 开头的文字要加引号）\n" },
    { "question mark", DRAFT_HEAD "overview: ? a\n",
      "5:11 error yaml.syntax YAML 写法有误（这里不该有问号）\n" },
    { "text behind the bar", DRAFT_HEAD "overview: | 一\n",
      "5:13 error yaml.syntax YAML 写法有误（这一行后面多了内容）\n" },
    { "no indentation", DRAFT_HEAD "overview: |0\n",
      "5:12 error yaml.syntax YAML 写法有误（缩进数不能是 0）\n" },
    { "alias", DRAFT_HEAD "overview: *a\n", "5:11 error yaml.alias 不允许别名（*）\n" },
    { "alias as a figure", REQUESTS "  new: {natural: *a, company: x}\n",
      "6:18 error yaml.alias 不允许别名（*）\n"
      "6:31 error draft.figure requests.new.company：“x”不是0 或正整数\n" },
    { "alias as a key", DRAFT_HEAD "*a : 1\n", "5:1 error yaml.alias 不允许别名（*）\n" },
    { "anchor", DRAFT_HEAD "overview: &a text\n", "5:11 error yaml.anchor 不允许锚点（&）\n" },
    { "tag", DRAFT_HEAD "overview: !!str text\n", "5:11 error yaml.tag 不允许标签（!）\n" },
    { "tag of a mapping", DRAFT_HEAD "requests: !t\n  new: {natural: 1}\n",
      "5:11 error yaml.tag 不允许标签（!）\n" },
    { "second document", DRAFT_HEAD "---\nnianbao: 1\n",
      "5:1 error yaml.document 一个文件只能有一个 YAML 文档\n" },
    { "text behind the document", DRAFT_HEAD "...\nmore\n",
      "6:1 error yaml.syntax YAML 写法有误（文档结束后还有内容）\n" },
    { "a list", "- nianbao: 1\n", "1:1 error yaml.type draft.yaml：这里应为键和值\n" },
    { "a text", "nianbao\n", "1:1 error yaml.type draft.yaml：这里应为键和值\n" },
    { "a list as a key", DRAFT_HEAD "[a]: 1\n", "5:1 error yaml.key 键应为一个名称\n" },
    { "reserved character", DRAFT_HEAD "overview: @a\n",
      "5:11 error yaml.syntax YAML 写法有误（这个字符不能开头）\n" },
    { "merge key", REQUESTS "  new: {<<: {natural: 1}}\n",
      "6:9 error key.unknown 没有 << 这个键\n" },
};

static void wrong_yaml_is_told_where_it_is(void **state)
{
    assert_all_told(state, syntax, nb_countof(syntax));
}

/* ---- keys ---- */

#define TEN_CHARS "一二三四五六七八九十"

static const struct broken keys[] = {
    { "repeated head key", DRAFT_HEAD "year: 2025\n", "5:1 error yaml.duplicate 重复的键 year\n" },
    { "repeated unit", DRAFT_HEAD "unit: 另一市\n", "5:1 error yaml.duplicate 重复的键 unit\n" },
    { "repeated key of a head group",
      DRAFT_HEAD "signed: {by: \"示例\", date: \"2025-01-20\", by: \"示例\"}\n",
      "5:40 error yaml.duplicate 重复的键 by\n" },
    { "repeated head group", DRAFT_HEAD "people: {filled: \"a\"}\npeople: {filled: \"b\"}\n",
      "6:1 error yaml.duplicate 重复的键 people\n" },
    { "repeated signature", DRAFT_HEAD "signed: {by: \"a\"}\nsigned: {date: \"2025-01-20\"}\n",
      "6:1 error yaml.duplicate 重复的键 signed\n" },
    { "row with a control character", REQUESTS "  \"n\\e\": 1\n",
      "6:3 error key.unknown 没有 n\\x1B 这个键\n" },
    { "repeated section", REQUESTS "  new: {natural: 1}\nrequests:\n  new: {natural: x}\n",
      "7:1 error yaml.duplicate 重复的键 requests\n" },
    { "repeated text", DRAFT_HEAD "overview: 一\noverview: 二\n",
      "6:1 error yaml.duplicate 重复的键 overview\n" },
    { "repeated row", REQUESTS "  new: {natural: 1}\n  new: {natural: 2}\n",
      "7:3 error yaml.duplicate 重复的键 new\n" },
    { "repeated group of rows",
      REQUESTS "  denied:\n    secret: {natural: 1}\n  denied:\n    law: {natural: 1}\n",
      "8:3 error yaml.duplicate 重复的键 denied\n" },
    { "repeated cell", REQUESTS "  new: {natural: 1, company: 2, natural: 1}\n",
      "6:33 error yaml.duplicate 重复的键 natural\n" },
    { "repeated list", DRAFT_HEAD "marks: []\nmarks: []\n",
      "6:1 error yaml.duplicate 重复的键 marks\n" },
    { "repeated field", DRAFT_HEAD "marks:\n  - {cell: overview, text: \"a\", text: \"b\"}\n",
      "6:33 error yaml.duplicate 重复的键 text\n" },
    { "repeated empty prose", DRAFT_HEAD "overview: ~\noverview: ~\n",
      "6:1 error yaml.duplicate 重复的键 overview\n" },
    { "unknown top key", DRAFT_HEAD "overveiw: 一\n",
      "5:1 error key.unknown 没有 overveiw 这个键，是 overview 吗？\n" },
    { "unknown top key, nothing near", DRAFT_HEAD "zzz: 一\n",
      "5:1 error key.unknown 没有 zzz 这个键\n" },
    { "unknown head field", DRAFT_HEAD "signed: {by: \"示例\", dat: \"2025-01-20\"}\n",
      "5:20 error key.unknown 没有 dat 这个键，是 date 吗？\n" },
    { "unknown row", REQUESTS "  granded: {natural: 1, what: {}}\n",
      "6:3 error key.unknown 没有 granded 这个键，是 granted 吗？\n" },
    { "unknown cell", REQUESTS "  new: {natral: 1, company: 2}\n",
      "6:9 error key.unknown 没有 natral 这个键，是 natural 吗？\n" },
    { "row of the older form", REQUESTS "  otherwise: {natural: 1}\n",
      "6:15 error key.unknown 没有 natural 这个键\n" },
    { "unknown field", DRAFT_HEAD "marks:\n  - {cell: overview, texts: \"a\"}\n",
      "6:22 error key.unknown 没有 texts 这个键，是 text 吗？\n" },
    { "unknown cell of a mark", DRAFT_HEAD "marks:\n  - {cell: nothing.here, text: \"a\"}\n",
      "6:12 error draft.address 本格式没有 nothing.here 这一格\n" },
    { "rule that is no name",
      DRAFT_HEAD "accepted:\n  - {rule: \"A b\", cell: overview, about: \"\", reason: \"\"}\n",
      "6:12 error draft.value rule：“A b”不是规则名\n" },
    { "key longer than any",
      DRAFT_HEAD "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_"
                 "abcdefghijklmnopqrstuvwxyz: 1\n",
      "5:1 error key.unknown 没有 abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdef… "
      "这个键\n" },
    { "key with ideographs cut between characters",
      DRAFT_HEAD TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS "百: 1\n",
      "5:1 error key.unknown 没有 " TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS TEN_CHARS
      "… 这个键\n" },
    { "key with a NUL", DRAFT_HEAD "\"overview\\0x\": 1\n",
      "5:1 error key.unknown 没有 overview\\x00x 这个键，是 overview 吗？\n" },
    { "head key with a NUL", "nianbao: 1\nform: \"2021\"\n\"unit\\0x\": 示例市\nyear: 2024\n",
      "3:1 error key.unknown 没有 unit\\x00x 这个键，是 unit 吗？\n" },
    { "key with a control character", DRAFT_HEAD "\"a\\e[31m\": 1\n",
      "5:1 error key.unknown 没有 a\\x1B[31m 这个键\n" },
};

static void keys_are_those_of_the_form_once(void **state)
{
    assert_all_told(state, keys, nb_countof(keys));
}

/* ---- the head ---- */

static const struct broken heads[] = {
    { "no version", "form: \"2021\"\nunit: 示例市\nyear: 2024\n",
      "1:1 error key.missing 缺少 nianbao\n" },
    { "no form", "nianbao: 1\nunit: 示例市\nyear: 2024\noverview: 一\n",
      "1:1 error key.missing 缺少 form，不知道是哪种格式\n" },
    { "no form and no section", "nianbao: 1\nunit: 示例市\nyear: 2024\n",
      "1:1 error key.missing 缺少 form，不知道是哪种格式\n" },
    { "no unit", "nianbao: 1\nform: \"2021\"\nyear: 2024\n", "1:1 error key.missing 缺少 unit\n" },
    { "empty unit", "nianbao: 1\nform: \"2021\"\nunit: \"\"\nyear: 2024\n",
      "3:7 error draft.value unit：“”不是单位名称\n" },
    { "blank unit before the form", "nianbao: 1\nunit: ~\nform: \"2021\"\nyear: 2024\n",
      "2:7 error draft.value unit：“”不是单位名称\n" },
    { "no unit and another fault", "nianbao: 1\nform: \"2021\"\nyear: 2024\nzzz: 1\n",
      "4:1 error key.unknown 没有 zzz 这个键\n"
      "1:1 error key.missing 缺少 unit\n" },
    { "misspelt year", "nianbao: 1\nform: \"2021\"\nunit: 示例市\nyaer: 2024\n",
      "4:1 error key.unknown 没有 yaer 这个键，是 year 吗？\n" },
    { "form with a NUL", "nianbao: 1\nform: \"2021\\0\"\nunit: 示例市\nyear: 2024\n",
      "2:7 error draft.form 没有“2021\\x00”这种格式；文件未动\n" },
    { "form is a list behind sections",
      "nianbao: 1\noverview: 一\nform: [2021]\nunit: 示例市\nyear: 2024\nother: 二\n",
      "3:7 error yaml.type form：这里应为格式名\n" },
    { "form is an alias behind sections",
      "nianbao: 1\noverview: 一\nform: *a\nunit: 示例市\nyear: 2024\n",
      "3:7 error yaml.alias 不允许别名（*）\n" },
    { "wrong YAML before the form", "nianbao: 1\noverview: 一\n  a: b\nform: \"2021\"\n",
      "3:4 error yaml.syntax YAML 写法有误（这里不该有冒号）\n" },
    { "two wrong things in a record",
      DRAFT_HEAD "accepted:\n  - {rulee: a, cell: overview, about: a, rule: b}\n",
      "6:6 error key.unknown 没有 rulee 这个键，是 rule 吗？\n"
      "6:5 error key.missing 缺少 reason\n" },
    { "no year", "nianbao: 1\nform: \"2021\"\nunit: 示例市\n",
      "1:1 error key.missing 缺少 year\n" },
    { "newer version", "nianbao: 2\nform: new\nunit: [a]\nwhat: ever\n",
      "1:10 error file.version 文件版本 2，本程序只认 1；文件未动\n" },
    { "unknown form", "nianbao: 1\nform: \"2030\"\nunit: 示例市\nyear: x\nwhat: ever\n",
      "2:7 error draft.form 没有“2030”这种格式；文件未动\n" },
    { "form is a list", "nianbao: 1\nform: [2021]\nunit: 示例市\nyear: 2024\noverview: 一\n",
      "2:7 error yaml.type form：这里应为格式名\n" },
    { "year quoted", "nianbao: 1\nform: \"2021\"\nunit: 示例市\nyear: \"2024\"\n",
      "4:7 error draft.value year：“2024”不是四位数的年份（不加引号）\n" },
    { "year too short", "nianbao: 1\nform: \"2021\"\nunit: 示例市\nyear: 24\n",
      "4:7 error draft.value year：“24”不是四位数的年份（不加引号）\n" },
    { "year is a mapping", "nianbao: 1\nform: \"2021\"\nunit: 示例市\nyear: {a: 1}\n",
      "4:7 error yaml.type year：这里应为年份\n" },
    { "unit of two lines", "nianbao: 1\nform: \"2021\"\nunit: |\n  一\n  二\nyear: 2024\n",
      "4:3 error draft.value unit：“一\\x0A二”不是一行文字\n" },
    { "unit is a list", "nianbao: 1\nform: \"2021\"\nunit: [示例市]\nyear: 2024\n",
      "3:7 error yaml.type unit：这里应为文字\n" },
    { "day that does not exist", DRAFT_HEAD "signed: {by: \"示例\", date: \"2025-02-29\"}\n",
      "5:27 error draft.value signed.date：“2025-02-29”不是日期（例如 2025-01-20）\n" },
    { "date written otherwise", DRAFT_HEAD "signed: {date: \"2025年1月20日\"}\n",
      "5:17 error draft.value signed.date：“2025年1月20日”不是日期（例如 2025-01-20）\n" },
    { "signed is a text", DRAFT_HEAD "signed: 示例市\n",
      "5:9 error yaml.type signed：这里应为键和值\n" },
    { "preamble is a list", DRAFT_HEAD "preamble: [a]\n",
      "5:11 error yaml.type preamble：这里应为文字\n" },
    { "marks is a mapping", DRAFT_HEAD "marks: {cell: overview}\n",
      "5:8 error yaml.type marks：这里应为列表\n" },
    { "mark is a text", DRAFT_HEAD "marks: [overview]\n",
      "5:9 error yaml.type marks：这里应为键和值\n" },
    { "mark without a text", DRAFT_HEAD "marks:\n  - {cell: overview}\n",
      "6:5 error key.missing 缺少 text\n" },
    { "acceptance without a reason",
      DRAFT_HEAD "accepted:\n  - {rule: cell.blank, cell: overview, about: \"1\"}\n",
      "6:5 error key.missing 缺少 reason\n" },
    { "source without a unit", DRAFT_HEAD "sources:\n  - {file: \"a.yaml\"}\n",
      "6:5 error key.missing 缺少 unit\n" },
    { "acceptance of two words", DRAFT_HEAD "accepted:\n  - {reason: a, b}\n",
      "6:17 error key.unknown 没有 b 这个键\n"
      "6:5 error key.missing 缺少 rule\n"
      "6:5 error key.missing 缺少 cell\n"
      "6:5 error key.missing 缺少 about\n" },
};

static void the_head_must_be_whole(void **state)
{
    assert_all_told(state, heads, nb_countof(heads));
}

/* ---- figures ---- */

/* The value stands at 6:18. */
#define ROW(value)  REQUESTS "  new: {natural: " value ", company: 2}\n"
#define FEES(value) DRAFT_HEAD "disclosure:\n  fees: {amount: " value "}\n"
#define LICENSING(value)                                                                           \
    "nianbao: 1\nform: \"2019\"\nunit: 示例市\nyear: 2020\ndisclosure:\n  licensing: "          \
    "{change: " value "}\n"

static const struct broken figures[] = {
    { "word", ROW("abc"), "6:18 error draft.figure requests.new.natural：“abc”不是0 或正整数\n" },
    { "decimals", ROW("1.5"),
      "6:18 error draft.figure requests.new.natural：“1.5”不是0 或正整数\n" },
    { "negative count", ROW("-1"),
      "6:18 error draft.figure requests.new.natural：“-1”不是0 或正整数\n" },
    { "leading zero", ROW("01"),
      "6:18 error draft.figure requests.new.natural：“01”不是0 或正整数\n" },
    { "plus sign", ROW("+5"),
      "6:18 error draft.figure requests.new.natural：“+5”不是0 或正整数\n" },
    { "exponent", ROW("1e3"),
      "6:18 error draft.figure requests.new.natural：“1e3”不是0 或正整数\n" },
    { "hexadecimal", ROW("0x10"),
      "6:18 error draft.figure requests.new.natural：“0x10”不是0 或正整数\n" },
    { "octal", ROW("0o17"),
      "6:18 error draft.figure requests.new.natural：“0o17”不是0 或正整数\n" },
    { "underscore", ROW("1_000"),
      "6:18 error draft.figure requests.new.natural：“1_000”不是0 或正整数\n" },
    { "full width", ROW("１２"),
      "6:18 error draft.figure requests.new.natural：“１２”不是0 或正整数\n" },
    { "unit behind", ROW("12件"),
      "6:18 error draft.figure requests.new.natural：“12件”不是0 或正整数\n" },
    { "null", ROW("null"), "6:18 error draft.figure requests.new.natural：“null”不是0 或正整数\n" },
    { "true", ROW("true"), "6:18 error draft.figure requests.new.natural：“true”不是0 或正整数\n" },
    { "not a number", ROW(".nan"),
      "6:18 error draft.figure requests.new.natural：“.nan”不是0 或正整数\n" },
    { "minus alone", ROW("-"),
      "6:18 error draft.figure requests.new.natural：“-”不是0 或正整数\n" },
    { "blank", ROW("~"), "" },
    { "quoted", ROW("\"12\""), "6:18 error draft.quoted requests.new.natural：数字不加引号\n" },
    { "single quotes", ROW("'12'"),
      "6:18 error draft.quoted requests.new.natural：数字不加引号\n" },
    { "quoted blank", ROW("\"\""), "6:18 error draft.quoted requests.new.natural：数字不加引号\n" },
    { "quoted tilde", ROW("\"~\""),
      "6:18 error draft.quoted requests.new.natural：数字不加引号\n" },
    { "block text", REQUESTS "  new:\n    natural: |\n      12\n",
      "7:14 error draft.quoted requests.new.natural：数字不加引号\n" },
    { "past 64 bits", ROW("99999999999999999999"),
      "6:18 error draft.range requests.new.natural：“99999999999999999999”太大，存不下\n" },
    { "just past 64 bits", ROW("9223372036854775808"),
      "6:18 error draft.range requests.new.natural：“9223372036854775808”太大，存不下\n" },
    { "largest", ROW("9223372036854775807"), "" },
    { "list", ROW("[1]"), "6:18 error yaml.type requests.new.natural：这里应为一个数\n" },
    { "mapping", ROW("{a: 1, a: 2}"),
      "6:18 error yaml.type requests.new.natural：这里应为一个数\n" },
    { "escape sequence", ROW("\"\\e[31m1\""),
      "6:18 error draft.quoted requests.new.natural：数字不加引号\n" },
    { "two words for a figure", ROW("1, company, research: x"),
      "6:28 error draft.figure requests.new.company：“”不是0 或正整数\n"
      "6:40 error draft.figure requests.new.research：“x”不是0 或正整数\n"
      "6:43 error yaml.duplicate 重复的键 company\n" },
    { "no value, no colon", REQUESTS "  new: {natural: 1, company}\n",
      "6:28 error draft.figure requests.new.company：“”不是0 或正整数\n" },
    { "no value", REQUESTS "  new: {natural: , company: 1}\n",
      "6:18 error draft.figure requests.new.natural：“”不是0 或正整数\n" },
    { "row is a figure", REQUESTS "  new: 12\n",
      "6:8 error yaml.type requests.new：这里应为键和值\n" },
    { "row is a list", REQUESTS "  new: [1, 2]\n",
      "6:8 error yaml.type requests.new：这里应为键和值\n" },
    { "row is nothing", REQUESTS "  new:\n  handled: {natural: 1}\n",
      "6:7 error yaml.type requests.new：这里应为键和值\n" },
    { "section is a text", DRAFT_HEAD "requests: 12\n",
      "5:11 error yaml.type requests：这里应为键和值\n" },
    { "section is a list of rows", REQUESTS "  - new: {natural: x}\n",
      "6:3 error yaml.type requests：这里应为键和值\n" },
    { "text is a mapping", DRAFT_HEAD "overview: {natural: 1}\n",
      "5:11 error yaml.type overview：这里应为文字\n" },
    { "text is a list", DRAFT_HEAD "disclosure:\n  note: [a, b]\n",
      "6:9 error yaml.type disclosure.note：这里应为文字\n" },
    { "amount with 7 decimals", FEES("1.1234567"),
      "6:18 error draft.figure disclosure.fees.amount：“1.1234567”不是0 或正数（最多六位小数）\n" },
    { "amount without decimals behind the point", FEES("1."),
      "6:18 error draft.figure disclosure.fees.amount：“1.”不是0 或正数（最多六位小数）\n" },
    { "amount without a whole part", FEES(".5"),
      "6:18 error draft.figure disclosure.fees.amount：“.5”不是0 或正数（最多六位小数）\n" },
    { "amount with leading zero", FEES("00.5"),
      "6:18 error draft.figure disclosure.fees.amount：“00.5”不是0 或正数（最多六位小数）\n" },
    { "negative amount", FEES("-0.5"),
      "6:18 error draft.figure disclosure.fees.amount：“-0.5”不是0 或正数（最多六位小数）\n" },
    { "amount with a comma", FEES("1,234.5"), "6:20 error key.unknown 没有 234.5 这个键\n" },
    { "amount past 64 bits of millionths", FEES("9223372036854.775808"),
      "6:18 error draft.range disclosure.fees.amount：“9223372036854.775808”太大，存不下\n" },
    { "largest amount", FEES("9223372036854.775807"), "" },
    { "change with a plus", LICENSING("+158"),
      "6:23 error draft.figure disclosure.licensing.change：“+158”不是整数\n" },
    { "change with decimals", LICENSING("-1.0"),
      "6:23 error draft.figure disclosure.licensing.change：“-1.0”不是整数\n" },
    { "change past 64 bits", LICENSING("-9223372036854775809"),
      "6:23 error draft.range disclosure.licensing.change：“-9223372036854775809”太大，存不下\n" },
    { "change", LICENSING("-121"), "" },
};

static void a_figure_is_strictly_one(void **state)
{
    assert_all_told(state, figures, nb_countof(figures));
}

/* ---- bytes and characters ---- */

static const struct broken characters[] = {
    { "invalid UTF-8", DRAFT_HEAD "overview: 一二\xFF三\n",
      "5:13 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "cut character", DRAFT_HEAD "overview: |\n  一\n  二三\xE4\xB8\n",
      "7:5 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "surrogate", DRAFT_HEAD "overview: \xED\xA0\x80\n",
      "5:11 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "overlong", DRAFT_HEAD "overview: a\xC0\xAF\n",
      "5:12 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "past U+10FFFF", DRAFT_HEAD "overview: \xF4\x90\x80\x80\n",
      "5:11 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "GBK", "nianbao: 1\nform: \"2021\"\nunit: \xCA\xBE\xC0\xFD\xCA\xD0\nyear: 2024\n",
      "3:8 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "in a comment", DRAFT_HEAD "# \xFF\noverview: 一\n",
      "5:3 error yaml.encoding 这里不是有效的 UTF-8\n" },
    { "control character", DRAFT_HEAD "overview: 一\x07二\n",
      "5:12 error yaml.character 不允许的字符 U+0007\n" },
    { "delete", DRAFT_HEAD "overview: 一\x7F\n",
      "5:12 error yaml.character 不允许的字符 U+007F\n" },
    { "C1 control", DRAFT_HEAD "overview: \"一\\x9b二\"\n",
      "5:13 error yaml.character 不允许的字符 U+009B\n" },
    { "escape in quotes", DRAFT_HEAD "overview: \"一二\\e[31m\"\n",
      "5:14 error yaml.character 不允许的字符 U+001B\n" },
    { "escape behind escapes", DRAFT_HEAD "overview: \"a\\nb\\e\"\n",
      "5:16 error yaml.character 不允许的字符 U+001B\n" },
    { "NUL in quotes", DRAFT_HEAD "overview: \"一\\0\"\n",
      "5:13 error yaml.character 不允许的字符 U+0000\n" },
    { "NUL in the unit", "nianbao: 1\nform: \"2021\"\nunit: \"示例市\\0\"\nyear: 2024\n",
      "3:11 error yaml.character 不允许的字符 U+0000\n" },
    { "noncharacter in quotes", DRAFT_HEAD "overview: \"\\uFFFE\"\n",
      "5:12 error yaml.character 不允许的字符 U+FFFE\n" },
    { "noncharacter", DRAFT_HEAD "overview: |\n  一\n  二\uFFFF\n",
      "7:4 error yaml.character 不允许的字符 U+FFFF\n" },
    { "noncharacter of a supplementary plane", DRAFT_HEAD "overview: |\n  一\U0001FFFE\n",
      "6:4 error yaml.character 不允许的字符 U+1FFFE\n" },
    { "noncharacter U+FDD0", DRAFT_HEAD "overview: |\n  一\n   \uFDD0\n",
      "7:4 error yaml.character 不允许的字符 U+FDD0\n" },
    { "escape in a mark", DRAFT_HEAD "marks:\n  - {cell: overview, text: \"a\\ab\"}\n",
      "6:30 error yaml.character 不允许的字符 U+0007\n" },
    { "UTF-16 mark", "\xFF\xFEn\n", "1:1 error yaml.encoding 这里不是有效的 UTF-8\n" },
};

static void invalid_characters_are_told_where_they_are(void **state)
{
    assert_all_told(state, characters, nb_countof(characters));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(wrong_yaml_is_told_where_it_is),
        cmocka_unit_test(keys_are_those_of_the_form_once),
        cmocka_unit_test(the_head_must_be_whole),
        cmocka_unit_test(a_figure_is_strictly_one),
        cmocka_unit_test(invalid_characters_are_told_where_they_are),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
