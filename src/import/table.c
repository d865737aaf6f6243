/* Frames into the draft: atoms, records, rows, columns, figures; and what was not certain. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "reading.h"

enum {
    SURE_LABEL = 300, /* a misfit up to this is one or two wrong characters */
    SURE_MARGIN = 200 /* so much dearer must every other reading be */
};

struct reader {
    struct nb_reading *reading;
    const struct nb_frame *frame;
    struct nb_atoms atoms;
    struct nb_records records;
    struct nb_heads *heads; /* by target */
    struct nb_slots *slots; /* by record */
};

static const struct nb_strip *strip_of(const struct reader *reader, const struct nb_record *record)
{
    return &reader->reading->document->strips[record->strip];
}

/* ---- telling ---- */

static void add_row_name(struct nb_buf *out, const struct nb_target *target)
{
    const struct nb_node *node = target->table->rows.leaves[target->row].node;
    if (node->depth && node->label[0])
        nb_node_add_name(out, node);
    else
        nb_table_add_name(out, target->table);
}

/* A message about a row: {row}, {text} as the source has it, {found} and {wanted} figures. */
static void doubt_row(struct reader *reader, const struct nb_record *record,
                      const struct nb_target *target, enum nb_message message)
{
    struct nb_buf row = { 0 }, text = { 0 };
    char found[16] = "0", wanted[16];
    add_row_name(&row, target);
    struct nb_mark mark = { 1, 1 };
    if (record) {
        const struct nb_strip *strip = strip_of(reader, record);
        nb_text_add_brief(&text, strip->text, strlen(strip->text));
        mark = strip->mark;
        snprintf(found, sizeof found, "%d", record->end - record->slots);
    }
    snprintf(wanted, sizeof wanted, "%d", target->n_cells);
    struct nb_diag *diag = nb_diag_add(reader->reading->diags, reader->reading->file, mark, message,
                                       "row", nb_buf_text(&row), "text", nb_buf_text(&text),
                                       "found", found, "wanted", wanted, NULL);
    nb_doubt(reader->reading, diag, target->cells, target->n_cells, record ? record->strip : -1);
    nb_buf_release(&row);
    nb_buf_release(&text);
}

static void doubt_cell(struct reader *reader, const struct nb_atom *atom, int cell,
                       enum nb_message message, struct nb_figure figure)
{
    const struct nb_cell *known = &reader->reading->form->cells[cell];
    struct nb_buf name = { 0 }, text = { 0 }, value = { 0 };
    nb_cell_add_name(&name, reader->reading->form, cell);
    nb_text_add_brief(&text, atom->source, strlen(atom->source));
    nb_figure_write(&value, known->kind, figure);
    struct nb_diag *diag =
        nb_diag_add(reader->reading->diags, reader->reading->file, atom->mark, message, "cell",
                    nb_buf_text(&name), "text", nb_buf_text(&text), "figure", nb_buf_text(&value),
                    "unit", known->unit ? known->unit : "", NULL);
    if (diag->severity == NB_INFO)
        diag->cell = nb_diag_keep(reader->reading->diags, known->address);
    else
        nb_doubt(reader->reading, diag, &cell, 1, atom->strip);
    nb_buf_release(&name);
    nb_buf_release(&text);
    nb_buf_release(&value);
}

/* ---- cells ---- */

static enum nb_message message_of_value(enum nb_value value)
{
    return value == NB_VALUE_CONVERTED  ? NB_MSG_IMPORT_CONVERTED
           : value == NB_VALUE_BY_HEADS ? NB_MSG_IMPORT_HEADS_UNIT
           : value == NB_VALUE_NO_UNIT  ? NB_MSG_IMPORT_NO_UNIT
                                        : NB_MSG_IMPORT_FIGURE;
}

/* Money counts in the unit of the row's own labels, else of the heads. */
static const char *unit_of(const struct reader *reader, const struct nb_record *record)
{
    const char *own = nb_money_unit(&reader->atoms, record->first, record->slots);
    return own ? own : reader->heads[record->target].unit;
}

