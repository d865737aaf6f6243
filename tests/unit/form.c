/* Form files with faults: each is told once, at its line and column (▸ marks the place). */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"

struct fault_case {
    const char *name, *text, *faults;
};

static void check_faults(const struct fault_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_form_faults(cases[i].name, cases[i].text, cases[i].faults);
}

#define SECTION "- id: s\n  heading: 节\n"
#define TABLE   FORM_TOP "sections:\n" SECTION "  content:\n  - table:\n"
#define COLUMNS "      columns: [{id: x, label: 甲}]\n"
#define ROWS    "      rows: [{id: a, label: 子}]\n"
#define PROSE   "sections:\n" SECTION "  prose: {}\n"
#define RULES   FORM_TOP FORM_TABLE "rules:\n"

static void faultless_forms_load(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "a text", FORM_TOP PROSE, "" },
        { "a table", FORM_TOP FORM_TABLE, "" },
        { "a byte order mark", "\xEF\xBB\xBF" FORM_TOP PROSE, "" },
        { "comments", "# 格式\n" FORM_TOP PROSE "# 完\n", "" },
        { "CR LF",
          "nianbao-form: 1\r\nid: f\r\ntitle: t\r\nsections:\r\n- id: s\r\n"
          "  heading: h\r\n  prose: {}\r\n",
          "" },
        { "one document with its end", "---\n" FORM_TOP PROSE "...\n", "" },
        { "a table without labelled rows", TABLE "      stub: none\n" COLUMNS, "" },
        { "the same id in another branch",
          TABLE COLUMNS "      rows: [{id: a, label: 子, rows: [{id: k, label: 一}]},"
                        " {id: b, label: 丑, rows: [{id: k, label: 一}]}]\n",
          "" },
        { "the same label in another branch",
          TABLE COLUMNS "      rows: [{id: a, label: 总计, rows: [{id: k, label: 总计}]}]\n", "" },
        { "a section without heading", FORM_TOP "sections:\n- {id: s, short: 文, prose: {}}\n",
          "" },
        { "an annex with a foot below its table",
          TABLE "      foot: ['{unit}{year} {signed.by} {signed.date} {people.filled}"
                " {people.checked} {people.head} {people.phone}', 完]\n" COLUMNS ROWS
                "  annex: true\n",
          "" },
        { "years up to one", FORM_TOP "years: {to: 2018}\n" PROSE, "" },
        { "a title with its places", "nianbao-form: 1\nid: f\ntitle: '{unit}{year}年'\n" PROSE,
          "" },
    };
    check_faults(cases, nb_countof(cases));
}

