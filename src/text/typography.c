/* All slips begin at an ASCII character, of which Chinese prose has few: the text is searched for
 * those eight bytes at a time, and only around them is it read. */
#include "nianbao/typography.h"

#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "nianbao/text.h"

/* How far brackets may be apart, how deep they may stand, and how many may stay open before the
 * text is taken for no prose. */
enum { MOST_BRACKETED = 600, MOST_NESTED = 8, MOST_UNCLOSED = 32 };

struct closing {
    const char *at;
    const char *mended; /* NULL: this bracket stays as it is */
};

struct search {
    struct nb_typos *typos;
    const char *text, *end;
    struct closing open[MOST_NESTED]; /* closing brackets that are still to come */
    int n_open, unclosed;
};

/* ---- characters ---- */

static const char *digits_end(const char *at, const char *end)
{
    while (nb_is_digit_at(at, end))
        at++;
    return at;
}

/* The character at `at`, 0 at the end of the text. */
static uint32_t code_at(const char *at, const char *end)
{
    return at < end ? nb_utf8_next(&at) : 0;
}

static bool is_one_of(uint32_t code, const char32_t *set)
{
    while (*set && *set != code)
        set++;
    return *set != 0;
}

/* What may stand before a mark of Chinese prose, and behind it. */
static bool ends_words(uint32_t code)
{
    return nb_utf8_is_ideograph(code) || is_one_of(code, U"》”’）〉」』】〕…");
}

static bool begins_words(uint32_t code)
{
    return nb_utf8_is_ideograph(code) || is_one_of(code, U"《“‘（〈「『【〔");
}

static bool ends_line(uint32_t code)
{
    return code == 0 || code == '\n';
}

static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

static void add(struct search *search, enum nb_typo_kind kind, const char *from, const char *to,
                const char *mended, bool again)
{
    struct nb_typos *typos = search->typos;
    NB_GROW(typos->items, typos->count, typos->cap);
    typos->items[typos->count++] = (struct nb_typo) { kind, (size_t)(from - search->text),
                                                      (size_t)(to - from), mended, again };
}

/* ---- figures ---- */

/* Is the number behind these digits of a list, as in 1. 2024年 at the start of a line or behind 。?
 */
static bool numbers_list(const struct search *search, const char *from)
{
    while (from > search->text && (from[-1] == ' ' || from[-1] == '\t'))
        from--;
    return !nb_utf8_is_ideograph(nb_utf8_before(search->text, from));
}

/* 3929. 08 and 3929 .08; returns whether there was one. */
static bool find_split_fraction(struct search *search, const char *from, const char *to)
{
    const char *point = skip_blanks(to, search->end);
    if (point == search->end || *point != '.')
        return false;
    const char *fraction = skip_blanks(point + 1, search->end);
    const char *end = digits_end(fraction, search->end);
    bool split = (point > to) != (fraction > point + 1);
    if (!split || end == fraction || end - fraction > 6 || numbers_list(search, from) ||
        is_one_of(code_at(end, search->end), U".年月日、"))
        return false;
    if (point > to)
        add(search, NB_TYPO_NUMBER, to, point, "", false);
    else
        add(search, NB_TYPO_NUMBER, point + 1, fraction, "", false);
    return true;
}

/* 67      件: one blank may be a matter of taste, several are none. */
static void find_distant_unit(struct search *search, const char *from, const char *to)
{
    const char *unit = skip_blanks(to, search->end);
    if (unit - to > 1 && nb_utf8_is_ideograph(code_at(unit, search->end)) &&
        !numbers_list(search, from))
        add(search, NB_TYPO_NUMBER, to, unit, "", false);
}

/* Does 30号 or 第30号 stand here? */
static bool is_number_of_notice(const char *at, const char *end)
{
    static const char ordinal[] = "第", number[] = "号";
    if ((size_t)(end - at) >= strlen(ordinal) && memcmp(at, ordinal, strlen(ordinal)) == 0)
        at += strlen(ordinal);
    const char *behind = digits_end(at, end);
    return behind > at && (size_t)(end - behind) >= strlen(number) &&
           memcmp(behind, number, strlen(number)) == 0;
}

/* The year of a notice stands in 〔〕, GB/T 9704-2012. */
static void find_notice_brackets(struct search *search, const char *from, const char *to)
{
    static const char32_t opening[] = U"〔[(【［（{", closing[] = U"〕])】］）}";
    uint32_t before = nb_utf8_before(search->text, from), behind = code_at(to, search->end);
    if (to - from != 4 || !is_one_of(before, opening) || !is_one_of(behind, closing))
        return;
    size_t open_len = before < 0x80 ? 1 : 3, close_len = behind < 0x80 ? 1 : 3;
    if (!is_number_of_notice(to + close_len, search->end))
        return;
    bool opens_right = before == U'〔';
    if (!opens_right)
        add(search, NB_TYPO_BRACKETS, from - open_len, from, "〔", false);
    if (behind != U'〕')
        add(search, NB_TYPO_BRACKETS, to, to + close_len, "〕", !opens_right);
}

/* ---- half-width marks ---- */

static const struct {
    char half;
    const char *full;
} marks[] = { { ',', "，" }, { ';', "；" }, { ':', "：" },
              { '?', "？" }, { '!', "！" }, { '.', "。" } };

