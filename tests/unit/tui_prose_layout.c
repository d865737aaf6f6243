/* Paragraphs in the editor: the same lines as in print, whatever was edited before, and a cursor
 * that comes everywhere and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "form_support.h"
#include "nianbao/report.h"
#include "nianbao/text.h"
#include "tui/prose_layout.h"

static const char form_text[] = FORM_TOP FORM_TABLE "- {id: o, heading: 二、末, prose: {}}\n";

static struct nb_draft *new_draft(struct nb_form **form)
{
    *form = form_of_text(form_text);
    return draft_with(*form, "s.a.x=3525 s.a.y=0 s.b.x=1234567890123 s.c.z=7");
}

static void add_paragraph(struct nb_buf *out, uint64_t *seed, int most)
{
    static const char *const parts[] = {
        "政府信息公开",
        "，",
        "。",
        "“",
        "”",
        "（",
        "）",
        "2024",
        "年",
        "件",
        "　",
        " ",
        "1,234.5%",
        "{s.a.x}",
        "{s.b.x}",
        "{s.b.y}",
        "{s.a}",
        "{",
        "}",
        "%",
        "Internet ",
        "{no.such}",
        "{unknown.address.of_it}",
        "\t",
        "、",
        "《",
        "》",
        "e\xCC\x81",
        "👨‍👩‍👧",
        "word",
        "—— ",
        "\xC2\xA0",
        "\xE2\x80\x83", /* U+2003 */
        "\xE2\x80\x8B", /* U+200B */
        "（ ",
        "a ，",
        "长",
        "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
    };
    for (int count = random_below(seed, most); count > 0; count--)
        nb_buf_puts(out, parts[random_below(seed, (int)nb_countof(parts))]);
}

static char *random_paragraphs(uint64_t *seed)
{
    struct nb_buf text = { 0 };
    nb_buf_puts(&text, "");
    for (int i = random_below(seed, 5); i >= 0; i--) {
        if (random_below(seed, 3) == 0)
            add_random_text(&text, seed, 40);
        else
            add_paragraph(&text, seed, 120);
        nb_buf_puts(&text, i ? "\n" : "");
    }
    while (text.len && text.data[text.len - 1] == '\n')
        text.data[--text.len] = '\0';
    return text.data;
}

/* ---- the same lines as in print ---- */

static size_t without_blanks(const char *text, size_t len)
{
    size_t solid = 0;
    for (const char *at = text; at < text + len;) {
        bool blank = nb_utf8_is_blank(nb_utf8_next(&at));
        if (!blank)
            solid = (size_t)(at - text);
    }
    return solid;
}

/* The text's lines. */
static char *printed(const struct nb_draft *draft, int width)
{
    struct nb_page page;
    struct nb_diags diags = { 0 };
    struct nb_buf out = { 0 };
    nb_page_build(&page, draft, false);
    nb_page_write_text(&page, &(struct nb_text_options) { width, NB_LINES_UNICODE }, "f", &diags,
                       &out);
    struct nb_buf lines = { 0 };
    nb_buf_puts(&lines, "");
    const char *at = strstr(nb_buf_text(&out), "二、末\n") + strlen("二、末\n");
    for (const char *end; (end = strchr(at, '\n')) != NULL; at = end + 1) {
        nb_buf_add(&lines, at, without_blanks(at, (size_t)(end - at)));
        nb_buf_putc(&lines, '\n');
    }
    nb_buf_release(&out);
    nb_diags_release(&diags);
    nb_page_release(&page);
    return lines.data;
}

static void add_layout(struct nb_buf *out, struct tui_layout *layout)
{
    int count = layout->shown.len ? tui_layout_count(layout) : 0;
    for (int i = 0; i < count; i++) {
        size_t start = layout->lines.items[i].start;
        size_t end = i + 1 < count ? layout->lines.items[i + 1].start : layout->shown.len;
        const char *text = layout->shown.data + start;
        nb_buf_puts(out, i ? "" : "　　");
        nb_buf_add(out, text, without_blanks(text, end - start));
        nb_buf_putc(out, '\n');
    }
}

static char *laid_out(const struct nb_draft *draft, const char *text, int width)
{
    struct tui_layout layout = { 0 };
    struct nb_buf out = { 0 };
    nb_buf_puts(&out, "");
    for (size_t from = 0;;) {
        tui_layout_set(&layout, draft, text, from, width);
        add_layout(&out, &layout);
        from += layout.len;
        size_t broken = tui_break_length(text + from);
        if (!broken)
            break;
        from += broken;
    }
    tui_layout_release(&layout);
    return out.data;
}

static void lines_are_those_of_the_print(void **state)
{
    uint64_t seed = 20240120;
    struct nb_form *form;
    struct nb_draft *draft = new_draft(&form);
    int prose = nb_draft_find_text(draft, "o");
    (void)state;
    for (int i = 0; i < 3000; i++) {
        char *text = random_paragraphs(&seed), name[64];
        int width = NB_MIN_WIDTH + random_below(&seed, 90);
        nb_draft_set_text(draft, prose, text);
        char *wanted = printed(draft, width), *got = laid_out(draft, text, width);
        snprintf(name, sizeof name, "text %d at width %d", i, width);
        assert_text(name, got, wanted);
        free(wanted);
        free(got);
        free(text);
    }
    nb_draft_free(draft);
    nb_form_free(form);
}

