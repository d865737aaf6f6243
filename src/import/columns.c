/* Which slot of a record is which cell of its row?
 *
 * As many slots as cells: one after the other, unless the heads say otherwise. More, because merged
 * cells were repeated or left blank: heads tell, or the slots that are not blank. Fewer, because a
 * column or a figure was lost: every way to spread them over the row is tried against the row's own
 * sums, and the ways that all rows of that length share are left. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "reading.h"

enum { MOST_CELLS = 20, MOST_LOST = 4 };

/* A way to spread slots over cells: a bit for each cell that gets one. */
struct ways {
    uint32_t *items; /* heap */
    int count, cap;
};

struct resolver {
    const struct nb_reading *reading;
    const struct nb_frame *frame;
    const struct nb_records *records;
    const struct nb_atoms *atoms;
    struct ways common; /* of this table and number of slots */
    const struct nb_table *common_table;
    int common_slots;
};

static const struct nb_target *target_of(const struct resolver *resolver,
                                         const struct nb_record *record)
{
    return &resolver->frame->targets[record->target];
}

static int n_slots(const struct nb_record *record)
{
    return record->end - record->slots;
}

/* ---- more or as many ---- */

static bool same_text(const struct nb_atoms *atoms, int a, int b)
{
    return strcmp(atoms->items[a].text, atoms->items[b].text) == 0;
}

/* Do the heads stand over its slots? */
static bool is_placed(const struct resolver *resolver, const struct nb_record *record,
                      const struct nb_heads *heads)
{
    const struct nb_strip *strip = &resolver->reading->document->strips[record->strip];
    return heads->placed && strip->is_row && nb_right_edge(strip) == heads->width;
}

/* By the heads above the slots: how many cells they name, 0 where two slots differ under one or one
 * has no head, unless all cells are named: then it is of a column that the form does not have.
 * Slots that were merged say the same. */
static int resolve_by_heads(const struct resolver *resolver, const struct nb_record *record,
                            const struct nb_heads *heads, int *atom_of)
{
    const struct nb_target *target = target_of(resolver, record);
    const struct nb_atoms *atoms = resolver->atoms;
    int named = 0;
    bool strange = false;
    for (int i = 0; i < target->n_cells; i++)
        atom_of[i] = -1;
    for (int i = record->slots; i < record->end && is_placed(resolver, record, heads); i++) {
        int column = atoms->items[i].column;
        int cell = column < NB_IMPORT_MAX_COLUMNS ? heads->column_of[column] : -1;
        if (cell < 0) {
            strange |= atoms->items[i].kind != NB_ATOM_BLANK;
        } else if (atom_of[cell] < 0) {
            atom_of[cell] = i;
            named++;
        } else if (!same_text(atoms, atom_of[cell], i)) {
            return 0;
        }
    }
    return strange && named < target->n_cells ? 0 : named;
}

/* The slots that are not blank; where there is one cell, all must say the same. */
static bool resolve_solid(const struct resolver *resolver, const struct nb_record *record,
                          int *atom_of)
{
    const struct nb_target *target = target_of(resolver, record);
    int count = 0;
    for (int i = record->slots; i < record->end; i++) {
        if (resolver->atoms->items[i].kind == NB_ATOM_BLANK)
            continue;
        bool again = target->n_cells == 1 && count && same_text(resolver->atoms, atom_of[0], i);
        if (again)
            continue;
        if (count == target->n_cells)
            return false;
        atom_of[count++] = i;
    }
    return count == target->n_cells;
}

/* A blank without a head may be part of a label. */
static bool heads_agree(const struct resolver *resolver, const struct nb_record *record,
                        const struct nb_heads *heads)
{
    for (int i = 0; i < n_slots(record) && is_placed(resolver, record, heads); i++) {
        const struct nb_atom *atom = &resolver->atoms->items[record->slots + i];
        int cell = atom->column < NB_IMPORT_MAX_COLUMNS ? heads->column_of[atom->column] : -1;
        if (cell >= 0 ? cell != i : atom->kind == NB_ATOM_BLANK)
            return false;
    }
    return !heads->crossed;
}

