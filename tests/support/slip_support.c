#include "slip_support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draft_support.h"

const char *const slip_files[] = { "tests/support/city-2020.yaml",
                                   "tests/support/district-2020.yaml", "samples/2024.yaml" };
const int n_slip_files = (int)nb_countof(slip_files);

/* ---- slips ---- */

static void wrong_digit(char *digits, size_t len, uint64_t *seed)
{
    size_t at = (size_t)random_below(seed, (int)len);
    digits[at] = (char)('0' + (digits[at] - '0' + 1 + random_below(seed, 9)) % 10);
}

static void swapped(char *digits, size_t len, uint64_t *seed)
{
    if (len < 2)
        return;
    size_t at = (size_t)random_below(seed, (int)len - 1);
    char first = digits[at];
    digits[at] = digits[at + 1];
    digits[at + 1] = first;
}

static void dropped(char *digits, size_t len, uint64_t *seed)
{
    if (len < 2)
        return;
    size_t at = (size_t)random_below(seed, (int)len);
    memmove(digits + at, digits + at + 1, len - at);
}

static void doubled(char *digits, size_t len, uint64_t *seed)
{
    size_t at = (size_t)random_below(seed, (int)len);
    memmove(digits + at + 1, digits + at, len - at + 1);
}

static void times_ten(char *digits, size_t len, uint64_t *seed)
{
    (void)seed;
    memcpy(digits + len, "0", 2);
}

static const struct {
    const char *name;
    void (*slip)(char *digits, size_t len, uint64_t *seed);
} kinds[] = {
    { "wrong digit", wrong_digit }, { "swapped", swapped },     { "dropped", dropped },
    { "doubled", doubled },         { "times ten", times_ten },
};
const int n_slip_kinds = (int)nb_countof(kinds);

const char *slip_kind_name(int kind)
{
    return kinds[kind].name;
}

struct nb_figure slip_figure(struct nb_figure figure, int kind, uint64_t *seed)
{
    char digits[32];
    snprintf(digits, sizeof digits, "%lld", (long long)figure.units);
    kinds[kind].slip(digits, strlen(digits), seed);
    figure.units = strtoll(digits, NULL, 10);
    return figure;
}

bool slip_cell(struct nb_draft *draft, int cell, uint64_t *seed)
{
    struct nb_figure right = nb_draft_figure(draft, cell);
    struct nb_figure wrong = slip_figure(right, random_below(seed, n_slip_kinds), seed);
    nb_draft_set_figure(draft, cell, wrong);
    return wrong.units != right.units;
}

/* ---- cells ---- */

int slip_random_cell(const struct nb_form *form, uint64_t *seed)
{
    for (;;) {
        int cell = random_below(seed, form->n_cells);
        const char *section = form->cells[cell].table->section->id;
        if (strcmp(section, "requests") == 0 || strcmp(section, "disputes") == 0)
            return cell;
    }
}

void slip_blank_out(struct nb_draft *draft, int what)
{
    const struct nb_form *form = nb_draft_form(draft);
    struct nb_figure blank = { .filled = false };
    for (int cell = 0; cell < form->n_cells; cell++) {
        const char *address = form->cells[cell].address;
        bool total = strncmp(address, "requests.", 9) == 0 && strstr(address, ".total");
        bool handled = strncmp(address, "requests.handled.", 17) == 0;
        bool zero = nb_draft_figure(draft, cell).units == 0;
        if (zero || (what & SLIP_ROW_TOTALS && total && !handled) ||
            (what & SLIP_TOTAL_ROW && handled))
            nb_draft_set_figure(draft, cell, blank);
    }
}
