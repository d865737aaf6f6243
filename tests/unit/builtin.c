/* The built-in forms against the published ones: every label, address and equation, typed here a
 * second time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form/builtin.h"
#include "form_support.h"

struct line {
    const char *path, *label;
    const char *group; /* label of the group it stands in, "" for none */
};

static const struct line applicants[] = {
    { "natural", "自然人", "申请人情况" },
    { "company", "商业企业", "法人或其他组织" },
    { "research", "科研机构", "法人或其他组织" },
    { "welfare", "社会公益组织", "法人或其他组织" },
    { "legal", "法律服务机构", "法人或其他组织" },
    { "other", "其他", "法人或其他组织" },
    { "total", "总计", "申请人情况" },
};

static const char results[] = "三、本年度办理结果";

/* Rows that both forms have; in the place of the empty one stands what differs. */
static const struct line requests[] = {
    { "new", "一、本年新收政府信息公开申请数量", "" },
    { "carried_in", "二、上年结转政府信息公开申请数量", "" },
    { "granted", "（一）予以公开", results },
    { "partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）", results },
    { "denied.secret", "1.属于国家秘密", "（三）不予公开" },
    { "denied.law", "2.其他法律行政法规禁止公开", "（三）不予公开" },
    { "denied.safety", "3.危及“三安全一稳定”", "（三）不予公开" },
    { "denied.third_party", "4.保护第三方合法权益", "（三）不予公开" },
    { "denied.internal", "5.属于三类内部事务信息", "（三）不予公开" },
    { "denied.process", "6.属于四类过程性信息", "（三）不予公开" },
    { "denied.case_file", "7.属于行政执法案卷", "（三）不予公开" },
    { "denied.query", "8.属于行政查询事项", "（三）不予公开" },
    { "unavailable.not_held", "1.本机关不掌握相关政府信息", "（四）无法提供" },
    { "unavailable.not_made", "2.没有现成信息需要另行制作", "（四）无法提供" },
    { "unavailable.unclear", "3.补正后申请内容仍不明确", "（四）无法提供" },
    { "refused.petition", "1.信访举报投诉类申请", "（五）不予处理" },
    { "refused.repeat", "2.重复申请", "（五）不予处理" },
    { "refused.publication", "3.要求提供公开出版物", "（五）不予处理" },
    { "refused.excessive", "4.无正当理由大量反复申请", "（五）不予处理" },
    { "refused.reconfirm", "5.要求行政机关确认或重新出具已获取信息", "（五）不予处理" },
    { 0 },
    { "handled", "（七）总计", results },
    { "carried_out", "四、结转下年度继续办理", "" },
};
static const struct line otherwise_2019[] = {
    { "otherwise", "（六）其他处理", results },
};
static const struct line otherwise_2021[] = {
    { "otherwise.late_supplement",
      "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "（六）其他处理" },
    { "otherwise.unpaid_fee",
      "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
      "（六）其他处理" },
    { "otherwise.other", "3.其他", "（六）其他处理" },
};

static const struct line outcomes[] = {
    { "reconsideration.upheld", "结果维持", "行政复议" },
    { "reconsideration.corrected", "结果纠正", "行政复议" },
    { "reconsideration.other", "其他结果", "行政复议" },
    { "reconsideration.pending", "尚未审结", "行政复议" },
    { "reconsideration.total", "总计", "行政复议" },
    { "litigation.direct.upheld", "结果维持", "未经复议直接起诉" },
    { "litigation.direct.corrected", "结果纠正", "未经复议直接起诉" },
    { "litigation.direct.other", "其他结果", "未经复议直接起诉" },
    { "litigation.direct.pending", "尚未审结", "未经复议直接起诉" },
    { "litigation.direct.total", "总计", "未经复议直接起诉" },
    { "litigation.after_reconsideration.upheld", "结果维持", "复议后起诉" },
    { "litigation.after_reconsideration.corrected", "结果纠正", "复议后起诉" },
    { "litigation.after_reconsideration.other", "其他结果", "复议后起诉" },
    { "litigation.after_reconsideration.pending", "尚未审结", "复议后起诉" },
    { "litigation.after_reconsideration.total", "总计", "复议后起诉" },
};

/* A block of section two. */
struct block {
    const char *caption;
    struct line columns[4], rows[3];
};
static const struct block disclosure_2021[] = {
    { "第二十条第（一）项",
      { { "made", "本年制发件数", "" },
        { "repealed", "本年废止件数", "" },
        { "in_force", "现行有效件数", "" } },
      { { "regulations", "规章", "" }, { "documents", "行政规范性文件", "" } } },
    { "第二十条第（五）项",
      { { "decisions", "本年处理决定数量", "" } },
      { { "licensing", "行政许可", "" } } },
    { "第二十条第（六）项",
      { { "decisions", "本年处理决定数量", "" } },
      { { "penalties", "行政处罚", "" }, { "coercion", "行政强制", "" } } },
    { "第二十条第（八）项",
      { { "amount", "本年收费金额（单位：万元）", "" } },
      { { "fees", "行政事业性收费", "" } } },
};
static const struct block disclosure_2019[] = {
    { "第二十条第（一）项",
      { { "made", "本年新制作数量", "" },
        { "opened", "本年新公开数量", "" },
        { "public", "对外公开总数量", "" } },
      { { "regulations", "规章", "" }, { "documents", "规范性文件", "" } } },
    { "第二十条第（五）项",
      { { "prior", "上一年项目数量", "" },
        { "change", "本年增/减", "" },
        { "decisions", "处理决定数量", "" } },
      { { "licensing", "行政许可", "" }, { "services", "其他对外管理服务事项", "" } } },
    { "第二十条第（六）项",
      { { "prior", "上一年项目数量", "" },
        { "change", "本年增/减", "" },
        { "decisions", "处理决定数量", "" } },
      { { "penalties", "行政处罚", "" }, { "coercion", "行政强制", "" } } },
    { "第二十条第（八）项",
      { { "prior", "上一年项目数量", "" }, { "change", "本年增/减", "" } },
      { { "fees", "行政事业性收费", "" } } },
    { "第二十条第（九）项",
      { { "count", "采购项目数量", "" }, { "amount", "采购总金额", "" } },
      { { "procurement", "政府集中采购", "" } } },
};

struct published {
    const char *id;
    int n_cells;
    const struct block *blocks;
    int n_blocks;
    const struct line *otherwise;
    int n_otherwise;
};
static const struct published forms[] = {
    { "2019", 198, disclosure_2019, (int)nb_countof(disclosure_2019), otherwise_2019, 1 },
    { "2021", 200, disclosure_2021, (int)nb_countof(disclosure_2021), otherwise_2021, 3 },
};

/* ---- cells ---- */

static const char *group_label(const struct nb_node *node)
{
    return node->parent ? node->parent->label ? node->parent->label : "" : "";
}

static void check_line(const char *address, const struct nb_node *node, const struct line *line)
{
    assert_text(address, node->label, line->label);
    assert_text(address, group_label(node), line->group);
}

/* Row and column of a cell are those, and the cell has the address they give; counts it. */
static void check_cell(const struct nb_form *form, const char *section, const struct line *row,
                       const struct line *column, int *seen)
{
    struct nb_buf address = { 0 };
    nb_buf_puts(&address, section);
    if (row)
        nb_buf_printf(&address, ".%s", row->path);
    nb_buf_printf(&address, ".%s", column->path);
    int cell = cell_at(form, address.data);
    const struct nb_table *table = form->cells[cell].table;
    assert_text("address", form->cells[cell].address, address.data);
    if (row)
        check_line(address.data, table->rows.leaves[form->cells[cell].row].node, row);
    check_line(address.data, table->columns.leaves[form->cells[cell].column].node, column);
    assert_int_equal(cell, *seen); /* cells are numbered as the form prints them */
    ++*seen;
    nb_buf_release(&address);
}

static void check_blocks(const struct nb_form *form, const struct published *published, int *seen)
{
    for (int i = 0; i < published->n_blocks; i++) {
        const struct block *block = &published->blocks[i];
        assert_text("caption", form->cells[*seen].table->caption, block->caption);
        assert_text(block->caption, form->cells[*seen].table->corner, "信息内容");
        for (const struct line *row = block->rows; row->path; row++) {
            for (const struct line *column = block->columns; column->path; column++)
                check_cell(form, "disclosure", row, column, seen);
        }
    }
}

static void check_requests(const struct nb_form *form, const struct line *rows, int n_rows,
                           int *seen)
{
    for (int row = 0; row < n_rows; row++) {
        for (size_t column = 0; column < nb_countof(applicants); column++)
            check_cell(form, "requests", &rows[row], &applicants[column], seen);
    }
}

static void every_cell_is_the_published_one(void **state)
{
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        int seen = 0, split = 0;
        while (requests[split].path)
            split++;
        check_blocks(form, &forms[i], &seen);
        assert_string_equal(form->cells[seen].table->corner,
                            "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）");
        check_requests(form, requests, split, &seen);
        check_requests(form, forms[i].otherwise, forms[i].n_otherwise, &seen);
        check_requests(form, requests + split + 1, (int)nb_countof(requests) - split - 1, &seen);
        for (size_t j = 0; j < nb_countof(outcomes); j++)
            check_cell(form, "disputes", NULL, &outcomes[j], &seen);
        assert_int_equal(seen, forms[i].n_cells);
        assert_int_equal(form->n_cells, forms[i].n_cells);
    }
}

