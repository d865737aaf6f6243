/* The report: the page tree of a small form, grids without holes, text at every width, HTML. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"
#include "nianbao/report.h"
#include "nianbao/text.h"

/* Two tables in one frame, one with a group, a figure of its own and an amount; one table alone. */
static const char small[] =
    "nianbao-form: 1\nid: f\ntitle: '{unit}{year}年报'\n"
    "sections:\n"
    "- {id: o, heading: 一、概况, prose: {}}\n"
    "- id: s\n"
    "  heading: 二、数字\n"
    "  content:\n"
    "  - prose: {id: note}\n"
    "  - table:\n"
    "      caption: 第一项\n"
    "      corner: 内容\n"
    "      columns:\n"
    "      - {id: x, label: 甲}\n"
    "      - {label: 乙, columns: [{id: y, label: 一}, {id: z, label: 二, kind: change}]}\n"
    "      rows: [{id: a, label: 子}, {id: b, own: all, label: 丑, rows: [{id: c, label: 寅}]}]\n"
    "  - table:\n"
    "      joined: true\n"
    "      corner: 收费\n"
    "      columns: [{id: amount, label: 金额, kind: amount, unit: 万元}]\n"
    "      rows: [{id: fees, label: 卯}]\n"
    "  - table:\n"
    "      stub: indent\n"
    "      corner: 指标\n"
    "      columns: [{label: 单位, prints: unit}, {label: 数}]\n"
    "      rows: [{label: 辰, rows: [{id: d, label: 巳, unit: 件}]}]\n";

/* ---- the page tree ---- */

static void add_box(struct nb_buf *out, const struct nb_box *box)
{
    static const char aligns[] = "<^>";
    nb_buf_printf(out, "  %d,%d %dx%d %c%s", box->row, box->column, box->rows, box->columns,
                  aligns[box->align],
                  box->head     ? "head "
                  : box->figure ? "figure "
                                : "");
    if (box->indent_cols)
        nb_buf_printf(out, "+%d ", box->indent_cols);
    nb_buf_printf(out, "“%s”\n", box->text);
}

static void add_page(struct nb_buf *out, const struct nb_page *page)
{
    static const char *const kinds[] = { "title", "heading", "paragraph",
                                         "table", "foot",    "signature" };
    for (int i = 0; i < page->n_blocks; i++) {
        const struct nb_block *block = &page->blocks[i];
        nb_buf_printf(out, "%s “%s”\n", kinds[block->kind], block->text);
        for (int j = 0; block->grid && j < block->grid->n_boxes; j++)
            add_box(out, &block->grid->boxes[j]);
    }
}

static void expect_page(const struct nb_draft *draft, bool blank, const char *wanted)
{
    struct nb_page page;
    struct nb_buf got = { 0 };
    nb_page_build(&page, draft, blank);
    add_page(&got, &page);
    assert_text("page", nb_buf_text(&got), wanted);
    nb_buf_release(&got);
    nb_page_release(&page);
}

