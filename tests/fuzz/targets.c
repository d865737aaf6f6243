#include "targets.h"

#include <assert.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nianbao/check.h"
#include "nianbao/compare.h"
#include "nianbao/import.h"
#include "nianbao/join.h"
#include "nianbao/journal.h"
#include "nianbao/text.h"
#include "tui/canvas.h"

/* Beside another draft, and joined with it: what comes of that can be read. */
static void run_pair(const struct nb_draft *draft, struct nb_draft *copy,
                     struct nb_catalog *catalog)
{
    static struct nb_draft *other;
    static const char *const names[] = { "a", "b" };
    struct nb_diags diags = { 0 };
    struct nb_comparison comparison;
    struct nb_buf text = { 0 };
    struct nb_draft *joined;
    if (!other && nb_draft_load("samples/2024.yaml", catalog, &diags, NULL, &other) != NB_OK)
        abort();
    nb_compare(other, draft, &comparison);
    nb_comparison_write_text(&comparison, names, &text);
    nb_comparison_release(&comparison);
    if (nb_draft_form(draft) == nb_draft_form(other)) {
        text.len = 0;
        if (nb_join(other, copy, draft, "fuzz", &diags)) /* a copy of itself */
            abort();
        nb_join(NULL, copy, other, "fuzz", &diags);
        nb_draft_write(copy, &text);
        if (nb_draft_read("joined", text.data, text.len, catalog, &diags, &joined) != NB_OK)
            abort();
        nb_draft_free(joined);
    }
    nb_buf_release(&text);
    nb_diags_release(&diags);
}

/* What is read is checked and written; what was written is read as the same. */
static void run_draft(const uint8_t *bytes, size_t len_bytes)
{
    static struct nb_catalog *catalog;
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    if (!catalog)
        catalog = nb_catalog_new(NULL, 0, &diags);
    if (nb_draft_read("fuzz", (const char *)bytes, len_bytes, catalog, &diags, &draft) == NB_OK) {
        struct nb_check_options options = { .final = len_bytes % 2 };
        struct nb_buf once = { 0 }, twice = { 0 };
        struct nb_draft *again;
        nb_check_draft(draft, "fuzz", &options, &diags);
        nb_draft_write(draft, &once);
        nb_diags_clear(&diags);
        if (nb_draft_read("again", once.data, once.len, catalog, &diags, &again) != NB_OK)
            abort();
        nb_draft_write(again, &twice);
        assert(once.len == twice.len && memcmp(once.data, twice.data, once.len) == 0);
        run_pair(draft, again, catalog);
        nb_buf_release(&once);
        nb_buf_release(&twice);
        nb_draft_free(again);
        nb_draft_free(draft);
    } else {
        assert(nb_diags_count(&diags, NB_ERROR) > 0); /* refused, and said why */
    }
    nb_diags_release(&diags);
}

static void run_form(const uint8_t *bytes, size_t len_bytes)
{
    struct nb_diags diags = { 0 };
    struct nb_form *form;
    if (nb_form_compile("fuzz", (const char *)bytes, len_bytes, NULL, &diags, &form) == NB_OK) {
        nb_form_lint(form, &diags);
        nb_form_free(form);
    } else {
        assert(nb_diags_count(&diags, NB_ERROR) > 0);
    }
    nb_diags_release(&diags);
}

/* Makes the checksum of every line right, else hardly any would be looked into. */
static void mend_checksums(char *text, size_t len_bytes)
{
    for (char *line = text, *end; (end = memchr(line, '\n', len_bytes)) != NULL; line = end + 1) {
        uint64_t sum = 14695981039346656037u;
        char digits[20];
        for (const char *at = line + 17; at < end; at++)
            sum = (sum ^ (unsigned char)*at) * 1099511628211u;
        snprintf(digits, sizeof digits, "%016llx ", (unsigned long long)sum);
        if (end - line > 17)
            memcpy(line, digits, 17);
        len_bytes -= (size_t)(end - line) + 1;
    }
}

static void run_journal(const uint8_t *bytes, size_t len_bytes)
{
    char *text = nb_xstrndup((const char *)bytes, len_bytes);
    size_t kept = strlen(text);
    mend_checksums(text, kept);
    char draft[64], path[80];
    struct nb_diags diags = { 0 };
    struct nb_journal *journal;
    snprintf(draft, sizeof draft, "/tmp/nianbao-fuzz-%ld", (long)getpid());
    snprintf(path, sizeof path, "/tmp/.nianbao-fuzz-%ld.journal", (long)getpid());
    FILE *file = fopen(path, "w");
    if (!file || fwrite(text, 1, kept, file) != kept || fclose(file) != 0)
        abort();
    free(text);
    if (nb_journal_open(draft, NB_JOURNAL_EDITS, &diags, &journal) != NB_OK)
        abort();
    for (int i = 0; i < nb_journal_count(journal); i++)
        assert(!nb_utf8_fault(nb_journal_record(journal, i)->value,
                              strlen(nb_journal_record(journal, i)->value)));
    nb_journal_close(journal, true);
    nb_diags_release(&diags);
}

