/* A comparison as a person reads it:
 *
 *     - 示例市 2023  2023.yaml
 *     + 示例市 2024  2024.yaml
 *
 *     一、数字
 *       合计
 *         上半年  2101 → 2217  +116  +5.5%
 */
#include <stdlib.h>
#include <string.h>

#include "nianbao/compare.h"
#include "nianbao/text.h"

enum { MOST_NAME = 36 }; /* longer names are not waited for */

enum field { NAME, OLD, NEW, CHANGE, PERCENT, N_FIELDS };

/* A line about a figure. */
struct line {
    const char *fields[N_FIELDS];
    const struct nb_node *row; /* the row under whose name it stands, NULL: it names its own */
};

struct writer {
    const struct nb_comparison *comparison;
    struct nb_arena arena;
    struct nb_buf *out;
};

static const struct nb_form *form_of(const struct writer *writer, int side)
{
    return nb_draft_form(writer->comparison->drafts[side]);
}

static const char *keep(struct writer *writer, struct nb_buf *text)
{
    const char *kept = nb_arena_strdup(&writer->arena, nb_buf_text(text));
    nb_buf_release(text);
    return kept;
}

/* ---- figures ---- */

static const char blank[] = "（空）";

static bool all_blank(const struct line *lines, int count, enum field side)
{
    for (int i = 0; i < count; i++) {
        if (lines[i].fields[side] != blank)
            return false;
    }
    return true;
}

/* The side whose form has the address as one cell, the new one first. */
static int named_side(const struct nb_difference *item)
{
    return item->cell[NB_NEW] >= 0 ? NB_NEW : NB_OLD;
}

static void add_cell_name(struct writer *writer, const struct nb_cell *cell, struct line *line)
{
    const struct nb_leaf *row = &cell->table->rows.leaves[cell->row];
    const struct nb_leaf *column = &cell->table->columns.leaves[cell->column];
    struct nb_buf name = { 0 };
    bool in_row = row->node->brief[0] && column->path[0];
    if (in_row)
        line->row = row->node;
    nb_node_add_name(&name, in_row || !row->node->brief[0] ? column->node : row->node);
    if (cell->kind == NB_AMOUNT && cell->unit)
        nb_buf_printf(&name, "（%s）", cell->unit);
    line->fields[NAME] = keep(writer, &name);
}

static const char *value_text(struct writer *writer, const struct nb_difference *item, int side)
{
    struct nb_buf text = { 0 };
    if (item->filled[side])
        nb_wide_write(&text, item->value[side]);
    else
        return blank;
    return keep(writer, &text);
}

static const char *change_text(struct writer *writer, const struct nb_difference *item)
{
    struct nb_buf text = { 0 };
    nb_wide change;
    if (nb_difference_change(item, &change)) {
        nb_buf_puts(&text, change > 0 ? "+" : "");
        nb_wide_write(&text, change);
    }
    return keep(writer, &text);
}

static const char *percent_text(struct writer *writer, const struct nb_difference *item)
{
    struct nb_buf text = { 0 };
    nb_wide permille;
    if (nb_difference_permille(item, &permille)) {
        nb_wide size = permille < 0 ? -permille : permille;
        nb_buf_puts(&text, permille < 0 ? "-" : "+");
        nb_wide_write(&text, size / 10 * 1000000);
        nb_buf_printf(&text, ".%d%%", (int)(size % 10));
    }
    return keep(writer, &text);
}

static struct line line_of(struct writer *writer, const struct nb_difference *item)
{
    struct line line = { .row = NULL };
    int side = named_side(item);
    if (item->cell[side] >= 0)
        add_cell_name(writer, &form_of(writer, side)->cells[item->cell[side]], &line);
    else
        line.fields[NAME] = item->address;
    line.fields[OLD] = value_text(writer, item, NB_OLD);
    line.fields[NEW] = value_text(writer, item, NB_NEW);
    line.fields[CHANGE] = change_text(writer, item);
    line.fields[PERCENT] = percent_text(writer, item);
    return line;
}

static void pad(struct nb_buf *out, const char *text, int width, bool right)
{
    int spare = width - nb_text_width(text, strlen(text));
    spare = spare > 0 ? spare : 0;
    nb_buf_pad(out, ' ', right ? spare : 0);
    nb_buf_puts(out, text);
    nb_buf_pad(out, ' ', right ? 0 : spare);
}