static void unknown_keys_are_told_with_the_nearest_one(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "of the file", FORM_TOP "▸nmae: 甲\n" PROSE,
          "key.unknown 没有 nmae 这个键，是 name 吗？\n" },
        { "nothing near", FORM_TOP "▸colour: 红\n" PROSE, "key.unknown 没有 colour 这个键\n" },
        { "of years", FORM_TOP "years: {from: 2021, ▸too: 2022}\n" PROSE,
          "key.unknown 没有 too 这个键，是 to 吗？\n" },
        { "of basis", FORM_TOP "basis: {cite: 甲, ▸outdate: [乙]}\n" PROSE,
          "key.unknown 没有 outdate 这个键，是 outdated 吗？\n" },
        { "of a section", FORM_TOP "sections:\n" SECTION "  prose: {}\n  ▸help: 甲\n",
          "key.unknown 没有 help 这个键\n" },
        { "of a text", FORM_TOP "sections:\n" SECTION "  prose: {▸hlp: 甲}\n",
          "key.unknown 没有 hlp 这个键，是 help 吗？\n" },
        { "of an aspect",
          FORM_TOP "sections:\n" SECTION "  prose: {aspects: [{name: 甲, ▸word: [乙]}]}\n",
          "key.unknown 没有 word 这个键，是 words 吗？\n" },
        { "of proofreading", FORM_TOP "proofreading: {levels: [甲], ▸peer: [甲]}\n" PROSE,
          "key.unknown 没有 peer 这个键，是 peers 吗？\n" },
        { "of a table", TABLE "      ▸stubs: none\n" COLUMNS ROWS,
          "key.unknown 没有 stubs 这个键，是 stub 吗？\n" },
        { "of a row", TABLE COLUMNS "      rows: [{id: a, ▸lable: 子}]\n",
          "key.unknown 没有 lable 这个键，是 label 吗？\n" },
        { "of a column",
          TABLE "      columns: [{id: x, label: 甲, ▸甲: 乙},"
                " {id: y, label: 乙, ▸own: z}]\n" ROWS,
          "key.unknown 没有 甲 这个键\nkey.unknown 没有 own 这个键\n" },
        { "of a carry", FORM_TOP "carry: [{from: s.a.x, to: s.a.y, ▸with: 甲}]\n" FORM_TABLE,
          "key.unknown 没有 with 这个键\n" },
        { "of a rule", RULES "- {id: r, assert: s.a.x == s.a.y, ▸say: 甲}\n",
          "key.unknown 没有 say 这个键，是 says 吗？\n" },
        { "of a phrase", FORM_TOP FORM_TABLE "phrases: [{equals: [s.a.x], ▸verb: [收]}]\n",
          "key.unknown 没有 verb 这个键，是 verbs 吗？\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void duplicates_are_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "key of the file", FORM_TOP "▸title: u\n" PROSE, "yaml.duplicate 重复的键 title\n" },
        { "key of a row", TABLE COLUMNS "      rows: [{id: a, label: 子, ▸id: b}]\n",
          "yaml.duplicate 重复的键 id\n" },
        { "id of rows", TABLE COLUMNS "      rows: [{id: a, label: 子}, ▸{id: a, label: 丑}]\n",
          "form.duplicate 重复的 id a\n" },
        { "id of columns", TABLE "      columns: [{id: x, label: 甲}, ▸{id: x, label: 乙}]\n" ROWS,
          "form.duplicate 重复的 id x\n" },
        { "id of rules",
          RULES "- {id: r, assert: s.a.x == s.a.y}\n"
                "- {id: ▸r, assert: s.b.x == s.b.y}\n",
          "form.duplicate 重复的 id r\n" },
        { "address through groups without id",
          TABLE COLUMNS "      rows:\n      - {label: 子, rows: [{id: a, label: 一}]}\n"
                        "      - label: 丑\n        rows:\n        - ▸{id: a, label: 二}\n",
          "form.duplicate 重复的地址 s.a.x\n" },
        { "address of a row in two tables",
          TABLE COLUMNS ROWS "  - table:\n" COLUMNS "      rows:\n      - ▸{id: a, label: 丑}\n",
          "form.duplicate 重复的地址 s.a.x\n" },
        { "address of a cell within a text",
          FORM_TOP "sections:\n" SECTION "  content:\n  - prose: {id: a}\n  - table:\n" COLUMNS
                   "      rows: [▸{id: a, label: 子}]\n",
          "form.duplicate 重复的地址 s.a.x\n" },
        { "address of each row in two tables, whatever its columns",
          TABLE "      columns: [{id: x, label: 甲}, {id: y, label: 乙}]\n"
                "      rows: [{id: a, label: 子}, {id: b, label: 丑}]\n  - table:\n"
                "      columns: [{id: x, label: 甲}, {id: y, label: 乙}]\n"
                "      rows: [▸{id: a, label: 子}, ▸{id: b, label: 丑}]\n",
          "form.duplicate 重复的地址 s.a.x\nform.duplicate 重复的地址 s.b.x\n" },
        { "address of a column through groups without id, whatever its rows",
          TABLE "      columns:\n      - {label: 甲, columns: [{id: x, label: 一}]}\n"
                "      - {label: 乙, columns: [▸{id: x, label: 二}]}\n"
                "      rows: [{id: a, label: 子}, {id: b, label: 丑}]\n",
          "form.duplicate 重复的地址 s.a.x\n" },
        { "id of sections", FORM_TOP PROSE "- id: ▸s\n  heading: 另\n  prose: {}\n",
          "form.duplicate 重复的 id s\n" },
        { "id of sections with tables",
          FORM_TOP FORM_TABLE "- id: ▸s\n  heading: 另\n  content:\n  - table:\n"
                              "      columns: [{id: x, label: 甲}]\n"
                              "      rows: [{id: a, label: 子}, {id: d, label: 丑}]\n"
                              "rules: [{id: r, assert: s.d.x == s.a.x}]\n",
          "form.duplicate 重复的 id s\n" },
        { "address of two texts",
          FORM_TOP "sections:\n" SECTION "  content: [{prose: {id: a}}, {prose: ▸{id: a}}]\n",
          "form.duplicate 重复的地址 s.a\n" },
        { "address of a text within a cell",
          TABLE "      columns: [{label: 甲}]\n      rows: [{label: 子}]\n"
                "  - prose: ▸{id: a}\n",
          "form.duplicate 重复的地址 s.a\n" },
    };
    check_faults(cases, nb_countof(cases));
}

/* Two sections of one id would be one key of the draft. */
static void section_ids_are_unique(void **state)
{
    (void)state;
    static const char *const texts[] = {
        FORM_TOP PROSE "- id: s\n  heading: 另\n  prose: {}\n",
        FORM_TOP FORM_TABLE "- id: s\n  heading: 另\n  prose: {}\n",
        FORM_TOP FORM_TABLE "- id: s\n  heading: 另\n  content:\n  - prose: {id: note}\n",
    };
    for (size_t i = 0; i < nb_countof(texts); i++) {
        struct nb_diags diags = { 0 };
        struct nb_form *form;
        nb_form_compile("form.yaml", texts[i], strlen(texts[i]), NULL, &diags, &form);
        nb_form_free(form);
        nb_diags_release(&diags);
        if (form)
            fail_msg("two sections s load:\n%s", texts[i]);
    }
}