static void kinds_and_units_are_the_published_ones(void **state)
{
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        for (int cell = 0; cell < form->n_cells; cell++) {
            const struct nb_cell *at = &form->cells[cell];
            const char *last = strrchr(at->address, '.');
            enum nb_kind wanted = strcmp(last, ".amount") == 0   ? NB_AMOUNT
                                  : strcmp(last, ".change") == 0 ? NB_CHANGE
                                                                 : NB_COUNT;
            assert_text(at->address, nb_kind_name(at->kind), nb_kind_name(wanted));
            if (wanted == NB_AMOUNT)
                assert_text(at->address, at->unit, "万元");
        }
    }
}

/* ---- head and sections ---- */

static void sections_are_the_published_ones(void **state)
{
    static const struct {
        const char *id, *heading;
        int n_proses;
    } sections[] = {
        { "overview", "一、总体情况", 1 },
        { "disclosure", "二、主动公开政府信息情况", 1 },
        { "requests", "三、收到和处理政府信息公开申请情况", 1 },
        { "disputes", "四、政府信息公开行政复议、行政诉讼情况", 1 },
        { "problems", "五、存在的主要问题及改进情况", 1 },
        { "other", "六、其他需要报告的事项", 1 },
    };
    static const char *const proses[] = { "overview",      "disclosure.note", "requests.note",
                                          "disputes.note", "problems",        "other" };
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        assert_int_equal(form->n_sections, nb_countof(sections));
        assert_int_equal(form->n_proses, nb_countof(proses));
        for (size_t j = 0; j < nb_countof(sections); j++) {
            assert_text(forms[i].id, form->sections[j].id, sections[j].id);
            assert_text(forms[i].id, form->sections[j].heading, sections[j].heading);
            assert_text(forms[i].id, form->proses[j]->address, proses[j]);
        }
    }
}

