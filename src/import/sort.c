/* Which part of the report is each strip?
 *
 * Parts come in the form's order: before, then for each section heading, texts and tables. A strip
 * has a price in each part: figures are dear in a text, sentences in a table. Headings lead from
 * one section to the next; to go on without one is dear, too. The cheapest walk over all strips is
 * found by dynamic programming, so that no single strange line leads astray. */
#include "sort.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "atom.h"
#include "nianbao/text.h"
#include "prose.h"

enum {
    /* prices; a strip where it belongs costs nothing */
    PIECE = 5,          /* a line that could be part of a label, in a table */
    ODD = 10,           /* any other line, in a text */
    FRAGMENT = 30,      /* a short line in a table */
    STRANGER = 60,      /* cells without a known label; a label in a text */
    LONG_LINE = 120,    /* in a table */
    FIGURES = 150,      /* alone, in a text */
    KNOWN_ROW = 250,    /* cells with known labels in a text */
    SENTENCE = 300,     /* in a table */
    NO_HEADING = 150,   /* a section that begins without one */
    FOUND_HEADING = 200 /* what an exact heading saves */
};

/* Of a label's likeness, and of the share of codes that labels have. */
enum { LIKELY = 750, EXACT = 970, NATIVE = 900 };

/* What a strip looks like, whatever the part. */
struct looks {
    int solid, figures; /* scraps that are not blank; of these figures */
    int known;          /* the best likeness to a label of any frame */
    int width;
    bool sentence;
    bool spread; /* a line with gaps between its scraps */
    bool row;    /* a line with figures behind a label, but one blank between */
};

struct candidate {
    int strip, count, section, price;
};

struct step {
    int part;      /* the part before */
    int candidate; /* the heading that was taken, -1: the strip went into the part */
};

struct walk {
    const struct nb_document *document;
    struct nb_known *known;
    struct nb_sorting *sorting;
    struct looks *looks;
    int *likeness; /* [strip * n_frames + frame]: of the likeliest scrap to a label */
    int *shares;   /* likewise: of all codes, those that occur in labels */
    int *rows;     /* by frame: rows of cells that know its labels */
    struct candidate *candidates; /* by strip */
    int n_candidates, cap_candidates;
    int *prices; /* [strip * n_parts + part]: the cheapest way to be there before the strip */
    struct step *steps; /* likewise: its last step */
};

/* ---- looks ---- */

/* Heads beside each other with but one blank between: how many words there are, each of them a
 * label; 0 where one is none. */
static int count_label_words(struct walk *walk, const char *line)
{
    enum { MOST_BYTES = 300 };
    int count = 0;
    bool all = strlen(line) <= MOST_BYTES;
    for (const char *at = line; *at && all; at += strspn(at, " ")) {
        struct nb_codes word = { 0 };
        size_t len = strcspn(at, " ");
        int like = 0;
        nb_codes_add(&word, at, len);
        for (int f = 0; f < walk->known->n_frames && like < EXACT; f++)
            like = nb_known_likeness(walk->known, &walk->known->frames[f], &word);
        nb_codes_release(&word);
        all = like >= EXACT;
        count++;
        at += len;
    }
    return all ? count : 0;
}

