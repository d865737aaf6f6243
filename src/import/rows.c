/* Records and rows.
 *
 * A record is what stands between two figures with a label between them: labels, then slots. In
 * rows and lines that hold more than one slot a new strip begins a new record; where each cell has
 * a line of its own, only labels do.
 *
 * Records and rows of the form are two sequences in the same order; both may lack some. Dynamic
 * programming over both finds the cheapest pairing, walked from both ends, so that for every record
 * the next best pairing is known, too: the margin tells how certain its row is. */
#include "rows.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_RECORDS = 400,
    SKIP = 400,      /* a record or a row without partner */
    NAMELESS = 480,  /* figures without any label: only order speaks for them */
    MISCOUNTED = 40, /* more or fewer figures than columns */
    FORBIDDEN = 100000
};

/* ---- records ---- */

struct cutter {
    struct nb_records *records;
    const struct nb_atoms *atoms;
    bool strips_part; /* a new strip is a new record; a blank in it may stand before a label */
    int first;        /* of the labels not yet used */
};

static bool is_slot(const struct nb_atom *atom)
{
    return atom->kind != NB_ATOM_LABEL;
}

static bool is_solid(const struct nb_atom *atom)
{
    return is_slot(atom) && atom->kind != NB_ATOM_BLANK;
}

/* Atoms [from, to) belong together; those behind the last label are its slots. */
static void add_record(struct cutter *cutter, int from, int to)
{
    int slots = to, solid = 0;
    const struct nb_atom *items = cutter->atoms->items;
    while (slots > from && is_slot(&items[slots - 1]))
        solid += is_solid(&items[--slots]);
    if (slots == to || cutter->records->count == MOST_RECORDS)
        return;
    struct nb_records *records = cutter->records;
    NB_GROW(records->items, records->count, records->cap);
    records->items[records->count++] = (struct nb_record) { .first = cutter->first,
                                                            .slots = slots,
                                                            .end = to,
                                                            .solid = solid,
                                                            .strip = items[slots].strip,
                                                            .target = -1 };
    cutter->first = to;
}

static void cut(struct cutter *cutter)
{
    const struct nb_atom *items = cutter->atoms->items;
    int from = 0;
    bool figures = false;
    for (int i = 0; i < cutter->atoms->count; i++) {
        bool parts = cutter->strips_part && i && items[i].strip != items[i - 1].strip;
        if (parts || (figures && !is_slot(&items[i]))) {
            add_record(cutter, from, i);
            from = i;
            figures = false;
        }
        figures |= is_solid(&items[i]) || (!cutter->strips_part && is_slot(&items[i]) && i > from);
    }
    add_record(cutter, from, cutter->atoms->count);
}

/* Does a strip hold a record, or is each cell on one of its own? Most decide. */
static bool strips_hold_records(const struct nb_atoms *atoms)
{
    int holding = 0, single = 0;
    const struct nb_atom *items = atoms->items;
    for (int i = 0, end; i < atoms->count; i = end) {
        int slots = 0, labels = 0;
        for (end = i; end < atoms->count && items[end].strip == items[i].strip; end++) {
            slots += is_slot(&items[end]);
            labels += !is_slot(&items[end]);
        }
        holding += slots > 1 || (slots && labels);
        single += slots == 1 && !labels;
    }
    return holding * 2 >= single;
}

/* ---- labels ---- */

/* A word of a line that is part of a group's label and of no row's: it stands beside the rows of
 * the group, between the lines of their labels. */
static bool is_beside(const struct nb_frame *frame, const char *word, size_t len)
{
    struct nb_codes codes = { 0 };
    bool group = false, row = false;
    nb_codes_add(&codes, word, len);
    for (int i = 0; i < frame->n_words && !row; i++) {
        const struct nb_node *node = frame->words[i].node;
        for (int j = 0; node && j < frame->words[i].count; j++) {
            bool part = nb_codes_part(&frame->words[i].items[j], &codes);
            group |= part && node->n_children && !node->own;
            row |= part && (!node->n_children || node->own);
        }
    }
    nb_codes_release(&codes);
    return group && !row;
}

static void add_words(struct nb_codes *out, const struct nb_frame *frame, const char *text)
{
    while (*text) {
        size_t len = strcspn(text, " \n");
        if (len && !is_beside(frame, text, len))
            nb_codes_add(out, text, len);
        text += len + (text[len] != '\0');
    }
}

/* The labels among atoms [from, to), the same cell repeated but once. */
static void add_labels(struct nb_record *record, const struct nb_atoms *atoms,
                       const struct nb_frame *frame, int from, int to, int most)
{
    for (int i = from; i < to && record->text.count < most; i++) {
        const struct nb_atom *atom = &atoms->items[i];
        bool again = i > from && atom->kind == NB_ATOM_LABEL &&
                     strcmp(atom->text, atoms->items[i - 1].text) == 0;
        if (atom->kind != NB_ATOM_LABEL || again)
            continue;
        if (atoms->document->strips[atom->strip].is_row)
            nb_codes_add(&record->text, atom->text, strlen(atom->text));
        else
            add_words(&record->text, frame, atom->text);
    }
}

