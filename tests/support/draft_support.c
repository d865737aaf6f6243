#include "draft_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "nianbao/file.h"
#include "nianbao/text.h"

int setup_catalog(void **state)
{
    struct nb_diags diags = { 0 };
    *state = nb_catalog_new(NULL, 0, &diags);
    int faults = diags.count;
    nb_diags_release(&diags);
    return faults;
}

int teardown_catalog(void **state)
{
    nb_catalog_free(*state);
    return 0;
}

/* print_error() cuts what is long, so line by line. */
static void print_part(const char *title, const char *text)
{
    print_error("--- %s\n", title);
    for (int lines = 0; *text && lines < 60; lines++) {
        size_t len = strcspn(text, "\n");
        print_error("%.*s\n", (int)(len < 400 ? len : 400), text);
        text += len + (text[len] == '\n');
    }
}

static void print_sides(const char *name, const char *wanted, const char *got)
{
    print_error("%s\n", name);
    print_part("wanted", wanted);
    print_part("got", got);
    print_error("---\n");
}

/* Ends the test when there is any diagnostic of that severity. */
static void expect_none(const char *what, struct nb_diags *diags, enum nb_severity least)
{
    if (!nb_diags_count(diags, least))
        return;
    struct nb_buf shown = { 0 };
    add_diags(&shown, diags);
    print_part(what, nb_buf_text(&shown));
    nb_buf_release(&shown);
    nb_diags_release(diags);
    fail();
}

static bool know_everything(void *context, const char *address)
{
    (void)context;
    (void)address;
    return true;
}

struct nb_form *form_of_text(const char *text)
{
    struct nb_diags diags = { 0 };
    struct nb_known_forms known = { know_everything, NULL };
    struct nb_form *form;
    nb_form_compile("form.yaml", text, strlen(text), &known, &diags, &form);
    expect_none("this form does not load", &diags, NB_ERROR);
    nb_diags_release(&diags);
    return form;
}

void draft_assign(struct nb_draft *draft, const char *assignments)
{
    struct nb_diags diags = { 0 };
    while (*assignments) {
        size_t name = strcspn(assignments, "="), all = strcspn(assignments, " ");
        char *address = nb_xstrndup(assignments, name);
        char *value = nb_xstrndup(assignments + name + 1, all - name - 1);
        nb_draft_set(draft, "draft.yaml", address, value, &diags);
        free(address);
        free(value);
        assignments += all + strspn(assignments + all, " ");
    }
    expect_none("this cannot be set", &diags, NB_ERROR);
    nb_diags_release(&diags);
}

struct nb_draft *draft_with(const struct nb_form *form, const char *assignments)
{
    struct nb_draft *draft = nb_draft_new(form);
    nb_draft_set_year(draft, 2024);
    nb_draft_set_text(draft, NB_TEXT_UNIT, "示例市");
    draft_assign(draft, assignments);
    return draft;
}

struct nb_draft *draft_of_bytes(struct nb_catalog *catalog, const char *text, size_t len_bytes)
{
    struct nb_diags diags = { 0 };
    struct nb_draft *draft;
    nb_draft_read("draft.yaml", text, len_bytes, catalog, &diags, &draft);
    if (diags.count)
        print_part("text", text);
    expect_none("this draft does not load", &diags, NB_INFO);
    nb_diags_release(&diags);
    assert_non_null(draft);
    return draft;
}

struct nb_draft *draft_of_file(struct nb_catalog *catalog, const char *path)
{
    struct nb_buf text = { 0 };
    add_file(&text, path);
    struct nb_draft *draft = draft_of_bytes(catalog, text.data, text.len);
    nb_buf_release(&text);
    return draft;
}

const struct nb_form *form_of_id(struct nb_catalog *catalog, const char *id)
{
    const struct nb_form *form = nb_catalog_form(catalog, id);
    assert_non_null(form);
    return form;
}

void add_file(struct nb_buf *out, const char *path)
{
    struct nb_diags diags = { 0 };
    struct nb_buf text = { 0 };
    nb_file_read(path, 64 * 1024 * 1024, &diags, &text);
    expect_none(path, &diags, NB_ERROR);
    nb_diags_release(&diags);
    nb_buf_add(out, nb_buf_text(&text), text.len);
    nb_buf_release(&text);
}

