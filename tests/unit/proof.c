/* The rules about texts: every message as a clerk reads it, what is kept between looks, and texts
 * that are made to take time. Which sentences are told and which are not: tests/prose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "draft_support.h"

static void set_text(struct nb_draft *draft, const char *address, const char *value)
{
    int text = nb_draft_find_text(draft, address);
    assert_true(text >= 0);
    nb_draft_set_text(draft, text, value);
}

/* ---- messages ---- */

struct message {
    const char *form, *assignments; /* besides unit 示例市, year 2024 */
    const char *address, *text;
    const char *wanted;
};

static const struct message messages[] = {
    { "2021", "", "overview", "2023年，全市发布信息300条。",
      "1:1 warning text.year 报告是 2024 年度的，这句写的是 2023 "
      "年：“2023年，全市发布信息300条。”\n" },
    { "2021", "", "preamble", "数据统计期限为2023年1月1日至12月31日。",
      "1:1 warning text.period "
      "统计期限写的是2023年1月1日至12月31日，应为2024年1月1日至12月31日\n" },
    { "2021", "", "preamble", "依据国办公开办函〔2019〕60号编制。",
      "1:1 warning text.notice "
      "国办公开办函〔2019〕60号不是这种报告的依据，应为国办公开办函〔2021〕30号\n" },
    { "2019", "year=2020", "preamble", "依据国办公开办函〔2021〕30号编制。",
      "1:1 warning text.notice "
      "国办公开办函〔2021〕30号不是这种报告的依据，应为国办公开办函〔2019〕60号\n" },
    { "2014", "year=2018", "preamble", "依据国办公开办函〔2019〕60号编制。",
      "1:1 warning text.notice "
      "国办公开办函〔2019〕60号不是这种报告的依据，应为国办发〔2014〕32号\n" },
    { "2021", "unit=示例区", "overview", "制作印发《临水区宣传手册》。",
      "1:1 warning text.name "
      "本单位是“示例区”，这里写的是“临水区”，是不是从别处抄来的：《临水区宣传手册》\n" },
    { "2021", "", "overview", "电话13812345678。",
      "1:1 warning text.mobile 像是手机号码 138******78，个人信息不宜写进报告\n" },
    { "2021", "", "overview", "证件11010519491231002X。",
      "1:1 warning text.identity 像是身份证号码 110*************2X，个人信息不宜写进报告\n" },
    { "2021", "", "overview", "账户6222021234567890128。",
      "1:1 warning text.card 像是银行卡号 6222*************28，个人信息不宜写进报告\n" },
    { "2021", "", "overview", "已通过测试,全部支持(含手机)。",
      "1:1 warning text.halfwidth 半角标点 2 处，第一处在“已通过测试,全部支持(”\n" },
    { "2021", "", "overview", "按照国办发[2021]30号执行。",
      "1:1 warning text.brackets 文号的年份应当用〔〕，1 处，第一处在“按照国办发[2021]”\n" },
    { "2021", "", "overview", "收费3929. 08万元。",
      "1:1 warning text.number 数字被空格断开 1 处，第一处在“3929. 08万元。”\n" },
    { "2021", "", "overview", "修订《示例办法，办理12件。",
      "1:1 warning text.unpaired 括号或引号不成对 1 处，第一处在“修订《示例办法，”\n" },
    { "2021", "", "overview", "内容适当，，程序合法。",
      "1:1 warning text.marks 标点重复 1 处，第一处在“内容适当，，程序合法。”\n" },
    { "2021", "", "overview", "网站（　）个。",
      "1:1 warning text.empty 括号里没有内容 1 处，第一处在“网站（　）个。”\n" },
    { "2021", "", "overview", "××区办理。",
      "1:1 warning text.template “××”像是模板里没有换掉的\n" },
    { "2021", "", "overview", "有关情况情况如下。", "1:1 warning text.doubled “情况”连写了两遍\n" },
    { "2021", "", "overview",
      "做好政策文件、办事指南、解读材料的同步起草、同步发布，方便群众查询。\n"
      "做好政策文件、办事指南、解读材料的同步起草、同步发布，方便群众查询。",
      "1:1 warning text.repeated 与前面重复 34 "
      "字：“做好政策文件、办事指南、解读材料的同步起草、同步发布，方便群众查询。”\n" },
    { "2021", "", "other", "没有需要报告的事项。",
      "1:1 warning text.aspect "
      "未见“信息处理费”的内容（30号文要求写明收取信息处理费的情况，没有收取也要写明）\n" },
    { "2021", "", "problems", "无。",
      "1:1 warning text.alone 不能只写“无。”（这一节要写本年度的主要问题和改进情况）\n" },
    { "2021", "", "other", "无",
      "1:1 warning text.alone "
      "不能只写“无”（30号文要求写明收取信息处理费的情况，没有收取也要写明）\n" },
    { "2019", "year=2020", "other", "无。", "" },
};