/* Widths and line breaks of any text: no line is wider than it may be, none ends in a blank. */
static void run_text(const uint8_t *bytes, size_t len_bytes)
{
    struct nb_buf text = { 0 };
    nb_text_add_visible(&text, (const char *)bytes, len_bytes);
    for (int width = 2; width < 90 && text.len; width += 29) {
        struct nb_pieces pieces;
        struct nb_lines lines = { 0 };
        nb_pieces_cut(&pieces, text.data, text.len);
        nb_lines_fill(&lines, &pieces, text.data, 0, width);
        for (int i = 0; i < lines.count; i++) {
            const struct nb_line *line = &lines.items[i];
            assert(line->start + line->len <= text.len);
            assert(line->width <= width ||
                   nb_utf8_cluster_end(text.data + line->start, text.data + text.len) >=
                       text.data + line->start + line->len);
        }
        nb_lines_release(&lines);
        nb_pieces_release(&pieces);
    }
    if (!nb_utf8_fault((const char *)bytes, len_bytes)) {
        struct tui_canvas canvas = { 0 };
        tui_canvas_resize(&canvas, 2, 20);
        tui_canvas_bytes(&canvas, 1, 3, TUI_PLAIN, (const char *)bytes, len_bytes);
        tui_canvas_release(&canvas);
    }
    nb_buf_release(&text);
}

/* What is read is a draft that can be written and read; every doubt is about one of its cells. */
static void run_import(const uint8_t *bytes, size_t len_bytes)
{
    static struct nb_catalog *catalog;
    struct nb_diags diags = { 0 };
    struct nb_import_options options = { .year = 2020 };
    struct nb_import import;
    if (!catalog)
        catalog = nb_catalog_new(NULL, 0, &diags);
    if (nb_import_read("fuzz", (const char *)bytes, len_bytes, catalog, &options, &diags,
                       &import) == NB_OK) {
        struct nb_buf text = { 0 };
        struct nb_draft *again;
        nb_draft_write(import.draft, &text);
        nb_diags_clear(&diags);
        if (nb_draft_read("again", text.data, text.len, catalog, &diags, &again) != NB_OK)
            abort();
        for (int i = 0; i < import.n_doubts; i++)
            assert(import.doubts[i].cell >= 0 &&
                   import.doubts[i].cell < nb_draft_form(import.draft)->n_cells);
        nb_buf_release(&text);
        nb_draft_free(again);
        nb_import_release(&import);
    } else {
        assert(nb_diags_count(&diags, NB_ERROR) > 0);
    }
    nb_diags_release(&diags);
}

/* Any text against the sample's tables: what is found in it is part of it. */
static void run_prose(const uint8_t *bytes, size_t len_bytes)
{
    static struct nb_catalog *catalog;
    static struct nb_draft *draft, *prior;
    struct nb_diags diags = { 0 };
    struct nb_check_options options = { .final = len_bytes % 2 };
    char *text = nb_xstrndup((const char *)bytes, len_bytes);
    size_t len = strlen(text);
    if (!catalog)
        catalog = nb_catalog_new(NULL, 0, &diags);
    if (!draft && (nb_draft_load("samples/2024.yaml", catalog, &diags, NULL, &draft) != NB_OK ||
                   nb_draft_load("tests/prose/2023.yaml", catalog, &diags, NULL, &prior) != NB_OK))
        abort();
    options.prior = prior;
    if (!nb_utf8_fault(text, len) && !nb_text_fault(text, len)) {
        nb_draft_set_text(draft, NB_TEXT_PROSE, text);
        nb_check_draft(draft, "fuzz", &options, &diags);
    }
    for (int i = 0; i < diags.count; i++) {
        const struct nb_diag *diag = &diags.items[i];
        if (strcmp(diag->cell, nb_draft_text_address(draft, NB_TEXT_PROSE)) == 0)
            assert(diag->offset + diag->len <= len &&
                   !nb_utf8_fault(text + diag->offset, diag->len));
    }
    free(text);
    nb_diags_release(&diags);
}

const struct fuzz_target fuzz_targets[] = {
    { "draft",
      run_draft,
      { "samples/2024.yaml", "samples/2024-errors.yaml", "samples/2018.yaml" } },
    { "prose", run_prose, { "tests/prose/true.txt", "tests/prose/false.txt" } },
    { "form", run_form, { "forms/2014.yaml", "forms/2019.yaml", "forms/2021.yaml" } },
    { "journal", run_journal, { "tests/fuzz/journal.seed" } },
    { "text", run_text, { "samples/2024.yaml", "docs/manual.zh.md" } },
    { "import",
      run_import,
      { "tests/case/import-shapes/lines.txt", "tests/case/import-shapes/ocr.txt",
        "tests/case/import-shapes/markdown.md", "tests/case/import-html/page.html" } },
};
const int fuzz_n_targets = (int)(sizeof fuzz_targets / sizeof *fuzz_targets);
