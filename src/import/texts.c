/* Everything of a report that is no table: title, preamble, proses, signature. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "prose.h"
#include "reading.h"
#include "title.h"

struct list {
    int *items; /* strips; heap */
    int count, cap;
};

static void add(struct list *list, int strip)
{
    NB_GROW(list->items, list->count, list->cap);
    list->items[list->count++] = strip;
}

static const struct nb_strip *strip_at(const struct nb_reading *reading, int strip)
{
    return &reading->document->strips[strip];
}

static const struct nb_part *part_of(const struct nb_reading *reading, int strip)
{
    int part = reading->sorting->part_of[strip];
    return part < 0 ? NULL : &reading->sorting->parts[part];
}

/* Strips of texts before the first section (`prose` -1) or of one prose, but empty ones. */
static struct list strips_of(const struct nb_reading *reading, enum nb_part_kind kind, int prose)
{
    struct list list = { 0 };
    for (int i = 0; i < reading->document->n_strips; i++) {
        const struct nb_part *part = part_of(reading, i);
        if (part && part->kind == kind && part->prose == prose && strip_at(reading, i)->text[0])
            add(&list, i);
    }
    return list;
}

/* ---- signature ---- */

struct signature {
    int first, count; /* places in the list of strips that are it */
    char date[11];
    struct nb_buf by;
};

static bool may_sign(const struct nb_strip *strip)
{
    enum { LEAST_COLS = 6, MOST_COLS = 100 };
    int width = nb_text_width(strip->text, strlen(strip->text));
    bool paragraph = strip->indent_cols >= 2 && strip->indent_cols <= 8 && !strip->flush_right;
    return !strip->is_row && !paragraph && !nb_ends_line(strip->text) && width >= LEAST_COLS &&
           width <= MOST_COLS;
}

/* The lines of the signer above the date, or at the end where there is none. */
static void find_signer(const struct nb_reading *reading, const struct list *list, int end,
                        struct signature *signature)
{
    enum { MOST_LINES = 12 };
    bool printed = reading->document->frame_cols > 0;
    int first = end;
    while (first > 0 && end - first < MOST_LINES &&
           may_sign(strip_at(reading, list->items[first - 1]))) {
        const struct nb_strip *strip = strip_at(reading, list->items[first - 1]);
        if (end < list->count && strip_at(reading, list->items[end])->flush_right && strip->whole &&
            !strip->flush_right)
            return; /* the date stands at the right, this does not */
        first--;
        if (strip->apart || strip->whole || !printed)
            break;
    }
    if (first == end || (printed && first && !strip_at(reading, list->items[first])->apart))
        return;
    for (int i = first; i < end; i++) {
        const char *text = strip_at(reading, list->items[i])->text;
        if (signature->by.len)
            nb_join_lines(&signature->by, text, 400);
        else
            nb_buf_puts(&signature->by, text);
    }
    signature->count += end - first;
    signature->first = first;
}

/* 示例市人民政府办公室　　2025年1月20日 on one line. */
static bool read_one_line(const struct nb_strip *strip, struct signature *signature)
{
    if (strip->n_scraps != 2 || !nb_read_date(strip->scraps[1].text, signature->date) ||
        nb_ends_line(strip->scraps[0].text))
        return false;
    nb_buf_puts(&signature->by, strip->scraps[0].text);
    return true;
}

static void find_signature(const struct nb_reading *reading, const struct list *list,
                           struct signature *signature)
{
    enum { MOST_BEHIND = 12 };
    bool printed = reading->document->frame_cols > 0;
    *signature = (struct signature) { .first = list->count };
    for (int i = list->count - 1; i >= 0 && i >= list->count - MOST_BEHIND; i--) {
        const struct nb_strip *strip = strip_at(reading, list->items[i]);
        bool dated = nb_read_date(strip->text, signature->date);
        if (!dated && !read_one_line(strip, signature))
            continue;
        signature->first = i;
        signature->count = 1;
        if (dated && !(printed && strip->apart))
            find_signer(reading, list, i, signature);
        return;
    }
    signature->date[0] = '\0';
    const struct nb_strip *last =
        list->count ? strip_at(reading, list->items[list->count - 1]) : NULL;
    if (last && (printed || last->flush_right))
        find_signer(reading, list, list->count, signature);
}

/* What stands behind the signature is no text of the report. */
static bool take_signature(struct nb_reading *reading, struct list *list)
{
    struct signature signature;
    find_signature(reading, list, &signature);
    struct nb_draft *draft = reading->import->draft;
    if (signature.count) {
        assert(list->items);
        int behind = signature.first + signature.count;
        if (!nb_draft_text_fault(NB_TEXT_SIGNED_BY, nb_buf_text(&signature.by)))
            nb_draft_set_text(draft, NB_TEXT_SIGNED_BY, nb_buf_text(&signature.by));
        nb_draft_set_text(draft, NB_TEXT_SIGNED_DATE, signature.date);
        if (behind < list->count)
            nb_tell_strips(reading, NB_MSG_IMPORT_LEFT_OUT, list->items[behind],
                           list->count - behind);
        list->count = signature.first;
    }
    nb_buf_release(&signature.by);
    return signature.count > 0;
}

