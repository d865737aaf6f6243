/* The statistics table before 2019, row by row, typed here a second time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"

/* The rows as they are printed, two blanks for each level; a row with a unit has a figure. */
static const char rows[] =
    "一、主动公开情况\n"
    "  （一）主动公开政府信息数（不同渠道和方式公开相同信息计1条） 条 published.total\n"
    "    其中：主动公开规范性文件数 条 published.documents\n"
    "    制发规范性文件总数 件 published.issued\n"
    "  （二）通过不同渠道和方式公开政府信息的情况\n"
    "    1.政府公报公开政府信息数 条 channels.gazette\n"
    "    2.政府网站公开政府信息数 条 channels.website\n"
    "    3.政务微博公开政府信息数 条 channels.weibo\n"
    "    4.政务微信公开政府信息数 条 channels.wechat\n"
    "    5.其他方式公开政府信息数 条 channels.other\n"
    "二、回应解读情况\n"
    "  （一）回应公众关注热点或重大舆情数（不同方式回应同一热点或舆情计1次） 次 topics\n"
    "  （二）通过不同渠道和方式回应解读的情况\n"
    "    1.参加或举办新闻发布会总次数 次 responses.press.total\n"
    "      其中：主要负责同志参加新闻发布会次数 次 responses.press.principals\n"
    "    2.政府网站在线访谈次数 次 responses.interviews.total\n"
    "      其中：主要负责同志参加政府网站在线访谈次数 次 responses.interviews.principals\n"
    "    3.政策解读稿件发布数 篇 responses.articles\n"
    "    4.微博微信回应事件数 次 responses.social\n"
    "    5.其他方式回应事件数 次 responses.other\n"
    "三、依申请公开情况\n"
    "  （一）收到申请数 件 received.total\n"
    "    1.当面申请数 件 received.in_person\n"
    "    2.传真申请数 件 received.fax\n"
    "    3.网络申请数 件 received.online\n"
    "    4.信函申请数 件 received.letter\n"
    "  （二）申请办结数 件 completed.total\n"
    "    1.按时办结数 件 completed.on_time\n"
    "    2.延期办结数 件 completed.extended\n"
    "  （三）申请答复数 件 replies.total\n"
    "    1.属于已主动公开范围数 件 replies.already_public\n"
    "    2.同意公开答复数 件 replies.granted\n"
    "    3.同意部分公开答复数 件 replies.partial\n"
    "    4.不同意公开答复数 件 replies.denied.total\n"
    "      其中：涉及国家秘密 件 replies.denied.secret\n"
    "      涉及商业秘密 件 replies.denied.trade\n"
    "      涉及个人隐私 件 replies.denied.privacy\n"
    "      危及国家安全、公共安全、经济安全和社会稳定 件 replies.denied.safety\n"
    "      不是《条例》所指政府信息 件 replies.denied.no_information\n"
    "      法律法规规定的其他情形 件 replies.denied.law\n"
    "    5.不属于本行政机关公开数 件 replies.elsewhere\n"
    "    6.申请信息不存在数 件 replies.not_found\n"
    "    7.告知作出更改补充数 件 replies.amend\n"
    "    8.告知通过其他途径办理数 件 replies.redirected\n"
    "四、行政复议数量 件 reconsideration.total\n"
    "  （一）维持具体行政行为数 件 reconsideration.upheld\n"
    "  （二）被依法纠错数 件 reconsideration.corrected\n"
    "  （三）其他情形数 件 reconsideration.other\n"
    "五、行政诉讼数量 件 litigation.total\n"
    "  （一）维持具体行政行为或者驳回原告诉讼请求数 件 litigation.upheld\n"
    "  （二）被依法纠错数 件 litigation.corrected\n"
    "  （三）其他情形数 件 litigation.other\n"
    "六、举报投诉数量 件 complaints\n"
    "七、依申请公开信息收取的费用 万元 fees amount\n"
    "八、机构建设和保障经费情况\n"
    "  （一）政府信息公开工作专门机构数 个 offices\n"
    "  （二）设置政府信息公开查阅点数 个 reading_points\n"
    "  （三）从事政府信息公开工作人员数 人 staff.total\n"
    "    1.专职人员数（不包括政府公报及政府网站工作人员数） 人 staff.full_time\n"
    "    2.兼职人员数 人 staff.part_time\n"
    "  （四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）"
    " 万元 funding amount\n"
    "九、政府信息公开会议和培训情况\n"
    "  （一）召开政府信息公开工作会议或专题会议数 次 meetings\n"
    "  （二）举办各类培训班数 次 courses\n"
    "  （三）接受培训人员数 人次 trained\n";