static void a_page_holds_form_and_draft(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(small);
    struct nb_draft *draft = draft_with(
        form, "s.a.x=1 s.a.y=20 s.a.z=3 s.b.all.x=0 s.b.c.z=-4 s.fees.amount=12.50 s.d=7");
    nb_draft_set_text(draft, NB_TEXT_PREAMBLE, "前言");
    nb_draft_set_text(draft, nb_draft_find_text(draft, "o"),
                      "　　甲{s.a.y}件。\n\n\t（一）乙 \n丙");
    nb_draft_set_text(draft, NB_TEXT_SIGNED_BY, "示例市人民政府");
    nb_draft_set_text(draft, NB_TEXT_SIGNED_DATE, "2025-01-05");
    expect_page(draft, false,
                "title “示例市2024年报”\n"
                "paragraph “前言”\n"
                "heading “一、概况”\n"
                "paragraph “甲20件。”\n"
                "paragraph “（一）乙”\n"
                "paragraph “丙”\n"
                "heading “二、数字”\n"
                "table “”\n"
                "  0,0 1x5 ^head “第一项”\n"
                "  1,0 2x2 ^head “内容”\n"
                "  1,2 2x1 ^head “甲”\n"
                "  1,3 1x2 ^head “乙”\n"
                "  2,3 1x1 ^head “一”\n"
                "  2,4 1x1 ^head “二”\n"
                "  3,0 1x2 <head “子”\n"
                "  4,0 2x1 <head “丑”\n"
                "  4,1 1x1 <“”\n"
                "  5,1 1x1 <head “寅”\n"
                "  3,2 1x1 >figure “1”\n"
                "  3,3 1x1 >figure “20”\n"
                "  3,4 1x1 >figure “+3”\n"
                "  4,2 1x1 >figure “0”\n"
                "  4,3 1x1 >figure “”\n"
                "  4,4 1x1 >figure “”\n"
                "  5,2 1x1 >figure “”\n"
                "  5,3 1x1 >figure “”\n"
                "  5,4 1x1 >figure “-4”\n"
                "  6,0 1x2 ^head “收费”\n"
                "  6,2 1x3 ^head “金额”\n"
                "  7,0 1x2 <head “卯”\n"
                "  7,2 1x3 >figure “12.50万元”\n"
                "table “”\n"
                "  0,0 1x1 ^head “指标”\n"
                "  0,1 1x1 ^head “单位”\n"
                "  0,2 1x1 ^head “数”\n"
                "  1,0 1x1 <head “辰”\n"
                "  2,0 1x1 <head +2 “巳”\n"
                "  1,1 1x1 ^“”\n"
                "  1,2 1x1 >figure “”\n"
                "  2,1 1x1 ^“件”\n"
                "  2,2 1x1 >figure “7”\n"
                "signature “示例市人民政府”\n"
                "signature “2025年1月5日”\n");
    nb_draft_free(draft);
    nb_form_free(form);
}

/* The last table of `small` as an annex, with lines below it. */
static void an_annex_stands_behind_the_signature(void **state)
{
    (void)state;
    static const char text[] = "nianbao-form: 1\nid: f\ntitle: '{unit}{year}年报'\n"
                               "sections:\n"
                               "- id: s\n"
                               "  short: 附表\n"
                               "  annex: true\n"
                               "  content:\n"
                               "  - table:\n"
                               "      stub: indent\n"
                               "      foot: ['负责人：{people.head}  填报人：{people.filled}', "
                               "'填报日期：{signed.date}']\n"
                               "      columns: [{label: 单位, prints: unit}, {label: 数}]\n"
                               "      rows: [{label: 辰, unit: 件, rows: [{id: d, label: 巳}]}]\n"
                               "- {id: o, heading: 一、概况, prose: {}}\n";
    struct nb_form *form = form_of_text(text);
    struct nb_draft *draft = draft_with(form, "s.d=7 o=甲 people.head={year} signed.by=乙"
                                              " signed.date=2025-11-05");
    expect_page(draft, false,
                "title “示例市2024年报”\n"
                "heading “一、概况”\n"
                "paragraph “甲”\n"
                "signature “乙”\n"
                "signature “2025年11月5日”\n"
                "table “”\n"
                "  0,0 1x1 ^head “”\n"
                "  0,1 1x1 ^head “单位”\n"
                "  0,2 1x1 ^head “数”\n"
                "  1,0 1x1 <head “辰”\n"
                "  2,0 1x1 <head +2 “巳”\n"
                "  1,1 1x1 ^“”\n"
                "  1,2 1x1 >figure “”\n"
                "  2,1 1x1 ^“件”\n"
                "  2,2 1x1 >figure “7”\n"
                "foot “负责人：{year}  填报人：”\n"
                "foot “填报日期：2025年11月5日”\n");
    nb_draft_free(draft);
    nb_form_free(form);
}

static void a_blank_page_holds_nothing_filled_in(void **state)
{
    const struct nb_form *form = form_of_id(*state, "2021");
    struct nb_draft *draft = draft_with(form, "requests.new.natural=12345 overview=乙 preamble=丙"
                                              " signed.by=丁 signed.date=2025-01-20");
    struct nb_page page;
    struct nb_buf got = { 0 };
    nb_page_build(&page, draft, true);
    for (int i = 0; i < page.n_blocks; i++) {
        const struct nb_block *block = &page.blocks[i];
        nb_buf_printf(&got, "%d%s", block->kind, block->text);
        for (int j = 0; block->grid && j < block->grid->n_boxes; j++)
            nb_buf_puts(&got, block->grid->boxes[j].figure ? block->grid->boxes[j].text : "");
    }
    assert_text("blank", nb_buf_text(&got),
                "0示例市2024年政府信息公开工作年度报告1一、总体情况1二、主动公开政府信息情况3"
                "1三、收到和处理政府信息公开申请情况31四、政府信息公开行政复议、行政诉讼情况3"
                "1五、存在的主要问题及改进情况1六、其他需要报告的事项");
    nb_buf_release(&got);
    nb_page_release(&page);
    nb_draft_free(draft);
}

