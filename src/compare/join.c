/* Two copies of a draft, and what both have come from, brought together. */
#include "nianbao/join.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "record.h"
#include "sentence.h"

struct joining {
    const struct nb_draft *base, *theirs;
    struct nb_draft *ours;
    const char *file;
    struct nb_diags *diags;
    int n_conflicts;
    char **notes; /* by cell, then by text: what the other side has, NULL: no conflict */
};

/* Which side's value stands. */
enum choice { TAKE_OURS, TAKE_THEIRS, CONFLICT };

static enum choice choose(bool ours_changed, bool theirs_changed, bool same)
{
    if (!theirs_changed || same)
        return TAKE_OURS;
    return ours_changed ? CONFLICT : TAKE_THEIRS;
}

/* ---- conflicts ---- */

static const char empty[] = "（空）";

/* The note of a place: a cell, else a text. */
static char **note_at(struct joining *joining, const char *address)
{
    const struct nb_form *form = nb_draft_form(joining->ours);
    int cell = nb_form_find_cell(form, address, strlen(address));
    int text = cell < 0 ? nb_draft_find_text(joining->ours, address) : -1;
    if (cell >= 0)
        return &joining->notes[cell];
    return text >= 0 ? &joining->notes[form->n_cells + text] : NULL;
}

/* `other` is what the other side has, one line; "": nothing. */
static void tell_conflict(struct joining *joining, const char *address, struct nb_mark mark,
                          const char *name, const char *other)
{
    char **note = note_at(joining, address);
    struct nb_buf text = { 0 };
    other = other[0] ? other : empty;
    if (*note) /* another paragraph of the same text */
        nb_buf_printf(&text, "%s；", *note);
    else
        nb_buf_puts(&text, "合并时两边都改了，另一边是：");
    nb_buf_puts(&text, other);
    free(*note);
    *note = text.data;
    struct nb_buf brief = { 0 };
    nb_text_add_brief(&brief, other, strlen(other));
    nb_diag_add(joining->diags, joining->file, mark, NB_MSG_JOIN_CONFLICT, "name", name, "other",
                brief.data, NULL)
        ->cell = nb_diag_keep(joining->diags, address);
    nb_buf_release(&brief);
    joining->n_conflicts++;
}

/* ---- figures ---- */

static void join_figure(struct joining *joining, int cell)
{
    struct nb_figure base = nb_draft_figure(joining->base, cell);
    struct nb_figure ours = nb_draft_figure(joining->ours, cell);
    struct nb_figure theirs = nb_draft_figure(joining->theirs, cell);
    enum choice choice =
        choose(!nb_figure_same_as_typed(ours, base), !nb_figure_same_as_typed(theirs, base),
               nb_figure_same(ours, theirs));
    if (choice == TAKE_THEIRS)
        nb_draft_set_figure(joining->ours, cell, theirs);
    if (choice != CONFLICT)
        return;
    const struct nb_form *form = nb_draft_form(joining->ours);
    struct nb_buf name = { 0 }, other = { 0 };
    nb_cell_add_name(&name, form, cell);
    nb_draft_add_figure(joining->theirs, cell, &other);
    tell_conflict(joining, form->cells[cell].address, nb_draft_cell_mark(joining->ours, cell),
                  nb_buf_text(&name), nb_buf_text(&other));
    nb_buf_release(&name);
    nb_buf_release(&other);
}

/* ---- texts ---- */

static void tell_text_conflict(struct joining *joining, int text, const char *other)
{
    const struct nb_form *form = nb_draft_form(joining->ours);
    const char *name = text < NB_TEXT_PROSE
                           ? nb_head_text_name(text)
                           : nb_section_title(form->proses[text - NB_TEXT_PROSE]->section);
    tell_conflict(joining, nb_draft_text_address(joining->ours, text),
                  nb_draft_text_mark(joining->ours, text, 0), name, other);
}

static void join_line(struct joining *joining, int text)
{
    const char *base = nb_draft_text(joining->base, text);
    const char *ours = nb_draft_text(joining->ours, text);
    const char *theirs = nb_draft_text(joining->theirs, text);
    switch (choose(strcmp(ours, base) != 0, strcmp(theirs, base) != 0, strcmp(ours, theirs) == 0)) {
    case TAKE_OURS:
        break;
    case TAKE_THEIRS:
        nb_draft_set_text(joining->ours, text, theirs);
        break;
    case CONFLICT:
        tell_text_conflict(joining, text, theirs);
        break;
    }
}

