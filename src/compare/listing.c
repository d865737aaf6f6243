/* A draft as lines: figures, sentences and records, under the headings of their sections.
 *
 *     一、数字
 *       合计·上半年：2217
 *       第一句。
 */
#include <string.h>

#include "nianbao/compare.h"
#include "sentence.h"

static void add_value(struct nb_buf *out, const char *name, const char *value)
{
    nb_buf_printf(out, "  %s：%s\n", name, value);
}

static void add_text(struct nb_buf *out, const char *text)
{
    struct nb_sentences sentences = { 0 };
    nb_sentences_cut(&sentences, text);
    for (int i = 0; i < sentences.count; i++) {
        nb_buf_puts(out, "  ");
        nb_buf_add(out, sentences.items[i].start, sentences.items[i].len);
        nb_buf_putc(out, '\n');
    }
    nb_sentences_release(&sentences);
}

static void add_head(struct nb_buf *out, const struct nb_draft *draft)
{
    struct nb_buf year = { 0 };
    nb_buf_printf(&year, "%d", nb_draft_year(draft));
    nb_buf_puts(out, "抬头\n");
    add_value(out, "格式", nb_draft_form(draft)->id);
    add_value(out, "年度", year.data);
    for (int text = NB_TEXT_UNIT; text < NB_TEXT_FINISHED_CONTENT; text++) {
        if (text != NB_TEXT_PREAMBLE)
            add_value(out, nb_head_text_name(text), nb_draft_text(draft, text));
    }
    nb_buf_printf(out, "%s\n", nb_head_text_name(NB_TEXT_PREAMBLE));
    add_text(out, nb_draft_text(draft, NB_TEXT_PREAMBLE));
    nb_buf_release(&year);
}

static void add_table(struct nb_buf *out, const struct nb_draft *draft,
                      const struct nb_table *table)
{
    for (int i = 0; i < table->rows.n_leaves * table->columns.n_leaves; i++) {
        struct nb_buf name = { 0 }, value = { 0 };
        if (table->cells[i] < 0)
            continue;
        nb_cell_add_name(&name, nb_draft_form(draft), table->cells[i]);
        nb_draft_add_figure(draft, table->cells[i], &value);
        add_value(out, nb_buf_text(&name), nb_buf_text(&value));
        nb_buf_release(&name);
        nb_buf_release(&value);
    }
}

static void add_section(struct nb_buf *out, const struct nb_draft *draft,
                        const struct nb_section *section)
{
    nb_buf_printf(out, "%s\n", nb_section_title(section));
    for (int i = 0; i < section->n_items; i++) {
        const struct nb_prose *prose = section->items[i].prose;
        if (prose)
            add_text(out, nb_draft_text(draft, nb_draft_find_text(draft, prose->address)));
        else
            add_table(out, draft, section->items[i].table);
    }
}

static void add_list(struct nb_buf *out, const struct nb_draft *draft, enum nb_list list)
{
    int count = nb_draft_record_count(draft, list);
    if (count)
        nb_buf_printf(out, "%s\n", nb_list_title(list));
    for (int i = 0; i < count; i++) {
        const char *const *fields = nb_draft_record(draft, list, i);
        nb_buf_putc(out, ' ');
        for (int field = 0; field < NB_RECORD_FIELDS; field++) {
            if (fields[field][0])
                nb_buf_printf(out, " %s", fields[field]);
        }
        nb_buf_putc(out, '\n');
    }
}

void nb_draft_add_lines(const struct nb_draft *draft, struct nb_buf *out)
{
    const struct nb_form *form = nb_draft_form(draft);
    add_head(out, draft);
    for (int i = 0; i < form->n_sections; i++)
        add_section(out, draft, &form->sections[i]);
    for (int list = 0; list < NB_LIST_COUNT; list++)
        add_list(out, draft, (enum nb_list)list);
}