/* ---- lines that are kept ---- */

static void edit(struct nb_buf *text, uint64_t *seed)
{
    struct nb_buf result = { 0 };
    size_t at = (size_t)random_below(seed, (int)text->len + 1), removed;
    while (at && ((unsigned char)text->data[at] & 0xC0) == 0x80)
        at--;
    removed = (size_t)random_below(seed, (int)(text->len - at) / 8 + 1);
    while (((unsigned char)text->data[at + removed] & 0xC0) == 0x80)
        removed--;
    nb_buf_add(&result, text->data, at);
    add_paragraph(&result, seed, 3);
    nb_buf_puts(&result, text->data + at + removed);
    nb_buf_release(text);
    *text = result;
}

static void assert_same_lines(int round, struct tui_layout *kept, struct tui_layout *fresh)
{
    int count = tui_layout_count(kept);
    assert_int_equal(count, tui_layout_count(fresh));
    for (int i = 0; i < count; i++) {
        if (fresh->lines.items[i].start != kept->lines.items[i].start)
            fail_msg("round %d, line %d of width %d: kept %zu, fresh %zu in “%s”", round, i,
                     kept->width, kept->lines.items[i].start, fresh->lines.items[i].start,
                     kept->shown.data);
    }
}

static void an_edited_paragraph_has_the_lines_of_a_new_one(void **state)
{
    uint64_t seed = 7;
    struct nb_form *form;
    struct nb_draft *draft = new_draft(&form);
    struct tui_layout kept = { 0 };
    struct nb_buf text = { 0 };
    (void)state;
    add_paragraph(&text, &seed, 900);
    for (int round = 0; round < 4000; round++) {
        struct tui_layout fresh = { 0 };
        int width = 8 + round / 50 % 70;
        edit(&text, &seed);
        tui_layout_set(&kept, draft, text.data, 0, width);
        tui_layout_line_of(&kept, (size_t)random_below(&seed, (int)text.len + 1));
        tui_layout_set(&fresh, draft, text.data, 0, width);
        assert_same_lines(round, &kept, &fresh);
        tui_layout_release(&fresh);
    }
    nb_buf_release(&text);
    tui_layout_release(&kept);
    nb_draft_free(draft);
    nb_form_free(form);
}

/* ---- places ---- */

static void assert_place(struct tui_layout *layout, size_t before, size_t at)
{
    assert_int_equal(tui_layout_before(layout, at), before);
    assert_int_equal(tui_layout_border(layout, at), at);
    assert_int_equal(tui_layout_border(layout, at - 1), before);
    bool wrapped;
    int line = tui_layout_line_of(layout, before);
    int column = tui_layout_column(layout, line, before);
    size_t found = tui_layout_at_column(layout, line, column, &wrapped);
    if (found != before && found != at) /* signs without width share a column */
        assert_int_equal(tui_layout_column(layout, line, found), column);
}

static void the_cursor_comes_everywhere_and_back(void **state)
{
    uint64_t seed = 99;
    struct nb_form *form;
    struct nb_draft *draft = new_draft(&form);
    (void)state;
    for (int i = 0; i < 1000; i++) {
        struct tui_layout layout = { 0 };
        char *text = random_paragraphs(&seed);
        tui_layout_set(&layout, draft, text, 0, 10 + random_below(&seed, 80));
        for (size_t at = 0; at < layout.len;) {
            size_t next = tui_layout_behind(&layout, at);
            assert_true(next > at && next <= layout.len);
            assert_place(&layout, at, next);
            at = next;
        }
        tui_layout_release(&layout);
        free(text);
    }
    nb_draft_free(draft);
    nb_form_free(form);
}

static int column_at(struct tui_layout *layout, const char *text, size_t at)
{
    tui_layout_set(layout, NULL, text, 0, 40);
    return tui_layout_column(layout, 0, at);
}

static void leading_blanks_share_the_indent(void **state)
{
    struct tui_layout layout = { 0 };
    (void)state;
    assert_int_equal(column_at(&layout, "　　文", 0), 0);
    assert_int_equal(column_at(&layout, "　　文", 3), 2);
    assert_int_equal(column_at(&layout, "　　文", 6), 4);
    assert_int_equal(column_at(&layout, "文", 0), 4);
    assert_int_equal(column_at(&layout, "", 0), 4);
    assert_int_equal(column_at(&layout, "　　", 6), 4);
    assert_int_equal(column_at(&layout, "        文", 2), 1);
    tui_layout_release(&layout);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_those_of_the_print),
        cmocka_unit_test(an_edited_paragraph_has_the_lines_of_a_new_one),
        cmocka_unit_test(the_cursor_comes_everywhere_and_back),
        cmocka_unit_test(leading_blanks_share_the_indent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
