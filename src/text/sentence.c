/* Where sentences end.
 *
 * Ends are looked for byte by byte: all marks that matter are ASCII or begin with E2 (quotes), E3
 * (。《》「」〔〕) or EF (full-width forms), so that ideographs cost one comparison. */
#include "nianbao/sentence.h"

#include <string.h>

#include "nianbao/text.h"

/* How far a bracket may be from the one that closes it; behind that it is taken for a slip. */
enum { MOST_BRACKETED = 600, MARK_BYTES = 3 };

/* What a mark does. */
enum { ENDS_SENTENCE = 1, ENDS_CLAUSE = 2 };
struct sign {
    uint32_t code;
    unsigned char does;
    const char *open, *close; /* of brackets and quotes, else NULL */
};

/* Where a mark stands in the table. Two in one place would not compile. */
#define PLACE(code)                (((code) + ((code) >> 8) * 3) & 0xFF)
#define MARK(code, does)           [PLACE(code)] = { code, does, NULL, NULL }
#define BRACKET(code, open, close) [PLACE(code)] = { code, 0, open, close }
static const struct sign signs[0x100] = {
    MARK(U'。', ENDS_SENTENCE), MARK(U'；', ENDS_SENTENCE), MARK(U'！', ENDS_SENTENCE),
    MARK(U'？', ENDS_SENTENCE), MARK(U'｡', ENDS_SENTENCE),  MARK(U'．', ENDS_SENTENCE),
    MARK('!', ENDS_SENTENCE),   MARK('?', ENDS_SENTENCE),   MARK(';', ENDS_SENTENCE),
    MARK(U'，', ENDS_CLAUSE),   MARK(U'：', ENDS_CLAUSE),   MARK(',', ENDS_CLAUSE),
    MARK(':', ENDS_CLAUSE),     BRACKET(U'（', "（", "）"), BRACKET(U'“', "“", "”"),
    BRACKET(U'《', "《", "》"), BRACKET(U'〔', "〔", "〕"), BRACKET(U'「', "「", "」"),
    BRACKET(U'『', "『", "』"), BRACKET(U'【', "【", "】"), BRACKET(U'〈', "〈", "〉"),
    BRACKET(U'‘', "‘", "’"),    BRACKET('(', "(", ")"),     BRACKET('[', "[", "]"),
};

static bool stands_at(const char *at, const char *end, const char *mark, size_t len)
{
    return (size_t)(end - at) >= len && memcmp(at, mark, len) == 0;
}

/* The mark at `at`; one that does nothing where there is none. */
static const struct sign *sign_at(const char *at, const char *end)
{
    static const struct sign none = { 0 };
    const unsigned char *byte = (const unsigned char *)at;
    uint32_t code = byte[0];
    if (code == 0xE2 || code == 0xE3 || code == 0xEF) {
        if (end - at < MARK_BYTES)
            return &none;
        code = (code & 0x0F) << 12 | (byte[1] & 0x3Fu) << 6 | (byte[2] & 0x3Fu);
    } else if (code >= 0x80) {
        return &none;
    }
    const struct sign *sign = &signs[PLACE(code)];
    return sign->code == code ? sign : &none;
}

/* The end of the line, or as far as a bracket may reach. */
static const char *reach(const char *at, const char *end)
{
    size_t len = end - at > MOST_BRACKETED ? MOST_BRACKETED : (size_t)(end - at);
    const char *newline = memchr(at, '\n', len);
    return newline ? newline : at + len;
}

/* The bracket that closes the one at `at`, or NULL. Brackets of the same kind nest. */
static const char *find_closing(const char *at, const char *end, const struct sign *sign)
{
    const char *limit = reach(at, end);
    size_t len = strlen(sign->open); /* both are of one length */
    int depth = 0;
    for (; at < limit; at++) {
        if (*at != *sign->open && *at != *sign->close)
            continue;
        if (stands_at(at, limit, sign->open, len))
            depth++;
        else if (stands_at(at, limit, sign->close, len) && --depth == 0)
            return at;
    }
    return NULL;
}

static bool is_ascii(const char *at, const char *end)
{
    return at < end && (unsigned char)*at < 0x80;
}

/* Is the half-width mark at `at` one of Chinese prose, not of an address or a formula? */
static bool is_between_ideographs(const char *from, const char *at, const char *end)
{
    bool before = at > from && (unsigned char)at[-1] >= 0x80;
    return before && (at + 1 == end || !is_ascii(at + 1, end) || at[1] == ' ' || at[1] == '\n');
}