/* ---- proses ---- */

/* Rows of tables that the form does not have are kept as text, which is told. */
static void tell_rows(const struct nb_reading *reading, const struct list *list)
{
    for (int i = 0; i < list->count; i++) {
        const struct nb_strip *strip = strip_at(reading, list->items[i]);
        const struct nb_strip *last = i ? strip_at(reading, list->items[i - 1]) : NULL;
        if (strip->is_row && strip->n_scraps > 1 && !(last && last->is_row && last->n_scraps > 1))
            nb_tell_strips(reading, NB_MSG_IMPORT_STRANGE_TABLE, list->items[i], 1);
    }
}

static void set_prose(struct nb_reading *reading, const struct nb_wrapping *wrapping,
                      const struct list *list, int text)
{
    struct nb_buf prose = { 0 };
    nb_add_paragraphs(wrapping, reading->document, list->items, list->count, &prose);
    if (prose.len)
        prose.len = nb_text_normalise(prose.data, prose.len);
    nb_draft_set_text(reading->import->draft, text, nb_buf_text(&prose));
    tell_rows(reading, list);
    nb_buf_release(&prose);
}

/* The last prose before the annexes: the signature stands at its end. */
static int signed_prose(const struct nb_reading *reading)
{
    int last = -1;
    for (int i = 0; i < reading->sorting->n_parts; i++) {
        const struct nb_part *part = &reading->sorting->parts[i];
        if (part->prose >= 0 && !reading->form->sections[part->section].annex)
            last = part->prose;
    }
    return last;
}

/* How many strips from `first` are lines of one paragraph, which are joined in `text`. */
static int join_run(const struct nb_reading *reading, const struct list *list, int first,
                    struct nb_buf *text)
{
    enum { MOST_COLS = 400 };
    int count = 1;
    text->len = 0;
    nb_buf_puts(text, strip_at(reading, list->items[first])->text);
    for (int i = first + 1; i < list->count; i++, count++) {
        const struct nb_strip *strip = strip_at(reading, list->items[i]);
        if (strip->apart || strip->is_row || strip->whole ||
            list->items[i] != list->items[i - 1] + 1)
            break;
        nb_join_lines(text, strip->text, MOST_COLS);
    }
    return count;
}

/* Strips whose text the form has no place for: lines below a table, a signature behind an annex. */
static void read_homeless(struct nb_reading *reading, bool signed_already)
{
    struct list list = strips_of(reading, NB_PART_TEXT, -1);
    struct nb_buf text = { 0 };
    if (!signed_already)
        take_signature(reading, &list);
    int first = 0, left_out = 0;
    for (int i = 0, count; i < list.count; i += count) {
        count = join_run(reading, &list, i, &text);
        if (nb_read_foot(reading, text.data))
            continue;
        first = left_out ? first : list.items[i];
        left_out += count;
    }
    nb_tell_strips(reading, NB_MSG_IMPORT_LEFT_OUT, first, left_out);
    nb_buf_release(&text);
    free(list.items);
}

static struct nb_wrapping find_wrapping(const struct nb_reading *reading)
{
    struct list all = { 0 };
    struct nb_wrapping wrapping;
    for (int i = 0; i < reading->document->n_strips; i++) {
        const struct nb_part *part = part_of(reading, i);
        if (part && part->kind != NB_PART_TABLE)
            add(&all, i);
    }
    nb_wrapping_find(&wrapping, reading->document, all.items, all.count);
    free(all.items);
    return wrapping;
}

/* ---- before the first section ---- */

static bool is_heading_again(const struct nb_reading *reading, const struct nb_strip *strip)
{
    enum { SAME = 950 };
    int number, best = 0;
    struct nb_codes codes = { 0 };
    const char *bare = nb_skip_enumerator(strip->text, &number);
    nb_codes_add(&codes, bare, strlen(bare));
    for (int i = 0; i < reading->form->n_sections; i++) {
        int like = nb_codes_likeness(&codes, &reading->known->headings[i]);
        best = like > best ? like : best;
    }
    nb_codes_release(&codes);
    return best >= SAME;
}

/* Lines of a web page around its text: date of publishing, source, size of letters. */
static bool is_loose(const struct nb_reading *reading, const struct nb_strip *strip)
{
    return reading->document->n_containers > 0 && strip->container > 0 && strip->loose &&
           !nb_ends_line(strip->text);
}