static void heads_are_the_published_ones(void **state)
{
    const struct nb_form *old = form_of_id(*state, "2019"), *now = form_of_id(*state, "2021");
    assert_string_equal(old->title, "{unit}{year}年政府信息公开工作年度报告");
    assert_string_equal(now->title, "{unit}{year}年政府信息公开工作年度报告");
    assert_string_equal(old->basis, "国办公开办函〔2019〕60号");
    assert_string_equal(now->basis, "国办公开办函〔2021〕30号");
    assert_int_equal(now->n_outdated, 1);
    assert_string_equal(now->outdated[0], "国办公开办函〔2019〕60号");
    assert_int_equal(old->n_outdated, 1);
    assert_string_equal(old->outdated[0], "国办公开办函〔2021〕30号");
    assert_int_equal(old->year_from, 2019);
    assert_int_equal(old->year_to, 2020);
    assert_int_equal(now->year_from, 2021);
    assert_int_equal(now->year_to, 0);
}

static void the_id_of_a_form_is_its_file_name(void **state)
{
    assert_int_equal(nb_builtin_count, nb_catalog_count(*state));
    for (size_t i = 0; i < nb_builtin_count; i++) {
        const struct nb_form *form = form_of_id(*state, nb_builtin_forms[i].id);
        assert_text("id", form->id, nb_builtin_forms[i].id);
        assert_text("source", form->source, "");
    }
}