/* ---- grids ---- */

static void check_cover(const char *name, const struct nb_grid *grid)
{
    int *covered = nb_xalloc((size_t)(grid->n_rows * grid->n_columns) * sizeof *covered);
    for (int i = 0; i < grid->n_boxes; i++) {
        const struct nb_box *box = &grid->boxes[i];
        assert_true(box->rows > 0 && box->columns > 0 && box->row >= 0 && box->column >= 0);
        assert_true(box->row + box->rows <= grid->n_rows);
        assert_true(box->column + box->columns <= grid->n_columns);
        for (int row = box->row; row < box->row + box->rows; row++) {
            for (int column = box->column; column < box->column + box->columns; column++)
                covered[row * grid->n_columns + column]++;
        }
    }
    for (int i = 0; i < grid->n_rows * grid->n_columns; i++) {
        if (covered[i] != 1)
            fail_msg("%s, %s: place %d,%d is covered %d times", name, grid->name,
                     i / grid->n_columns, i % grid->n_columns, covered[i]);
    }
    free(covered);
}

static void check_covers(const struct nb_form *form)
{
    struct nb_draft *draft = draft_with(form, "");
    struct nb_page page;
    nb_page_build(&page, draft, false);
    for (int i = 0; i < page.n_blocks; i++) {
        if (page.blocks[i].grid)
            check_cover(form->id, page.blocks[i].grid);
    }
    nb_page_release(&page);
    nb_draft_free(draft);
}

static void boxes_cover_their_grid_once(void **state)
{
    struct nb_form *form = form_of_text(small);
    check_covers(form);
    nb_form_free(form);
    for (int i = 0; i < nb_catalog_count(*state); i++)
        check_covers(form_of_id(*state, nb_catalog_id(*state, i)));
}

/* ---- text ---- */

struct texts {
    const char **items;
    int count, cap;
};