/* Does the mark at `at` end what it may end? A point behind a digit is decimal or numbers a list,
 * a comma between digits separates thousands. */
static bool ends_here(const struct sign *sign, const char *from, const char *at, const char *end)
{
    if (sign->code == U'．') {
        bool behind_wide_digit = at - from >= MARK_BYTES && memcmp(at - 3, "０", 2) == 0;
        return !(at > from && (unsigned char)at[-1] < 0x80) && !behind_wide_digit;
    }
    if (sign->code >= 0x80)
        return true;
    if (sign->does == ENDS_SENTENCE)
        return is_between_ideographs(from, at, end);
    return !(at > from && nb_is_digit_at(at - 1, end) && nb_is_digit_at(at + 1, end));
}

/* Does a quote end right behind a 。 before `closing`? */
static bool ends_in_quote(const char *open, const char *closing)
{
    static const char quotes[] = "“「『";
    if (closing - open < MARK_BYTES || !stands_at(closing - MARK_BYTES, closing, "。", MARK_BYTES))
        return false;
    for (const char *quote = quotes; *quote; quote += MARK_BYTES) {
        if (memcmp(open, quote, MARK_BYTES) == 0)
            return true;
    }
    return false;
}

/* Behind the first mark outside brackets that does what is wanted; `end` where there is none. After
 * many brackets that nothing closes no more are looked at: such a text is no prose. */
static const char *find_end(const char *from, const char *end, int wanted)
{
    enum { MOST_UNCLOSED = 32 };
    int unclosed = 0;
    for (const char *at = from; at < end; at++) {
        unsigned char byte = (unsigned char)*at;
        if (byte == '\n')
            return at;
        if (byte >= 0xE4 && byte < 0xEF) { /* most ideographs: over the whole of it */
            at += MARK_BYTES - 1;
            continue;
        }
        const struct sign *sign = sign_at(at, end);
        if (sign->does == wanted && ends_here(sign, from, at, end))
            return at + (byte < 0x80 ? 1 : MARK_BYTES);
        if (!sign->open || unclosed >= MOST_UNCLOSED)
            continue;
        const char *closing = find_closing(at, end, sign);
        unclosed += !closing;
        if (!closing)
            continue;
        size_t close_len = strlen(sign->close);
        if (wanted == ENDS_SENTENCE && ends_in_quote(at, closing))
            return closing + close_len;
        at = closing + close_len - 1;
    }
    return end;
}

/* Blanks, line breaks and marks that end nothing. */
static const char *skip_blanks(const char *at, const char *end)
{
    while (at < end) {
        const char *next = at;
        uint32_t code = is_ascii(at, end) ? (uint32_t)(unsigned char)*next++ : nb_utf8_next(&next);
        if (code != '\n' && !nb_utf8_is_blank(code))
            break;
        at = next;
    }
    return at;
}

/* Behind further marks like the one that ends the sentence: ！！ */
static const char *skip_marks(const char *at, const char *end)
{
    while (at < end && !is_ascii(at, end) && sign_at(at, end)->does == ENDS_SENTENCE)
        at += MARK_BYTES;
    return at;
}

static bool advance(const char *text, const char *end, int wanted, struct nb_span *span)
{
    const char *from = skip_blanks(text + span->start + span->len, end);
    const char *to = find_end(from, end, wanted);
    if (wanted == ENDS_SENTENCE && to > from)
        to = skip_marks(to, end);
    *span = (struct nb_span) { (size_t)(from - text), (size_t)(to - from) };
    return span->len > 0;
}

bool nb_sentence_next(const char *text, size_t len_bytes, struct nb_span *sentence)
{
    return advance(text, text + len_bytes, ENDS_SENTENCE, sentence);
}

bool nb_clause_next(const char *text, struct nb_span sentence, struct nb_span *clause)
{
    return advance(text, text + sentence.start + sentence.len, ENDS_CLAUSE, clause);
}

bool nb_digits_next(const char *text, size_t len_bytes, struct nb_span *digits)
{
    const char *end = text + len_bytes, *at = text + digits->start + digits->len;
    while ((at = nb_utf8_ascii(at, end)) < end && !nb_is_digit_at(at, end)) {
        while (is_ascii(at, end) && !nb_is_digit_at(at, end))
            at++;
    }
    const char *to = at;
    while (nb_is_digit_at(to, end))
        to++;
    *digits = (struct nb_span) { (size_t)(at - text), (size_t)(to - at) };
    return digits->len > 0;
}