static void add_row(struct nb_buf *out, const struct nb_form *form, int row)
{
    const struct nb_table *table = form->tables[0];
    const struct nb_node *node = table->rows.leaves[row].node;
    int cell = table->cells[row * table->columns.n_leaves + table->columns.n_leaves - 1];
    nb_buf_pad(out, ' ', 2 * (node->depth - 1));
    nb_buf_puts(out, node->label);
    if (cell >= 0) {
        const struct nb_cell *at = &form->cells[cell];
        nb_buf_printf(out, " %s %s", at->unit, at->address + strlen("statistics."));
        nb_buf_puts(out, at->kind == NB_COUNT ? "" : " ");
        nb_buf_puts(out, at->kind == NB_COUNT ? "" : nb_kind_name(at->kind));
    }
    nb_buf_putc(out, '\n');
}

static void every_row_is_the_published_one(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2014");
    struct nb_buf got = { 0 };
    assert_int_equal(form->n_tables, 1);
    for (int row = 0; row < form->tables[0]->rows.n_leaves; row++)
        add_row(&got, form, row);
    assert_text("rows", nb_buf_text(&got), rows);
    nb_buf_release(&got);
}

static void its_rules_are_sums_and_parts(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2014");
    struct nb_buf got = { 0 };
    for (int i = 0; i < form->n_equations; i++) {
        nb_buf_printf(&got, "%s ", nb_severity_name(form->equations[i].rule->severity));
        add_equation(&got, form, &form->equations[i]);
        nb_buf_putc(&got, '\n');
    }
#define S "statistics."
    assert_text(
        "rules", nb_buf_text(&got),
        "error " S "received.in_person + " S "received.fax + " S "received.online + " S
        "received.letter == " S "received.total @" S "received.total\n"
        "error " S "completed.on_time + " S "completed.extended == " S "completed.total @" S
        "completed.total\n"
        "error " S "replies.already_public + " S "replies.granted + " S "replies.partial + " S
        "replies.denied.total + " S "replies.elsewhere + " S "replies.not_found + " S
        "replies.amend + " S "replies.redirected == " S "replies.total @" S "replies.total\n"
        "error " S "replies.denied.secret + " S "replies.denied.trade + " S
        "replies.denied.privacy + " S "replies.denied.safety + " S
        "replies.denied.no_information + " S "replies.denied.law == " S "replies.denied.total @" S
        "replies.denied.total\n"
        "error " S "reconsideration.upheld + " S "reconsideration.corrected + " S
        "reconsideration.other == " S "reconsideration.total @" S "reconsideration.total\n"
        "error " S "litigation.upheld + " S "litigation.corrected + " S "litigation.other == " S
        "litigation.total @" S "litigation.total\n"
        "error " S "staff.full_time + " S "staff.part_time == " S "staff.total @" S "staff.total\n"
        "warning " S "published.documents <= " S "published.total @" S "published.documents\n"
        "warning " S "responses.press.principals <= " S "responses.press.total @" S
        "responses.press.principals\n"
        "warning " S "responses.interviews.principals <= " S "responses.interviews.total @" S
        "responses.interviews.principals\n");
#undef S
    nb_buf_release(&got);
}

static void its_head_is_the_published_one(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2014");
    assert_string_equal(form->title, "{unit}{year}年政府信息公开工作年度报告");
    assert_string_equal(form->basis, "国办发〔2014〕32号");
    assert_int_equal(form->year_from, 0);
    assert_int_equal(form->year_to, 2018);
    assert_int_equal(form->n_sections, 2);
    assert_string_equal(form->sections[0].id, "narrative");
    assert_string_equal(form->sections[0].heading, "");
    assert_string_equal(form->sections[1].heading, "政府信息公开情况统计表");
    assert_true(form->sections[1].annex);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_the_published_one),
        cmocka_unit_test(its_rules_are_sums_and_parts),
        cmocka_unit_test(its_head_is_the_published_one),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