/* A text, or a list whose records are lines, while it is put together. */
struct result {
    struct joining *joining;
    struct nb_sentences lines[3];
    int text;                /* -1: a list */
    struct nb_sentences all; /* the lines of the result */
};

static void take(struct result *result, int side, int from, int to)
{
    struct nb_sentences *all = &result->all;
    for (int i = from; i < to; i++) {
        NB_GROW(all->items, all->count, all->cap);
        all->items[all->count++] = result->lines[side].items[i];
    }
}

static bool same_stretch(const struct result *result, const struct nb_stretch *stretch)
{
    int count = stretch->to[NB_OURS] - stretch->from[NB_OURS];
    bool same = count == stretch->to[NB_THEIRS] - stretch->from[NB_THEIRS];
    for (int i = 0; same && i < count; i++)
        same = nb_sentence_is(&result->lines[NB_OURS].items[stretch->from[NB_OURS] + i],
                              &result->lines[NB_THEIRS].items[stretch->from[NB_THEIRS] + i]);
    return same;
}

/* The other side's paragraphs on one line. */
static void tell_paragraphs(struct result *result, const struct nb_stretch *stretch)
{
    struct nb_buf other = { 0 };
    for (int i = stretch->from[NB_THEIRS]; i < stretch->to[NB_THEIRS]; i++) {
        const struct nb_sentence *line = &result->lines[NB_THEIRS].items[i];
        nb_buf_puts(&other, other.len ? "　" : "");
        nb_buf_add(&other, line->start, line->len);
    }
    tell_text_conflict(result->joining, result->text, nb_buf_text(&other));
    nb_buf_release(&other);
}

static void join_stretch(void *context, const struct nb_stretch *stretch)
{
    struct result *result = context;
    enum choice choice = choose(stretch->changed[NB_OURS], stretch->changed[NB_THEIRS],
                                same_stretch(result, stretch));
    int side = choice == TAKE_THEIRS ? NB_THEIRS : NB_OURS;
    take(result, side, stretch->from[side], stretch->to[side]);
    if (choice == CONFLICT && result->text >= 0)
        tell_paragraphs(result, stretch);
    else if (choice == CONFLICT) /* of records both sides' stand */
        take(result, NB_THEIRS, stretch->from[NB_THEIRS], stretch->to[NB_THEIRS]);
}

static void join_paragraphs(struct joining *joining, int text)
{
    const struct nb_draft *const drafts[] = { joining->base, joining->ours, joining->theirs };
    struct result result = { .joining = joining, .text = text };
    struct nb_buf joined = { 0 };
    for (int side = NB_BASE; side <= NB_THEIRS; side++)
        nb_sentences_cut_lines(&result.lines[side], nb_draft_text(drafts[side], text));
    nb_sentences_join(result.lines, join_stretch, &result);
    for (int i = 0; i < result.all.count; i++) {
        nb_buf_puts(&joined, i ? "\n" : "");
        nb_buf_add(&joined, result.all.items[i].start, result.all.items[i].len);
    }
    joined.len = joined.len ? nb_text_normalise(joined.data, joined.len) : 0;
    nb_draft_set_text(joining->ours, text, nb_buf_text(&joined));
    nb_buf_release(&joined);
    for (int side = NB_BASE; side <= NB_THEIRS; side++)
        nb_sentences_release(&result.lines[side]);
    nb_sentences_release(&result.all);
}

/* ---- records ---- */

/* A note of a conflict is added to the one that stands there. */
static void add_record(struct joining *joining, enum nb_list list, const struct nb_sentence *line)
{
    const char *fields[NB_RECORD_FIELDS];
    struct nb_buf text = { 0 };
    nb_record_split(line, fields);
    char **note = list == NB_LIST_MARKS ? note_at(joining, fields[NB_MARK_CELL]) : NULL;
    if (note && *note) {
        nb_buf_printf(&text, "%s；%s", fields[NB_MARK_TEXT], *note);
        fields[NB_MARK_TEXT] = text.data;
        free(*note);
        *note = NULL;
    }
    nb_draft_add_record(joining->ours, list, fields);
    nb_buf_release(&text);
}

static void join_list(struct joining *joining, enum nb_list list)
{
    const struct nb_draft *const drafts[] = { joining->base, joining->ours, joining->theirs };
    struct result result = { .joining = joining, .text = -1 };
    struct nb_arena arena = { 0 };
    for (int side = NB_BASE; side <= NB_THEIRS; side++)
        nb_records_cut(drafts[side], list, &arena, &result.lines[side]);
    nb_sentences_join(result.lines, join_stretch, &result);
    for (int i = nb_draft_record_count(joining->ours, list); i-- > 0;)
        nb_draft_remove_record(joining->ours, list, i);
    for (int i = 0; i < result.all.count; i++)
        add_record(joining, list, &result.all.items[i]);
    for (int side = NB_BASE; side <= NB_THEIRS; side++)
        nb_sentences_release(&result.lines[side]);
    nb_sentences_release(&result.all);
    nb_arena_release(&arena);
}

