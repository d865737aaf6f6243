/* Behind the report, for the reviewer: the warnings that were accepted. */
#include <string.h>

#include "nianbao/report.h"
#include "nianbao/text.h"

/* The section that a finding is about; what it is about in there it says itself. */
static const char *place_of(const struct nb_draft *draft, const char *address)
{
    const struct nb_form *form = nb_draft_form(draft);
    int cell = nb_form_find_cell(form, address, strlen(address));
    int text = nb_draft_find_text(draft, address);
    if (cell >= 0)
        return nb_section_title(form->cells[cell].table->section);
    if (text >= NB_TEXT_PROSE)
        return nb_section_title(form->proses[text - NB_TEXT_PROSE]->section);
    return text == NB_TEXT_PREAMBLE ? "前言" : "抬头";
}

/* 2025-01-18T10:00:00+08:00 to the minute; anything else as it is. */
static void add_time(struct nb_buf *out, const char *at)
{
    enum { DATE = 10, TIME = 5 };
    if (strlen(at) > DATE + TIME && at[DATE] == 'T')
        nb_buf_printf(out, "%.*s %.*s", DATE, at, TIME, at + DATE + 1);
    else
        nb_buf_puts(out, at);
}

/* A paragraph is one line, whatever stands in a reason. */
static void add_paragraph(struct nb_page *page, const struct nb_buf *text)
{
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, text->data, text->len);
    nb_page_add(page, NB_BLOCK_PARAGRAPH, shown.data);
    nb_buf_release(&shown);
}

static void add_accepted(struct nb_page *page, const struct nb_draft *draft,
                         const struct nb_diag *diag, int number)
{
    const char *const *accepted = nb_draft_record(draft, NB_LIST_ACCEPTED, diag->acceptance);
    struct nb_buf text = { 0 };
    nb_buf_printf(&text, "%d. %s：%s", number, place_of(draft, diag->cell), diag->message);
    add_paragraph(page, &text);
    text.len = 0;
    nb_buf_printf(&text, "接受的原因：%s", diag->accepted);
    if (accepted[NB_ACCEPTED_BY][0])
        nb_buf_printf(&text, "，%s", accepted[NB_ACCEPTED_BY]);
    if (accepted[NB_ACCEPTED_AT][0]) {
        nb_buf_puts(&text, "，");
        add_time(&text, accepted[NB_ACCEPTED_AT]);
    }
    add_paragraph(page, &text);
    nb_buf_release(&text);
}

void nb_page_add_accepted(struct nb_page *page, const struct nb_draft *draft,
                          const struct nb_diags *findings)
{
    int count = 0;
    nb_page_add(page, NB_BLOCK_HEADING, "附：已接受的提示（供审核，不随报告公布）");
    for (int i = 0; i < findings->count; i++) {
        if (findings->items[i].accepted)
            add_accepted(page, draft, &findings->items[i], ++count);
    }
    if (!count)
        nb_page_add(page, NB_BLOCK_PARAGRAPH, "没有接受过提示。");
}