static void read_cell(struct reader *reader, const struct nb_record *record, int cell, int atom)
{
    const struct nb_atom *source = &reader->atoms.items[atom];
    struct nb_figure figure;
    enum nb_value value =
        nb_value_read(reader->reading->form, cell, source, unit_of(reader, record), &figure);
    reader->reading->import->places[cell] = source->mark;
    nb_draft_set_figure(reader->reading->import->draft, cell, figure);
    if (value != NB_VALUE_FINE && value != NB_VALUE_BLANK)
        doubt_cell(reader, source, cell, message_of_value(value), figure);
}

/* ---- rows ---- */

static bool has_labels(const struct nb_target *target)
{
    return target->spelling != NULL;
}

/* Why the row was not read with certainty; NB_MSG_COUNT: it was. */
static enum nb_message doubt_about(const struct reader *reader, int index)
{
    const struct nb_record *record = &reader->records.items[index];
    const struct nb_target *target = &reader->frame->targets[record->target];
    if (reader->slots[index].fit == NB_FIT_NONE && !reader->heads[record->target].crossed)
        return NB_MSG_IMPORT_COUNT;
    if (reader->slots[index].fit == NB_FIT_SUMS)
        return NB_MSG_IMPORT_BY_SUMS;
    if (record->astray)
        return NB_MSG_IMPORT_ASTRAY;
    if (has_labels(target) && record->misfit > SURE_LABEL)
        return record->nameless ? NB_MSG_IMPORT_NAMELESS : NB_MSG_IMPORT_LABEL;
    return NB_MSG_COUNT;
}

/* The same for what heads leave uncertain, which is told once for a table. */
static enum nb_message doubt_about_heads(const struct reader *reader, int index)
{
    const struct nb_heads *heads = &reader->heads[reader->records.items[index].target];
    if (reader->slots[index].fit == NB_FIT_NONE)
        return heads->crossed ? NB_MSG_IMPORT_CROSSED : NB_MSG_COUNT;
    if (reader->slots[index].fit == NB_FIT_HEADS)
        return NB_MSG_IMPORT_BY_HEADS;
    if (reader->slots[index].fit == NB_FIT_FEWER_HEADS)
        return NB_MSG_IMPORT_FEWER_HEADS;
    return heads->seen ? NB_MSG_COUNT : NB_MSG_IMPORT_HEADS;
}

static void tell_heads(struct reader *reader, const struct nb_table *table, enum nb_message message)
{
    struct nb_diag *diag = NULL;
    struct nb_buf name = { 0 };
    nb_table_add_name(&name, table);
    for (int i = 0; i < reader->records.count; i++) {
        const struct nb_record *record = &reader->records.items[i];
        const struct nb_target *target =
            record->target < 0 ? NULL : &reader->frame->targets[record->target];
        if (!target || target->table != table || !record->solid ||
            doubt_about_heads(reader, i) != message)
            continue;
        if (!diag)
            diag = nb_diag_add(reader->reading->diags, reader->reading->file,
                               strip_of(reader, record)->mark, message, "table", nb_buf_text(&name),
                               NULL);
        nb_doubt(reader->reading, diag, target->cells, target->n_cells, record->strip);
    }
    nb_buf_release(&name);
}

static void tell_all_heads(struct reader *reader)
{
    static const enum nb_message messages[] = { NB_MSG_IMPORT_CROSSED, NB_MSG_IMPORT_BY_HEADS,
                                                NB_MSG_IMPORT_FEWER_HEADS, NB_MSG_IMPORT_HEADS };
    for (int i = 0; i < reader->frame->n_tables; i++) {
        for (size_t j = 0; j < nb_countof(messages); j++)
            tell_heads(reader, reader->frame->tables[i], messages[j]);
    }
}

