/* Form and draft to the blocks of a report, in print order. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "grid.h"
#include "nianbao/text.h"

static struct nb_block *add_block(struct nb_page *page, enum nb_block_kind kind, const char *text)
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
        add_block(page, NB_BLOCK_PARAGRAPH, text.data);
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

static void add_title(struct nb_page *page, const struct nb_draft *draft)
{
    struct nb_buf title = { 0 };
    for (const char *at = nb_draft_form(draft)->title; *at;) {
        if (strncmp(at, "{unit}", 6) == 0) {
            nb_buf_puts(&title, nb_draft_text(draft, NB_TEXT_UNIT));
            at += 6;
        } else if (strncmp(at, "{year}", 6) == 0) {
            nb_buf_printf(&title, "%d", nb_draft_year(draft));
            at += 6;
        } else {
            nb_buf_putc(&title, *at++);
        }
    }
    add_block(page, NB_BLOCK_TITLE, nb_buf_text(&title));
    nb_buf_release(&title);
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
    add_block(page, NB_BLOCK_TABLE, "")->grid =
        nb_grid_build(&page->arena, tables, count, draft, blank);
    free(tables);
    return item;
}

static void add_section(struct nb_page *page, const struct nb_draft *draft,
                        const struct nb_section *section, bool blank)
{
    add_block(page, NB_BLOCK_HEADING, section->heading);
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

/* 2025-01-20 is printed 2025年1月20日. */
static void add_signature(struct nb_page *page, const struct nb_draft *draft)
{
    const char *by = nb_draft_text(draft, NB_TEXT_SIGNED_BY);
    const char *date = nb_draft_text(draft, NB_TEXT_SIGNED_DATE);
    if (by[0])
        add_block(page, NB_BLOCK_SIGNATURE, by);
    if (!date[0])
        return;
    char text[64];
    snprintf(text, sizeof text, "%d年%d月%d日", atoi(date), atoi(date + 5), atoi(date + 8));
    add_block(page, NB_BLOCK_SIGNATURE, text);
}

void nb_page_build(struct nb_page *page, const struct nb_draft *draft, bool blank)
{
    *page = (struct nb_page) { 0 };
    const struct nb_form *form = nb_draft_form(draft);
    add_title(page, draft);
    if (!blank)
        add_text(page, draft, NB_TEXT_PREAMBLE);
    for (int i = 0; i < form->n_sections; i++)
        add_section(page, draft, &form->sections[i], blank);
    if (!blank)
        add_signature(page, draft);
}

void nb_page_release(struct nb_page *page)
{
    free(page->blocks);
    nb_arena_release(&page->arena);
    *page = (struct nb_page) { 0 };
}
