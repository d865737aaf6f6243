/* From bytes to a draft: source, form, parts, tables, texts. */
#include "nianbao/import.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/file.h"
#include "nianbao/text.h"
#include "prose.h"
#include "reading.h"
#include "title.h"

static const struct nb_mark top = { 1, 1 };

/* ---- which form? ---- */

/* All scraps of the document as labels are compared, sorted. */
struct spoken {
    struct nb_codes *items;
    int count, cap;
};

static int compare_codes(const void *a, const void *b)
{
    const struct nb_codes *left = a, *right = b;
    if (left->count != right->count)
        return left->count < right->count ? -1 : 1;
    return left->count
               ? memcmp(left->items, right->items, (size_t)left->count * sizeof *left->items)
               : 0;
}

static void listen(struct spoken *spoken, const struct nb_document *document)
{
    for (int i = 0; i < document->n_strips; i++) {
        for (int j = 0; j < document->strips[i].n_scraps; j++) {
            int number;
            const char *text = document->strips[i].scraps[j].text;
            const char *bare = nb_skip_enumerator(text, &number);
            NB_GROW(spoken->items, spoken->count, spoken->cap);
            spoken->items[spoken->count] = (struct nb_codes) { 0 };
            nb_codes_add(&spoken->items[spoken->count++], bare, strlen(bare));
        }
    }
    if (spoken->count)
        qsort(spoken->items, (size_t)spoken->count, sizeof *spoken->items, compare_codes);
}

static void forget(struct spoken *spoken)
{
    for (int i = 0; i < spoken->count; i++)
        nb_codes_release(&spoken->items[i]);
    free(spoken->items);
}

/* How many of the form's labels the document has, in thousandths. */
static int share_of_labels(const struct spoken *spoken, const struct nb_form *form)
{
    struct nb_known known;
    int found = 0, all = 0;
    nb_known_init(&known, form);
    for (int f = 0; f < known.n_frames; f++) {
        for (int i = 0; i < known.frames[f].n_words; i++) {
            const struct nb_spelling *word = &known.frames[f].words[i];
            bool here = false;
            for (int j = 0; j < word->count && spoken->count; j++)
                here |= bsearch(&word->items[j], spoken->items, (size_t)spoken->count,
                                sizeof *spoken->items, compare_codes) != NULL;
            found += here;
            all += word->count > 0;
        }
    }
    nb_known_release(&known);
    return all ? found * 1000 / all : 0;
}

/* The form of the year, unless the labels are clearly another's. */
static const struct nb_form *choose_form(struct nb_catalog *catalog, int year,
                                         const struct nb_document *document, bool *by_labels)
{
    enum { CLEARLY = 80 };
    struct spoken spoken = { 0 };
    listen(&spoken, document);
    const struct nb_form *by_year = nb_catalog_form_for_year(catalog, year), *best = NULL;
    int best_share = by_year ? share_of_labels(&spoken, by_year) + CLEARLY : 0;
    for (int i = 0; i < nb_catalog_count(catalog); i++) {
        const struct nb_form *form = nb_catalog_form(catalog, nb_catalog_id(catalog, i));
        int share = form ? share_of_labels(&spoken, form) : 0;
        if (share > best_share) {
            best_share = share;
            best = form;
        }
    }
    forget(&spoken);
    *by_labels = best != NULL;
    return best ? best : by_year;
}

/* The year of the title, whichever form's it is, else of the period. */
static int find_year(struct nb_catalog *catalog, const struct nb_document *document)
{
    enum { FIRST_STRIPS = 400 };
    int year = 0;
    int n_strips = document->n_strips < FIRST_STRIPS ? document->n_strips : FIRST_STRIPS;
    for (int i = 0; i < nb_catalog_count(catalog) && !year; i++) {
        const struct nb_form *form = nb_catalog_form(catalog, nb_catalog_id(catalog, i));
        struct nb_title title;
        if (!form)
            continue;
        nb_title_find(&title, document, n_strips, form);
        year = title.year;
        nb_title_release(&title);
    }
    return year ? year : nb_find_period(document);
}

/* Is a heading there, or a row of a table? */
static bool has_parts(const struct nb_sorting *sorting, const struct nb_document *document)
{
    for (int i = 0; i < sorting->n_sections; i++) {
        if (sorting->headings[i] >= 0)
            return true;
    }
    for (int i = 0; i < document->n_strips; i++) {
        int part = sorting->part_of[i];
        if (part >= 0 && sorting->parts[part].kind == NB_PART_TABLE)
            return true;
    }
    return false;
}