static void look_at(struct walk *walk, int index)
{
    enum { LONG_COLS = 70, SHORT_COLS = 16, SURE = 900, SOME_FIGURES = 2, MOST_LABEL_BYTES = 600 };
    const struct nb_strip *strip = &walk->document->strips[index];
    struct looks *looks = &walk->looks[index];
    int *likeness = &walk->likeness[index * walk->known->n_frames];
    int *shares = &walk->shares[index * walk->known->n_frames];
    struct nb_codes all = { 0 };
    struct nb_buf label = { 0 };
    size_t len = strlen(strip->text);
    nb_codes_add(&all, strip->text, len <= MOST_LABEL_BYTES ? len : 0);
    for (int f = 0; f < walk->known->n_frames; f++)
        shares[f] = nb_known_share(&walk->known->frames[f], &all);
    nb_codes_release(&all);
    looks->width = nb_text_width(strip->text, strlen(strip->text));
    looks->figures = nb_count_figures(walk->known->form, strip);
    for (int i = 0; i < strip->n_scraps; i++) {
        int number;
        struct nb_codes codes = { 0 };
        const char *text = strip->scraps[i].text;
        if (!strip->is_row && nb_split_line(walk->known->form, text, &label) >= SOME_FIGURES) {
            text = nb_buf_text(&label);
            looks->row = true;
        }
        const char *bare = nb_skip_enumerator(text, &number);
        len = strlen(bare);
        nb_codes_add(&codes, bare, len <= MOST_LABEL_BYTES ? len : 0);
        looks->solid += strip->scraps[i].text[0] != '\0';
        for (int f = 0; f < walk->known->n_frames; f++) {
            int like = nb_known_likeness(walk->known, &walk->known->frames[f], &codes);
            likeness[f] = like > likeness[f] ? like : likeness[f];
            looks->known = like > looks->known ? like : looks->known;
        }
        nb_codes_release(&codes);
    }
    nb_buf_release(&label);
    bool native = false;
    for (int f = 0; f < walk->known->n_frames; f++)
        native |= shares[f] >= NATIVE;
    for (int f = 0; f < walk->known->n_frames; f++)
        walk->rows[f] += strip->is_row && looks->solid > 1 && likeness[f] >= SURE;
    bool prose =
        looks->width > LONG_COLS || (nb_ends_sentence(strip->text) && looks->width > SHORT_COLS);
    looks->spread =
        !strip->is_row && (looks->solid > 2 || count_label_words(walk, strip->text) > 2);
    looks->sentence = prose && (!strip->is_row || looks->solid < 2) && looks->known < SURE &&
                      looks->figures < SOME_FIGURES && !((looks->spread || looks->row) && native);
}

/* ---- prices ---- */

static bool is_line(const struct walk *walk, int index)
{
    return !walk->document->strips[index].is_row;
}

/* Does the frame stand there as rows of cells? Then lines are hardly part of it. */
static bool has_rows(const struct walk *walk, int frame)
{
    enum { SOME_ROWS = 3 };
    return walk->rows[frame] >= SOME_ROWS;
}

static int price_in_table(const struct walk *walk, int index, int frame)
{
    enum { SHORT_COLS = 24 };
    const struct looks *looks = &walk->looks[index];
    if (looks->sentence)
        return SENTENCE;
    bool known = walk->likeness[index * walk->known->n_frames + frame] >= EXACT &&
                 !walk->document->frame_cols;
    if (looks->solid && is_line(walk, index) && has_rows(walk, frame) && !known)
        return STRANGER;
    if (looks->solid == looks->figures ||
        walk->likeness[index * walk->known->n_frames + frame] >= LIKELY)
        return 0;
    if (walk->shares[index * walk->known->n_frames + frame] >= NATIVE)
        return looks->spread ? 0 : PIECE;
    if (looks->solid > 1)
        return STRANGER;
    return looks->width <= SHORT_COLS ? FRAGMENT : LONG_LINE;
}

/* Do all frames of the section stand there as rows of cells? */
static bool needs_no_lines(const struct walk *walk, int section)
{
    const struct nb_known *known = walk->known;
    for (int i = 0; i < known->n_frames; i++) {
        if (section >= 0 && known->frames[i].section == &known->form->sections[section] &&
            !has_rows(walk, i))
            return false;
    }
    return true;
}

static int price_in_text(const struct walk *walk, int index, int section)
{
    const struct looks *looks = &walk->looks[index];
    if (looks->sentence || !looks->solid)
        return 0;
    bool known = looks->known >= EXACT && !walk->document->frame_cols;
    if (is_line(walk, index) && needs_no_lines(walk, section) && !known)
        return ODD;
    if (looks->solid == looks->figures)
        return FIGURES;
    if (looks->row || (walk->document->strips[index].is_row && looks->solid > 1))
        return looks->known >= LIKELY ? KNOWN_ROW : STRANGER;
    return looks->known >= LIKELY || looks->spread ? STRANGER : ODD;
}

/* From one part to a later one, through sections that have lost their headings. */
static int price_of_way(const struct walk *walk, int from, int to_section)
{
    int sections = to_section - walk->sorting->parts[from].section;
    const struct nb_form *form = walk->known->form;
    int price = 0;
    for (int i = to_section; sections > 0; sections--, i--)
        price += form->sections[i].heading[0] ? NO_HEADING : 0;
    return price;
}

/* ---- headings ---- */