/* Findings about texts alone: the tables are empty. */
static void add_text_findings(struct nb_buf *out, const struct nb_diags *diags)
{
    struct nb_diags texts = { 0 };
    for (int i = 0; i < diags->count; i++) {
        if (strncmp(diags->items[i].rule, "text.", 5) == 0)
            nb_diag_add_copy(&texts, &diags->items[i]);
    }
    add_diags(out, &texts);
    nb_diags_release(&texts);
}

static void assert_found(const char *name, const struct nb_draft *draft,
                         const struct nb_check_options *options, const char *wanted)
{
    struct nb_diags diags = { 0 };
    struct nb_buf got = { 0 };
    nb_check_draft(draft, "draft.yaml", options, &diags);
    add_text_findings(&got, &diags);
    assert_text(name, nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_diags_release(&diags);
}

static void messages_are_those_that_clerks_read(void **state)
{
    struct nb_check_options options = { .final = false };
    for (size_t i = 0; i < nb_countof(messages); i++) {
        const struct message *message = &messages[i];
        struct nb_draft *draft =
            draft_with(form_of_id(*state, message->form), message->assignments);
        set_text(draft, message->address, message->text);
        assert_found(message->text, draft, &options, message->wanted);
        nb_draft_free(draft);
    }
}

/* Sentences of the same section in two texts: a note may say what the overview says, not all of it.
 */
static void whole_paragraphs_of_another_text_are_repeats(void **state)
{
    static const char sentence[] =
        "做好政策文件、办事指南、解读材料的同步起草、同步发布，方便群众查询。",
                      second[] = "门户网站、政务新媒体、办事大厅同时更新，重要政策制作图解、问答，"
                                 "在线访谈请各部门主要负责人参加。";
    struct nb_check_options options = { .final = false };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    struct nb_buf both = { 0 };
    nb_buf_printf(&both, "%s%s", sentence, second);
    set_text(draft, "preamble", both.data);
    set_text(draft, "disclosure.note", sentence);
    assert_found("one sentence", draft, &options, "");
    nb_buf_printf(&both, "%s其他。", "");
    set_text(draft, "disclosure.note", both.data);
    assert_found(
        "a paragraph", draft, &options,
        "1:1 warning text.repeated 与前言重复 82 "
        "字：“做好政策文件、办事指南、解读材料的同步起草、同步发布，方便群众查询。门户网站、"
        "政务新媒体、办事大厅同时更新，重要政策制作…”\n");
    nb_buf_release(&both);
    nb_draft_free(draft);
}

static void finishing_asks_for_what_is_missing(void **state)
{
    struct nb_check_options typing = { .final = false }, finishing = { .final = true };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    assert_found("empty, typing", draft, &typing, "");
    assert_found("empty, finishing", draft, &finishing,
                 "1:1 warning text.missing “一、总体情况”还没有写（30号文要求总体情况含五个方面）\n"
                 "1:1 warning text.missing "
                 "“五、存在的主要问题及改进情况”还没有写（这一节要写本年度的主要问题和改进情况）\n"
                 "1:1 warning text.missing "
                 "“六、其他需要报告的事项”还没有写（30号文要求写明收取信息处理费的情况，"
                 "没有收取也要写明）\n");
    set_text(draft, "overview", "主动公开和依申请公开，公布规范性文件。");
    set_text(draft, "problems", "解读形式单一。");
    set_text(draft, "other", "没有收取信息处理费。");
    assert_found("begun, typing", draft, &typing, "");
    assert_found("begun, finishing", draft, &finishing,
                 "1:1 warning text.aspect "
                 "未见“政府信息公开平台建设”“监督保障”的内容（30号文要求总体情况含五个方面）\n");
    nb_draft_free(draft);
}

/* ---- last year's text ---- */

static const char report[] =
    "主动公开。围绕群众关心的教育、医疗、就业、住房等领域，及时公布政策文件和办事指南，"
    "解读材料占到八成以上。\n"
    "依申请公开。全市新收申请2261件，办结2243件；答复前普遍与申请人沟通，补正、延期、"
    "征求第三方意见等环节全程留痕，方便查询。\n"
    "监督保障。把公开工作列入年度考核，分三期培训工作人员，并请群众代表评议，"
    "全年没有发生需要追究责任的情形。";

static void texts_of_last_year_are_told(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(form, "year=2023"), *draft = draft_with(form, "");
    struct nb_check_options options = { .prior = prior };
    struct nb_buf text = { 0 };
    set_text(prior, "problems", report);
    nb_buf_puts(&text, report);
    memcpy(strstr(text.data, "2261"), "2286", 4);
    memcpy(strstr(text.data, "2243"), "2275", 4);
    set_text(draft, "problems", text.data);
    assert_found("copied", draft, &options,
                 "1:1 warning text.copied 与上年的文字 100% 相同，3 段几乎没有改，从“主动公开。"
                 "围绕群众关心的教育、医疗、就业、住房等领域，及时公布政策文件和办事指南，"
                 "解读材料占到八成以上。”起\n");
    /* a tenth of it is new */
    nb_buf_puts(&text, "\n今年还编印了办理指引和文书样式。");
    set_text(draft, "problems", text.data);
    assert_found("longer", draft, &options,
                 "1:1 warning text.copied 与上年的文字 90% 相同，3 段几乎没有改，从“主动公开。"
                 "围绕群众关心的教育、医疗、就业、住房等领域，及时公布政策文件和办事指南，"
                 "解读材料占到八成以上。”起\n");
    /* as much again is new */
    set_text(
        draft, "problems",
        "主动公开。围绕群众关心的教育、医疗、就业、住房等领域，及时公布政策文件和办事指南。\n"
        "今年编印了办理指引和文书样式，组织县区之间结对互查，对群众反映的堵点逐条整改，"
        "网站检索、下载、无障碍浏览都更加方便，政务新媒体实行备案管理，停办了更新不及时的账号，"
        "各部门都有专人负责答复，重大政策请主要负责人讲解。");
    assert_found("new", draft, &options, "");
    set_text(draft, "problems", report);
    options.prior = NULL;
    assert_found("without last year's draft", draft, &options, "");
    nb_buf_release(&text);
    nb_draft_free(draft);
    nb_draft_free(prior);
}

/* ---- places ---- */

static void findings_stand_where_the_file_has_them(void **state)
{
    static const char file[] = DRAFT_HEAD "overview: |\n"
                                          "  全市,全区。\n"
                                          "  有关情况情况如下。\n"
                                          "problems: \"已做,未做。\\n\n"
                                          "  有关情况情况如下,{requests.new.totally}。\"\n";
    struct nb_draft *draft = draft_of_bytes(*state, file, strlen(file));
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = false };
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    struct nb_diags texts = { 0 };
    for (int i = 0; i < diags.count; i++) {
        if (strcmp(diags.items[i].rule, "cell.blank") != 0)
            nb_diag_add_copy(&texts, &diags.items[i]);
    }
    assert_diags("places", &texts,
                 "6:5 warning text.halfwidth 半角标点 1 处，第一处在“全市,全区。”\n"
                 "7:5 warning text.doubled “情况”连写了两遍\n"
                 "8:14 warning text.halfwidth 半角标点 2 处，第一处在“已做,未做。”\n"
                 "9:5 warning text.doubled “情况”连写了两遍\n"
                 "9:12 error reference.unknown 正文引用的 requests.new.totally 在本格式里没有\n");
    nb_diags_release(&texts);
    nb_diags_release(&diags);
    nb_draft_free(draft);
}

