#include "suspects.h"

#include <string.h>

bool tui_hint_proposes(const struct nb_hint *hint)
{
    return hint && hint->is_telling && hint->n_sets;
}

bool tui_hint_names(const struct nb_hint *hint, int set)
{
    for (int i = 0; i < hint->n_suspects && hint->is_telling; i++) {
        if (hint->suspects[i].set == set)
            return hint->suspects[i].likely;
    }
    return false;
}

static int cell_of(const struct tui_session *session, const struct nb_suspect *suspect)
{
    return nb_form_find_cell(session->form, suspect->cell, strlen(suspect->cell));
}

const struct nb_hint *tui_hint_about(const struct tui_session *session, int cell)
{
    for (int i = 0; i < session->n_findings; i++) {
        const struct nb_hint *hint = session->findings[i].diag->hint;
        for (int j = 0; hint && hint->is_telling && j < hint->n_suspects; j++) {
            if (hint->suspects[j].likely && cell_of(session, &hint->suspects[j]) == cell)
                return hint;
        }
    }
    return NULL;
}

/* ---- in words ---- */

static void add_name(struct nb_buf *out, const struct nb_form *form, int cell, int near)
{
    const struct nb_cell *at = &form->cells[cell], *other = near >= 0 ? &form->cells[near] : NULL;
    bool beside = other && other->table == at->table;
    if (cell == near) {
        nb_buf_putc(out, ' ');
        return;
    }
    nb_buf_puts(out, "“");
    if (beside && other->row == at->row)
        nb_node_add_name(out, at->table->columns.leaves[at->column].node);
    else if (beside && other->column == at->column)
        nb_node_add_name(out, at->table->rows.leaves[at->row].node);
    else
        nb_cell_add_name(out, form, cell);
    nb_buf_puts(out, "”");
}

static void add_change(struct nb_buf *out, const struct tui_session *session,
                       const struct nb_suspect *suspect, int near)
{
    add_name(out, session->form, cell_of(session, suspect), near);
    nb_buf_printf(out, suspect->value ? "%s 应为 %s" : "%s没填，应为 %s",
                  suspect->value ? suspect->value : "", suspect->proposed);
    if (suspect->guess[0])
        nb_buf_printf(out, "（%s）", suspect->guess);
}

/* The suspects of a set are neighbours in the list. */
static const struct nb_suspect *first_of(const struct nb_hint *hint, int set, int *count)
{
    const struct nb_suspect *first = NULL;
    *count = 0;
    for (int i = 0; i < hint->n_suspects; i++) {
        if (hint->suspects[i].set != set)
            continue;
        first = first ? first : &hint->suspects[i];
        ++*count;
    }
    return first;
}

static bool changed_places(const struct nb_suspect *one, const struct nb_suspect *two)
{
    return one->value && two->value && strcmp(one->value, two->proposed) == 0 &&
           strcmp(two->value, one->proposed) == 0;
}

static void add_set(struct nb_buf *out, const struct tui_session *session,
                    const struct nb_suspect *first, int count, int near)
{
    if (count == 2 && changed_places(&first[0], &first[1])) {
        add_name(out, session->form, cell_of(session, &first[0]), near);
        nb_buf_printf(out, "%s 与", first[0].value);
        add_name(out, session->form, cell_of(session, &first[1]), near);
        nb_buf_printf(out, "%s 应对调", first[1].value);
        return;
    }
    for (int i = 0; i < count; i++) {
        nb_buf_puts(out, i ? "、" : "");
        add_change(out, session, &first[i], near);
    }
}

/* Of two changes only the essence fits on a line. */
void tui_hint_add_set(struct nb_buf *out, const struct tui_session *session,
                      const struct nb_hint *hint, int set)
{
    int count;
    const struct nb_suspect *first = first_of(hint, set, &count);
    if (count < 2 || changed_places(&first[0], &first[1])) {
        add_set(out, session, first, count, -1);
        return;
    }
    for (int i = 0; i < count; i++) {
        nb_buf_puts(out, i ? "、" : "");
        add_name(out, session->form, cell_of(session, &first[i]), -1);
        nb_buf_printf(out, "改为 %s", first[i].proposed);
    }
}

void tui_hint_add_brief(struct nb_buf *out, const struct tui_session *session,
                        const struct nb_hint *hint, int near)
{
    bool any = false;
    if (!hint || !hint->is_telling)
        return;
    if (!hint->n_sets)
        nb_buf_puts(out, "恐怕不止两格有错，请逐行逐列核对");
    for (int set = 1; set <= hint->n_sets; set++) {
        if (!tui_hint_names(hint, set))
            continue;
        int count;
        const struct nb_suspect *first = first_of(hint, set, &count);
        nb_buf_puts(out, any ? "，或" : "疑");
        add_set(out, session, first, count, near);
        any = true;
    }
}

/* ---- as an edit ---- */

static void adopt_one(struct tui_session *session, const struct nb_suspect *suspect,
                      struct nb_buf *done)
{
    struct nb_figure figure;
    struct nb_buf name = { 0 };
    int cell = cell_of(session, suspect);
    if (nb_figure_read(suspect->proposed, strlen(suspect->proposed),
                       session->form->cells[cell].kind, &figure) == NB_FIGURE_FINE)
        nb_history_set_figure(session->history, cell, figure);
    nb_cell_add_name(&name, session->form, cell);
    nb_buf_puts(done, done->len ? "、" : "");
    nb_message_word(done, suspect->value ? NB_MSG_SUSPECT_CHANGE : NB_MSG_SUSPECT_FILL, "cell",
                    nb_buf_text(&name), "value", suspect->value ? suspect->value : "", "proposed",
                    suspect->proposed, NULL);
    nb_buf_release(&name);
}

int tui_hint_adopt(struct tui_session *session, const struct nb_hint *hint, int set,
                   struct nb_buf *done)
{
    int count;
    const struct nb_suspect *first = first_of(hint, set, &count);
    nb_history_begin(session->history, false);
    for (int i = 0; i < count; i++)
        adopt_one(session, &first[i], done);
    nb_history_end(session->history);
    return cell_of(session, first);
}