/* Keeps the last codes: what stands far before a figure is no label of it. */
static void keep_tail(struct nb_codes *codes, int most)
{
    if (codes->count <= most)
        return;
    memmove(codes->items, codes->items + codes->count - most, (size_t)most * sizeof *codes->items);
    codes->count = most;
}

static void read_labels(struct nb_records *records, const struct nb_atoms *atoms,
                        const struct nb_frame *frame)
{
    enum { MOST_OWN = 120, MOST_NEXT = 40 };
    for (int i = 0; i < records->count; i++) {
        struct nb_record *record = &records->items[i];
        add_labels(record, atoms, frame, record->first, record->slots, INT_MAX);
        keep_tail(&record->text, MOST_OWN);
        record->own = record->text.count;
        record->nameless = record->own == 0;
        if (!atoms->document->strips[record->strip].is_row && record->own && i + 1 < records->count)
            add_labels(record, atoms, frame, record[1].first, record[1].slots,
                       record->own + MOST_NEXT);
    }
}

/* ---- pairing ---- */

struct pairing {
    struct nb_records *records;
    const struct nb_frame *frame;
    int n_records, n_targets;
    int *misfits; /* [record * n_targets + target] */
    int *prices;  /* likewise, of the pair */
    int *forth;   /* [(n_records + 1) * (n_targets + 1)]: the first i records, j targets */
    int *back;    /* likewise: all but those */
};

static int misfit_of(const struct nb_record *record, const struct nb_target *target)
{
    int best = NB_MISFIT;
    if (!target->spelling)
        return record->end - record->slots == target->n_cells ? 0 : NAMELESS;
    if (record->nameless)
        return record->end - record->slots == target->n_cells ? NAMELESS : NB_MISFIT;
    for (int i = 0; i < target->spelling->count; i++) {
        int misfit = nb_codes_fit(&target->spelling->items[i], record->text.items, record->own,
                                  record->text.count);
        best = misfit < best ? misfit : best;
    }
    return best;
}

static int price_of_pair(const struct nb_record *record, const struct nb_target *target, int misfit)
{
    bool counted = record->end - record->slots == target->n_cells;
    if (misfit >= NB_UNREADABLE || (!record->solid && !counted))
        return FORBIDDEN;
    return misfit + (counted ? 0 : MISCOUNTED);
}

static int skip_price(const struct pairing *pairing, int record)
{
    return pairing->records->items[record].solid ? SKIP : 0;
}

static int lower(int a, int b)
{
    return a < b ? a : b;
}

static int *at(const struct pairing *pairing, int *table, int record, int target)
{
    return &table[record * (pairing->n_targets + 1) + target];
}

static int price(const struct pairing *pairing, int record, int target)
{
    return pairing->prices[record * pairing->n_targets + target];
}

/* A record whose label is another row's is not this one's, wherever it stands. */
static void price_pairs(struct pairing *pairing)
{
    enum { BETTER = 200 };
    for (int i = 0; i < pairing->n_records; i++) {
        const struct nb_record *record = &pairing->records->items[i];
        int *misfits = &pairing->misfits[i * pairing->n_targets], best = NB_MISFIT;
        for (int j = 0; j < pairing->n_targets; j++) {
            misfits[j] = misfit_of(record, &pairing->frame->targets[j]);
            best = lower(best, misfits[j]);
        }
        for (int j = 0; j < pairing->n_targets; j++)
            pairing->prices[i * pairing->n_targets + j] =
                misfits[j] >= best + BETTER
                    ? FORBIDDEN
                    : price_of_pair(record, &pairing->frame->targets[j], misfits[j]);
    }
}

static void walk_both_ways(struct pairing *pairing)
{
    int n = pairing->n_records, m = pairing->n_targets;
    for (int i = 0; i <= n; i++) {
        for (int j = 0; j <= m; j++) {
            int best = i || j ? INT_MAX : 0;
            if (i)
                best = lower(best,
                             *at(pairing, pairing->forth, i - 1, j) + skip_price(pairing, i - 1));
            if (j)
                best = lower(best, *at(pairing, pairing->forth, i, j - 1) + SKIP);
            if (i && j)
                best = lower(best, *at(pairing, pairing->forth, i - 1, j - 1) +
                                       price(pairing, i - 1, j - 1));
            *at(pairing, pairing->forth, i, j) = best;
        }
    }
    for (int i = n; i >= 0; i--) {
        for (int j = m; j >= 0; j--) {
            int best = i < n || j < m ? INT_MAX : 0;
            if (i < n)
                best = lower(best, *at(pairing, pairing->back, i + 1, j) + skip_price(pairing, i));
            if (j < m)
                best = lower(best, *at(pairing, pairing->back, i, j + 1) + SKIP);
            if (i < n && j < m)
                best =
                    lower(best, *at(pairing, pairing->back, i + 1, j + 1) + price(pairing, i, j));
            *at(pairing, pairing->back, i, j) = best;
        }
    }
}