static void write_line(struct writer *writer, const struct line *line, const int *widths)
{
    struct nb_buf *out = writer->out;
    nb_buf_puts(out, line->row ? "    " : "  ");
    pad(out, line->fields[NAME], widths[NAME] - (line->row ? 2 : 0), false);
    nb_buf_puts(out, "  ");
    pad(out, line->fields[OLD], widths[OLD], true);
    nb_buf_puts(out, " → ");
    pad(out, line->fields[NEW], widths[NEW], true);
    if (line->fields[CHANGE][0]) {
        nb_buf_puts(out, "  ");
        pad(out, line->fields[CHANGE], widths[CHANGE], true);
    }
    if (line->fields[PERCENT][0]) {
        nb_buf_puts(out, "  ");
        pad(out, line->fields[PERCENT], widths[PERCENT], true);
    }
    while (out->data[out->len - 1] == ' ') /* of a blank new value */
        out->data[--out->len] = '\0';
    nb_buf_putc(out, '\n');
}

static void measure(const struct line *lines, int count, int *widths)
{
    for (int i = 0; i < count; i++) {
        for (int field = 0; field < N_FIELDS; field++) {
            const char *text = lines[i].fields[field];
            int width = nb_text_width(text, strlen(text)) + (field == NAME && lines[i].row ? 2 : 0);
            if (width > widths[field] && (field != NAME || width <= MOST_NAME))
                widths[field] = width;
        }
    }
}

static bool is_figure_of_both(const struct nb_difference *item)
{
    return item->kind == NB_DIFFERENCE_FIGURE && item->known[NB_OLD] && item->known[NB_NEW];
}

/* ---- texts ---- */

/* The sentences of one side, each with `sign` before it, references as figures. */
static void write_sentences(struct writer *writer, const struct nb_difference *item, int side,
                            const char *sign)
{
    struct nb_buf text = { 0 };
    nb_draft_add_resolved(writer->comparison->drafts[side], item->text[side], &text);
    for (const char *at = nb_buf_text(&text); *at;) {
        size_t len = strcspn(at, "\n");
        nb_buf_printf(writer->out, "  %s ", sign);
        nb_buf_add(writer->out, at, len);
        nb_buf_putc(writer->out, '\n');
        at += len + (at[len] == '\n');
    }
    nb_buf_release(&text);
}

static void write_text(struct writer *writer, const struct nb_difference *item)
{
    if (!item->known[NB_OLD] || !item->known[NB_NEW])
        return; /* counted below */
    write_sentences(writer, item, NB_OLD, "-");
    write_sentences(writer, item, NB_NEW, "+");
    if (!item->text[NB_OLD][0] && !item->text[NB_NEW][0])
        nb_buf_puts(writer->out, "  （文字相同，只有空白或分行不同）\n");
}

static const char *head_name(const struct writer *writer, const char *address)
{
    if (strcmp(address, "form") == 0)
        return "格式";
    if (strcmp(address, "year") == 0)
        return "年度";
    return nb_head_text_name(nb_draft_find_text(writer->comparison->drafts[NB_NEW], address));
}

static void write_head_text(struct writer *writer, const struct nb_difference *item)
{
    const char *old = item->text[NB_OLD], *new = item->text[NB_NEW];
    nb_buf_printf(writer->out, "  %s  %s → %s\n", head_name(writer, item->address),
                  old[0] ? old : blank, new[0] ? new : blank);
}

/* ---- records ---- */

/* An address as people call it. */
static void add_place(struct nb_buf *out, const struct nb_draft *draft, const char *address)
{
    const struct nb_form *form = nb_draft_form(draft);
    int cell = nb_form_find_cell(form, address, strlen(address));
    if (cell >= 0)
        nb_cell_add_name(out, form, cell);
    else
        nb_buf_puts(out, address);
}

static void write_record(struct writer *writer, const struct nb_difference *item)
{
    int side = item->record[NB_NEW] ? NB_NEW : NB_OLD;
    struct nb_buf *out = writer->out;
    nb_buf_puts(out, side == NB_NEW ? "  +" : "  -");
    for (int field = 0; field < NB_RECORD_FIELDS; field++) {
        if (!item->record[side][field][0])
            continue;
        nb_buf_puts(out, " ");
        struct nb_buf text = { 0 };
        add_place(&text, writer->comparison->drafts[side], item->record[side][field]);
        nb_text_add_visible(out, nb_buf_text(&text), text.len);
        nb_buf_release(&text);
    }
    nb_buf_putc(out, '\n');
}

/* ---- groups of differences ---- */

/* What stands under one heading has the same key. */
static const char *key_of(const struct nb_difference *item)
{
    if (item->kind == NB_DIFFERENCE_RECORD || strcmp(item->address, "preamble") == 0)
        return item->address;
    return item->section;
}

static const char *heading_of(const struct writer *writer, const struct nb_difference *item)
{
    if (item->kind == NB_DIFFERENCE_RECORD)
        return nb_list_title(item->list);
    if (!item->section[0])
        return strcmp(item->address, "preamble") == 0 ? "前言" : "抬头";
    for (int side = NB_NEW; side >= NB_OLD; side--) {
        const struct nb_form *form = form_of(writer, side);
        for (int i = 0; i < form->n_sections; i++) {
            if (strcmp(form->sections[i].id, item->section) == 0)
                return nb_section_title(&form->sections[i]);
        }
    }
    return item->section;
}