void add_diags(struct nb_buf *out, const struct nb_diags *diags)
{
    for (int i = 0; i < diags->count; i++) {
        const struct nb_diag *diag = &diags->items[i];
        nb_buf_printf(out, "%d:%d %s %s %s\n", diag->mark.line, diag->mark.column,
                      nb_severity_name(diag->severity), diag->rule, diag->message);
    }
}

void assert_text(const char *name, const char *got, const char *wanted)
{
    if (strcmp(got, wanted) == 0)
        return;
    print_sides(name, wanted, got);
    fail();
}

void assert_bytes(const char *name, const struct nb_buf *got, const char *wanted, size_t len_bytes)
{
    const char *bytes = nb_buf_text(got);
    if (got->len == len_bytes && memcmp(bytes, wanted, len_bytes) == 0)
        return;
    size_t at = 0;
    while (at < got->len && at < len_bytes && bytes[at] == wanted[at])
        at++;
    size_t from = at < 200 ? 0 : at - 200;
    print_error("%s: differs at byte %zu\n", name, at);
    print_sides(name, wanted + from, bytes + from);
    fail();
}

bool same_diags(const char *name, const struct nb_diags *got, const char *wanted)
{
    struct nb_buf shown = { 0 };
    add_diags(&shown, got);
    bool same = strcmp(nb_buf_text(&shown), wanted) == 0;
    if (!same)
        print_sides(name, wanted, nb_buf_text(&shown));
    nb_buf_release(&shown);
    return same;
}

void assert_diags(const char *name, const struct nb_diags *got, const char *wanted)
{
    if (!same_diags(name, got, wanted))
        fail();
}

int cell_at(const struct nb_form *form, const char *address)
{
    int cell = nb_form_find_cell(form, address, strlen(address));
    if (cell < 0)
        fail_msg("the form has no cell %s", address);
    return cell;
}

/* ---- random ---- */

uint64_t random_next(uint64_t *seed)
{
    *seed ^= *seed >> 12;
    *seed ^= *seed << 25;
    *seed ^= *seed >> 27;
    return *seed * 0x2545F4914F6CDD1DU;
}

int random_below(uint64_t *seed, int limit)
{
    return (int)((random_next(seed) >> 33) % (uint64_t)limit);
}

static const char *const hostile[] = {
    " ",          "  ",
    "\t",         "\n",
    "\n\n",       "　",
    "- ",         "? ",
    ": ",         ":",
    " #",         "#",
    "---",        "...",
    "%",          "{a.b}",
    "{",          "}",
    "[",          "]",
    ",",          "&",
    "*",          "!",
    "|",          ">",
    "@",          "`",
    "'",          "\"",
    "\\",         "\\n",
    "~",          "null",
    "1",          "0x1F",
    "1e3",        "a",
    "年",         "件。",
    "\xC2\x85",   "\u2028",
    "\u2029",     "\uFEFF",
    "\u200D",     "👩‍👩‍👧",
    "𠮷",         "𪜀",
    "\U00031350", "\U0002B740",
    "e\u0301",    "\u00A0",
    "\U000E0001", "é",
    "“数”",       "（一）",
};

void add_random_text(struct nb_buf *out, uint64_t *seed, int most)
{
    size_t start = out->len;
    for (int count = random_below(seed, most + 1); count > 0; count--)
        nb_buf_puts(out, hostile[random_below(seed, (int)nb_countof(hostile))]);
    while (out->len > start && out->data[out->len - 1] == '\n')
        out->data[--out->len] = '\0';
}

struct nb_figure random_figure(uint64_t *seed, enum nb_kind kind)
{
    static const int64_t ranges[] = { 2, 10, 1000, 1000000, INT64_MAX };
    int64_t range = ranges[random_below(seed, (int)nb_countof(ranges))];
    struct nb_figure figure = { .filled = random_below(seed, 8) != 0 };
    if (!figure.filled)
        return figure;
    figure.units = (int64_t)(random_next(seed) >> 1) % range;
    if (kind == NB_CHANGE && random_below(seed, 2))
        figure.units = -figure.units;
    if (kind == NB_AMOUNT) {
        figure.decimals = (uint8_t)random_below(seed, 7);
        for (int64_t step = 1000000, i = 0; i <= figure.decimals; i++, step /= 10) {
            if (i == figure.decimals)
                figure.units -= figure.units % step;
        }
    }
    return figure;
}