/* Dashes are none: they may fill the cells of a group's row. */
static bool has_figure(const struct reader *reader, const struct nb_record *record)
{
    for (int i = record->slots; i < record->end; i++) {
        enum nb_atom_kind kind = reader->atoms.items[i].kind;
        if (kind == NB_ATOM_FIGURE || kind == NB_ATOM_ILLEGIBLE)
            return true;
    }
    return false;
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

/* A label may hold digits (计1条): where the source breaks it there, they look like a figure. */
static bool may_be_label(const struct reader *reader, const struct nb_record *record)
{
    const struct nb_target *target = &reader->frame->targets[record->target];
    struct nb_codes figure = { 0 };
    bool found = false, said = false;
    nb_codes_add(&figure, reader->atoms.items[record->slots].text,
                 strspn(reader->atoms.items[record->slots].text, "0123456789"));
    for (int i = 0; target->spelling && i < target->spelling->count; i++) {
        const struct nb_codes *label = &target->spelling->items[i];
        for (int j = 1; figure.count && j + figure.count <= label->count; j++) {
            struct nb_codes part = { label->items + j, figure.count, 0 };
            found |= nb_codes_equal(&part, &figure) && !is_digit(label->items[j - 1]);
        }
    }
    for (int j = 0; found && j < record->own; j++)
        said |= is_digit(record->text.items[j]);
    nb_codes_release(&figure);
    return found && !said;
}

/* A narrow column breaks a long figure: below the row stand its last digits, alone, and the row
 * itself looks whole. */
static bool is_spilled(const struct reader *reader, int index)
{
    enum { NEXT_STRIPS = 2 };
    const struct nb_record *record = &reader->records.items[index], *below = record + 1;
    if (index + 1 == reader->records.count || below->target >= 0 || !has_figure(reader, below))
        return false;
    const struct nb_strip *strip = strip_of(reader, below);
    return !strip->is_row && !strip->apart && below->strip - record->strip <= NEXT_STRIPS &&
           below->end - below->slots <= record->end - record->slots;
}

/* Where many rows are none of the form's, the labels were torn apart, and those that fit may fit by
 * chance, all one row further on. */
static void tell_pieces(struct reader *reader)
{
    enum { MANY = 4 }; /* one to so many */
    int known = 0, unknown = 0;
    for (int i = 0; i < reader->records.count; i++) {
        const struct nb_record *record = &reader->records.items[i];
        known += record->target >= 0;
        unknown += record->target < 0 && has_figure(reader, record) &&
                   !(i && record[-1].target >= 0 && is_spilled(reader, i - 1));
    }
    if (!known || unknown * MANY < known)
        return;
    struct nb_diag *diag = NULL;
    struct nb_buf name = { 0 };
    nb_table_add_name(&name, reader->frame->tables[0]);
    for (int i = 0; i < reader->records.count; i++) {
        const struct nb_record *record = &reader->records.items[i];
        if (record->target < 0)
            continue;
        const struct nb_target *target = &reader->frame->targets[record->target];
        if (!diag)
            diag = nb_diag_add(reader->reading->diags, reader->reading->file,
                               strip_of(reader, record)->mark, NB_MSG_IMPORT_PIECES, "table",
                               nb_buf_text(&name), NULL);
        nb_doubt(reader->reading, diag, target->cells, target->n_cells, record->strip);
    }
    nb_buf_release(&name);
}

static void read_record(struct reader *reader, int index)
{
    const struct nb_record *record = &reader->records.items[index];
    if (record->target < 0) {
        if (has_figure(reader, record)) {
            const struct nb_strip *strip = strip_of(reader, record);
            struct nb_buf text = { 0 };
            nb_text_add_brief(&text, strip->text, strlen(strip->text));
            struct nb_diag *diag =
                nb_diag_add(reader->reading->diags, reader->reading->file, strip->mark,
                            NB_MSG_IMPORT_UNKNOWN_ROW, "text", nb_buf_text(&text), NULL);
            nb_doubt(reader->reading, diag, NULL, 0, record->strip);
            nb_buf_release(&text);
        }
        return;
    }
    const struct nb_target *target = &reader->frame->targets[record->target];
    if ((record->margin < SURE_MARGIN && record->solid) || may_be_label(reader, record)) {
        doubt_row(reader, record, target, NB_MSG_IMPORT_AMBIGUOUS);
        return;
    }
    if (is_spilled(reader, index)) {
        doubt_row(reader, record, target, NB_MSG_IMPORT_SPILLED);
        return;
    }
    enum nb_message doubt = doubt_about(reader, index);
    if (doubt != NB_MSG_COUNT && record->solid)
        doubt_row(reader, record, target, doubt);
    for (int i = 0; i < target->n_cells; i++) {
        if (reader->slots[index].atom_of[i] >= 0)
            read_cell(reader, record, target->cells[i], reader->slots[index].atom_of[i]);
    }
}

/* ---- heads ---- */

/* The width of nearly all rows of the frame, lone cells left aside; 0: they differ. */
static int usual_width(const struct reader *reader)
{
    const struct nb_atom *items = reader->atoms.items;
    int rows_of[NB_IMPORT_MAX_COLUMNS * 2 + 1] = { 0 }, rows = 0, best = 0;
    for (int i = 0; i < reader->atoms.count; i++) {
        const struct nb_strip *strip = &reader->reading->document->strips[items[i].strip];
        int width = nb_right_edge(strip);
        bool again = i && items[i].strip == items[i - 1].strip;
        if (again || !strip->is_row || width < 2 || width > NB_IMPORT_MAX_COLUMNS * 2)
            continue;
        rows++;
        rows_of[width]++;
        best = rows_of[width] > rows_of[best] ? width : best;
    }
    return rows_of[best] * 10 >= rows * 8 ? best : 0;
}

/* The heads of a table stand before its first record. */
static void read_heads_of(struct reader *reader, const struct nb_table *table, int width)
{
    struct nb_heads heads = { 0 };
    int from = 0;
    for (int i = 0; i < reader->records.count; i++) {
        const struct nb_record *record = &reader->records.items[i];
        if (record->target < 0 || record->astray)
            continue;
        const struct nb_target *target = &reader->frame->targets[record->target];
        if (target->table == table) {
            nb_heads_read(&heads, reader->reading->form, &reader->atoms, from, record->slots,
                          reader->frame, target, width);
            break;
        }
        from = record->end;
    }
    for (int i = 0; i < reader->frame->n_targets; i++) {
        if (reader->frame->targets[i].table == table)
            reader->heads[i] = heads;
    }
}

/* ---- frames ---- */

static void tell_missing_rows(struct reader *reader)
{
    assert(reader->records.record_of);
    bool any = false;
    for (int i = 0; i < reader->frame->n_targets; i++)
        any |= reader->records.record_of[i] >= 0;
    for (int i = 0; i < reader->frame->n_targets; i++) {
        if (reader->records.record_of[i] < 0 && any)
            doubt_row(reader, NULL, &reader->frame->targets[i], NB_MSG_IMPORT_MISSING_ROW);
    }
    if (any)
        return;
    struct nb_buf name = { 0 };
    nb_table_add_name(&name, reader->frame->tables[0]);
    struct nb_diag *diag =
        nb_diag_add(reader->reading->diags, reader->reading->file, (struct nb_mark) { 1, 1 },
                    NB_MSG_IMPORT_MISSING_TABLE, "table", nb_buf_text(&name), NULL);
    for (int i = 0; i < reader->frame->n_targets; i++)
        nb_doubt(reader->reading, diag, reader->frame->targets[i].cells,
                 reader->frame->targets[i].n_cells, -1);
    nb_buf_release(&name);
}

/* Lines among a table whose characters are not those of its labels may be text of the report. */
static void tell_strange_lines(const struct reader *reader, int index)
{
    enum { FOREIGN = 800, LEAST_CODES = 8 };
    struct nb_reading *reading = reader->reading;
    for (int i = 0; i < reading->document->n_strips; i++) {
        const struct nb_strip *strip = &reading->document->strips[i];
        int part = reading->sorting->part_of[i];
        if (part < 0 || reading->sorting->parts[part].frame != index ||
            (strip->is_row && strip->n_scraps > 1))
            continue;
        struct nb_codes codes = { 0 };
        nb_codes_add(&codes, strip->text, strlen(strip->text));
        if (codes.count >= LEAST_CODES && nb_known_share(reader->frame, &codes) < FOREIGN &&
            !nb_count_figures(reading->form, strip))
            nb_tell_strips(reading, NB_MSG_IMPORT_LEFT_OUT, i, 1);
        nb_codes_release(&codes);
    }
}

/* A table of one row without a label may come in several: their heads first, then their figures, so
 * that they are one again. */
static void join_row(struct nb_atoms *atoms, const struct nb_frame *frame)
{
    if (frame->n_targets != 1 || frame->targets[0].spelling)
        return;
    int figures = 0, labels = 0;
    for (int i = 0; i < atoms->count; i++)
        figures += atoms->items[i].kind != NB_ATOM_LABEL && atoms->items[i].kind != NB_ATOM_BLANK;
    if (figures != frame->targets[0].n_cells)
        return;
    struct nb_atom *sorted = nb_xalloc((size_t)(atoms->count + 1) * sizeof *sorted);
    for (int i = 0; i < atoms->count; i++) {
        if (atoms->items[i].kind == NB_ATOM_LABEL)
            sorted[labels++] = atoms->items[i];
    }
    int count = labels;
    for (int i = 0; i < atoms->count; i++) {
        if (atoms->items[i].kind == NB_ATOM_LABEL || atoms->items[i].kind == NB_ATOM_BLANK)
            continue;
        sorted[count] = atoms->items[i];
        sorted[count].strip = sorted[labels].strip;
        count++;
    }
    free(atoms->items);
    atoms->items = sorted;
    atoms->cap = atoms->count + 1;
    atoms->count = count;
}

static void read_frame(struct nb_reading *reading, int index)
{
    const struct nb_frame *frame = &reading->known->frames[index];
    struct reader reader = { .reading = reading, .frame = frame };
    reader.atoms.form = reading->form;
    reader.atoms.document = reading->document;
    for (int i = 0; i < reading->document->n_strips; i++) {
        int part = reading->sorting->part_of[i];
        if (part >= 0 && reading->sorting->parts[part].frame == index)
            nb_atoms_add(&reader.atoms, i);
    }
    join_row(&reader.atoms, frame);
    nb_records_read(&reader.records, &reader.atoms, frame);
    reader.heads = nb_xalloc((size_t)frame->n_targets * sizeof *reader.heads);
    reader.slots = nb_xalloc(((size_t)reader.records.count + 1) * sizeof *reader.slots);
    int width = usual_width(&reader);
    for (int i = 0; i < frame->n_tables; i++)
        read_heads_of(&reader, frame->tables[i], width);
    nb_slots_resolve(reading, frame, &reader.records, &reader.atoms, reader.heads, reader.slots);
    for (int i = 0; i < reader.records.count; i++)
        read_record(&reader, i);
    tell_all_heads(&reader);
    tell_pieces(&reader);
    tell_missing_rows(&reader);
    tell_strange_lines(&reader, index);
    for (int i = 0; i < reader.records.count; i++)
        free(reader.slots[i].atom_of);
    free(reader.slots);
    free(reader.heads);
    nb_records_release(&reader.records);
    nb_atoms_release(&reader.atoms);
}

void nb_read_tables(struct nb_reading *reading)
{
    for (int i = 0; i < reading->known->n_frames; i++)
        read_frame(reading, i);
}