/* A mark after Chinese words, or after a figure and before Chinese words. */
static void find_mark(struct search *search, const char *at, const char *full)
{
    const char *next = skip_blanks(at + 1, search->end);
    uint32_t before = nb_utf8_before(search->text, at), behind = code_at(next, search->end);
    bool words_before = ends_words(before), words_behind = begins_words(behind);
    bool fits;
    if (*at == '.')
        fits = nb_utf8_is_ideograph(before) && (nb_utf8_is_ideograph(behind) || ends_line(behind));
    else if (words_before)
        fits =
            words_behind || behind == '{' || nb_is_digit_at(next, search->end) || ends_line(behind);
    else
        fits = words_behind && is_one_of(before, U"0123456789%})") && next == at + 1;
    if (fits)
        add(search, NB_TYPO_HALF_WIDTH, at, ends_line(behind) ? at + 1 : next, full, false);
}

static const struct {
    char open, close;
    const char *full_open, *full_close;
} pairs[] = { { '(', ')', "（", "）" }, { '<', '>', "〈", "〉" }, { '"', '"', "“", "”" } };

static const char *find_closing(const struct search *search, const char *at, char open, char close)
{
    int depth = 1;
    for (const char *from = at++; at < search->end && at - from < MOST_BRACKETED && *at != '\n';
         at++) {
        if (*at == close && --depth == 0)
            return at;
        depth += *at == open;
    }
    return NULL;
}

/* A bracket is Chinese where it begins or ends with an ideograph and stands behind none of the
 * signs of an address or a formula. */
static void open_pair(struct search *search, const char *at, int pair)
{
    const char *closing = search->unclosed < MOST_UNCLOSED
                              ? find_closing(search, at, pairs[pair].open, pairs[pair].close)
                              : NULL;
    search->unclosed += !closing;
    if (!closing || search->n_open == MOST_NESTED)
        return;
    uint32_t before = nb_utf8_before(search->text, at);
    bool behind_words = before == 0 || before >= 0x80 || is_one_of(before, U" \t\n%");
    bool chinese = behind_words && closing > at + 1 &&
                   (begins_words(code_at(at + 1, search->end)) ||
                    ends_words(nb_utf8_before(search->text, closing)));
    if (chinese)
        add(search, NB_TYPO_HALF_WIDTH, at, at + 1, pairs[pair].full_open, false);
    search->open[search->n_open++] =
        (struct closing) { closing, chinese ? pairs[pair].full_close : NULL };
}

/* False: no bracket is waiting for this one. */
static bool close_pair(struct search *search, const char *at)
{
    while (search->n_open && search->open[search->n_open - 1].at < at)
        search->n_open--; /* (甲"乙)丙" crosses */
    if (!search->n_open || search->open[search->n_open - 1].at != at)
        return false;
    const struct closing *closing = &search->open[--search->n_open];
    if (closing->mended)
        add(search, NB_TYPO_HALF_WIDTH, at, at + 1, closing->mended, true);
    return true;
}

/* ---- all of them ---- */

static const char *take_digits(struct search *search, const char *at)
{
    const char *to = digits_end(at, search->end);
    find_notice_brackets(search, at, to);
    if (!find_split_fraction(search, at, to))
        find_distant_unit(search, at, to);
    return to;
}

static void take_sign(struct search *search, const char *at)
{
    for (size_t i = 0; i < nb_countof(marks); i++) {
        if (*at == marks[i].half)
            find_mark(search, at, marks[i].full);
    }
    if (close_pair(search, at))
        return;
    for (size_t i = 0; i < nb_countof(pairs); i++) {
        if (*at == pairs[i].open)
            open_pair(search, at, (int)i);
    }
}

/* The ASCII signs of which one may be a slip. */
static const bool signs[0x80] = {
    [','] = true, [';'] = true, [':'] = true, ['?'] = true, ['!'] = true, ['.'] = true,
    ['('] = true, [')'] = true, ['<'] = true, ['>'] = true, ['"'] = true
};

void nb_typos_find(struct nb_typos *typos, const char *text, size_t len_bytes)
{
    struct search search = { .typos = typos, .text = text, .end = text + len_bytes };
    for (const char *at = nb_utf8_ascii(text, search.end); at < search.end;
         at = nb_utf8_ascii(at, search.end)) {
        if (nb_is_digit_at(at, search.end))
            at = take_digits(&search, at);
        else if (signs[(unsigned char)*at])
            take_sign(&search, at++);
        else
            at++;
    }
}

void nb_typos_mend(const struct nb_typos *typos, const char *text, size_t len_bytes,
                   struct nb_buf *out)
{
    size_t done = 0;
    for (int i = 0; i < typos->count; i++) {
        const struct nb_typo *typo = &typos->items[i];
        nb_buf_add(out, text + done, typo->offset - done);
        nb_buf_puts(out, typo->mended);
        done = typo->offset + typo->len;
    }
    nb_buf_add(out, text + done, len_bytes - done);
}

void nb_typos_release(struct nb_typos *typos)
{
    free(typos->items);
    *typos = (struct nb_typos) { 0 };
}
