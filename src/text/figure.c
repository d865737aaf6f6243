#include "nianbao/figure.h"

#include <string.h>

#include "nianbao/text.h"

enum { MAX_DECIMALS = 6, MILLION = 1000000 };

/* The pieces of a number as written, before its kind is known to fit. */
struct parts {
    bool negative;
    bool too_large;
    int64_t whole, fraction; /* fraction: as an integer of `decimals` digits */
    int decimals;
};

const char *nb_kind_wanted(enum nb_kind kind)
{
    static const char *const wanted[] = { "0 或正整数", "整数", "0 或正数（最多六位小数）" };
    return wanted[kind];
}

const char *nb_kind_name(enum nb_kind kind)
{
    static const char *const names[] = { "count", "change", "amount" };
    return names[kind];
}

static int64_t power_of_ten(int exponent)
{
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

static bool add_digit(int64_t *number, char digit)
{
    return !__builtin_mul_overflow(*number, 10, number) &&
           !__builtin_add_overflow(*number, digit - '0', number);
}

static enum nb_figure_fault from_parts(const struct parts *parts, enum nb_kind kind,
                                       struct nb_figure *figure)
{
    if (parts->too_large)
        return NB_FIGURE_TOO_LARGE;
    int64_t units = parts->whole;
    if (kind == NB_AMOUNT) {
        int64_t rest = parts->fraction * power_of_ten(MAX_DECIMALS - parts->decimals);
        if (__builtin_mul_overflow(units, MILLION, &units) ||
            __builtin_add_overflow(units, rest, &units))
            return NB_FIGURE_TOO_LARGE;
    }
    *figure = (struct nb_figure) { .units = parts->negative ? -units : units,
                                   .decimals = (uint8_t)parts->decimals,
                                   .filled = true };
    return NB_FIGURE_FINE;
}

/* The digits before the decimal point; the new position, or NULL where there are none. */
static const char *read_whole(const char *at, const char *end, struct parts *parts)
{
    const char *from = at;
    for (; at < end && nb_is_digit(*at); at++)
        parts->too_large |= !add_digit(&parts->whole, *at);
    return at == from ? NULL : at;
}

static const char *read_fraction(const char *at, const char *end, struct parts *parts)
{
    for (; at < end && nb_is_digit(*at); at++, parts->decimals++) {
        if (parts->decimals == MAX_DECIMALS)
            return NULL;
        add_digit(&parts->fraction, *at);
    }
    return parts->decimals ? at : NULL;
}

enum nb_figure_fault nb_figure_read(const char *text, size_t len_bytes, enum nb_kind kind,
                                    struct nb_figure *figure)
{
    struct parts parts = { 0 };
    const char *at = text, *end = text + len_bytes;
    if (kind == NB_CHANGE && at < end && *at == '-') {
        parts.negative = true;
        at++;
    }
    const char *digits = at;
    at = read_whole(at, end, &parts);
    if (!at || (*digits == '0' && at > digits + 1))
        return NB_FIGURE_NONE;
    if (kind == NB_AMOUNT && at < end && *at == '.')
        at = read_fraction(at + 1, end, &parts);
    return at == end ? from_parts(&parts, kind, figure) : NB_FIGURE_NONE;
}

/* Full-width ASCII, dashes and 。 as the plain characters they stand for in a number. */
static void narrow(const char *text, struct nb_buf *out)
{
    while (*text) {
        const char *from = text;
        uint32_t code = nb_utf8_next(&text);
        if (code >= 0xFF01 && code <= 0xFF5E)
            nb_buf_putc(out, (char)(code - 0xFF01 + '!'));
        else if (code == 0x3000 || code == 0x00A0)
            nb_buf_putc(out, ' ');
        else if (code == 0x2013 || code == 0x2014 || code == 0x2212) /* – — − */
            nb_buf_putc(out, '-');
        else if (code == 0x3002) /* 。 */
            nb_buf_putc(out, '.');
        else
            nb_buf_add(out, from, (size_t)(text - from));
    }
}

static void trim(const char **at, const char **end)
{
    while (*at < *end && (**at == ' ' || **at == '\t'))
        ++*at;
    while (*end > *at && ((*end)[-1] == ' ' || (*end)[-1] == '\t'))
        --*end;
}

static void take_sign(const char **at, const char *end, struct parts *parts, bool *changed)
{
    if (nb_text_take(at, end, "-")) {
        parts->negative = true;
    } else if (nb_text_take(at, end, "减")) {
        parts->negative = *changed = true;
    } else if (!nb_text_take(at, end, "+") && nb_text_take(at, end, "增")) {
        *changed = true;
    }
}

/* Digits with thousands separators where every group behind the first has three digits. */
static const char *type_whole(const char *at, const char *end, struct parts *parts, bool *changed)
{
    const char *from = at;
    at = read_whole(at, end, parts);
    if (!at)
        return NULL;
    if (at - from > 1 && *from == '0')
        *changed = true;
    if (at - from > 3)
        return at;
    while (at < end && *at == ',') {
        const char *group = read_whole(at + 1, end, parts);
        if (!group || group - at != 4)
            return NULL;
        at = group;
        *changed = true;
    }
    return at;
}

int nb_unit_exponent(const char *unit, size_t len_bytes)
{
    static const struct {
        const char *unit;
        int exponent;
    } units[] = { { "元", 0 }, { "万元", 4 }, { "亿元", 8 } };
    for (size_t i = 0; i < nb_countof(units); i++) {
        if (strlen(units[i].unit) == len_bytes && memcmp(units[i].unit, unit, len_bytes) == 0)
            return units[i].exponent;
    }
    return -1;
}

/* Moves the decimal point: 251000元 in a cell of 万元 is 25.1. None where digits would be lost. */
static enum nb_figure_fault shift_point(struct nb_figure *figure, int exponent)
{
    if (exponent >= 0) {
        figure->decimals = (uint8_t)(figure->decimals > exponent ? figure->decimals - exponent : 0);
        bool fits = !__builtin_mul_overflow(figure->units, power_of_ten(exponent), &figure->units);
        return fits ? NB_FIGURE_FINE : NB_FIGURE_TOO_LARGE;
    }
    int64_t divisor = power_of_ten(-exponent);
    if (figure->units % divisor != 0)
        return NB_FIGURE_NONE;
    figure->units /= divisor;
    figure->decimals = MAX_DECIMALS;
    int64_t fraction = figure->units % MILLION;
    for (; figure->decimals && fraction % 10 == 0; figure->decimals--)
        fraction /= 10;
    return NB_FIGURE_FINE;
}

/* The unit behind the digits: none, the cell's own, or money that converts. */
static enum nb_figure_fault apply_unit(const char *suffix, size_t len, const char *unit,
                                       enum nb_kind kind, struct nb_figure *figure)
{
    if (!len || (unit && strlen(unit) == len && memcmp(unit, suffix, len) == 0))
        return NB_FIGURE_FINE;
    int typed = nb_unit_exponent(suffix, len);
    int own = unit ? nb_unit_exponent(unit, strlen(unit)) : -1;
    if (kind != NB_AMOUNT || typed < 0 || own < 0)
        return NB_FIGURE_NONE;
    return shift_point(figure, typed - own);
}

static enum nb_figure_fault type_narrow(const char *at, const char *end, enum nb_kind kind,
                                        const char *unit, struct nb_figure *figure, bool *changed)
{
    struct parts parts = { 0 };
    trim(&at, &end);
    if (kind == NB_CHANGE) {
        take_sign(&at, end, &parts, changed);
        trim(&at, &end);
    }
    at = type_whole(at, end, &parts, changed);
    if (at && kind == NB_AMOUNT && nb_text_take(&at, end, "."))
        at = read_fraction(at, end, &parts);
    if (!at)
        return NB_FIGURE_NONE;
    enum nb_figure_fault fault = from_parts(&parts, kind, figure);
    trim(&at, &end);
    *changed |= at < end;
    return fault == NB_FIGURE_FINE ? apply_unit(at, (size_t)(end - at), unit, kind, figure) : fault;
}

enum nb_figure_fault nb_figure_type(const char *text, enum nb_kind kind, const char *unit,
                                    struct nb_figure *figure, bool *changed)
{
    struct nb_buf plain = { 0 };
    narrow(text, &plain);
    *changed = false;
    const char *start = nb_buf_text(&plain);
    enum nb_figure_fault fault = type_narrow(start, start + plain.len, kind, unit, figure, changed);
    nb_buf_release(&plain);
    return fault;
}

void nb_figure_write(struct nb_buf *out, enum nb_kind kind, struct nb_figure figure)
{
    if (!figure.filled)
        return;
    char digits[32]; /* by hand: the screen writes hundreds of figures at a key */
    size_t at = sizeof digits;
    uint64_t rest = figure.units < 0 ? -(uint64_t)figure.units : (uint64_t)figure.units;
    int decimals = kind == NB_AMOUNT ? figure.decimals : 0;
    if (kind == NB_AMOUNT)
        rest /= (uint64_t)power_of_ten(MAX_DECIMALS - decimals);
    for (int written = 0; rest || written <= decimals; written++) {
        if (decimals && written == decimals)
            digits[--at] = '.';
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    }
    if (figure.units < 0)
        digits[--at] = '-';
    nb_buf_add(out, digits + at, sizeof digits - at);
}

void nb_figure_print(struct nb_buf *out, enum nb_kind kind, struct nb_figure figure)
{
    if (figure.filled && kind == NB_CHANGE && figure.units > 0)
        nb_buf_putc(out, '+');
    nb_figure_write(out, kind, figure);
}

nb_wide nb_figure_value(enum nb_kind kind, struct nb_figure figure)
{
    if (!figure.filled)
        return 0;
    return kind == NB_AMOUNT ? (nb_wide)figure.units : (nb_wide)figure.units * MILLION;
}

bool nb_figure_from_value(enum nb_kind kind, nb_wide value, struct nb_figure *figure)
{
    if (kind != NB_CHANGE && value < 0)
        return false;
    if (kind != NB_AMOUNT) {
        if (value % MILLION != 0)
            return false;
        value /= MILLION;
    }
    if (value > INT64_MAX || value < -INT64_MAX)
        return false;
    *figure = (struct nb_figure) { .units = (int64_t)value, .filled = true };
    if (kind == NB_AMOUNT) {
        figure->decimals = MAX_DECIMALS;
        for (int64_t rest = figure->units % MILLION; figure->decimals && rest % 10 == 0; rest /= 10)
            figure->decimals--;
    }
    return true;
}

void nb_wide_write(struct nb_buf *out, nb_wide value)
{
    char digits[64]; /* 39 digits, a sign, a point */
    int at = (int)sizeof digits;
    bool negative = value < 0;
    int decimals = MAX_DECIMALS;
    /* towards zero, so that the most negative value has no special case */
    for (; decimals && value % 10 == 0; decimals--)
        value /= 10;
    for (int written = 0; value || written <= decimals; written++) {
        if (decimals && written == decimals)
            digits[--at] = '.';
        int digit = (int)(value % 10);
        digits[--at] = (char)('0' + (digit < 0 ? -digit : digit));
        value /= 10;
    }
    if (negative)
        digits[--at] = '-';
    nb_buf_add(out, digits + at, sizeof digits - (size_t)at);
}