static void add_notes(struct joining *joining)
{
    const struct nb_form *form = nb_draft_form(joining->ours);
    int n_texts = nb_draft_text_count(joining->ours);
    for (int i = 0; i < form->n_cells + n_texts; i++) {
        const char *address = i < form->n_cells
                                  ? form->cells[i].address
                                  : nb_draft_text_address(joining->ours, i - form->n_cells);
        const char *fields[NB_RECORD_FIELDS] = {
            [NB_MARK_CELL] = address, [NB_MARK_TEXT] = joining->notes[i]
        };
        if (joining->notes[i])
            nb_draft_add_record(joining->ours, NB_LIST_MARKS, fields);
        free(joining->notes[i]);
    }
    free(joining->notes);
}

/* ---- all of it ---- */

static void join_year(struct joining *joining)
{
    int base = nb_draft_year(joining->base), ours = nb_draft_year(joining->ours);
    int theirs = nb_draft_year(joining->theirs);
    char other[16];
    switch (choose(ours != base, theirs != base, ours == theirs)) {
    case TAKE_OURS:
        break;
    case TAKE_THEIRS:
        nb_draft_set_year(joining->ours, theirs);
        break;
    case CONFLICT: /* notes stand on texts and cells */
        snprintf(other, sizeof other, "%d", theirs);
        tell_conflict(joining, nb_draft_text_address(joining->ours, NB_TEXT_UNIT),
                      (struct nb_mark) { 1, 1 }, "年度", other);
        break;
    }
}

static void join_all(struct joining *joining)
{
    join_year(joining);
    for (int text = 0; text < nb_draft_text_count(joining->ours); text++) {
        if (text == NB_TEXT_PREAMBLE || text >= NB_TEXT_PROSE)
            join_paragraphs(joining, text);
        else if (text < NB_TEXT_FINISHED_AT)
            join_line(joining, text);
    }
    for (int cell = 0; cell < nb_draft_form(joining->ours)->n_cells; cell++)
        join_figure(joining, cell);
    for (int list = 0; list < NB_LIST_COUNT; list++)
        join_list(joining, (enum nb_list)list);
    add_notes(joining);
}

/* A draft that was finished on one side is finished when nothing has come from the other. */
static void join_finished(const struct joining *joining)
{
    struct nb_draft *ours = joining->ours;
    const struct nb_draft *sides[] = { ours, joining->theirs };
    struct nb_buf content = { 0 };
    nb_draft_add_content_hash(ours, &content);
    for (size_t i = 0; i < nb_countof(sides); i++) {
        if (strcmp(nb_draft_text(sides[i], NB_TEXT_FINISHED_CONTENT), content.data) != 0)
            continue;
        for (int text = NB_TEXT_FINISHED_AT; text <= NB_TEXT_FINISHED_CONTENT; text++)
            nb_draft_set_text(ours, text, nb_draft_text(sides[i], text));
        nb_buf_release(&content);
        return;
    }
    if (nb_draft_text(ours, NB_TEXT_FINISHED_AT)[0])
        nb_diag_add(joining->diags, joining->file, nb_draft_text_mark(ours, NB_TEXT_FINISHED_AT, 0),
                    NB_MSG_DRAFT_FINISHED, NULL);
    nb_draft_set_text(ours, NB_TEXT_FINISHED_AT, "");
    nb_draft_set_text(ours, NB_TEXT_FINISHED_CONTENT, "");
    nb_buf_release(&content);
}

int nb_join(const struct nb_draft *base, struct nb_draft *ours, const struct nb_draft *theirs,
            const char *file, struct nb_diags *diags)
{
    const struct nb_form *form = nb_draft_form(ours);
    struct nb_draft *nothing = base ? NULL : nb_draft_new(form);
    struct joining joining = {
        .base = base ? base : nothing, .ours = ours, .theirs = theirs, .file = file, .diags = diags
    };
    size_t n_notes = (size_t)form->n_cells + (size_t)nb_draft_text_count(ours);
    joining.notes = nb_xalloc(n_notes * sizeof *joining.notes);
    join_all(&joining);
    join_finished(&joining);
    nb_draft_free(nothing);
    return joining.n_conflicts;
}