static void labels_that_import_cannot_tell_apart_are_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "blanks", TABLE COLUMNS "      rows: [{id: a, label: 总计}, ▸{id: b, label: 总　计}]\n",
          "form.label “总　计”与“总计”只差空格或全半角，导入时分不清\n" },
        { "width", TABLE "      columns: [{id: x, label: (1)甲}, ▸{id: y, label: （１）甲}]\n" ROWS,
          "form.label “（１）甲”与“(1)甲”只差空格或全半角，导入时分不清\n" },
        { "case", TABLE COLUMNS "      rows: [{id: a, label: A股}, ▸{id: b, label: a股}]\n",
          "form.label “a股”与“A股”只差空格或全半角，导入时分不清\n" },
        { "another spelling",
          TABLE COLUMNS "      rows: [{id: a, label: 总计, aka: [合计]}, ▸{id: b, label: 合 计}]\n",
          "form.label “合 计”与“合计”只差空格或全半角，导入时分不清\n" },
        { "other spellings of both",
          TABLE COLUMNS "      rows: [{id: a, label: 甲, aka: [丙]},"
                        " ▸{id: b, label: 乙, aka: [丁, 丙]}]\n",
          "form.label “丙”与“丙”只差空格或全半角，导入时分不清\n" },
        { "in a branch",
          TABLE COLUMNS "      rows:\n      - label: 子\n        rows:\n"
                        "        - {id: a, label: 一}\n        - ▸{id: b, label: ' 一'}\n",
          "form.label “ 一”与“一”只差空格或全半角，导入时分不清\n" },
        { "headings", FORM_TOP PROSE "- ▸id: t\n  heading: 节 \n  prose: {}\n",
          "form.label “节”与“节”只差空格或全半角，导入时分不清\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void keys_of_the_draft_file_are_no_section_ids(void **state)
{
    (void)state;
    static const char *const reserved[] = { "nianbao", "form",     "unit",     "year",
                                            "signed",  "people",   "prior",    "preamble",
                                            "marks",   "accepted", "finished", "sources" };
    for (size_t i = 0; i < nb_countof(reserved); i++) {
        struct nb_buf text = { 0 }, fault = { 0 };
        nb_buf_printf(&text, "%ssections:\n- id: ▸%s\n  heading: 节\n  prose: {}\n", FORM_TOP,
                      reserved[i]);
        nb_buf_printf(&fault, "form.value id：“%s”不是可用的名称（草稿文件留用）\n", reserved[i]);
        assert_form_faults(reserved[i], nb_buf_text(&text), nb_buf_text(&fault));
        nb_buf_release(&text);
        nb_buf_release(&fault);
    }
}

static void ids_are_small_letters_and_underscores(void **state)
{
    (void)state;
    static const char *const ids[] = { "New", "a1", "a-b", "a.b", "新", "\"a b\"", "\"a\\n\"" };
    static const char *const shown[] = { "New", "a1", "a-b", "a.b", "新", "a b", "a\n" };
    static const char *const places[] = {
        FORM_TOP "sections:\n- id: ▸%s\n  heading: 节\n  prose: {}\n",
        FORM_TOP "sections:\n" SECTION "  content: [{prose: {id: ▸%s}}]\n",
        TABLE COLUMNS "      rows: [{id: ▸%s, label: 子}]\n",
        TABLE COLUMNS "      rows: [{own: ▸%s, label: 子, rows: [{id: b, label: 丑}]}]\n",
        TABLE "      columns: [{id: ▸%s, label: 甲}]\n" ROWS,
    };
    for (size_t i = 0; i < nb_countof(places) * nb_countof(ids); i++) {
        size_t place = i / nb_countof(ids), id = i % nb_countof(ids);
        struct nb_buf text = { 0 }, fault = { 0 };
        const char *split = strstr(places[place], "%s");
        nb_buf_add(&text, places[place], (size_t)(split - places[place]));
        nb_buf_printf(&text, "%s%s", ids[id], split + 2);
        nb_buf_printf(&fault, "form.value %s：“%s”不是小写字母和下划线组成的名称\n",
                      place == 3 ? "own" : "id", shown[id]);
        if (!strchr(shown[id], '\n')) /* a message is one line */
            assert_form_faults(ids[id], nb_buf_text(&text), nb_buf_text(&fault));
        nb_buf_release(&text);
        nb_buf_release(&fault);
    }
}

static void values_outside_their_choice_are_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "kind", TABLE COLUMNS "      rows: [{id: a, label: 子, kind: ▸number}]\n",
          "form.value kind：“number”不是 count、change 或 amount\n" },
        { "kind of a row and a column",
          TABLE "      columns: [{id: x, label: 甲, kind: change}]\n"
                "      rows: [▸{id: a, label: 子, kind: amount}, {id: b, label: 丑}]\n",
          "form.value kind：“amount”不是与所在列一致的\n" },
        { "stub", TABLE "      stub: ▸left\n" COLUMNS ROWS,
          "form.value stub：“left”不是 columns、indent 或 none\n" },
        { "joined", TABLE "      joined: ▸yes\n" COLUMNS ROWS,
          "form.value joined：“yes”不是 true 或 false\n" },
        { "prints", TABLE "      columns: [{id: x, label: 甲}, {label: 乙, prints: ▸label}]\n" ROWS,
          "form.value prints：“label”不是 unit\n" },
        { "severity", RULES "- {id: r, assert: s.a.x == s.a.y, severity: ▸fatal}\n",
          "form.value severity：“fatal”不是 error、warning 或 info\n" },
        { "rule id", RULES "- {id: ▸R, assert: s.a.x == s.a.y}\n",
          "form.value id：“R”不是小写字母、下划线和点组成的名称\n" },
        { "place in the title", "nianbao-form: 1\nid: f\ntitle: ▸'{unit}{month}'\n" PROSE,
          "form.value title：“{unit}{month}”不是一行文字（花括号里只能是 unit、year 和 "
          "signed、people 的各项）\n" },
        { "open brace in the title", "nianbao-form: 1\nid: f\ntitle: ▸'{unit'\n" PROSE,
          "form.value title：“{unit”不是一行文字（花括号里只能是 unit、year 和 signed、people "
          "的各项）\n" },
        { "year", FORM_TOP "years: {from: ▸21}\n" PROSE,
          "form.value from：“21”不是四位数的年份\n" },
        { "year with more", FORM_TOP "years: {from: ▸2021年}\n" PROSE,
          "form.value from：“2021年”不是四位数的年份\n" },
        { "no year", FORM_TOP "years: ▸{}\n" PROSE, "yaml.type years：这里应为 from 或 to\n" },
        { "place in a foot",
          TABLE "      foot: ['{people.head}', ▸'{s.a.x}', ▸'{people}']\n" COLUMNS ROWS,
          "form.value -：“{s.a.x}”不是一行文字（花括号里只能是 unit、year 和 signed、people "
          "的各项）\n"
          "form.value -：“{people}”不是一行文字（花括号里只能是 unit、year 和 signed、people "
          "的各项）\n" },
        { "annex", FORM_TOP "sections:\n" SECTION "  annex: ▸1\n  prose: {}\n",
          "form.value annex：“1”不是 true 或 false\n" },
        { "years the wrong way", FORM_TOP "years: ▸{from: 2021, to: 2020}\n" PROSE,
          "form.value to：“2020”不是不早于 from 的年份\n" },
        { "version", "nianbao-form: ▸2\nid: f\ntitle: t\n" PROSE,
          "file.version 文件版本 2，本程序只认 1；文件未动\n" },
        { "own without rows below", TABLE COLUMNS "      rows: [▸{own: b, label: 子}]\n",
          "form.value own：“b”不是有下级行的行才能写的\n" },
        { "another level", FORM_TOP "proofreading: {levels: [甲, 乙], peers: [甲, ▸丙]}\n" PROSE,
          "form.value -：“丙”不是 levels 里的词\n" },
        { "other years", FORM_TOP "sections:\n" SECTION "  prose: {other_years: ▸any}\n",
          "form.value other_years：“any”不是 true 或 false\n" },
        { "says of a text", FORM_TOP "sections:\n" SECTION "  prose: ▸{says: \"a\\nb\"}\n",
          "form.value says：“a\nb”不是一行文字\n" },
        { "id of a whole section's text", FORM_TOP "sections:\n" SECTION "  prose: {id: ▸a}\n",
          "form.value id：“a”不是这里可以写的：整节是一篇文字时没有 id\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void missing_keys_are_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "version", "▸id: f\ntitle: t\n" PROSE, "key.missing 缺少 nianbao-form\n" },
        { "id", "▸nianbao-form: 1\ntitle: t\n" PROSE, "key.missing 缺少 id\n" },
        { "title", "▸nianbao-form: 1\nid: f\n" PROSE, "key.missing 缺少 title\n" },
        { "sections", "▸" FORM_TOP, "key.missing 缺少 sections\n" },
        { "all", "▸▸▸▸{}\n",
          "key.missing 缺少 nianbao-form\nkey.missing 缺少 id\nkey.missing 缺少 title\n"
          "key.missing 缺少 sections\n" },
        { "an empty file", "▸", "key.missing 缺少 nianbao-form\n" },
        { "only comments", "▸# 空\n", "key.missing 缺少 nianbao-form\n" },
        { "section id", FORM_TOP "sections:\n- ▸heading: 节\n  prose: {}\n",
          "key.missing 缺少 id\n" },
        { "heading", FORM_TOP "sections:\n- ▸id: s\n  prose: {}\n",
          "key.missing 缺少 heading（不印标题的写 short）\n" },
        { "text and content", FORM_TOP "sections:\n- ▸id: s\n  heading: 节\n",
          "key.missing 缺少 prose 或 content（只能有一个）\n" },
        { "text or content",
          FORM_TOP "sections:\n- ▸id: s\n  heading: 节\n  prose: {}\n"
                   "  content: []\n",
          "key.missing 缺少 prose 或 content（只能有一个）\n" },
        { "id of a text among others", FORM_TOP "sections:\n" SECTION "  content: [{prose: ▸{}}]\n",
          "key.missing 缺少 id\n" },
        { "rows", TABLE "      ▸columns: [{id: x, label: 甲}]\n",
          "key.missing 缺少 rows 或 columns\n" },
        { "cite", FORM_TOP "basis: ▸{outdated: [甲]}\n" PROSE, "key.missing 缺少 cite\n" },
        { "name of an aspect",
          FORM_TOP "sections:\n" SECTION "  prose: {aspects: [▸{words: [甲]}]}\n",
          "key.missing 缺少 name\n" },
        { "parts of a rule", RULES "- ▸▸{severity: error}\n",
          "key.missing 缺少 id\nkey.missing 缺少 assert\n" },
        { "parts of a carry", FORM_TOP "carry: [▸▸{}]\n" FORM_TABLE,
          "key.missing 缺少 from\nkey.missing 缺少 to\n" },
        { "figures of a phrase", FORM_TOP FORM_TABLE "phrases: [▸{verbs: [收]}]\n",
          "key.missing 缺少 equals\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void wrong_types_are_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "a list for a file", "▸- 甲\n", "yaml.type form：这里应为键和值\n" },
        { "a word for a file", "▸甲\n", "yaml.type form：这里应为键和值\n" },
        { "id", "nianbao-form: 1\nid: ▸[f]\ntitle: t\n" PROSE, "yaml.type id：这里应为文字\n" },
        { "proofreading", FORM_TOP "proofreading: ▸[甲]\n" PROSE,
          "yaml.type proofreading：这里应为键和值\n" },
        { "words", FORM_TOP "proofreading: {own: ▸甲, units: [▸{}]}\n" PROSE,
          "yaml.type own：这里应为列表\nyaml.type -：这里应为文字\n" },
        { "an empty id", "nianbao-form: 1\nid: ▸''\ntitle: t\n" PROSE,
          "yaml.type id：这里应为文字\n" },
        { "sections", FORM_TOP "sections: ▸甲\n", "yaml.type sections：这里应为列表\n" },
        { "section", FORM_TOP "sections: [▸甲]\n", "yaml.type sections：这里应为键和值\n" },
        { "prose", FORM_TOP "sections:\n" SECTION "  prose: ▸甲\n",
          "yaml.type prose：这里应为键和值\n" },
        { "content", FORM_TOP "sections:\n" SECTION "  content: ▸{prose: {}}\n",
          "yaml.type content：这里应为列表\n" },
        { "piece of content", FORM_TOP "sections:\n" SECTION "  content: [▸{text: {}}]\n",
          "yaml.type content：这里应为 prose 或 table\n" },
        { "table", FORM_TOP "sections:\n" SECTION "  content: [{table: ▸[]}]\n",
          "yaml.type table：这里应为键和值\n" },
        { "row", TABLE COLUMNS "      rows: [▸子]\n", "yaml.type 行：这里应为键和值\n" },
        { "column", TABLE "      columns: [▸甲]\n" ROWS, "yaml.type 列：这里应为键和值\n" },
        { "label", TABLE COLUMNS "      rows: [{id: a, label: ▸[子]}]\n",
          "yaml.type label：这里应为文字\n" },
        { "aka", TABLE COLUMNS "      rows: [{id: a, label: 子, aka: ▸甲}]\n",
          "yaml.type aka：这里应为列表\n" },
        { "member of aka", TABLE COLUMNS "      rows: [{id: a, label: 子, aka: [甲, ▸[乙]]}]\n",
          "yaml.type -：这里应为文字\n" },
        { "rules", FORM_TOP FORM_TABLE "rules: ▸{id: r}\n", "yaml.type rules：这里应为列表\n" },
        { "rule", RULES "- ▸甲\n", "yaml.type rules：这里应为键和值\n" },
        { "assert", RULES "- {id: r, assert: ▸[s.a.x]}\n", "yaml.type assert：这里应为式子\n" },
        { "carry", FORM_TOP "carry: ▸甲\n" FORM_TABLE, "yaml.type carry：这里应为列表\n" },
        { "phrases", FORM_TOP FORM_TABLE "phrases: ▸甲\n", "yaml.type phrases：这里应为列表\n" },
        { "equals", FORM_TOP FORM_TABLE "phrases: [{equals: ▸s.a.x}]\n",
          "yaml.type equals：这里应为列表\n" },
        { "a key", FORM_TOP PROSE "▸[a, b]: 甲\n", "yaml.key 键应为一个名称\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void what_yaml_allows_and_forms_do_not_is_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "anchor", FORM_TOP "name: ▸&a 甲\n" PROSE, "yaml.anchor 不允许锚点（&）\n" },
        { "alias", FORM_TOP "name: ▸&a 甲\nbasis: ▸*a\n" PROSE,
          "yaml.anchor 不允许锚点（&）\nyaml.alias 不允许别名（*）\n" },
        { "tag", FORM_TOP "name: ▸!!str 甲\n" PROSE, "yaml.tag 不允许标签（!）\n" },
        { "tagged mapping", FORM_TOP "sections:\n" SECTION "  prose: ▸!x {}\n",
          "yaml.tag 不允许标签（!）\n" },
        { "second document", FORM_TOP PROSE "▸---\nid: g\n",
          "yaml.document 一个文件只能有一个 YAML 文档\n" },
        { "invalid UTF-8", FORM_TOP "name: 甲▸\xFF\n" PROSE,
          "yaml.encoding 这里不是有效的 UTF-8\n" },
        { "control character", FORM_TOP "name: 甲▸\x01\n" PROSE,
          "yaml.character 不允许的字符 U+0001\n" },
        { "escaped control character", FORM_TOP "name: ▸\"\\a\"\n" PROSE,
          "yaml.character 不允许的字符 （控制字符）\n" },
        { "escaped NUL", FORM_TOP "name: ▸\"甲\\0乙\"\n" PROSE,
          "yaml.character 不允许的字符 （控制字符）\n" },
    };
    check_faults(cases, nb_countof(cases));
}

/* What follows from half a file is no fault of its own. */
static void faults_of_syntax_are_told_alone(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "syntax", FORM_TOP "name: ▸[甲\nsections: {}\n",
          "yaml.syntax YAML 写法有误（缺逗号或右方括号）\n" },
        { "tab", FORM_TOP "sections:\n▸\t- id: s\n",
          "yaml.syntax YAML 写法有误（不能用 Tab 缩进）\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, FORM_TOP "name: ");
    for (int depth = 2; depth <= 64; depth++)
        nb_buf_putc(&text, '[');
    nb_buf_puts(&text, "▸");
    for (int i = 0; i < 100000; i++)
        nb_buf_putc(&text, '[');
    assert_form_faults("100,000 brackets", nb_buf_text(&text), "yaml.nesting 层次过深\n");
    nb_buf_release(&text);
}

static void several_faults_are_told_together(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "of one stage",
          "nianbao-form: 1\nid: f\n▸nmae: 甲\ntitle: ▸'{x}'\nyears: {from: ▸一}\nsections:\n"
          "- id: ▸year\n  heading: 节\n  prose: {required: ▸maybe}\n"
          "- id: s\n  heading: 另\n  content:\n  - table:\n"
          "      columns: [{id: x, label: 甲, ▸hlep: 乙}]\n"
          "      rows: [{id: ▸A, label: 子}, {id: b, label: 丑, kind: ▸sum}]\n",
          "key.unknown 没有 nmae 这个键，是 name 吗？\n"
          "form.value title：“{x}”不是一行文字（花括号里只能是 unit、year 和 signed、people "
          "的各项）\n"
          "form.value from：“一”不是四位数的年份\n"
          "form.value id：“year”不是可用的名称（草稿文件留用）\n"
          "form.value required：“maybe”不是 true 或 false\n"
          "key.unknown 没有 hlep 这个键，是 help 吗？\n"
          "form.value id：“A”不是小写字母和下划线组成的名称\n"
          "form.value kind：“sum”不是 count、change 或 amount\n" },
        { "of the outline",
          TABLE "      columns: [{id: x, label: 甲}, ▸▸{id: x, label: 甲}]\n"
                "      rows: [{id: a, label: 子}, ▸{id: b, label: '子 '}]\n",
          "form.label “甲”与“甲”只差空格或全半角，导入时分不清\nform.duplicate 重复的 id x\n"
          "form.label “子 ”与“子”只差空格或全半角，导入时分不清\n" },
        { "of the rules",
          FORM_TOP "carry: [{from: s.a.x, to: ▸s.q.q}]\n" FORM_TABLE
                   "rules:\n- {id: r, assert: s.a.x == ▸s.a.w}\n"
                   "- {id: ▸r, assert: s.a.x ▸= s.a.y}\n- {id: t, assert: s.b.x ==▸}\n"
                   "phrases: [{equals: [▸t.a.x]}]\n",
          "form.cell 没有 s.q.q 这一格或这一组，是 s.a.x 吗？\n"
          "form.cell 没有 s.a.w 这一格或这一组，是 s.a.x 吗？\n"
          "form.duplicate 重复的 id r\n"
          "form.expression 式子读不懂：这里应为 ==、<=、>= 或 iff-zero\n"
          "form.expression 式子读不懂：这里应为一格或一组的地址\n"
          "form.cell 没有 t.a.x 这一格或这一组，是 s.a.x 吗？\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void what_means_nothing_is_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "no sections", FORM_TOP "sections: ▸[]\n", "yaml.type sections：这里应为至少一节\n" },
        { "no content", FORM_TOP "sections:\n" SECTION "  content: ▸[]\n",
          "yaml.type content：这里应为至少一篇文字或一张表\n" },
        { "no rows", TABLE COLUMNS "      rows: ▸[]\n", "yaml.type rows：这里应为至少一行\n" },
        { "no columns", TABLE "      columns: ▸[]\n" ROWS,
          "yaml.type columns：这里应为至少一列\n" },
        { "no rows in a group",
          TABLE COLUMNS "      rows: [{id: a, own: b, label: 子, rows: ▸[]}]\n",
          "yaml.type rows：这里应为至少一行\n" },
        { "neither rows nor columns", TABLE "      ▸corner: 甲\n",
          "key.missing 缺少 rows 或 columns\n" },
        { "several rows without labels",
          TABLE "      stub: ▸none\n" COLUMNS "      rows: [{id: a}, {id: b}]\n",
          "form.value stub：“none”不是有几行的表可用的（各行要有标签）\n" },
        { "rows below a row without label",
          TABLE "      stub: ▸none\n" COLUMNS "      rows: [{id: a, rows: [{id: b}]}]\n",
          "form.value stub：“none”不是有几行的表可用的（各行要有标签）\n" },
        { "one row without label", TABLE "      stub: none\n" COLUMNS "      rows: [{id: a}]\n",
          "" },
        { "a row without label", TABLE COLUMNS "      rows: [▸{id: a}]\n",
          "key.missing 缺少 label\n" },
        { "a column without label", TABLE "      columns: [▸{id: x}]\n" ROWS,
          "key.missing 缺少 label\n" },
        { "the same on both sides", RULES "- {id: r, assert: ▸s.a.x == s.a.x}\n",
          "form.idle “s.a.x == s.a.x”总是成立，查不出错\n" },
        { "a group and its cells", RULES "- {id: r, assert: ▸s.a <= s.a.x + s.a.y + s.a.z + 1}\n",
          "form.idle “s.a <= s.a.x + s.a.y + s.a.z + 1”总是成立，查不出错\n" },
        { "the same in every instance", RULES "- {id: r, assert: ▸s.*.x iff-zero s.*.x}\n",
          "form.idle “s.*.x iff-zero s.*.x”总是成立，查不出错\n" },
        { "the same in one instance", RULES "- {id: r, assert: s.*.x >= s.a.x}\n", "" },
        { "the same but for last year", RULES "- {id: r, assert: s.a.x == s.a.x + last:s.a.x}\n",
          "" },
    };
    check_faults(cases, nb_countof(cases));
}

