/* Form and draft to the blocks of a report, in print order. */
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nianbao/text.h"

struct nb_block *nb_page_add(struct nb_page *page, enum nb_block_kind kind, const char *text)
{
    NB_GROW(page->blocks, page->n_blocks, page->cap_blocks);
    struct nb_block *block = &page->blocks[page->n_blocks++];
    *block = (struct nb_block) { kind, nb_arena_strdup(&page->arena, text), NULL };
    return block;
}

/* ---- paragraphs ---- */

static bool is_line_break(uint32_t code)
{
    return code == '\n' || code == 0x85 || code == 0x2028 || code == 0x2029;
}

static bool is_space(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0x3000 || code == 0x00A0;
}

/* One line of a text without the blanks around it, tabs as spaces; nothing where nothing is left.
 */
static void add_paragraph(struct nb_page *page, const char *from, const char *to)
{
    struct nb_buf text = { 0 };
    size_t solid = 0;
    while (from < to) {
        const char *at = from;
        uint32_t code = nb_utf8_next(&from);
        if (is_space(code) && !text.len)
            continue;
        if (code == '\t')
            nb_buf_putc(&text, ' ');
        else
            nb_buf_add(&text, at, (size_t)(from - at));
        if (!is_space(code))
            solid = text.len;
    }
    if (solid) {
        text.data[solid] = '\0';
        nb_page_add(page, NB_BLOCK_PARAGRAPH, text.data);
    }
    nb_buf_release(&text);
}

/* Every line that a clerk typed is a paragraph; empty ones are dropped. */
static void add_text(struct nb_page *page, const struct nb_draft *draft, int index)
{
    struct nb_buf text = { 0 };
    nb_draft_add_resolved(draft, nb_draft_text(draft, index), &text);
    const char *line = nb_buf_text(&text), *at = line;
    for (;;) {
        const char *end = at;
        uint32_t code = nb_utf8_next(&at);
        if (code && !is_line_break(code))
            continue;
        add_paragraph(page, line, end);
        line = at;
        if (!code)
            break;
    }
    nb_buf_release(&text);
}

/* ---- the parts ---- */

/* 2025-01-20 is printed 2025年1月20日. */
static void add_date(struct nb_buf *out, const char *date)
{
    if (date[0])
        nb_buf_printf(out, "%d年%d月%d日", atoi(date), atoi(date + 5), atoi(date + 8));
}

/* What a brace of a form's line stands for: `year` or the address of a text in the draft's head. */
static void add_quoted(struct nb_buf *out, const struct nb_draft *draft, const char *address)
{
    int text = nb_draft_find_text(draft, address);
    if (text == NB_TEXT_SIGNED_DATE)
        add_date(out, nb_draft_text(draft, text));
    else if (text >= 0)
        nb_buf_puts(out, nb_draft_text(draft, text));
    else
        nb_buf_printf(out, "%d", nb_draft_year(draft));
}

/* A line of the form with what its braces stand for, or with nothing there. */
static void add_line(struct nb_page *page, enum nb_block_kind kind, const char *line,
                     const struct nb_draft *draft, bool blank)
{
    struct nb_buf text = { 0 };
    for (const char *brace; (brace = strchr(line, '{')); line = strchr(brace, '}') + 1) {
        nb_buf_add(&text, line, (size_t)(brace - line));
        char *address = nb_xstrndup(brace + 1, strcspn(brace + 1, "}"));
        if (!blank)
            add_quoted(&text, draft, address);
        free(address);
    }
    nb_buf_puts(&text, line);
    nb_page_add(page, kind, nb_buf_text(&text));
    nb_buf_release(&text);
}

static int prose_text(const struct nb_draft *draft, const struct nb_prose *prose)
{
    const struct nb_form *form = nb_draft_form(draft);
    int index = 0;
    while (form->proses[index] != prose)
        index++;
    return NB_TEXT_PROSE + index;
}

/* The table at `item` and those joined to it; returns the item behind them. */
static int add_tables(struct nb_page *page, const struct nb_draft *draft,
                      const struct nb_section *section, int item, bool blank)
{
    const struct nb_table **tables = nb_xalloc((size_t)section->n_items * sizeof *tables);
    int count = 0;
    do {
        tables[count++] = section->items[item++].table;
    } while (item < section->n_items && section->items[item].table &&
             section->items[item].table->joined);
    nb_page_add(page, NB_BLOCK_TABLE, "")->grid =
        nb_grid_build(&page->arena, tables, count, draft, blank);
    for (int i = 0; i < count; i++) {
        for (int line = 0; line < tables[i]->n_foot; line++)
            add_line(page, NB_BLOCK_FOOT, tables[i]->foot[line], draft, blank);
    }
    free(tables);
    return item;
}

static void add_section(struct nb_page *page, const struct nb_draft *draft,
                        const struct nb_section *section, bool blank)
{
    if (section->heading[0])
        nb_page_add(page, NB_BLOCK_HEADING, section->heading);
    for (int i = 0; i < section->n_items;) {
        const struct nb_item *item = &section->items[i];
        if (item->table) {
            i = add_tables(page, draft, section, i, blank);
            continue;
        }
        if (!blank)
            add_text(page, draft, prose_text(draft, item->prose));
        i++;
    }
}

static void add_sections(struct nb_page *page, const struct nb_draft *draft, bool annexes,
                         bool blank)
{
    const struct nb_form *form = nb_draft_form(draft);
    for (int i = 0; i < form->n_sections; i++) {
        if (form->sections[i].annex == annexes)
            add_section(page, draft, &form->sections[i], blank);
    }
}

static void add_signature(struct nb_page *page, const struct nb_draft *draft)
{
    const char *by = nb_draft_text(draft, NB_TEXT_SIGNED_BY);
    struct nb_buf date = { 0 };
    add_date(&date, nb_draft_text(draft, NB_TEXT_SIGNED_DATE));
    if (by[0])
        nb_page_add(page, NB_BLOCK_SIGNATURE, by);
    if (date.len)
        nb_page_add(page, NB_BLOCK_SIGNATURE, date.data);
    nb_buf_release(&date);
}

void nb_page_build(struct nb_page *page, const struct nb_draft *draft, bool blank)
{
    *page = (struct nb_page) { 0 };
    add_line(page, NB_BLOCK_TITLE, nb_draft_form(draft)->title, draft, false);
    if (!blank)
        add_text(page, draft, NB_TEXT_PREAMBLE);
    add_sections(page, draft, false, blank);
    if (!blank)
        add_signature(page, draft);
    add_sections(page, draft, true, blank);
}

void nb_page_release(struct nb_page *page)
{
    free(page->blocks);
    nb_arena_release(&page->arena);
    *page = (struct nb_page) { 0 };
}