/* The forms that are part of the program are the files of forms/. */
static void built_in_forms_are_the_files(void **state)
{
    for (size_t i = 0; i < nb_builtin_count; i++) {
        struct nb_buf path = { 0 }, text = { 0 }, file_rules = { 0 }, own_rules = { 0 };
        struct nb_diags diags = { 0 };
        struct nb_form *form;
        struct nb_known_forms known = nb_catalog_known(*state);
        nb_buf_printf(&path, "forms/%s.yaml", nb_builtin_forms[i].id);
        add_file(&text, path.data);
        nb_form_compile(path.data, text.data, text.len, &known, &diags, &form);
        assert_diags(path.data, &diags, "");
        const struct nb_form *own = form_of_id(*state, nb_builtin_forms[i].id);
        add_equations(&file_rules, form);
        add_equations(&own_rules, own);
        assert_text(path.data, nb_buf_text(&own_rules), nb_buf_text(&file_rules));
        assert_int_equal(own->n_keys, form->n_keys);
        for (int key = 0; key < own->n_keys; key++)
            assert_text(path.data, own->keys[key].address, form->keys[key].address);
        nb_form_free(form);
        nb_diags_release(&diags);
        nb_buf_release(&path);
        nb_buf_release(&text);
        nb_buf_release(&file_rules);
        nb_buf_release(&own_rules);
    }
}

/* ---- rules ---- */

static void expect_rule(const struct nb_form *form, const char *id, enum nb_severity severity,
                        int instances, const char *example)
{
    int count = 0, found = 0;
    for (int i = 0; i < form->n_equations; i++) {
        const struct nb_equation *equation = &form->equations[i];
        struct nb_buf text = { 0 };
        if (strcmp(equation->rule->id, id) != 0)
            continue;
        add_equation(&text, form, equation);
        count++;
        found += strcmp(nb_buf_text(&text), example) == 0;
        assert_int_equal(equation->rule->severity, severity);
        nb_buf_release(&text);
    }
    if (count != instances || found != 1)
        fail_msg("%s of %s: %d instances, wanted %d; this one %d times: %s", id, form->id, count,
                 instances, found, example);
}

/* The rules that both forms have. */
static void check_common_rules(const struct nb_form *form, int n_rows)
{
    expect_rule(form, "requests.total", NB_ERROR, n_rows,
                "requests.denied.secret.natural + requests.denied.secret.company + "
                "requests.denied.secret.research + requests.denied.secret.welfare + "
                "requests.denied.secret.legal + requests.denied.secret.other == "
                "requests.denied.secret.total @requests.denied.secret.total row");
    expect_rule(form, "requests.balance", NB_ERROR, 7,
                "requests.new.total + requests.carried_in.total == requests.handled.total + "
                "requests.carried_out.total @requests.new.total column");
    expect_rule(form, "requests.carried", NB_WARNING, 7,
                "requests.carried_in.legal == last:requests.carried_out.legal "
                "@requests.carried_in.legal column");
    expect_rule(form, "disputes.reconsideration", NB_ERROR, 1,
                "disputes.reconsideration.upheld + disputes.reconsideration.corrected + "
                "disputes.reconsideration.other + disputes.reconsideration.pending == "
                "disputes.reconsideration.total @disputes.reconsideration.total");
    expect_rule(form, "disputes.litigation.direct", NB_ERROR, 1,
                "disputes.litigation.direct.upheld + disputes.litigation.direct.corrected + "
                "disputes.litigation.direct.other + disputes.litigation.direct.pending == "
                "disputes.litigation.direct.total @disputes.litigation.direct.total");
    expect_rule(form, "disputes.litigation.after_reconsideration", NB_ERROR, 1,
                "disputes.litigation.after_reconsideration.upheld + "
                "disputes.litigation.after_reconsideration.corrected + "
                "disputes.litigation.after_reconsideration.other + "
                "disputes.litigation.after_reconsideration.pending == "
                "disputes.litigation.after_reconsideration.total "
                "@disputes.litigation.after_reconsideration.total");
}