/* Cells were lost from a row that is not as wide as the others: a blank may then stand anywhere. */
static bool is_whole(const struct resolver *resolver, const struct nb_record *record,
                     const struct nb_heads *heads)
{
    const struct nb_strip *strip = &resolver->reading->document->strips[record->strip];
    return !strip->is_row || !heads->width || nb_right_edge(strip) == heads->width ||
           record->solid == n_slots(record) ||
           record->solid == target_of(resolver, record)->n_cells;
}

static enum nb_fit resolve_directly(const struct resolver *resolver, const struct nb_record *record,
                                    const struct nb_heads *heads, int *atom_of)
{
    const struct nb_target *target = target_of(resolver, record);
    if (!is_whole(resolver, record, heads))
        return NB_FIT_NONE;
    if (n_slots(record) == target->n_cells && heads_agree(resolver, record, heads)) {
        for (int i = 0; i < target->n_cells; i++)
            atom_of[i] = record->slots + i;
        return NB_FIT_EXACT;
    }
    int named = resolve_by_heads(resolver, record, heads, atom_of);
    if (named == target->n_cells)
        return heads->crossed ? NB_FIT_HEADS : NB_FIT_EXACT;
    if (named && !heads->crossed && named == __builtin_popcount(heads->present))
        return NB_FIT_FEWER_HEADS;
    if (n_slots(record) > target->n_cells && !heads->crossed &&
        resolve_solid(resolver, record, atom_of))
        return NB_FIT_EXACT;
    return NB_FIT_NONE;
}

/* ---- fewer ---- */

enum trial { BROKEN, OPEN, HOLDS };

/* A row that lacks slots, with what the slots say. */
struct shortened {
    const struct nb_form *form;
    const struct nb_target *target;
    nb_wide values[MOST_CELLS]; /* by slot */
    int n_slots;
};

/* False where too much is lost, or the row counts different things. */
static bool shorten(const struct resolver *resolver, const struct nb_record *record,
                    struct shortened *row)
{
    const struct nb_form *form = resolver->reading->form;
    const struct nb_target *target = target_of(resolver, record);
    *row = (struct shortened) { .form = form, .target = target, .n_slots = n_slots(record) };
    if (target->n_cells > MOST_CELLS || row->n_slots >= target->n_cells ||
        row->n_slots < target->n_cells - MOST_LOST || !row->n_slots)
        return false;
    enum nb_kind kind = form->cells[target->cells[0]].kind;
    for (int i = 1; i < target->n_cells; i++) {
        if (form->cells[target->cells[i]].kind != kind)
            return false;
    }
    for (int i = 0; i < row->n_slots; i++) {
        struct nb_figure figure;
        nb_value_read(form, target->cells[0], &resolver->atoms->items[record->slots + i], NULL,
                      &figure);
        row->values[i] = nb_figure_value(kind, figure);
    }
    return true;
}

/* Where the cell stands in the row. */
static int place_of(const struct nb_target *target, int cell)
{
    int place = 0;
    while (place < target->n_cells && target->cells[place] != cell)
        place++;
    return place;
}

static int slot_of(uint32_t way, int place)
{
    return __builtin_popcount(way & ((1u << place) - 1));
}

static enum trial try_equation(const struct shortened *row, uint32_t way,
                               const struct nb_equation *equation)
{
    nb_wide difference =
        (nb_wide)1000000 * (equation->constant[NB_LEFT] - equation->constant[NB_RIGHT]);
    for (int i = 0; i < equation->n_terms; i++) {
        const struct nb_term *term = &equation->terms[i];
        int place = place_of(row->target, term->cell);
        bool there = way >> place & 1;
        if (term->cell == equation->cell && !there)
            return OPEN;
        nb_wide value = there ? row->values[slot_of(way, place)] * term->factor : 0;
        difference += term->side == NB_LEFT ? value : -value;
    }
    return difference == 0 ? HOLDS : BROKEN;
}