/* The price of the best pairing in which this record has this target, or none (-1). */
static int price_with(const struct pairing *pairing, int record, int target)
{
    if (target >= 0)
        return *at(pairing, pairing->forth, record, target) + price(pairing, record, target) +
               *at(pairing, pairing->back, record + 1, target + 1);
    int best = INT_MAX;
    for (int j = 0; j <= pairing->n_targets; j++)
        best = lower(best, *at(pairing, pairing->forth, record, j) + skip_price(pairing, record) +
                               *at(pairing, pairing->back, record + 1, j));
    return best;
}

static void set_target(struct nb_records *records, const struct pairing *pairing, int record,
                       int target)
{
    records->items[record].target = target;
    records->items[record].misfit = pairing->misfits[record * pairing->n_targets + target];
    records->record_of[target] = record;
}

/* From the end of both sequences back along the cheapest pairing. */
static void choose(const struct pairing *pairing)
{
    int i = pairing->n_records, j = pairing->n_targets;
    while (i && j) {
        int here = *at(pairing, pairing->forth, i, j);
        if (here == *at(pairing, pairing->forth, i - 1, j - 1) + price(pairing, i - 1, j - 1) &&
            price(pairing, i - 1, j - 1) < FORBIDDEN)
            set_target(pairing->records, pairing, --i, --j);
        else if (here == *at(pairing, pairing->forth, i - 1, j) + skip_price(pairing, i - 1))
            i--;
        else
            j--;
    }
}

static void find_margins(const struct pairing *pairing)
{
    for (int i = 0; i < pairing->n_records; i++) {
        struct nb_record *record = &pairing->records->items[i];
        if (record->target < 0)
            continue;
        int best = price_with(pairing, i, record->target), other = price_with(pairing, i, -1);
        for (int j = 0; j < pairing->n_targets; j++)
            other = j == record->target ? other : lower(other, price_with(pairing, i, j));
        record->margin = other - best;
    }
}

/* A record that order left over but whose label is one row's and no other's. */
static void find_strays(const struct pairing *pairing)
{
    enum { SURE = 100, CLEAR = 400 };
    for (int i = 0; i < pairing->n_records; i++) {
        struct nb_record *record = &pairing->records->items[i];
        int best = -1;
        bool clear = !record->nameless;
        if (record->target >= 0 || !record->solid)
            continue;
        for (int j = 0; j < pairing->n_targets; j++) {
            int misfit = pairing->misfits[i * pairing->n_targets + j];
            if (misfit <= SURE && best < 0)
                best = j;
            else
                clear &= misfit >= CLEAR;
        }
        if (best < 0 || !clear || pairing->records->record_of[best] >= 0)
            continue;
        set_target(pairing->records, pairing, i, best);
        record->astray = true;
        record->margin = SKIP;
    }
}

static void pair(struct nb_records *records, const struct nb_frame *frame)
{
    struct pairing pairing = { records, frame, records->count, frame->n_targets,
                               NULL,    NULL,  NULL,           NULL };
    size_t pairs = (size_t)records->count * (size_t)frame->n_targets;
    size_t corners = ((size_t)records->count + 1) * ((size_t)frame->n_targets + 1);
    pairing.misfits = nb_xalloc((pairs + 1) * sizeof(int));
    pairing.prices = nb_xalloc((pairs + 1) * sizeof(int));
    pairing.forth = nb_xalloc(corners * sizeof(int));
    pairing.back = nb_xalloc(corners * sizeof(int));
    price_pairs(&pairing);
    walk_both_ways(&pairing);
    choose(&pairing);
    find_margins(&pairing);
    find_strays(&pairing);
    free(pairing.misfits);
    free(pairing.prices);
    free(pairing.forth);
    free(pairing.back);
}

void nb_records_read(struct nb_records *records, const struct nb_atoms *atoms,
                     const struct nb_frame *frame)
{
    *records = (struct nb_records) { .n_targets = frame->n_targets };
    records->record_of = nb_xalloc((size_t)(frame->n_targets + 1) * sizeof(int));
    for (int i = 0; i < frame->n_targets; i++)
        records->record_of[i] = -1;
    struct cutter cutter = { records, atoms, strips_hold_records(atoms), 0 };
    cut(&cutter);
    read_labels(records, atoms, frame);
    pair(records, frame);
}

void nb_records_release(struct nb_records *records)
{
    for (int i = 0; i < records->count; i++)
        nb_codes_release(&records->items[i].text);
    free(records->items);
    free(records->record_of);
    *records = (struct nb_records) { 0 };
}