static void add_text(struct texts *texts, const char *text)
{
    NB_GROW(texts->items, texts->count, texts->cap);
    texts->items[texts->count++] = text;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Every figure of the page stands whole in a box of the text: `fields` are what stood between
 * rules, on one line. */
static void check_figures(const struct nb_page *page, int width, struct texts *fields)
{
    struct texts figures = { 0 };
    for (int i = 0; i < page->n_blocks; i++) {
        const struct nb_grid *grid = page->blocks[i].grid;
        for (int j = 0; grid && j < grid->n_boxes; j++) {
            if (grid->boxes[j].figure && grid->boxes[j].text[0])
                add_text(&figures, grid->boxes[j].text);
        }
    }
    if (figures.count)
        qsort(figures.items, (size_t)figures.count, sizeof *figures.items, by_text);
    if (fields->count)
        qsort(fields->items, (size_t)fields->count, sizeof *fields->items, by_text);
    int at = 0;
    for (int i = 0; i < figures.count; i++, at++) {
        while (at < fields->count && strcmp(fields->items[at], figures.items[i]) < 0)
            at++;
        if (at == fields->count || strcmp(fields->items[at], figures.items[i]) != 0)
            fail_msg("width %d: %s is missing or broken", width, figures.items[i]);
    }
    free(figures.items);
}

/* Cuts a line of a table at its rules into fields without blanks around them. */
static void split_line(char *line, struct texts *fields)
{
    static const char rule[] = "│";
    for (char *field = strstr(line, rule), *end; field; field = end) {
        field += sizeof rule - 1;
        field += strspn(field, " ");
        end = strstr(field, rule);
        char *behind = end ? end : field + strlen(field);
        while (behind > field && behind[-1] == ' ')
            behind--;
        *behind = '\0';
        if (*field)
            add_text(fields, field);
    }
}

struct reading {
    const struct nb_page *page;
    int width_cols, table_width; /* 0: outside a table */
    int widest;
    struct texts fields;
};

static bool begins(const char *line, const char *word)
{
    return strncmp(line, word, strlen(word)) == 0;
}

static void read_line(struct reading *reading, char *line)
{
    int width = nb_text_width(line, strlen(line));
    size_t len = strlen(line);
    if (len && (line[len - 1] == ' ' || strcmp(line + (len > 3 ? len - 3 : 0), "　") == 0))
        fail_msg("width %d: blanks end “%s”", reading->width_cols, line);
    if (begins(line, "┌"))
        reading->table_width = width;
    if (reading->table_width && width != reading->table_width)
        fail_msg("width %d: a line of %d columns in a table of %d: “%s”", reading->width_cols,
                 width, reading->table_width, line);
    if (!reading->table_width && width > reading->width_cols)
        fail_msg("width %d: too wide: “%s”", reading->width_cols, line);
    reading->widest = width > reading->widest ? width : reading->widest;
    if (begins(line, "└"))
        reading->table_width = 0;
    else if (reading->table_width)
        split_line(line, &reading->fields);
}

static void check_text(const struct nb_page *page, int width_cols)
{
    struct nb_buf text = { 0 };
    struct nb_diags diags = { 0 };
    struct nb_text_options options = { width_cols, NB_LINES_UNICODE };
    struct reading reading = { .page = page, .width_cols = width_cols };
    nb_page_write_text(page, &options, "draft.yaml", &diags, &text);
    assert_int_equal(text.data[text.len - 1], '\n');
    for (char *line = text.data; *line;) {
        char *end = strchr(line, '\n');
        *end = '\0';
        read_line(&reading, line);
        line = end + 1;
    }
    if ((reading.widest > width_cols) != (diags.count > 0))
        fail_msg("width %d: %d columns, told %d times", width_cols, reading.widest, diags.count);
    check_figures(page, width_cols, &reading.fields);
    free(reading.fields.items);
    nb_diags_release(&diags);
    nb_buf_release(&text);
}

static void check_widths(const struct nb_draft *draft, bool blank, int least, int most)
{
    struct nb_page page;
    nb_page_build(&page, draft, blank);
    for (int width = least; width <= most; width++)
        check_text(&page, width);
    nb_page_release(&page);
}

static void blank_reports_are_right_at_every_width(void **state)
{
    for (int i = 0; i < nb_catalog_count(*state); i++) {
        struct nb_draft *draft = draft_with(form_of_id(*state, nb_catalog_id(*state, i)), "");
        check_widths(draft, true, 40, 200);
        nb_draft_free(draft);
    }
}

/* Figures of up to `digits` digits in every cell, a few left blank. */
static void fill_at_random(struct nb_draft *draft, uint64_t *seed, int digits)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int cell = 0; cell < form->n_cells; cell++) {
        char text[24];
        struct nb_figure figure = { 0 };
        enum nb_kind kind = form->cells[cell].kind;
        int len = random_below(seed, digits + 1), used = 0;
        if (len && kind == NB_CHANGE && random_below(seed, 2))
            text[used++] = '-';
        for (int i = 0; i < len; i++)
            text[used++] = (char)('0' + (i ? random_below(seed, 10) : 1 + random_below(seed, 9)));
        if (len)
            assert_int_equal(nb_figure_read(text, (size_t)used, kind, &figure), NB_FIGURE_FINE);
        nb_draft_set_figure(draft, cell, figure);
    }
}

static const char prose[] =
    "　　示例市2024年受理申请{requests.new.total}件，其中“自然人”3431件……占99.5%；"
    "详见《条例》（国务院令第711号）以及http://www.example.org/zwgk/2024/index.html。\n"
    "（一）主动公开 abc  def；\n1.制发规范性文件12件，金额72701.2578万元。";

static void filled_reports_are_right_at_every_width(void **state)
{
    uint64_t seed = 198200;
    for (int i = 0; i < nb_catalog_count(*state); i++) {
        for (int digits = 2; digits <= 8; digits += 3) {
            const struct nb_form *form = form_of_id(*state, nb_catalog_id(*state, i));
            struct nb_draft *draft = draft_with(form, "signed.by=示例市 signed.date=2025-01-20");
            fill_at_random(draft, &seed, digits);
            nb_draft_set_text(draft, NB_TEXT_PROSE, prose);
            check_widths(draft, false, 40, 200);
            nb_draft_free(draft);
        }
    }
}

static void figures_of_the_small_form_are_right_at_every_width(void **state)
{
    (void)state;
    uint64_t seed = 3;
    struct nb_form *form = form_of_text(small);
    struct nb_draft *draft = draft_with(form, "s.fees.amount=12345678.123456");
    check_widths(draft, false, NB_MIN_WIDTH, 60);
    for (int round = 0; round < 10; round++) {
        fill_at_random(draft, &seed, 8);
        check_widths(draft, false, NB_MIN_WIDTH, 60);
    }
    nb_draft_free(draft);
    nb_form_free(form);
}