/* Does it look like a report of some form? Asked where even its year is not known. */
static bool is_of_any_form(struct nb_catalog *catalog, const struct nb_document *document)
{
    bool is = false;
    for (int i = 0; i < nb_catalog_count(catalog) && !is; i++) {
        const struct nb_form *form = nb_catalog_form(catalog, nb_catalog_id(catalog, i));
        struct nb_known known;
        struct nb_sorting sorting;
        struct nb_title title;
        if (!form)
            continue;
        nb_known_init(&known, form);
        nb_sort_strips(&sorting, document, &known);
        nb_title_find(&title, document, document->n_strips, form);
        is = title.count || has_parts(&sorting, document);
        nb_title_release(&title);
        nb_sorting_release(&sorting);
        nb_known_release(&known);
    }
    return is;
}

static bool settle(struct nb_reading *reading, struct nb_catalog *catalog,
                   const struct nb_import_options *options, int *year)
{
    bool by_labels = false;
    char text[16];
    *year = options->year ? options->year : find_year(catalog, reading->document);
    if (!*year) {
        nb_diag_add(reading->diags, reading->file, top,
                    is_of_any_form(catalog, reading->document) ? NB_MSG_IMPORT_NO_YEAR
                                                               : NB_MSG_IMPORT_NO_REPORT,
                    NULL);
        return false;
    }
    snprintf(text, sizeof text, "%d", *year);
    reading->form =
        options->form ? options->form : choose_form(catalog, *year, reading->document, &by_labels);
    if (!reading->form)
        nb_diag_add(reading->diags, reading->file, top, NB_MSG_IMPORT_NO_FORM, "year", text, NULL);
    else if (by_labels)
        nb_diag_add(reading->diags, reading->file, top, NB_MSG_IMPORT_FORM, "year", text, "form",
                    reading->form->name, NULL);
    return reading->form != NULL;
}

/* ---- reading ---- */

/* Does it look like a report at all? A form whose first section has no heading takes any text. */
static bool is_report(const struct nb_reading *reading)
{
    for (int i = 0; i < reading->form->n_sections; i++) {
        if (!reading->form->sections[i].heading[0])
            return true;
    }
    return has_parts(reading->sorting, reading->document);
}

static void read_all(struct nb_reading *reading, const struct nb_import_options *options, int year)
{
    struct nb_import *import = reading->import;
    size_t n_cells = (size_t)reading->form->n_cells;
    import->draft = nb_draft_new(reading->form);
    import->places = nb_xalloc((n_cells + 1) * sizeof *import->places);
    reading->doubted = nb_xalloc(n_cells + 1);
    nb_draft_set_year(import->draft, year);
    nb_drop_surroundings(reading);
    nb_read_tables(reading);
    nb_judge_sums(reading);
    nb_read_texts(reading, options);
    nb_propose_figures(reading);
    nb_settle_doubts(reading);
    free(reading->doubted);
}

enum nb_status nb_import_read(const char *file, const char *bytes, size_t len_bytes,
                              struct nb_catalog *catalog, const struct nb_import_options *options,
                              struct nb_diags *diags, struct nb_import *out)
{
    struct nb_document document = { 0 };
    struct nb_known known = { 0 };
    struct nb_sorting sorting = { 0 };
    struct nb_reading reading = { .file = file,
                                  .document = &document,
                                  .known = &known,
                                  .sorting = &sorting,
                                  .diags = diags,
                                  .import = out };
    int year;
    *out = (struct nb_import) { 0 };
    enum nb_status status = nb_import_document(file, bytes, len_bytes, diags, &document);
    if (status != NB_OK)
        goto done;
    nb_drop_page_numbers(&document);
    nb_document_straighten(&document);
    status = NB_FAILED;
    if (!settle(&reading, catalog, options, &year))
        goto done;
    nb_known_init(&known, reading.form);
    nb_split_headings(&document, &known);
    nb_sort_strips(&sorting, &document, &known);
    if (is_report(&reading)) {
        read_all(&reading, options, year);
        status = NB_OK;
    } else {
        nb_diag_add(diags, file, top, NB_MSG_IMPORT_NO_REPORT, NULL);
    }
done:
    nb_sorting_release(&sorting);
    nb_known_release(&known);
    nb_document_release(&document);
    return status;
}

enum nb_status nb_import_load(const char *path, struct nb_catalog *catalog,
                              const struct nb_import_options *options, struct nb_diags *diags,
                              struct nb_import *out)
{
    struct nb_buf bytes = { 0 };
    *out = (struct nb_import) { 0 };
    enum nb_status status = nb_file_read(path, NB_IMPORT_MAX_BYTES, diags, &bytes);
    if (status == NB_OK)
        status = nb_import_read(path, nb_buf_text(&bytes), bytes.len, catalog, options, diags, out);
    nb_buf_release(&bytes);
    return status;
}

void nb_import_release(struct nb_import *import)
{
    nb_draft_free(import->draft);
    free(import->places);
    free(import->doubts);
    nb_arena_release(&import->strings);
    *import = (struct nb_import) { 0 };
}