static void carries_fill_each_cell_once(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "* only in to", FORM_TOP "carry: [{from: ▸s.a.x, to: s.*.y}]\n" FORM_TABLE,
          "form.value from：“s.a.x”不是带 * 的地址（from 和 to 要么都有 *，要么都没有）\n" },
        { "* only in from", FORM_TOP "carry: [{from: s.*.x, to: ▸s.a.y}]\n" FORM_TABLE,
          "form.value to：“s.a.y”不是带 * 的地址（from 和 to 要么都有 *，要么都没有）\n" },
        { "two into one",
          FORM_TOP "carry: [{from: s.a.x, to: s.a.y}, ▸{from: s.b.x, to: s.a.y}]\n" FORM_TABLE,
          "form.duplicate 重复的带入 s.a.y\n" },
        { "all of a row again",
          FORM_TOP "carry: [{from: s.a.*, to: s.b.*}, ▸{from: s.c.*, to: s.b.*}]\n" FORM_TABLE,
          "form.duplicate 重复的带入 s.b.x\n" },
    };
    check_faults(cases, nb_countof(cases));
}

/* A fault hides nothing that does not depend on it. */
static void faults_of_every_stage_are_told_in_one_run(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "severity and an unknown cell after an unknown key",
          FORM_TOP "▸nmae: 甲\n" FORM_TABLE
                   "rules:\n- {id: r, assert: s.a.x == ▸s.a.w, severity: ▸fatal}\n",
          "key.unknown 没有 nmae 这个键，是 name 吗？\n"
          "form.cell 没有 s.a.w 这一格或这一组，是 s.a.x 吗？\n"
          "form.value severity：“fatal”不是 error、warning 或 info\n" },
        { "an unknown cell in a section without fault",
          FORM_TOP FORM_TABLE "- id: t\n  heading: 另\n  content:\n  - table:\n"
                              "      columns: [{▸di: x, label: 甲}]\n" ROWS
                              "rules:\n- {id: r, assert: t.a.x == ▸s.a.w}\n",
          "key.unknown 没有 di 这个键\n"
          "form.cell 没有 s.a.w 这一格或这一组，是 s.a.x 吗？\n" },
        { "an unknown cell beside a faulty text",
          FORM_TOP "sections:\n" SECTION
                   "  content:\n  - prose: {id: ▸A}\n  - table:\n" COLUMNS ROWS
                   "rules:\n- {id: r, assert: s.a.x == ▸s.a.w}\n",
          "form.value id：“A”不是小写字母和下划线组成的名称\n"
          "form.cell 没有 s.a.w 这一格或这一组，是 s.a.x 吗？\n" },
        { "labels and rules",
          TABLE COLUMNS "      rows: [{id: a, label: 子}, ▸{id: b, label: '子 '}]\n"
                        "rules:\n- {id: r, assert: s.a.x ▸= s.b.x}\n",
          "form.label “子 ”与“子”只差空格或全半角，导入时分不清\n"
          "form.expression 式子读不懂：这里应为 ==、<=、>= 或 iff-zero\n" },
        { "an alias and a rule",
          FORM_TOP "name: ▸*a\n" FORM_TABLE "rules:\n- {id: ▸R, assert: s.a.x == s.a.w}\n",
          "yaml.alias 不允许别名（*）\nform.value id：“R”不是小写字母、下划线和点组成的名称\n" },
    };
    check_faults(cases, nb_countof(cases));
}