static void lines_do_not_end_with_a_full_width_blank(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    nb_draft_set_text(draft, nb_draft_find_text(draft, "overview"),
                      "申请　答复　公开　申请　答复　公开　申请　答复　公开　申请　答复　公开");
    check_widths(draft, false, 40, 200);
    nb_draft_free(draft);
}

static void a_table_that_does_not_fit_is_told(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    struct nb_page page;
    struct nb_buf text = { 0 };
    struct nb_diags diags = { 0 };
    struct nb_text_options options = { NB_MIN_WIDTH, NB_LINES_UNICODE };
    nb_page_build(&page, draft, true);
    nb_page_write_text(&page, &options, "draft.yaml", &diags, &text);
    assert_true(diags.count > 0);
    for (int i = 0; i < diags.count; i++) {
        assert_string_equal(diags.items[i].rule, "print.width");
        assert_int_equal(diags.items[i].severity, NB_WARNING);
        assert_string_equal(diags.items[i].file, "draft.yaml");
    }
    nb_diags_release(&diags);
    nb_buf_release(&text);
    nb_page_release(&page);
    nb_draft_free(draft);
}

static void ascii_lines_stand_where_box_lines_do(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "requests.new.natural=3431");
    struct nb_page page;
    struct nb_buf ascii = { 0 }, unicode = { 0 }, wanted = { 0 };
    struct nb_diags diags = { 0 };
    nb_page_build(&page, draft, false);
    nb_page_write_text(&page, &(struct nb_text_options) { 80, NB_LINES_ASCII }, "d", &diags,
                       &ascii);
    nb_page_write_text(&page, &(struct nb_text_options) { 80, NB_LINES_UNICODE }, "d", &diags,
                       &unicode);
    for (const char *at = nb_buf_text(&unicode); *at;) {
        const char *from = at;
        uint32_t code = nb_utf8_next(&at);
        if (code >= 0x2500 && code <= 0x257F)
            nb_buf_putc(&wanted, code == 0x2502 ? '|' : code == 0x2500 ? '-' : '+');
        else
            nb_buf_add(&wanted, from, (size_t)(at - from));
    }
    assert_text("ascii", nb_buf_text(&ascii), nb_buf_text(&wanted));
    nb_diags_release(&diags);
    nb_buf_release(&ascii);
    nb_buf_release(&unicode);
    nb_buf_release(&wanted);
    nb_page_release(&page);
    nb_draft_free(draft);
}

static void a_small_report_looks_like_this(void **state)
{
    (void)state;
    struct nb_form *form = form_of_text(small);
    struct nb_draft *draft = draft_with(form, "s.a.x=1 s.a.y=20 s.a.z=3 s.b.c.z=-4 s.fees.amount=2"
                                              " s.d=7 o=甲 signed.by=示例市");
    struct nb_page page;
    struct nb_buf text = { 0 };
    struct nb_diags diags = { 0 };
    nb_page_build(&page, draft, false);
    nb_page_write_text(&page, &(struct nb_text_options) { 30, NB_LINES_UNICODE }, "d", &diags,
                       &text);
    assert_text("text", nb_buf_text(&text),
                "        示例市2024年报\n"
                "\n"
                "一、概况\n"
                "　　甲\n"
                "\n"
                "二、数字\n"
                "\n"
                "┌────────────────────────────┐\n"
                "│           第一项           │\n"
                "├──────────┬─────┬───────────┤\n"
                "│          │     │    乙     │\n"
                "│   内容   │ 甲  ├─────┬─────┤\n"
                "│          │     │ 一  │ 二  │\n"
                "├──────────┼─────┼─────┼─────┤\n"
                "│子        │    1│   20│   +3│\n"
                "├──┬───────┼─────┼─────┼─────┤\n"
                "│  │       │     │     │     │\n"
                "│丑├───────┼─────┼─────┼─────┤\n"
                "│  │寅     │     │     │   -4│\n"
                "├──┴───────┼─────┴─────┴─────┤\n"
                "│   收费   │      金额       │\n"
                "├──────────┼─────────────────┤\n"
                "│卯        │            2万元│\n"
                "└──────────┴─────────────────┘\n"
                "\n"
                "┌──────────┬────────┬────────┐\n"
                "│   指标   │  单位  │   数   │\n"
                "├──────────┼────────┼────────┤\n"
                "│辰        │        │        │\n"
                "├──────────┼────────┼────────┤\n"
                "│  巳      │   件   │       7│\n"
                "└──────────┴────────┴────────┘\n"
                "\n"
                "                        示例市\n");
    nb_diags_release(&diags);
    nb_buf_release(&text);
    nb_page_release(&page);
    nb_draft_free(draft);
    nb_form_free(form);
}