/* ---- what is kept ---- */

static void assert_kept(const char *name, const struct nb_checker *checker,
                        const struct nb_draft *draft, const char *wanted)
{
    struct nb_diags diags = { 0 };
    struct nb_buf got = { 0 };
    nb_check_findings(checker, draft, "draft.yaml", false, &diags);
    add_text_findings(&got, &diags);
    assert_text(name, nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_diags_release(&diags);
}

/* A checker that is kept says the same as one made anew, whatever has changed in between. */
static void kept_findings_follow_the_texts(void **state)
{
    static const char doubled[] = "1:1 warning text.doubled “情况”连写了两遍\n";
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "unit=示例区");
    struct nb_checker *checker =
        nb_checker_new(nb_draft_form(draft), nb_draft_figures(draft), NULL);
    assert_kept("nothing", checker, draft, "");
    set_text(draft, "overview", "有关情况情况如下。");
    assert_kept("typed", checker, draft, doubled);
    assert_kept("asked again", checker, draft, doubled);
    draft_assign(draft, "requests.new.natural=3");
    assert_kept("a figure", checker, draft, doubled);
    set_text(draft, "overview", "有关情况如下。");
    assert_kept("mended", checker, draft, "");
    set_text(draft, "overview", "印发《临水区手册》。");
    assert_kept("another body", checker, draft,
                "1:1 warning text.name "
                "本单位是“示例区”，这里写的是“临水区”，是不是从别处抄来的：《临水区手册》\n");
    draft_assign(draft, "unit=临水区");
    assert_kept("that is its name", checker, draft, "");
    draft_assign(draft, "unit=示例区 signed.by=临水区办公室");
    assert_kept("that signs", checker, draft, "");
    nb_checker_free(checker);
    nb_draft_free(draft);
}