static void what_follows_from_a_fault_is_not_told(void **state)
{
    (void)state;
    static const struct fault_case cases[] = {
        { "a misspelt key that is required", FORM_TOP "▸section:\n" SECTION "  prose: {}\n",
          "key.unknown 没有 section 这个键，是 sections 吗？\n" },
        { "a misspelt key of a rule", RULES "- {id: r, ▸asert: s.a.x == s.a.y}\n",
          "key.unknown 没有 asert 这个键，是 assert 吗？\n" },
        { "a misspelt key of a section",
          FORM_TOP "sections:\n" SECTION "  ▸contents: [{prose: {id: a}}]\n",
          "key.unknown 没有 contents 这个键，是 content 吗？\n" },
        { "a misspelt key of a table", TABLE "      ▸colums: [{id: x, label: 甲}]\n" ROWS,
          "key.unknown 没有 colums 这个键，是 columns 吗？\n" },
        { "a text that is none", FORM_TOP "sections:\n" SECTION "  content: [{prose: ▸甲}]\n",
          "yaml.type prose：这里应为键和值\n" },
        { "a faulty id and the rules that use it",
          TABLE COLUMNS "      rows: [{id: a, label: 子}, {id: ▸B, label: 丑}]\n"
                        "rules:\n- {id: r, assert: s.a.x == s.b.x}\n"
                        "carry: [{from: s.a.x, to: s.b.x}]\n",
          "form.value id：“B”不是小写字母和下划线组成的名称\n" },
        { "a section without id and the rules that use it",
          FORM_TOP "sections:\n- ▸heading: 节\n  content:\n  - table:\n" COLUMNS
                   "      rows: [{id: a, label: 子}, {id: b, label: 丑}]\n"
                   "rules:\n- {id: r, assert: s.a.x == s.b.x}\n",
          "key.missing 缺少 id\n" },
        { "a row twice and the rules that use the other",
          TABLE COLUMNS "      rows: [{id: a, label: 子}, ▸{id: a, label: 丑}]\n"
                        "rules:\n- {id: r, assert: s.a.x == s.b.x}\n",
          "form.duplicate 重复的 id a\n" },
        { "an alias for rows",
          TABLE COLUMNS "      rows: ▸*a\nrules:\n- {id: r, assert: s.a.x == s.b.x}\n",
          "yaml.alias 不允许别名（*）\n" },
        { "no sections and rules", "▸" FORM_TOP "rules:\n- {id: r, assert: s.a.x == s.b.x}\n",
          "key.missing 缺少 sections\n" },
        { "a row of another kind than two columns",
          TABLE
          "      columns: [{id: x, label: 甲, kind: change}, {id: y, label: 乙, kind: change}]\n"
          "      rows: [▸{id: a, label: 子, kind: amount}]\n",
          "form.value kind：“amount”不是与所在列一致的\n" },
    };
    check_faults(cases, nb_countof(cases));
}