#define HANDLED                                                                                    \
    "requests.granted.other + requests.partial.other + requests.denied.secret.other + "            \
    "requests.denied.law.other + requests.denied.safety.other + "                                  \
    "requests.denied.third_party.other + requests.denied.internal.other + "                        \
    "requests.denied.process.other + requests.denied.case_file.other + "                           \
    "requests.denied.query.other + requests.unavailable.not_held.other + "                         \
    "requests.unavailable.not_made.other + requests.unavailable.unclear.other + "                  \
    "requests.refused.petition.other + requests.refused.repeat.other + "                           \
    "requests.refused.publication.other + requests.refused.excessive.other + "                     \
    "requests.refused.reconfirm.other + "

static void rules_of_2021_are_the_published_ones(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    check_common_rules(form, 25);
    expect_rule(form, "requests.handled", NB_ERROR, 7,
                HANDLED "requests.otherwise.late_supplement.other + "
                        "requests.otherwise.unpaid_fee.other + requests.otherwise.other.other == "
                        "requests.handled.other @requests.handled.other column");
    expect_rule(form, "disclosure.in_force", NB_WARNING, 2,
                "disclosure.documents.in_force == disclosure.documents.made - "
                "disclosure.documents.repealed + last:disclosure.documents.in_force "
                "@disclosure.documents.in_force row");
    assert_int_equal(form->n_rules, 8);
    assert_int_equal(form->n_equations, 25 + 7 + 7 + 3 + 7 + 2);
}

static void rules_of_2019_are_the_published_ones(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2019");
    check_common_rules(form, 23);
    expect_rule(form, "requests.handled", NB_ERROR, 7,
                HANDLED "requests.otherwise.other == requests.handled.other "
                        "@requests.handled.other column");
    expect_rule(form, "disclosure.prior", NB_WARNING, 5,
                "disclosure.fees.prior == last:disclosure.fees.prior + "
                "last:disclosure.fees.change @disclosure.fees.prior row");
    expect_rule(form, "disclosure.remaining", NB_WARNING, 5,
                "disclosure.services.prior + disclosure.services.change >= 0 "
                "@disclosure.services.prior row");
    expect_rule(form, "disclosure.opened", NB_WARNING, 2,
                "disclosure.regulations.opened <= disclosure.regulations.public "
                "@disclosure.regulations.opened row");
    expect_rule(form, "disclosure.procurement", NB_WARNING, 1,
                "disclosure.procurement.count iff-zero disclosure.procurement.amount "
                "@disclosure.procurement.count");
    assert_int_equal(form->n_rules, 11);
    assert_int_equal(form->n_equations, 23 + 7 + 7 + 3 + 7 + 5 + 5 + 2 + 1);
}

static bool holds_cell(const struct nb_equation *equation, int cell)
{
    for (int i = 0; i < equation->n_terms; i++) {
        if (equation->terms[i].cell == cell)
            return true;
    }
    return false;
}

static int times_listed(const struct nb_form *form, int cell, int equation)
{
    int times = 0;
    for (int i = form->touched_from[cell]; i < form->touched_from[cell + 1]; i++)
        times += form->touched[i] == equation;
    return times;
}

static void each_cell_knows_its_equations(void **state)
{
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        assert_int_equal(form->touched_from[0], 0);
        for (int cell = 0; cell < form->n_cells; cell++) {
            for (int equation = 0; equation < form->n_equations; equation++) {
                int times = times_listed(form, cell, equation);
                if (times != holds_cell(&form->equations[equation], cell))
                    fail_msg("%s lists equation %d %d times", form->cells[cell].address, equation,
                             times);
            }
        }
    }
}

static void terms_carry_the_kind_of_their_cell(void **state)
{
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        for (int j = 0; j < form->n_equations; j++) {
            for (int k = 0; k < form->equations[j].n_terms; k++) {
                const struct nb_term *term = &form->equations[j].terms[k];
                assert_int_equal(term->kind, form->cells[term->cell].kind);
            }
        }
    }
}