/* Do all terms stand in the row, and is this cell its total? */
static bool totals_row(const struct nb_equation *equation, const struct nb_target *target, int cell)
{
    for (int i = 0; i < equation->n_terms; i++) {
        if (place_of(target, equation->terms[i].cell) == target->n_cells)
            return false;
    }
    return equation->cell == cell && equation->relation == NB_EQUAL && !equation->n_last;
}

/* HOLDS: all sums of the row do; OPEN: none is broken, and only totals are lost. */
static enum trial try_way(const struct shortened *row, uint32_t way)
{
    bool holds = false, open = false, lost_others = false;
    for (int i = 0; i < row->target->n_cells; i++) {
        int cell = row->target->cells[i];
        bool total = false;
        for (int j = row->form->touched_from[cell]; j < row->form->touched_from[cell + 1]; j++) {
            const struct nb_equation *equation = &row->form->equations[row->form->touched[j]];
            if (!totals_row(equation, row->target, cell))
                continue;
            enum trial trial = try_equation(row, way, equation);
            if (trial == BROKEN)
                return BROKEN;
            holds |= trial == HOLDS;
            open |= trial == OPEN;
            total = true;
        }
        lost_others |= !(way >> i & 1) && !total;
    }
    if (holds && !open)
        return HOLDS;
    return lost_others ? BROKEN : OPEN;
}

static void find_ways(const struct resolver *resolver, const struct nb_record *record,
                      enum trial wanted, struct ways *ways)
{
    struct shortened row;
    ways->count = 0;
    if (!shorten(resolver, record, &row))
        return;
    assert(row.n_slots >= 0 && row.target->n_cells >= 0);
    uint32_t way = (1u << row.n_slots) - 1, end = 1u << row.target->n_cells;
    while (way < end) {
        if (try_way(&row, way) == wanted) {
            NB_GROW(ways->items, ways->count, ways->cap);
            ways->items[ways->count++] = way;
        }
        uint32_t low = way & -way, carry = way + low; /* the next one with as many bits */
        way = carry | (((way ^ carry) / low) >> 2);
    }
}

static bool has_figure(const struct resolver *resolver, const struct nb_record *record)
{
    for (int i = record->slots; i < record->end; i++) {
        if (resolver->atoms->items[i].kind == NB_ATOM_FIGURE &&
            strpbrk(resolver->atoms->items[i].text, "123456789"))
            return true;
    }
    return false;
}

static void keep_common(struct ways *all, const struct ways *own)
{
    int count = 0;
    for (int i = 0; i < all->count; i++) {
        int j = 0;
        while (j < own->count && own->items[j] != all->items[i])
            j++;
        if (j < own->count)
            all->items[count++] = all->items[i];
    }
    all->count = count;
}

static bool is_short(const struct resolver *resolver, const struct nb_record *record, int slots,
                     const struct nb_table *table)
{
    return record->target >= 0 && target_of(resolver, record)->table == table &&
           n_slots(record) == slots && record->solid;
}

/* The ways that every telling row of that table and length allows; returns how many there are. */
static int find_common_ways(const struct resolver *resolver, const struct nb_table *table,
                            int slots, enum trial wanted, struct ways *common)
{
    enum { MOST_ROWS = 60 };
    struct ways own = { 0 };
    int rows = 0;
    common->count = 0;
    for (int i = 0; i < resolver->records->count && rows < MOST_ROWS; i++) {
        const struct nb_record *record = &resolver->records->items[i];
        if (!is_short(resolver, record, slots, table) || !has_figure(resolver, record))
            continue;
        find_ways(resolver, record, wanted, rows ? &own : common);
        if (rows++)
            keep_common(common, &own);
    }
    free(own.items);
    return rows;
}