/* The strips [index, index + count) as the heading of a section: the price, INT_MAX: none. */
static int price_of_heading(const struct walk *walk, const struct nb_codes *codes, int number,
                            int section, int count)
{
    enum { ALIKE = 600, NUMBERED_ALIKE = 450, JOINED_ALIKE = 900, NUMBER = 60, OTHER_NUMBER = 150 };
    int like = nb_codes_likeness(codes, &walk->known->headings[section]);
    bool numbered = number && number == walk->known->numbers[section];
    int least = count > 1 ? JOINED_ALIKE : numbered ? NUMBERED_ALIKE : ALIKE;
    if (like < least)
        return INT_MAX;
    int price = (1000 - like) * 6 / 10 - FOUND_HEADING + count - 1;
    if (numbered)
        price -= NUMBER;
    else if (number && walk->known->numbers[section])
        price += OTHER_NUMBER;
    return price;
}

static bool may_be_heading(const struct walk *walk, int index)
{
    enum { MOST_COLS = 90 };
    const struct looks *looks = &walk->looks[index];
    return looks->solid - looks->figures == 1 && looks->figures == 0 && looks->width <= MOST_COLS &&
           !nb_ends_sentence(walk->document->strips[index].text);
}

static void find_headings(struct walk *walk, int index)
{
    enum { MOST_STRIPS = 4 };
    struct nb_buf text = { 0 };
    for (int count = 1; count <= MOST_STRIPS && index + count <= walk->document->n_strips;
         count++) {
        const struct nb_strip *strip = &walk->document->strips[index + count - 1];
        if (!may_be_heading(walk, index + count - 1) ||
            (count > 1 && (strip->apart || strip->is_row || strip->whole || strip->indent_cols)))
            break;
        nb_buf_puts(&text, strip->text);
        int number;
        struct nb_codes codes = { 0 };
        const char *bare = nb_skip_enumerator(text.data, &number);
        nb_codes_add(&codes, bare, strlen(bare));
        for (int i = 0; i < walk->sorting->n_sections; i++) {
            int price = price_of_heading(walk, &codes, number, i, count);
            if (price == INT_MAX)
                continue;
            NB_GROW(walk->candidates, walk->n_candidates, walk->cap_candidates);
            walk->candidates[walk->n_candidates++] = (struct candidate) { index, count, i, price };
        }
        nb_codes_release(&codes);
    }
    nb_buf_release(&text);
}

/* ---- the walk ---- */

static void arrive(struct walk *walk, int strip, int part, int price, struct step step)
{
    size_t at = (size_t)strip * (size_t)walk->sorting->n_parts + (size_t)part;
    if (price < walk->prices[at]) {
        walk->prices[at] = price;
        walk->steps[at] = step;
    }
}

static int first_part(const struct nb_sorting *sorting, int section)
{
    int part = 0;
    while (sorting->parts[part].section != section)
        part++;
    return part;
}

static void step_into_parts(struct walk *walk, int strip, int from, int price)
{
    for (int to = from; to < walk->sorting->n_parts; to++) {
        const struct nb_part *part = &walk->sorting->parts[to];
        int own = part->kind == NB_PART_TABLE ? price_in_table(walk, strip, part->frame)
                                              : price_in_text(walk, strip, part->section);
        arrive(walk, strip + 1, to, price + own + price_of_way(walk, from, part->section),
               (struct step) { from, -1 });
    }
}

static void step_over_heading(struct walk *walk, int index, int from, int price)
{
    const struct candidate *heading = &walk->candidates[index];
    const struct nb_part *part = &walk->sorting->parts[from];
    if (part->section >= heading->section)
        return;
    int way =
        heading->section - 1 > part->section ? price_of_way(walk, from, heading->section - 1) : 0;
    arrive(walk, heading->strip + heading->count, first_part(walk->sorting, heading->section),
           price + way + heading->price, (struct step) { from, index });
}

static void walk_forth(struct walk *walk)
{
    int n_parts = walk->sorting->n_parts, heading = 0;
    for (int strip = 0; strip < walk->document->n_strips; strip++) {
        while (heading < walk->n_candidates && walk->candidates[heading].strip < strip)
            heading++;
        for (int part = 0; part < n_parts; part++) {
            int price = walk->prices[strip * n_parts + part];
            if (price == INT_MAX)
                continue;
            step_into_parts(walk, strip, part, price);
            for (int i = heading; i < walk->n_candidates && walk->candidates[i].strip == strip; i++)
                step_over_heading(walk, i, part, price);
        }
    }
}