/* ---- HTML ---- */

static int count_in(const char *text, const char *word)
{
    int count = 0;
    for (; (text = strstr(text, word)); text += strlen(word))
        count++;
    return count;
}

static void html_escapes_what_a_person_typed(void **state)
{
    struct nb_draft *draft = draft_with(form_of_id(*state, "2021"), "");
    struct nb_page page;
    struct nb_buf html = { 0 };
    nb_draft_set_text(draft, NB_TEXT_UNIT, "<script>\"甲\"&amp;</script>");
    nb_draft_set_text(draft, NB_TEXT_SIGNED_BY, "A&B<i>");
    nb_draft_set_text(draft, nb_draft_find_text(draft, "overview"), "1 < 2 > 0 & \"x\" 'y' </p>");
    nb_page_build(&page, draft, false);
    nb_page_write_html(&page, &html);
    static const char *const wanted[] = {
        "<title>&lt;script&gt;&quot;甲&quot;&amp;amp;&lt;/script&gt;2024年政府信息公开工作年度报告"
        "</title>",
        "<h1>&lt;script&gt;&quot;甲&quot;&amp;amp;&lt;/script&gt;2024",
        "<p>1 &lt; 2 &gt; 0 &amp; &quot;x&quot; 'y' &lt;/p&gt;</p>",
        "<p class=\"signature\">A&amp;B&lt;i&gt;</p>",
    };
    for (size_t i = 0; i < nb_countof(wanted); i++) {
        if (count_in(html.data, wanted[i]) != 1)
            fail_msg("not once in the page: %s", wanted[i]);
    }
    assert_int_equal(count_in(html.data, "<script"), 0);
    nb_buf_release(&html);
    nb_page_release(&page);
    nb_draft_free(draft);
}

static void html_closes_what_it_opens(void **state)
{
    static const char *const names[] = { "html", "head",  "body",  "title", "style", "h1", "h2",
                                         "p",    "table", "thead", "tbody", "tr",    "th", "td" };
    struct nb_draft *draft = draft_with(form_of_id(*state, "2019"), "overview=甲 signed.by=乙");
    struct nb_page page;
    struct nb_buf html = { 0 };
    nb_page_build(&page, draft, false);
    nb_page_write_html(&page, &html);
    for (size_t i = 0; i < nb_countof(names); i++) {
        char plain[16], open[16], close[16];
        snprintf(plain, sizeof plain, "<%s>", names[i]);
        snprintf(open, sizeof open, "<%s ", names[i]);
        snprintf(close, sizeof close, "</%s>", names[i]);
        int opened = count_in(html.data, plain) + count_in(html.data, open);
        if (!opened || opened != count_in(html.data, close))
            fail_msg("<%s> is opened %d times, closed %d", names[i], opened,
                     count_in(html.data, close));
    }
    nb_buf_release(&html);
    nb_page_release(&page);
    nb_draft_free(draft);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_page_holds_form_and_draft),
        cmocka_unit_test(an_annex_stands_behind_the_signature),
        cmocka_unit_test(a_blank_page_holds_nothing_filled_in),
        cmocka_unit_test(boxes_cover_their_grid_once),
        cmocka_unit_test(blank_reports_are_right_at_every_width),
        cmocka_unit_test(filled_reports_are_right_at_every_width),
        cmocka_unit_test(figures_of_the_small_form_are_right_at_every_width),
        cmocka_unit_test(lines_do_not_end_with_a_full_width_blank),
        cmocka_unit_test(a_table_that_does_not_fit_is_told),
        cmocka_unit_test(ascii_lines_stand_where_box_lines_do),
        cmocka_unit_test(a_small_report_looks_like_this),
        cmocka_unit_test(html_escapes_what_a_person_typed),
        cmocka_unit_test(html_closes_what_it_opens),
    };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