/* ---- hostile texts ---- */

/* `part` over and over, about a megabyte. */
static double time_of(const struct nb_form *form, const char *part, struct nb_draft *prior,
                      int *found)
{
    enum { BYTES = 1000000 };
    struct nb_draft *draft = draft_with(form, "unit=示例区");
    struct nb_check_options options = { .prior = prior };
    struct nb_diags diags = { 0 };
    struct nb_buf text = { 0 };
    while (text.len < BYTES)
        nb_buf_puts(&text, part);
    set_text(draft, "overview", text.data);
    set_text(prior, "overview", text.data);
    clock_t from = clock();
    nb_check_draft(draft, "draft.yaml", &options, &diags);
    double seconds = (double)(clock() - from) / CLOCKS_PER_SEC;
    *found = diags.count;
    nb_diags_release(&diags);
    nb_buf_release(&text);
    nb_draft_free(draft);
    return seconds;
}

static void no_text_takes_long_or_says_too_much(void **state)
{
    static const char *const parts[] = {
        "情况情况，",
        "2023年，新收3件，",
        "2023年，新收3件。",
        "下一步2023年，新收3件",
        "《临水区",
        "《临水区》",
        "印发《甲水区手册》，",
        "临水区积极发布，",
        "13812345678，",
        "1 2 3 4 ",
        "((((,,,,",
        "国办公开办函〔2019〕60号",
        "××",
        "XX ",
        "统计期限2023年1月1日至",
        "做好政策文件、办事指南、解读材料的同步起草，方便群众查询。",
        "做好政策文件、办事指南、解读材料的同步起草，方便群众查询\n",
        "做好政策文件、办事指南、解读材料的同步起草，方便群众查询。"
        "围绕群众关心的教育、医疗、就业、住房等领域公布文件和指南。",
        "甲",
        "{requests.nothing}",
        "{requests.nothing}\n",
    };
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *prior = draft_with(form, "year=2023");
    for (size_t i = 0; i < nb_countof(parts); i++) {
        int found;
        double seconds = time_of(form, parts[i], prior, &found);
        if (seconds > 3 || found > 320) /* a sanitizer takes ten times as long */
            fail_msg("%s: %f s, %d findings", parts[i], seconds, found);
    }
    nb_draft_free(prior);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(messages_are_those_that_clerks_read),
        cmocka_unit_test(whole_paragraphs_of_another_text_are_repeats),
        cmocka_unit_test(finishing_asks_for_what_is_missing),
        cmocka_unit_test(texts_of_last_year_are_told),
        cmocka_unit_test(findings_stand_where_the_file_has_them),
        cmocka_unit_test(kept_findings_follow_the_texts),
        cmocka_unit_test(no_text_takes_long_or_says_too_much),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
