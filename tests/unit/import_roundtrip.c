/* What is printed is imported as the same draft, whatever stands in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "nianbao/import.h"
#include "nianbao/text.h"
#include "shape_support.h"

enum { ROUNDS = 200, NARROW_COLS = 60 };

/* What print cannot carry, and nothing else: figures for references, no blanks around a line, no
 * empty lines, and no blank where a line may end without one; on narrow lines none at all, since a
 * word may be broken there. */
static void add_carried(struct nb_buf *out, const struct nb_draft *draft, int text, bool narrow)
{
    struct nb_buf resolved = { 0 }, solid = { 0 };
    nb_draft_add_resolved(draft, nb_draft_text(draft, text), &resolved);
    for (const char *line = nb_buf_text(&resolved); *line;) {
        size_t len = strcspn(line, "\n");
        struct nb_pieces pieces, joined;
        nb_pieces_cut(&pieces, line, len);
        for (int i = 0; i < pieces.count; i++) {
            const struct nb_piece *piece = &pieces.items[i];
            size_t before = solid.len;
            nb_buf_add(&solid, line + piece->start, piece->len);
            nb_pieces_cut(&joined, solid.data, solid.len);
            bool parts = false;
            for (int j = 0; j < joined.count; j++)
                parts |= joined.items[j].start == before;
            nb_pieces_release(&joined);
            if (!parts && i && !narrow) {
                solid.len = before;
                nb_buf_putc(&solid, ' ');
                nb_buf_add(&solid, line + piece->start, piece->len);
            }
        }
        if (pieces.count && out->len)
            nb_buf_putc(out, '\n');
        nb_buf_add(out, nb_buf_text(&solid), solid.len);
        solid.len = 0;
        nb_pieces_release(&pieces);
        line += len + (line[len] == '\n');
    }
    nb_buf_release(&resolved);
    nb_buf_release(&solid);
}

static bool is_people(int text)
{
    return text >= NB_TEXT_PEOPLE_FILLED && text <= NB_TEXT_PEOPLE_PHONE;
}

static void assert_same(const char *name, const struct nb_draft *got, const struct nb_draft *wanted,
                        bool narrow)
{
    const struct nb_form *form = nb_draft_form(wanted);
    assert_text(name, nb_draft_form(got)->id, form->id);
    assert_int_equal(nb_draft_year(got), nb_draft_year(wanted));
    for (int cell = 0; cell < form->n_cells; cell++) {
        struct nb_figure a = nb_draft_figure(got, cell), b = nb_draft_figure(wanted, cell);
        if (a.filled != b.filled || a.units != b.units || a.decimals != b.decimals)
            fail_msg("%s: %s: %lld/%d, wanted %lld/%d", name, form->cells[cell].address,
                     (long long)a.units, a.decimals, (long long)b.units, b.decimals);
    }
    bool people = false;
    for (int i = 0; i < form->n_tables; i++)
        people |= form->tables[i]->n_foot > 0;
    for (int text = 0; text < nb_draft_text_count(wanted); text++) {
        struct nb_buf a = { 0 }, b = { 0 }, place = { 0 };
        if (text == NB_TEXT_PRIOR || (is_people(text) && !people))
            continue; /* not printed */
        /* no heading parts the preamble from a first section without one */
        bool joined = text == NB_TEXT_PREAMBLE && !form->sections[0].heading[0];
        add_carried(&a, got, text, narrow);
        add_carried(&b, wanted, text, narrow);
        if (joined) {
            add_carried(&a, got, NB_TEXT_PROSE, narrow);
            add_carried(&b, wanted, NB_TEXT_PROSE, narrow);
        }
        nb_buf_printf(&place, "%s %s", name, nb_draft_text_address(wanted, text));
        if (text != NB_TEXT_PROSE || form->sections[0].heading[0])
            assert_text(place.data, nb_buf_text(&a), nb_buf_text(&b));
        nb_buf_release(&place);
        nb_buf_release(&a);
        nb_buf_release(&b);
    }
}

static void assert_comes_back(struct nb_catalog *catalog, const char *name,
                              const struct nb_buf *text, const struct nb_draft *draft, bool narrow)
{
    struct nb_diags diags = { 0 };
    struct nb_import_options options = { .year = 0 };
    struct nb_import import;
    if (nb_import_read("print", text->data, text->len, catalog, &options, &diags, &import) !=
        NB_OK) {
        struct nb_buf shown = { 0 };
        add_diags(&shown, &diags);
        assert_text(name, shown.data, "");
    }
    assert_same(name, import.draft, draft, narrow);
    assert_int_equal(import.n_doubts, 0);
    nb_import_release(&import);
    nb_diags_release(&diags);
}

/* Leaves one figure of so many, as in a draft that has just been begun. */
static void thin_out(struct nb_draft *draft, int of, uint64_t *seed)
{
    for (int cell = 0; cell < nb_draft_form(draft)->n_cells; cell++) {
        if (random_below(seed, of))
            nb_draft_set_figure(draft, cell, (struct nb_figure) { .filled = false });
    }
}

/* Each draft in one of the two line styles or as a web page, in one of the widths. */
static void what_is_printed_is_imported(void **state)
{
    static const int widths[] = { 80, 20, 40, 60, 100, 133, 400 };
    uint64_t seed = 20250120;
    for (int round = 0; round < ROUNDS; round++) {
        int index = round / 3 % nb_catalog_count(*state), kind = round % 3;
        const struct nb_form *form = form_of_id(*state, nb_catalog_id(*state, index));
        struct nb_draft *draft = random_report(form, &seed);
        if (random_below(&seed, 3))
            randomise_figures(draft, &seed);
        if (random_below(&seed, 3) == 0)
            thin_out(draft, 2 + random_below(&seed, 30), &seed);
        struct nb_text_options options = { widths[round % (int)nb_countof(widths)],
                                           (enum nb_line_style)(kind % 2) };
        struct nb_buf text = { 0 };
        struct nb_page page;
        struct nb_diags diags = { 0 };
        char name[64];
        nb_page_build(&page, draft, false);
        if (kind == 2)
            nb_page_write_html(&page, &text);
        else
            nb_page_write_text(&page, &options, "print", &diags, &text);
        snprintf(name, sizeof name, "round %d, form %s, %s width %d", round, form->id,
                 kind == 2 ? "html"
                 : kind    ? "ascii"
                           : "unicode",
                 options.width_cols);
        assert_comes_back(*state, name, &text, draft, kind < 2 && options.width_cols < NARROW_COLS);
        nb_diags_release(&diags);
        nb_page_release(&page);
        nb_buf_release(&text);
        nb_draft_free(draft);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = { cmocka_unit_test(what_is_printed_is_imported) };
    return cmocka_run_group_tests(tests, setup_catalog, teardown_catalog);
}
