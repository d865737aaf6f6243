/* Reading numbers: digits with separators, decimals and 万 behind them, or Chinese numerals.
 *
 *   number    digits [. digits] { power } [%]  |  百分之 numeral  |  numeral
 *   numeral   digit digit digit…  |  [digit] power [零] …  [点 digits]
 *
 * A numeral is added up in three places: the digit just read, the part below 万, what is above. */
#include "nianbao/number.h"

#include <string.h>

#include "nianbao/text.h"

enum { MILLION = 1000000, SIGN_BYTES = 3, MOST_DIGITS = 15, MOST_BEFORE_POWER = 1000000000 };

struct sign {
    char text[SIGN_BYTES + 1];
    int value;
};

static const struct sign digits[] = {
    { "零", 0 }, { "〇", 0 }, { "一", 1 }, { "二", 2 }, { "两", 2 }, { "三", 3 },
    { "四", 4 }, { "五", 5 }, { "六", 6 }, { "七", 7 }, { "八", 8 }, { "九", 9 },
};
static const struct sign powers[] = {
    { "十", 10 }, { "百", 100 }, { "千", 1000 }, { "万", 10000 }, { "亿", 100000000 },
};

const char nb_numerals[] = "零〇一二两三四五六七八九十百千万亿";

/* The value of the sign at `at`, -1: none of these. */
static int value_at(const char *at, const char *end, const struct sign *signs, size_t count)
{
    for (size_t i = 0; end - at >= SIGN_BYTES && i < count; i++) {
        if (memcmp(at, signs[i].text, SIGN_BYTES) == 0)
            return signs[i].value;
    }
    return -1;
}

static int digit_at(const char *at, const char *end)
{
    return value_at(at, end, digits, nb_countof(digits));
}

static int power_at(const char *at, const char *end)
{
    return value_at(at, end, powers, nb_countof(powers));
}

bool nb_number_may_begin(const char *text, const char *end)
{
    if ((unsigned char)*text < 0x80)
        return nb_is_digit_at(text, end);
    return digit_at(text, end) >= 0 || power_at(text, end) >= 0;
}

/* ---- digits ---- */

/* A number being put together from digits; too many make it vague. */
struct reading {
    const char *at, *end;
    int64_t value; /* without its point */
    int n_digits, n_decimals;
};

static void take_digit(struct reading *reading, int digit)
{
    if (reading->n_digits++ < MOST_DIGITS)
        reading->value = reading->value * 10 + digit;
}

static void take_run(struct reading *reading)
{
    for (; nb_is_digit_at(reading->at, reading->end); reading->at++)
        take_digit(reading, *reading->at - '0');
}

/* 1,234,567: groups of three behind the first, which has at most three digits. */
static void take_groups(struct reading *reading)
{
    while (reading->end - reading->at > 3 && *reading->at == ',') {
        const char *group = reading->at + 1;
        if (!nb_is_digit_at(group, reading->end) || !nb_is_digit_at(group + 1, reading->end) ||
            !nb_is_digit_at(group + 2, reading->end) || nb_is_digit_at(group + 3, reading->end))
            return;
        reading->at = group;
        take_run(reading);
    }
}

static void settle(const struct reading *reading, struct nb_number *number)
{
    number->step = MILLION;
    for (int i = 0; i < reading->n_decimals; i++)
        number->step /= 10;
    number->value = reading->value * number->step;
    number->vague = reading->n_digits > MOST_DIGITS || reading->n_decimals > 6;
}

static const char *read_digits(const char *at, const char *end, struct nb_number *number)
{
    struct reading reading = { .at = at, .end = end };
    take_run(&reading);
    if (reading.n_digits <= 3)
        take_groups(&reading);
    if (end - reading.at > 1 && *reading.at == '.' && nb_is_digit_at(reading.at + 1, end)) {
        int whole = reading.n_digits;
        reading.at++;
        take_run(&reading);
        reading.n_decimals = reading.n_digits - whole;
    }
    settle(&reading, number);
    return reading.at;
}

/* 1.2万, 3千万, 3万5千: powers behind digits, then perhaps a smaller part. */
static const char *read_powers(const char *at, const char *end, struct nb_number *number)
{
    int power = power_at(at, end), last = 0;
    for (; power > 0 && !number->vague; power = power_at(at, end)) {
        number->value *= power;
        number->step *= power;
        last = power;
        at += SIGN_BYTES;
        number->vague = number->value > (nb_wide)MILLION * MILLION * MILLION * MILLION;
    }
    struct nb_number rest = { 0 };
    if (!last || !nb_is_digit_at(at, end))
        return at;
    const char *behind = read_digits(at, end, &rest);
    power = power_at(behind, end);
    if (rest.vague || power <= 0 || power >= last || rest.step != MILLION)
        return at;
    number->value += rest.value * power;
    number->step = rest.step * power;
    return behind + SIGN_BYTES;
}

