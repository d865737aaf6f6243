/* Acceptances: a warning that a person has accepted says so; an acceptance holds only while a
 * finding with the same rule, cell and evidence is there, and has lapsed when it is not. */
#include <stdlib.h>
#include <string.h>

#include "checker.h"

/* Acceptances by what they accept: open addressing. */
struct index {
    const struct nb_draft *draft;
    int *slots; /* index + 1; 0: free */
    size_t mask;
    int *first;  /* by acceptance: the first that accepts the same */
    bool *alive; /* by acceptance, of the first ones: there is such a finding */
};

static uint64_t hash(uint64_t sum, const char *text)
{
    for (; *text; text++)
        sum = (sum ^ (unsigned char)*text) * 1099511628211u;
    return (sum ^ 0xFF) * 1099511628211u; /* FNV-1a; the end counts */
}

static size_t slot_of(const struct index *index, const char *rule, const char *cell,
                      const char *about)
{
    uint64_t sum = hash(hash(hash(14695981039346656037u, rule), cell), about);
    return (size_t)(sum >> 16) & index->mask;
}

static const char *const *record(const struct index *index, int slot)
{
    return nb_draft_record(index->draft, NB_LIST_ACCEPTED, index->slots[slot] - 1);
}

/* The slot of the acceptance, or a free one. */
static size_t find(const struct index *index, const char *rule, const char *cell, const char *about)
{
    size_t slot = slot_of(index, rule, cell, about);
    for (; index->slots[slot]; slot = (slot + 1) & index->mask) {
        const char *const *accepted = record(index, (int)slot);
        if (strcmp(accepted[NB_ACCEPTED_RULE], rule) == 0 &&
            strcmp(accepted[NB_ACCEPTED_CELL], cell) == 0 &&
            strcmp(accepted[NB_ACCEPTED_ABOUT], about) == 0)
            break;
    }
    return slot;
}

static void enter_all(struct index *index, int count)
{
    for (int i = 0; i < count; i++) {
        const char *const *accepted = nb_draft_record(index->draft, NB_LIST_ACCEPTED, i);
        size_t slot = find(index, accepted[NB_ACCEPTED_RULE], accepted[NB_ACCEPTED_CELL],
                           accepted[NB_ACCEPTED_ABOUT]);
        if (!index->slots[slot])
            index->slots[slot] = i + 1;
        index->first[i] = index->slots[slot] - 1;
    }
}

/* Only warnings can be accepted. */
static void note(struct index *index, struct nb_diags *diags)
{
    for (int i = 0; i < diags->count; i++) {
        struct nb_diag *diag = &diags->items[i];
        if (!diag->about)
            continue;
        size_t slot = find(index, diag->rule, diag->cell, diag->about);
        if (!index->slots[slot])
            continue;
        index->alive[index->slots[slot] - 1] = true;
        if (diag->severity != NB_WARNING)
            continue;
        diag->accepted = nb_diag_keep(diags, record(index, (int)slot)[NB_ACCEPTED_REASON]);
        diag->acceptance = index->slots[slot] - 1;
    }
}

/* ---- lapsed ones ---- */

/* Would the rule have been judged this time? Without last year's draft, or before the end, silence
 * says nothing. */
static bool is_judged(const struct nb_checker *checker, bool final, const char *rule)
{
    static const char *const at_the_end[] = { "cell.blank", "text.missing", "text.aspect" };
    const struct nb_form *form = checker->form;
    for (size_t i = 0; i < nb_countof(at_the_end); i++) {
        if (strcmp(rule, at_the_end[i]) == 0)
            return final;
    }
    bool of_last_year = strcmp(rule, "text.copied") == 0;
    for (int i = 0; i < form->n_equations && !of_last_year; i++)
        of_last_year = form->equations[i].n_last && strcmp(form->equations[i].rule->id, rule) == 0;
    return !of_last_year || checker->prior;
}

static struct nb_mark mark_of(const struct nb_draft *draft, const char *address)
{
    int cell = nb_form_find_cell(nb_draft_form(draft), address, strlen(address));
    int text = cell < 0 ? nb_draft_find_text(draft, address) : -1;
    if (cell >= 0)
        return nb_draft_cell_mark(draft, cell);
    return text >= 0 ? nb_draft_text_mark(draft, text, 0) : (struct nb_mark) { 1, 1 };
}

static void add_lapsed(const struct nb_draft *draft, const char *file, int acceptance,
                       struct nb_diags *diags)
{
    const char *const *accepted = nb_draft_record(draft, NB_LIST_ACCEPTED, acceptance);
    struct nb_diag *diag = nb_diag_add(diags, file, mark_of(draft, accepted[NB_ACCEPTED_CELL]),
                                       NB_MSG_ACCEPTED_LAPSED, "about", accepted[NB_ACCEPTED_ABOUT],
                                       "reason", accepted[NB_ACCEPTED_REASON], NULL);
    diag->cell = nb_diag_keep(diags, accepted[NB_ACCEPTED_CELL]);
    diag->about = nb_diag_keep(diags, accepted[NB_ACCEPTED_ABOUT]);
    diag->acceptance = acceptance;
}

static struct index index_of(const struct nb_draft *draft)
{
    int count = nb_draft_record_count(draft, NB_LIST_ACCEPTED);
    size_t size = 16;
    while (size < 2 * (size_t)count)
        size *= 2;
    struct index index = { .draft = draft, .mask = size - 1 };
    index.slots = nb_xalloc(size * sizeof *index.slots);
    index.first = nb_xalloc((size_t)count * sizeof *index.first);
    index.alive = nb_xalloc((size_t)count * sizeof *index.alive);
    enter_all(&index, count);
    return index;
}

void nb_accepted_note(const struct nb_checker *checker, const struct nb_draft *draft,
                      const char *file, bool final, struct nb_diags *diags)
{
    int count = nb_draft_record_count(draft, NB_LIST_ACCEPTED);
    if (!count)
        return;
    struct index index = index_of(draft);
    note(&index, diags);
    for (int i = 0; i < count; i++) {
        const char *const *accepted = nb_draft_record(draft, NB_LIST_ACCEPTED, i);
        if (!index.alive[index.first[i]] && is_judged(checker, final, accepted[NB_ACCEPTED_RULE]))
            add_lapsed(draft, file, i, diags);
    }
    free(index.slots);
    free(index.first);
    free(index.alive);
}