/* Sorted by place, and the first twenty. */
static void many_faults_end_after_twenty(void **state)
{
    (void)state;
    struct nb_buf text = { 0 }, faults = { 0 };
    nb_buf_puts(&text, FORM_TOP FORM_TABLE "rules:\n");
    for (int i = 0; i < 20; i++)
        nb_buf_puts(&faults, "form.value severity：“x”不是 error、warning 或 info\n");
    for (int i = 0; i < 30; i++)
        nb_buf_printf(&text, "- {id: r%.*s, severity: %sx, assert: s.a.x == s.a.y}\n", i,
                      "..............................", i < 20 ? "▸" : "");
    assert_form_faults("thirty faults", nb_buf_text(&text), nb_buf_text(&faults));
    nb_buf_release(&text);
    nb_buf_release(&faults);
}

static void kinds_and_units_are_inherited(void **state)
{
    (void)state;
    static const struct {
        const char *address, *kind, *unit;
    } cases[] = {
        { "s.a.x", "count", "件" },  { "s.a.y", "change", "-" },      { "s.b.x", "amount", "万元" },
        { "s.c.x", "amount", "元" }, { "s.d.e.x", "change", "万元" },
    };
    struct nb_form *form = form_of_text(
        TABLE "      columns: [{id: x, label: 甲, unit: 件}, {label: 乙, kind: change, columns: "
              "[{id: y, label: 丙}]}]\n"
              "      rows:\n"
              "      - {id: a, label: 子}\n"
              "  - table:\n"
              "      columns: [{id: x, label: 甲, unit: 件}]\n"
              "      rows:\n"
              "      - label: 丑\n        kind: amount\n        unit: 万元\n"
              "        rows: [{id: b, label: 一}, {id: c, label: 二, unit: 元},\n"
              "               {id: d, label: 三, kind: change, rows: [{id: e, label: 四}]}]\n");
    for (size_t i = 0; i < nb_countof(cases); i++) {
        const struct nb_cell *cell = &form->cells[cell_at(form, cases[i].address)];
        assert_text(cases[i].address, nb_kind_name(cell->kind), cases[i].kind);
        assert_text(cases[i].address, cell->unit ? cell->unit : "-", cases[i].unit);
    }
    nb_form_free(form);
}