/* The cells that have the same slot in every way. */
static void take_ways(const struct nb_record *record, const struct ways *ways, int n_cells,
                      int *atom_of)
{
    for (int i = 0; i < n_cells; i++) {
        for (int w = 0; w < ways->count; w++) {
            uint32_t way = ways->items[w];
            int atom = way >> i & 1 ? record->slots + slot_of(way, i) : -1;
            atom_of[i] = w == 0 || atom_of[i] == atom ? atom : -1;
            if (atom_of[i] < 0)
                break;
        }
    }
}

static bool is_told(const int *atom_of, int n_cells)
{
    for (int i = 0; i < n_cells; i++) {
        if (atom_of[i] >= 0)
            return true;
    }
    return false;
}

/* That totals were left blank is believed where all rows say so, and all heads are there. */
static void find_shared_ways(struct resolver *resolver, const struct nb_table *table, int slots,
                             const struct nb_heads *heads)
{
    enum { SOME_ROWS = 3 };
    resolver->common_table = table;
    resolver->common_slots = slots;
    find_common_ways(resolver, table, slots, HOLDS, &resolver->common);
    if (resolver->common.count)
        return;
    int rows = find_common_ways(resolver, table, slots, OPEN, &resolver->common), all = 0;
    for (int i = 0; i < resolver->records->count; i++) {
        const struct nb_record *record = &resolver->records->items[i];
        all += record->target >= 0 && target_of(resolver, record)->table == table &&
               has_figure(resolver, record);
    }
    if (rows < SOME_ROWS || rows < all || !heads->complete)
        resolver->common.count = 0;
}

/* Heads that are as many as the slots say which columns there are; else sums do. */
static enum nb_fit resolve_shorter(struct resolver *resolver, const struct nb_record *record,
                                   const struct nb_heads *heads, int *atom_of)
{
    const struct nb_target *target = target_of(resolver, record);
    int count = n_slots(record);
    struct ways own = { 0 };
    enum nb_fit fit = NB_FIT_NONE;
    if (resolver->common_table != target->table || resolver->common_slots != count)
        find_shared_ways(resolver, target->table, count, heads);
    bool by_heads = count < target->n_cells && __builtin_popcount(heads->present) == count;
    if (!by_heads && !resolver->common.count && has_figure(resolver, record))
        find_ways(resolver, record, HOLDS, &own);
    if (by_heads)
        own = (struct ways) { nb_xalloc(sizeof *own.items), 1, 1 };
    if (by_heads)
        own.items[0] = heads->present;
    const struct ways *ways = own.count ? &own : &resolver->common;
    if (ways->count) {
        take_ways(record, ways, target->n_cells, atom_of);
        fit = !is_told(atom_of, target->n_cells) ? NB_FIT_NONE
              : by_heads                         ? NB_FIT_FEWER_HEADS
                                                 : NB_FIT_SUMS;
    }
    free(own.items);
    return fit;
}

void nb_slots_resolve(const struct nb_reading *reading, const struct nb_frame *frame,
                      const struct nb_records *records, const struct nb_atoms *atoms,
                      const struct nb_heads *heads, struct nb_slots *slots)
{
    struct resolver resolver = { reading, frame, records, atoms, { 0 }, NULL, 0 };
    for (int i = 0; i < records->count; i++) {
        const struct nb_record *record = &records->items[i];
        if (record->target < 0)
            continue;
        const struct nb_target *target = &frame->targets[record->target];
        const struct nb_heads *own = &heads[record->target];
        slots[i].atom_of = nb_xalloc((size_t)target->n_cells * sizeof(int));
        slots[i].fit = resolve_directly(&resolver, record, own, slots[i].atom_of);
        if (slots[i].fit != NB_FIT_NONE)
            continue;
        for (int j = 0; j < target->n_cells; j++)
            slots[i].atom_of[j] = -1; /* resolve_directly() may have left some */
        if (!own->crossed)
            slots[i].fit = resolve_shorter(&resolver, record, own, slots[i].atom_of);
    }
    free(resolver.common.items);
}