static void read_preamble(struct nb_reading *reading, const struct nb_wrapping *wrapping,
                          const struct nb_title *title)
{
    struct list all = strips_of(reading, NB_PART_BEFORE, -1), list = { 0 };
    int left_out = 0, first = 0;
    for (int i = 0; i < all.count; i++) {
        const struct nb_strip *strip = strip_at(reading, all.items[i]);
        if (title->count && all.items[i] < title->first + title->count) {
            if (all.items[i] >= title->first)
                continue;
        } else if (!is_heading_again(reading, strip) && !is_loose(reading, strip)) {
            add(&list, all.items[i]);
            continue;
        }
        first = left_out++ ? first : all.items[i];
    }
    set_prose(reading, wrapping, &list, NB_TEXT_PREAMBLE);
    nb_tell_strips(reading, NB_MSG_IMPORT_LEFT_OUT, first, left_out);
    free(all.items);
    free(list.items);
}

static void tell_at(const struct nb_reading *reading, enum nb_message message, const char *name,
                    const char *text)
{
    nb_diag_add(reading->diags, reading->file, (struct nb_mark) { 1, 1 }, message, name, text,
                NULL);
}

static void tell_unit(const struct nb_reading *reading, enum nb_message message, const char *unit,
                      const char *where)
{
    nb_diag_add(reading->diags, reading->file, (struct nb_mark) { 1, 1 }, message, "unit", unit,
                "where", where, NULL);
}

/* The user's name, the title's, what the texts say, else a blank. A title that was broken into
 * lines may have taken in a line that is none of it. */
static void set_unit(struct nb_reading *reading, const struct nb_import_options *options,
                     const struct nb_title *title)
{
    static const char blank[] = "＿＿";
    const char *unit = options->unit ? options->unit : title->unit;
    struct nb_buf found = { 0 };
    bool usable = unit[0] && !nb_draft_text_fault(NB_TEXT_UNIT, unit);
    const char *where = usable ? NULL : nb_unit_find(reading, &found);
    if (usable && !options->unit && title->count > 1 && !nb_unit_is_said(reading, unit))
        tell_unit(reading, NB_MSG_IMPORT_UNIT, unit, "标题的几行");
    else if (where)
        tell_unit(reading, NB_MSG_IMPORT_UNIT, unit = found.data, where);
    else if (!usable)
        tell_unit(reading, NB_MSG_IMPORT_NO_UNIT_NAME, unit = blank, "");
    nb_draft_set_text(reading->import->draft, NB_TEXT_UNIT, unit);
    nb_buf_release(&found);
}

static void tell_headings(const struct nb_reading *reading)
{
    for (int i = 0; i < reading->form->n_sections; i++) {
        const char *heading = reading->form->sections[i].heading;
        if (heading[0] && reading->sorting->headings[i] < 0)
            tell_at(reading, NB_MSG_IMPORT_NO_HEADING, "heading", heading);
    }
}

/* ---- where the first section begins ---- */

/* 一、 begins a part of the report, where no heading of the form does. */
static bool begins_part(const struct nb_strip *strip)
{
    static const char one[] = "一";
    int number;
    return nb_skip_enumerator(strip->text, &number) != strip->text && number == 1 &&
           strncmp(strip->text, one, sizeof one - 1) == 0;
}

/* A first section without a heading begins there, else behind the title. */
static void settle_start(struct nb_reading *reading, const struct nb_title *title)
{
    struct nb_sorting *sorting = reading->sorting;
    int text = 1, start = title->count ? title->first + title->count : 0;
    if (sorting->n_parts < 2 || reading->form->sections[0].heading[0])
        return;
    int end = 0, first = start;
    while (end < reading->document->n_strips &&
           (sorting->part_of[end] == 0 || sorting->part_of[end] == text))
        end++;
    while (first < end && !begins_part(strip_at(reading, first)))
        first++;
    for (int i = 0; i < end; i++)
        sorting->part_of[i] = i < (first < end ? first : start) ? 0 : text;
}

void nb_read_texts(struct nb_reading *reading, const struct nb_import_options *options)
{
    enum { FIRST_STRIPS = 400 };
    struct nb_wrapping wrapping = find_wrapping(reading);
    struct nb_title title;
    int before = 0, last = signed_prose(reading);
    bool is_signed = false;
    while (before < reading->document->n_strips && before < FIRST_STRIPS &&
           part_of(reading, before) && part_of(reading, before)->kind != NB_PART_TABLE)
        before++;
    nb_title_find(&title, reading->document, before, reading->form);
    settle_start(reading, &title);
    read_preamble(reading, &wrapping, &title);
    for (int i = 0; i < reading->form->n_proses; i++) {
        struct list list = strips_of(reading, NB_PART_TEXT, i);
        if (i == last)
            is_signed = take_signature(reading, &list);
        set_prose(reading, &wrapping, &list, NB_TEXT_PROSE + i);
        free(list.items);
    }
    read_homeless(reading, is_signed);
    set_unit(reading, options, &title);
    tell_headings(reading);
    nb_title_release(&title);
}