static void walk_back(struct walk *walk)
{
    struct nb_sorting *sorting = walk->sorting;
    int n_parts = sorting->n_parts, strip = walk->document->n_strips, part = 0;
    for (int i = 1; i < n_parts; i++) {
        if (walk->prices[strip * n_parts + i] < walk->prices[strip * n_parts + part])
            part = i;
    }
    while (strip > 0) {
        const struct step *step = &walk->steps[strip * n_parts + part];
        if (step->candidate < 0) {
            sorting->part_of[--strip] = part;
        } else {
            assert(walk->candidates);
            const struct candidate *heading = &walk->candidates[step->candidate];
            for (int i = 0; i < heading->count; i++)
                sorting->part_of[--strip] = NB_IS_HEADING;
            sorting->headings[heading->section] = strip;
        }
        part = step->part;
    }
}

/* ---- parts ---- */

static void add_part(struct nb_sorting *sorting, struct nb_part part)
{
    sorting->parts[sorting->n_parts++] = part;
}

static int prose_index(const struct nb_form *form, const struct nb_prose *prose)
{
    int index = 0;
    while (form->proses[index] != prose)
        index++;
    return index;
}

/* Text before a table and behind the last one belongs to the text before it. */
static void list_parts(struct nb_sorting *sorting, const struct nb_known *known)
{
    const struct nb_form *form = known->form;
    int most = 1, frame = 0;
    for (int i = 0; i < form->n_sections; i++)
        most += form->sections[i].n_items + 2;
    sorting->parts = nb_xalloc((size_t)most * sizeof *sorting->parts);
    add_part(sorting, (struct nb_part) { NB_PART_BEFORE, -1, -1, -1 });
    for (int i = 0; i < form->n_sections; i++) {
        const struct nb_section *section = &form->sections[i];
        int prose = -1;
        for (int j = 0; j < section->n_items; j++) {
            const struct nb_item *item = &section->items[j];
            if (item->prose)
                prose = prose_index(form, item->prose);
            if (item->prose || j == 0)
                add_part(sorting, (struct nb_part) { NB_PART_TEXT, i, prose, -1 });
            if (frame < known->n_frames && known->frames[frame].tables[0] == item->table)
                add_part(sorting, (struct nb_part) { NB_PART_TABLE, i, -1, frame++ });
        }
        if (section->n_items && section->items[section->n_items - 1].table)
            add_part(sorting, (struct nb_part) { NB_PART_TEXT, i, prose, -1 });
    }
    sorting->n_sections = form->n_sections;
}

void nb_sort_strips(struct nb_sorting *sorting, const struct nb_document *document,
                    struct nb_known *known)
{
    *sorting = (struct nb_sorting) { 0 };
    list_parts(sorting, known);
    size_t n_strips = (size_t)document->n_strips;
    size_t places = (n_strips + 1) * (size_t)sorting->n_parts;
    struct walk walk = { .document = document, .known = known, .sorting = sorting };
    sorting->part_of = nb_xalloc((n_strips + 1) * sizeof(int));
    sorting->headings = nb_xalloc((size_t)sorting->n_sections * sizeof(int));
    for (int i = 0; i < sorting->n_sections; i++)
        sorting->headings[i] = -1;
    walk.looks = nb_xalloc((n_strips + 1) * sizeof *walk.looks);
    walk.likeness = nb_xalloc((n_strips * (size_t)known->n_frames + 1) * sizeof(int));
    walk.shares = nb_xalloc((n_strips * (size_t)known->n_frames + 1) * sizeof(int));
    walk.rows = nb_xalloc(((size_t)known->n_frames + 1) * sizeof(int));
    walk.prices = nb_xalloc(places * sizeof(int));
    walk.steps = nb_xalloc(places * sizeof *walk.steps);
    for (size_t i = 0; i < places; i++)
        walk.prices[i] = INT_MAX;
    walk.prices[0] = 0;
    for (int i = 0; i < document->n_strips; i++)
        look_at(&walk, i);
    for (int i = 0; i < document->n_strips; i++)
        find_headings(&walk, i);
    walk_forth(&walk);
    walk_back(&walk);
    free(walk.looks);
    free(walk.likeness);
    free(walk.shares);
    free(walk.rows);
    free(walk.candidates);
    free(walk.prices);
    free(walk.steps);
}

void nb_sorting_release(struct nb_sorting *sorting)
{
    free(sorting->parts);
    free(sorting->part_of);
    free(sorting->headings);
    *sorting = (struct nb_sorting) { 0 };
}