/* What only one of the forms has is counted, not listed. */
static void write_unknown(struct writer *writer, const struct nb_difference *items, int count,
                          int side)
{
    int cells = 0, filled = 0, texts = 0;
    for (int i = 0; i < count; i++) {
        if (items[i].known[!side])
            continue;
        cells += items[i].kind == NB_DIFFERENCE_FIGURE;
        filled += items[i].filled[side];
        texts += items[i].kind == NB_DIFFERENCE_TEXT;
    }
    if (!cells && !texts)
        return;
    nb_buf_printf(writer->out, "  只有 %s 格式有：", form_of(writer, side)->id);
    if (cells)
        nb_buf_printf(writer->out, "%d 格（填了 %d 格）", cells, filled);
    if (texts)
        nb_buf_printf(writer->out, "%s%d 篇文字", cells ? "，" : "", texts);
    nb_buf_putc(writer->out, '\n');
}

/* A row that was blank, or is blank now, as one line. */
static void write_blank_row(struct writer *writer, const struct line *lines, int count)
{
    for (int side = OLD; side <= NEW; side++) {
        nb_buf_puts(writer->out, side == NEW ? " → " : "  ");
        if (all_blank(lines, count, (enum field)side))
            nb_buf_puts(writer->out, blank);
        else
            for (int i = 0; i < count; i++)
                nb_buf_printf(writer->out, "%s%s", i ? " " : "", lines[i].fields[side]);
    }
    nb_buf_putc(writer->out, '\n');
}

/* Lines that follow each other in one row, or one that names its own. */
static void write_row(struct writer *writer, const struct line *lines, int count, const int *widths)
{
    if (lines->row) {
        nb_buf_puts(writer->out, "  ");
        nb_node_add_name(writer->out, lines->row);
    }
    if (count > 1 && (all_blank(lines, count, OLD) || all_blank(lines, count, NEW))) {
        write_blank_row(writer, lines, count);
        return;
    }
    nb_buf_puts(writer->out, lines->row ? "\n" : "");
    for (int i = 0; i < count; i++)
        write_line(writer, &lines[i], widths);
}

static void write_figures(struct writer *writer, const struct nb_difference *items, int count)
{
    struct line *lines = nb_xalloc((size_t)count * sizeof *lines);
    int widths[N_FIELDS] = { 0 }, n_lines = 0;
    for (int i = 0; i < count; i++) {
        if (is_figure_of_both(&items[i]))
            lines[n_lines++] = line_of(writer, &items[i]);
    }
    measure(lines, n_lines, widths);
    for (int from = 0, to; from < n_lines; from = to) {
        to = from + 1;
        while (to < n_lines && lines[from].row && lines[to].row == lines[from].row)
            to++;
        write_row(writer, &lines[from], to - from, widths);
    }
    free(lines);
}

static void write_group(struct writer *writer, const struct nb_difference *items, int count)
{
    nb_buf_printf(writer->out, "\n%s\n", heading_of(writer, items));
    for (int i = 0; i < count; i++) {
        if (items[i].kind == NB_DIFFERENCE_RECORD)
            write_record(writer, &items[i]);
        else if (items[i].kind == NB_DIFFERENCE_TEXT && !key_of(&items[i])[0])
            write_head_text(writer, &items[i]);
        else if (items[i].kind == NB_DIFFERENCE_TEXT)
            write_text(writer, &items[i]);
    }
    write_figures(writer, items, count);
    write_unknown(writer, items, count, NB_OLD);
    write_unknown(writer, items, count, NB_NEW);
}

static void write_title(struct writer *writer, const char *sign, int side, const char *name)
{
    const struct nb_draft *draft = writer->comparison->drafts[side];
    nb_buf_printf(writer->out, "%s %s %d  ", sign, nb_draft_text(draft, NB_TEXT_UNIT),
                  nb_draft_year(draft));
    nb_text_add_visible(writer->out, name, strlen(name));
    nb_buf_putc(writer->out, '\n');
}

void nb_comparison_write_text(const struct nb_comparison *comparison, const char *const names[2],
                              struct nb_buf *out)
{
    struct writer writer = { .comparison = comparison, .out = out };
    if (!comparison->count)
        return;
    write_title(&writer, "-", NB_OLD, names[NB_OLD]);
    write_title(&writer, "+", NB_NEW, names[NB_NEW]);
    for (int from = 0, to; from < comparison->count; from = to) {
        const struct nb_difference *first = &comparison->items[from];
        for (to = from + 1; to < comparison->count; to++) {
            if (strcmp(key_of(&comparison->items[to]), key_of(first)) != 0)
                break;
        }
        write_group(&writer, first, to - from);
    }
    nb_arena_release(&writer.arena);
}