static void places_are_lines_and_columns_of_code_points(void **state)
{
    (void)state;
    static const char text[] = "nianbao-form: 1\nid: f\ntitle: t\n"
                               "sections: [{id: s, heading: 𠮷年报, prose: {hepl: 甲}}]\n";
    struct nb_diags diags = { 0 };
    struct nb_form *form;
    assert_int_equal(nb_form_compile("甲.yaml", text, sizeof text - 1, NULL, &diags, &form),
                     NB_FAILED);
    assert_null(form);
    assert_diags("columns", &diags, "4:42 error key.unknown 没有 hepl 这个键，是 help 吗？\n");
    assert_string_equal(diags.items[0].file, "甲.yaml");
    nb_diags_release(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(faultless_forms_load),
        cmocka_unit_test(unknown_keys_are_told_with_the_nearest_one),
        cmocka_unit_test(duplicates_are_told),
        cmocka_unit_test(section_ids_are_unique),
        cmocka_unit_test(labels_that_import_cannot_tell_apart_are_told),
        cmocka_unit_test(keys_of_the_draft_file_are_no_section_ids),
        cmocka_unit_test(ids_are_small_letters_and_underscores),
        cmocka_unit_test(values_outside_their_choice_are_told),
        cmocka_unit_test(missing_keys_are_told),
        cmocka_unit_test(wrong_types_are_told),
        cmocka_unit_test(what_yaml_allows_and_forms_do_not_is_told),
        cmocka_unit_test(faults_of_syntax_are_told_alone),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(several_faults_are_told_together),
        cmocka_unit_test(what_means_nothing_is_told),
        cmocka_unit_test(carries_fill_each_cell_once),
        cmocka_unit_test(faults_of_every_stage_are_told_in_one_run),
        cmocka_unit_test(what_follows_from_a_fault_is_not_told),
        cmocka_unit_test(many_faults_end_after_twenty),
        cmocka_unit_test(kinds_and_units_are_inherited),
        cmocka_unit_test(places_are_lines_and_columns_of_code_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
