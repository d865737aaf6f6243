/* From a figure as it stands to the figure as it should be: what kind of slip? */
#include <string.h>

#include "nianbao/suspect.h"

const char *nb_slip_name(enum nb_slip slip)
{
    static const char *const names[] = {
        [NB_SLIP_DIGIT] = "digit",     [NB_SLIP_TRANSPOSITION] = "transposition",
        [NB_SLIP_DROPPED] = "dropped", [NB_SLIP_DOUBLED] = "doubled",
        [NB_SLIP_SHIFTED] = "shifted", [NB_SLIP_SIGN] = "sign",
        [NB_SLIP_UNIT] = "unit",       [NB_SLIP_MISPLACED] = "misplaced",
        [NB_SLIP_OTHER] = "other",
    };
    return names[slip];
}

/* A figure without its sign, as it would be typed: digits, in an amount also a point. */
struct typed {
    uint64_t units;
    char text[32];
    size_t len;
};

/* Both figures with the same number of decimals, so that zeros that nobody typed make no slip. */
static struct typed typed_of(enum nb_kind kind, struct nb_figure figure, int decimals)
{
    struct typed typed = { .units = figure.units < 0 ? 0 - (uint64_t)figure.units
                                                     : (uint64_t)figure.units };
    struct nb_buf text = { 0 };
    figure.decimals = (uint8_t)decimals;
    nb_figure_write(&text, kind, figure);
    const char *digits = text.data + (text.data[0] == '-');
    typed.len = strlen(digits);
    memcpy(typed.text, digits, typed.len + 1);
    nb_buf_release(&text);
    return typed;
}

static bool is_digit(const struct typed *typed, const struct typed *right)
{
    int differing = 0;
    for (size_t i = 0; i < typed->len && typed->len == right->len; i++)
        differing += typed->text[i] != right->text[i];
    return differing == 1;
}

static bool is_transposition(const struct typed *typed, const struct typed *right)
{
    size_t at = 0;
    if (typed->len != right->len)
        return false;
    while (at < typed->len && typed->text[at] == right->text[at])
        at++;
    return at + 1 < typed->len && typed->text[at] == right->text[at + 1] &&
           typed->text[at + 1] == right->text[at] && typed->text[at] != '.' &&
           right->text[at] != '.' && strcmp(typed->text + at + 2, right->text + at + 2) == 0;
}

/* The place of a digit of `longer` without which it is `shorter`, of equal neighbours the last; -1:
 * there is none. */
static int extra_digit(const struct typed *longer, const struct typed *shorter)
{
    size_t at = 0;
    if (longer->len != shorter->len + 1)
        return -1;
    while (at < shorter->len && longer->text[at] == shorter->text[at])
        at++;
    bool same = strcmp(longer->text + at + 1, shorter->text + at) == 0;
    return same && longer->text[at] != '.' ? (int)at : -1;
}

static bool is_dropped(const struct typed *typed, const struct typed *right)
{
    return extra_digit(right, typed) >= 0;
}

static bool is_doubled(const struct typed *typed, const struct typed *right)
{
    int at = extra_digit(typed, right);
    return at > 0 && typed->text[at] == typed->text[at - 1];
}

/* How many places the figures are apart, 0: it is not a matter of places. */
static int places_apart(const struct typed *typed, const struct typed *right)
{
    uint64_t large = typed->units > right->units ? typed->units : right->units;
    uint64_t small = typed->units > right->units ? right->units : typed->units;
    int places = 0;
    while (small && large > small && large % 10 == 0) {
        large /= 10;
        places++;
    }
    return small && large == small ? places : 0;
}

enum { PLACES_OF_UNIT = 4 };

static bool is_shifted(const struct typed *typed, const struct typed *right)
{
    int places = places_apart(typed, right);
    return places && places != PLACES_OF_UNIT;
}

static bool is_unit(const struct typed *typed, const struct typed *right)
{
    return places_apart(typed, right) == PLACES_OF_UNIT;
}

enum nb_slip nb_slip_between(enum nb_kind kind, struct nb_figure typed, struct nb_figure right)
{
    static bool (*const slips[])(const struct typed *typed, const struct typed *right) = {
        [NB_SLIP_DIGIT] = is_digit,     [NB_SLIP_TRANSPOSITION] = is_transposition,
        [NB_SLIP_DROPPED] = is_dropped, [NB_SLIP_DOUBLED] = is_doubled,
        [NB_SLIP_SHIFTED] = is_shifted, [NB_SLIP_SIGN] = NULL,
        [NB_SLIP_UNIT] = is_unit,
    };
    if (!typed.filled)
        return NB_SLIP_DROPPED;
    if (!typed.units) /* most figures are zero and meant to be: a digit for a 0 tells nothing */
        return NB_SLIP_OTHER;
    int decimals = typed.decimals > right.decimals ? typed.decimals : right.decimals;
    struct typed from = typed_of(kind, typed, decimals);
    struct typed to = typed_of(kind, right, decimals);
    if ((typed.units < 0) != (right.units < 0) && right.units)
        return from.units == to.units ? NB_SLIP_SIGN : NB_SLIP_OTHER;
    for (size_t i = 0; i < nb_countof(slips); i++) {
        if (slips[i] && slips[i](&from, &to))
            return (enum nb_slip)i;
    }
    return NB_SLIP_OTHER;
}
