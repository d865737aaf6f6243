/* A new year's draft from last year's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "nianbao/text.h"

static void tell_dropped(struct nb_diags *diags, const char *file, const char *address,
                         const char *text, const char *why)
{
    nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_CARRY_DROPPED, "cell", address,
                "text", text, "why", why, NULL);
}

static void carry_figure(struct nb_draft *draft, const struct nb_draft *prior,
                         const struct nb_carry *carry, const char *file, struct nb_diags *diags)
{
    nb_wide value;
    bool blank;
    /* an address that last year's form lacks carries nothing */
    if (!nb_draft_sum(prior, carry->from, &value, &blank) || blank)
        return;
    const struct nb_cell *cell = &draft->form->cells[carry->to];
    int from = nb_form_find_cell(prior->form, carry->from, strlen(carry->from));
    if (from >= 0 && prior->form->cells[from].kind == cell->kind) {
        draft->figures[carry->to] = prior->figures[from];
    } else if (!nb_figure_from_value(cell->kind, value, &draft->figures[carry->to])) {
        struct nb_buf text = { 0 };
        nb_wide_write(&text, value);
        tell_dropped(diags, file, cell->address, nb_buf_text(&text), nb_kind_wanted(cell->kind));
        nb_buf_release(&text);
    }
}

/* Moves last year's number on wherever it stands alone, but not within the number of a notice
 * 〔2019〕60号 or a title 《…2019…》. */
static void move_year(const char *text, int from_year, int to_year, struct nb_buf *out)
{
    char year[8];
    snprintf(year, sizeof year, "%d", from_year);
    int quoted = 0;
    const char *start = text;
    while (*text) {
        const char *from = text;
        bool alone = from == start || !nb_is_digit(from[-1]);
        if (!quoted && alone && strncmp(from, year, 4) == 0 && !nb_is_digit(from[4])) {
            nb_buf_printf(out, "%d", to_year);
            text += 4;
            continue;
        }
        uint32_t code = nb_utf8_next(&text);
        if (code == 0x3014 || code == 0x300A || code == '[') /* 〔《 */
            quoted++;
        else if ((code == 0x3015 || code == 0x300B || code == ']') && quoted) /* 〕》 */
            quoted--;
        nb_buf_add(out, from, (size_t)(text - from));
    }
}

static void carry_preamble(struct nb_draft *draft, const struct nb_draft *prior, const char *file,
                           struct nb_diags *diags)
{
    const char *text = nb_draft_text(prior, NB_TEXT_PREAMBLE);
    if (!text[0])
        return;
    struct nb_buf moved = { 0 };
    move_year(text, prior->year, draft->year, &moved);
    nb_draft_set_text(draft, NB_TEXT_PREAMBLE, moved.data);
    nb_buf_release(&moved);
    const char *address = nb_head_texts[NB_TEXT_PREAMBLE].address;
    const char *mark[NB_RECORD_FIELDS] = {
        [NB_MARK_CELL] = address, [NB_MARK_TEXT] = "由上年带来，年份已顺延，待核"
    };
    nb_draft_add_record(draft, NB_LIST_MARKS, mark);
    nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_CARRY_REVIEW, "key", address, NULL);
}

bool nb_draft_follows(const struct nb_draft *draft, const struct nb_draft *prior)
{
    return prior->year + 1 == draft->year;
}

static void tell_other(const struct nb_draft *draft, const struct nb_draft *prior, const char *file,
                       struct nb_diags *diags)
{
    const struct nb_mark start = { 1, 1 };
    const char *unit = nb_draft_text(prior, NB_TEXT_UNIT);
    char year[16], wanted[16];
    snprintf(year, sizeof year, "%d", prior->year);
    snprintf(wanted, sizeof wanted, "%d", draft->year - 1);
    if (!nb_draft_follows(draft, prior))
        nb_diag_add(diags, file, start, NB_MSG_CARRY_YEAR, "year", year, "wanted", wanted, NULL);
    if (strcmp(unit, nb_draft_text(draft, NB_TEXT_UNIT)) != 0)
        nb_diag_add(diags, file, start, NB_MSG_CARRY_UNIT, "unit", unit, NULL);
}

void nb_draft_carry_over(struct nb_draft *draft, const struct nb_draft *prior, const char *file,
                         struct nb_diags *diags)
{
    static const int kept[] = { NB_TEXT_SIGNED_BY, NB_TEXT_PEOPLE_FILLED, NB_TEXT_PEOPLE_CHECKED,
                                NB_TEXT_PEOPLE_HEAD, NB_TEXT_PEOPLE_PHONE };
    bool follows = nb_draft_follows(draft, prior); /* figures of another year would be wrong */
    tell_other(draft, prior, file, diags);
    for (int i = 0; i < draft->form->n_carries && follows; i++)
        carry_figure(draft, prior, &draft->form->carries[i], file, diags);
    for (size_t i = 0; i < nb_countof(kept); i++)
        nb_draft_set_text(draft, kept[i], nb_draft_text(prior, kept[i]));
    carry_preamble(draft, prior, file, diags);
}
