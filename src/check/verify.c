#include "nianbao/verify.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/check.h"
#include "nianbao/hash.h"

/* ---- comparing ---- */

static bool is_in(const struct nb_form *form, int cell, int section)
{
    return form->cells[cell].table->section == &form->sections[section];
}

struct nb_keyed nb_verify_keyed(const struct nb_draft *draft, int section)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_keyed keyed = { 0, 0 };
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (!is_in(form, cell, section))
            continue;
        keyed.cells++;
        keyed.filled += nb_draft_figure(draft, cell).filled;
    }
    return keyed;
}

int nb_verify_compare(const struct nb_draft *first, const struct nb_draft *second, int **cells)
{
    const struct nb_form *form = nb_draft_form(first);
    bool *keyed = nb_xalloc((size_t)form->n_sections * sizeof *keyed + 1);
    int count = 0, cap = 0;
    *cells = NULL;
    for (int section = 0; section < form->n_sections; section++)
        keyed[section] = nb_verify_keyed(second, section).filled > 0;
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (!keyed[form->cells[cell].table->section - form->sections] ||
            nb_figure_same(nb_draft_figure(first, cell), nb_draft_figure(second, cell)))
            continue;
        NB_GROW(*cells, count, cap);
        (*cells)[count++] = cell;
    }
    free(keyed);
    return count;
}

/* ---- the mark ---- */

static const char note_start[] = "复核录入 ";
enum { FINGERPRINT = 12 };

/* Addresses and values, not how the values are written. Blanks count as what 定稿 would write into
 * them, so that finishing changes nothing. */
static void add_fingerprint(const struct nb_draft *draft, int section, struct nb_buf *out)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_figure *figures = nb_xalloc((size_t)form->n_cells * sizeof *figures + 1);
    struct nb_buf text = { 0 }, hash = { 0 };
    nb_check_fill_blanks(draft, figures);
    for (int cell = 0; cell < form->n_cells; cell++) {
        if (!is_in(form, cell, section))
            continue;
        nb_buf_printf(&text, "%s ", form->cells[cell].address);
        nb_wide_write(&text, nb_figure_value(form->cells[cell].kind, figures[cell]));
        nb_buf_putc(&text, '\n');
    }
    nb_hash_add(&hash, nb_buf_text(&text), text.len);
    nb_buf_add(out, hash.data + strlen("sha256:"), FINGERPRINT);
    nb_buf_release(&text);
    nb_buf_release(&hash);
    free(figures);
}

void nb_verify_add_note(const struct nb_draft *draft, int section, struct nb_buf *out)
{
    nb_buf_printf(out, "%s%d 格 ", note_start, nb_verify_keyed(draft, section).filled);
    add_fingerprint(draft, section, out);
}

/* The fingerprint at the end of a note; NULL: the text is none. */
static const char *fingerprint_of(const char *text)
{
    size_t len = strlen(text);
    if (strncmp(text, note_start, strlen(note_start)) != 0 ||
        len < strlen(note_start) + FINGERPRINT ||
        strspn(text + len - FINGERPRINT, "0123456789abcdef") != FINGERPRINT)
        return NULL;
    return text + len - FINGERPRINT;
}

int nb_verify_find_note(const struct nb_draft *draft, int section)
{
    const char *id = nb_draft_form(draft)->sections[section].id;
    for (int i = nb_draft_record_count(draft, NB_LIST_MARKS); i-- > 0;) {
        const char *const *mark = nb_draft_record(draft, NB_LIST_MARKS, i);
        if (strcmp(mark[NB_MARK_CELL], id) == 0 && fingerprint_of(mark[NB_MARK_TEXT]))
            return i;
    }
    return -1;
}

/* ---- the finding ---- */

static int first_cell(const struct nb_form *form, int section)
{
    int cell = 0;
    while (cell < form->n_cells && !is_in(form, cell, section))
        cell++;
    return cell < form->n_cells ? cell : -1;
}

/* （李 2025-01-18）, as far as the mark says so */
static void add_who(struct nb_buf *out, const char *const *mark)
{
    const char *by = mark[NB_MARK_BY], *at = mark[NB_MARK_AT];
    if (by[0] || at[0])
        nb_buf_printf(out, "（%s%s%.*s）", by, by[0] && at[0] ? " " : "", (int)strcspn(at, "T"),
                      at);
}

static void add_finding(const struct nb_draft *draft, const char *file, int section,
                        const char *const *mark, const char *now, struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(draft);
    int cell = first_cell(form, section);
    struct nb_buf who = { 0 };
    if (cell < 0)
        return;
    add_who(&who, mark);
    struct nb_diag *diag =
        nb_diag_add(diags, file, nb_draft_cell_mark(draft, cell), NB_MSG_VERIFY_CHANGED, "section",
                    nb_section_title(&form->sections[section]), "who", nb_buf_text(&who), NULL);
    diag->cell = nb_diag_keep(diags, form->cells[cell].address);
    diag->about = nb_diag_keep(diags, now);
    nb_buf_release(&who);
}

void nb_verify_add_findings(const struct nb_draft *draft, const char *file, struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(draft);
    bool any = nb_draft_record_count(draft, NB_LIST_MARKS) > 0;
    for (int section = 0; any && section < form->n_sections; section++) {
        int note = nb_verify_find_note(draft, section);
        if (note < 0)
            continue;
        const char *const *mark = nb_draft_record(draft, NB_LIST_MARKS, note);
        struct nb_buf now = { 0 };
        add_fingerprint(draft, section, &now);
        if (strcmp(now.data, fingerprint_of(mark[NB_MARK_TEXT])) != 0)
            add_finding(draft, file, section, mark, now.data, diags);
        nb_buf_release(&now);
    }
}