/* ---- numerals ---- */

struct numeral {
    int64_t above, below, digit; /* 三千二百万零五: above 3200万, below 0, digit 5 */
    int last;                    /* the power read last, 0: none yet */
    int n_digits;                /* since the last power */
    bool has_zero, has_power, too_large;
};

/* 十二, 百分之百: a power before which no digit stands is one of it. */
static void take_power(struct numeral *numeral, int power)
{
    bool is_bare = !numeral->n_digits && !numeral->below && !numeral->above;
    int64_t digit = is_bare ? 1 : numeral->digit;
    numeral->too_large = numeral->above + numeral->below + digit > MOST_BEFORE_POWER;
    if (numeral->too_large)
        return;
    if (power < 10000) {
        numeral->below += digit * power;
    } else {
        numeral->above = (numeral->above + numeral->below + digit) * power;
        numeral->below = 0;
    }
    numeral->last = power;
    numeral->n_digits = 0;
    numeral->digit = 0;
    numeral->has_power = true;
    numeral->has_zero = false;
}

static const char *take_numerals(const char *at, const char *end, struct numeral *numeral)
{
    for (; at < end && !numeral->too_large; at += SIGN_BYTES) {
        int digit = digit_at(at, end), power = power_at(at, end);
        if (digit < 0 && power < 0)
            break;
        if (power > 0) {
            take_power(numeral, power);
            continue;
        }
        if (digit == 0 && numeral->has_power && !numeral->n_digits) { /* 两百零三 */
            numeral->has_zero = true;
            continue;
        }
        numeral->digit = numeral->digit * 10 + digit;
        numeral->too_large = ++numeral->n_digits > MOST_DIGITS;
    }
    return at;
}

/* 两百三 is 230: a last digit without 零 counts tenths of the power before it. */
static int64_t last_part(const struct numeral *numeral)
{
    bool is_short = numeral->last > 10 && numeral->n_digits == 1 && !numeral->has_zero;
    return is_short ? numeral->digit * (numeral->last / 10) : numeral->digit;
}

static const char *read_fraction(const char *at, const char *end, struct nb_number *number)
{
    const char *from = at + SIGN_BYTES;
    if (!nb_text_begins(at, end, "点") || digit_at(from, end) < 0)
        return at;
    for (at = from; digit_at(at, end) >= 0; at += SIGN_BYTES) {
        number->step /= 10;
        number->value += digit_at(at, end) * number->step;
    }
    number->vague = number->vague || !number->step;
    return at;
}

static const char *read_numeral(const char *at, const char *end, struct nb_number *number)
{
    struct numeral numeral = { 0 };
    const char *behind = take_numerals(at, end, &numeral);
    bool is_row = !numeral.has_power && numeral.n_digits > 1; /* 二〇二四; 三四 is three or four */
    bool is_one = behind - at == SIGN_BYTES && numeral.digit == 1; /* 收到一件，答复一件 */
    bool starts_with_power = power_at(at, end) > 10;
    number->chinese = true;
    number->value = (nb_wide)(numeral.above + numeral.below + last_part(&numeral)) * MILLION;
    number->step = MILLION;
    if (numeral.last >= 1000 && !numeral.n_digits)
        number->step = (nb_wide)MILLION * numeral.last;
    number->vague = numeral.too_large || is_one || starts_with_power || numeral.n_digits > 1;
    if (is_row)
        number->vague = numeral.too_large || numeral.n_digits < 3;
    const char *fraction = read_fraction(behind, end, number);
    return fraction > behind ? read_powers(fraction, end, number) : behind;
}

size_t nb_number_read(const char *text, const char *end, struct nb_number *number)
{
    static const char percent[] = "百分之";
    const char *at = text;
    *number = (struct nb_number) { 0 };
    if (text == end || !nb_number_may_begin(text, end))
        return 0;
    if (nb_text_begins(at, end, percent)) {
        const char *from = at + sizeof percent - 1;
        at = nb_is_digit_at(from, end) ? read_digits(from, end, number)
                                       : read_numeral(from, end, number);
        number->percent = true;
        number->vague =
            number->vague && !(at == from + SIGN_BYTES && nb_text_begins(from, end, "百"));
        return at > from ? (size_t)(at - text) : 0;
    }
    if (!nb_is_digit_at(at, end))
        return (size_t)(read_numeral(at, end, number) - text);
    at = read_powers(read_digits(at, end, number), end, number);
    if (at < end && *at == '%') {
        number->percent = true;
        at++;
    }
    return (size_t)(at - text);
}