static void what_is_not_finished_carries_over(void **state)
{
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        assert_int_equal(form->n_carries, nb_countof(applicants));
        for (int j = 0; j < form->n_carries; j++) {
            struct nb_buf from = { 0 }, to = { 0 };
            nb_buf_printf(&from, "requests.carried_out.%s", applicants[j].path);
            nb_buf_printf(&to, "requests.carried_in.%s", applicants[j].path);
            assert_text(form->id, form->carries[j].from, from.data);
            assert_text(form->id, form->cells[form->carries[j].to].address, to.data);
            nb_buf_release(&from);
            nb_buf_release(&to);
        }
    }
}

static void groups_have_as_many_cells_as_the_form_prints(void **state)
{
    static const struct {
        const char *form, *address;
        int count;
    } cases[] = {
        { "2021", "requests.denied", 56 },
        { "2021", "requests.denied.natural", 8 },
        { "2021", "requests.denied.secret", 7 },
        { "2021", "requests.otherwise", 21 },
        { "2019", "requests.otherwise", 7 },
        { "2021", "requests.otherwise.total", 3 },
        { "2021", "requests.new", 7 },
        { "2021", "requests.natural", 25 },
        { "2019", "requests.natural", 23 },
        { "2021", "requests.handled.total", 1 },
        { "2021", "disputes.litigation", 10 },
        { "2021", "disputes.litigation.direct", 5 },
        { "2021", "disputes.reconsideration", 5 },
        { "2021", "disclosure.regulations", 3 },
        { "2019", "disclosure.procurement", 2 },
        { "2021", "disclosure.decisions", 3 },
        { "2019", "disclosure.decisions", 4 },
        { "2021", "requests", 0 },
        { "2021", "requests.denied.secret.natural.total", 0 },
        { "2021", "disclosure.note", 0 },
        { "2021", "overview", 0 },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        int *cells;
        int count = nb_form_resolve(form_of_id(*state, cases[i].form), cases[i].address, &cells);
        free(cells);
        if (count != cases[i].count)
            fail_msg("%s of %s: %d cells, not %d", cases[i].address, cases[i].form, count,
                     cases[i].count);
    }
}

/* ---- keys of the draft file ---- */

static void keys_lead_to_every_cell_and_text(void **state)
{
    for (size_t i = 0; i < nb_countof(forms); i++) {
        const struct nb_form *form = form_of_id(*state, forms[i].id);
        int cells = 0, proses = 0;
        for (int j = 0; j < form->n_keys; j++) {
            const struct nb_key *key = &form->keys[j];
            assert_int_equal(key->index, j);
            if (j)
                assert_ptr_equal(nb_key_child(key->parent, key->name, strlen(key->name), NULL),
                                 key);
            if (key->cell >= 0)
                assert_text("cell", key->address, form->cells[key->cell].address);
            if (key->prose >= 0)
                assert_text("text", key->address, form->proses[key->prose]->address);
            cells += key->cell >= 0;
            proses += key->prose >= 0;
        }
        assert_int_equal(cells, form->n_cells);
        assert_int_equal(proses, form->n_proses);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_cell_is_the_published_one),
        cmocka_unit_test(kinds_and_units_are_the_published_ones),
        cmocka_unit_test(sections_are_the_published_ones),
        cmocka_unit_test(heads_are_the_published_ones),
        cmocka_unit_test(the_id_of_a_form_is_its_file_name),
        cmocka_unit_test(built_in_forms_are_the_files),
        cmocka_unit_test(rules_of_2021_are_the_published_ones),
        cmocka_unit_test(rules_of_2019_are_the_published_ones),
        cmocka_unit_test(each_cell_knows_its_equations),
        cmocka_unit_test(terms_carry_the_kind_of_their_cell),
        cmocka_unit_test(what_is_not_finished_carries_over),
        cmocka_unit_test(groups_have_as_many_cells_as_the_form_prints),
        cmocka_unit_test(keys_lead_to_every_cell_and_text),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
