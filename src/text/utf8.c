#include "nianbao/text.h"

#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <unigbrk.h>
#include <unistr.h>
#include <uniwidth.h>

uint32_t nb_utf8_next(const char **text)
{
    const unsigned char *at = (const unsigned char *)*text;
    if (at[0] < 0x80) {
        *text += at[0] != 0;
        return at[0];
    }
    if (at[0] < 0xE0) {
        *text += 2;
        return (uint32_t)(at[0] & 0x1F) << 6 | (at[1] & 0x3Fu);
    }
    if (at[0] < 0xF0) {
        *text += 3;
        return (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3Fu);
    }
    *text += 4;
    return (uint32_t)(at[0] & 0x07) << 18 | (uint32_t)(at[1] & 0x3F) << 12 |
           (uint32_t)(at[2] & 0x3F) << 6 | (at[3] & 0x3Fu);
}

uint32_t nb_utf8_before(const char *from, const char *at)
{
    if (at == from)
        return 0;
    do
        at--;
    while (at > from && ((unsigned char)*at & 0xC0) == 0x80);
    return nb_utf8_next(&at);
}

/* Eight bytes are looked at together. */
const char *nb_utf8_ascii(const char *text, const char *end)
{
    const uint64_t high = 0x8080808080808080;
    for (uint64_t block; end - text >= (ptrdiff_t)sizeof block; text += sizeof block) {
        memcpy(&block, text, sizeof block);
        if ((block & high) != high)
            break;
    }
    while (text < end && (unsigned char)*text >= 0x80)
        text++;
    return text;
}

bool nb_utf8_is_ideograph(uint32_t code)
{
    return (code >= 0x3400 && code < 0xA000) || (code >= 0xF900 && code < 0xFB00) ||
           code >= 0x20000;
}

void nb_utf8_add(struct nb_buf *out, uint32_t code)
{
    uint8_t bytes[6];
    int len = u8_uctomb(bytes, code, (int)sizeof bytes);
    if (len > 0)
        nb_buf_add(out, (const char *)bytes, (size_t)len);
}

int nb_utf8_count(const char *text, const char *end)
{
    int count = 0;
    for (; text < end; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* UAX #29, also GB11, which u8_grapheme_next() lacks: signs tied by a joiner are one. */
const char *nb_utf8_cluster_end(const char *text, const char *end)
{
    static const char joiner[] = "\xE2\x80\x8D";
    enum { JOINER_BYTES = sizeof joiner - 1 };
    const char *at = text, *first = text;
    bool joins = uc_is_property_extended_pictographic(nb_utf8_next(&first));
    for (;;) {
        at = (const char *)u8_grapheme_next((const uint8_t *)at, (const uint8_t *)end);
        const char *next = at;
        if (!joins || at == end || at - text < JOINER_BYTES ||
            memcmp(at - JOINER_BYTES, joiner, JOINER_BYTES) != 0 ||
            !uc_is_property_extended_pictographic(nb_utf8_next(&next)))
            return at;
    }
}

const char *nb_utf8_fault(const char *text, size_t len_bytes)
{
    return (const char *)u8_check((const uint8_t *)text, len_bytes);
}

static bool is_refused(uint32_t code)
{
    if (code < 0x20)
        return code != '\t' && code != '\n';
    if (code >= 0x7F && code < 0xA0)
        return code != 0x85;
    return (code >= 0xFDD0 && code <= 0xFDEF) || (code & 0xFFFE) == 0xFFFE;
}

/* Could a refused character begin in these bytes? Without branches, so that the compiler takes many
 * bytes at a time: most texts have no such byte, and every text of every draft passes here. */
static bool has_suspicious_byte(const unsigned char *bytes, size_t len)
{
    unsigned char found = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char b = bytes[i];
        found |= (unsigned char)((b < 0x20) & (b != '\n')); /* controls */
        found |=
            (unsigned char)((b == 0x7F) | (b == 0xC2) | (b >= 0xF0)); /* DEL, C1, high planes */
    }
    for (size_t i = 1; i < len; i++) /* U+FDD0 to U+FDEF, U+FFFE, U+FFFF */
        found |=
            (unsigned char)((bytes[i - 1] == 0xEF) & ((bytes[i] == 0xB7) | (bytes[i] == 0xBF)));
    return found;
}

const char *nb_text_fault(const char *text, size_t len_bytes)
{
    if (!has_suspicious_byte((const unsigned char *)text, len_bytes))
        return NULL;
    const char *end = text + len_bytes;
    while (text < end) {
        const char *from = text;
        uint32_t code = nb_utf8_next(&text);
        if (is_refused(code))
            return from;
        if (code == 0)
            break;
    }
    return NULL;
}

size_t nb_text_normalise(char *text, size_t len_bytes)
{
    size_t put = 0;
    for (size_t i = 0; i < len_bytes; i++) {
        char byte = text[i];
        if (byte == '\r') {
            byte = '\n';
            if (i + 1 < len_bytes && text[i + 1] == '\n')
                i++;
        }
        text[put++] = byte;
    }
    while (put && text[put - 1] == '\n')
        put--;
    text[put] = '\0';
    return put;
}

void nb_text_add_visible(struct nb_buf *out, const char *bytes, size_t len_bytes)
{
    const char *end = bytes + len_bytes;
    while (bytes < end) {
        ucs4_t code;
        int len = u8_mbtoucr(&code, (const uint8_t *)bytes, (size_t)(end - bytes));
        if (len < 0) {
            nb_buf_printf(out, "\\x%02X", (unsigned char)*bytes);
            len = 1;
        } else if (code == '\n' || code == '\t' || code < 0x20 || (code >= 0x7F && code < 0xA0)) {
            nb_buf_printf(out, "\\x%02X", (unsigned)code);
        } else if (is_refused(code) || (code >= 0x2028 && code <= 0x202E) ||
                   (code >= 0x2066 && code <= 0x2069)) { /* separators and bidi overrides */
            nb_buf_printf(out, "\\u{%X}", (unsigned)code);
        } else {
            nb_buf_add(out, bytes, (size_t)len);
        }
        bytes += len;
    }
}

int nb_utf8_width(uint32_t code)
{
    if (code < 0x7F)
        return code >= ' ';
    int width = uc_width(code, "UTF-8");
    /* U+115F stands for a missing consonant, the vowel on it takes no column of its own */
    if (width <= 0 || (code != 0x115F && uc_is_property_default_ignorable_code_point(code)))
        return 0;
    return width;
}

bool nb_utf8_is_blank(uint32_t code)
{
    return code == ' ' || code == '\t' || code == 0x00A0 || code == 0x1680 || code == 0x3000 ||
           (code >= 0x2000 && code <= 0x200B) || code == 0x202F || code == 0x205F;
}

const char *nb_utf8_skip_blanks(const char *at, const char *end)
{
    const char *next = at;
    for (; (!end || at < end) && nb_utf8_is_blank(nb_utf8_next(&next)); at = next)
        continue;
    return at;
}

bool nb_text_begins(const char *at, const char *end, const char *word)
{
    size_t len = strlen(word);
    return (size_t)(end - at) >= len && memcmp(at, word, len) == 0;
}

bool nb_text_take(const char **at, const char *end, const char *word)
{
    bool begins = nb_text_begins(*at, end, word);
    *at += begins ? strlen(word) : 0;
    return begins;
}

void nb_text_add_brief(struct nb_buf *out, const char *bytes, size_t len_bytes)
{
    enum { MOST_CHARS = 60 };
    size_t len = 0;
    for (int chars = 0; len < len_bytes; len++) {
        if (((unsigned char)bytes[len] & 0xC0) != 0x80 && chars++ == MOST_CHARS)
            break;
    }
    nb_text_add_visible(out, bytes, len);
    if (len < len_bytes)
        nb_buf_puts(out, "…");
}

int nb_text_width(const char *text, size_t len_bytes)
{
    int width = 0;
    const char *end = text + len_bytes;
    while (text < end) {
        uint32_t code = nb_utf8_next(&text);
        if (code == 0)
            break;
        width += nb_utf8_width(code);
    }
    return width;
}

/* The next character that is no blank, narrow and in lower case; 0 at the end. */
static uint32_t next_essential(const char **text)
{
    uint32_t code;
    do {
        code = nb_utf8_next(text);
    } while (nb_utf8_is_blank(code));
    if (code >= 0xFF01 && code <= 0xFF5E)
        code = code - 0xFF01 + '!';
    return code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code;
}

bool nb_text_looks_like(const char *a, const char *b)
{
    for (;;) {
        uint32_t left = next_essential(&a), right = next_essential(&b);
        if (left != right)
            return false;
        if (!left)
            return true;
    }
}

/* Where `text` stops being as `word`, or NULL where it is not. */
static const char *match_end(const char *text, const char *word)
{
    for (;;) {
        uint32_t wanted = next_essential(&word);
        if (!wanted)
            return text;
        uint32_t code;
        do
            code = next_essential(&text);
        while (code == '\n');
        if (code != wanted)
            return NULL;
    }
}

const char *nb_text_find(const char *text, const char *word, size_t *len_bytes)
{
    *len_bytes = 0;
    if (match_end("", word)) /* nothing is everywhere */
        return text;
    while (*text) {
        const char *from = text;
        uint32_t code = nb_utf8_next(&text);
        if (nb_utf8_is_blank(code) || code == '\n')
            continue;
        const char *end = match_end(from, word);
        if (end) {
            *len_bytes = (size_t)(end - from);
            return from;
        }
    }
    return NULL;
}

/* Changes between two words, at most FAR: from there on one is no misspelling of the other.
 *
 * Levenshtein's distance, of which only the diagonals nearer than FAR are needed: band[FAR + k]
 * belongs to the first i bytes of a and the first i + k of b. */
enum { FAR = 4 };

static int least(int a, int b)
{
    return a < b ? a : b;
}

static int edit_distance(const char *a, long len_a, const char *b, long len_b)
{
    int room[2 * FAR + 3], *band = room + 1; /* one more at both ends: nothing comes from there */
    if (labs(len_a - len_b) >= FAR)
        return FAR;
    for (int k = -1; k <= 2 * FAR + 1; k++)
        band[k] = k < FAR ? FAR : least(k - FAR, FAR);
    for (long i = 1; i <= len_a; i++) {
        for (int k = 0; k <= 2 * FAR; k++) {
            long j = i + k - FAR;
            bool same = j >= 1 && j <= len_b && a[i - 1] == b[j - 1];
            int other = 1 + least(band[k - 1], band[k + 1]);
            band[k] = j < 0 ? FAR : least(least(band[k] + !same, other), FAR);
        }
    }
    return band[len_b - len_a + FAR];
}

const char *nb_text_nearest(const char *word, const char *const *words, int count)
{
    const char *nearest = NULL;
    long len = (long)strlen(word);
    int best = len / 2 + 1 < FAR ? (int)len / 2 + 1 : FAR; /* more changes is another word */
    for (int i = 0; i < count; i++) {
        int distance = edit_distance(word, len, words[i], (long)strlen(words[i]));
        if (distance < best) {
            best = distance;
            nearest = words[i];
        }
    }
    return nearest;
}

void nb_text_add_escaped(struct nb_buf *out, const char *text)
{
    static const char signs[] = "\n\t\\", letters[] = "nt\\";
    for (; *text; text++) {
        const char *sign = strchr(signs, *text);
        if (sign)
            nb_buf_putc(out, '\\');
        nb_buf_putc(out, sign ? letters[sign - signs] : *text);
    }
}

bool nb_text_unescape(char *text)
{
    static const char signs[] = "\n\t\\", letters[] = "nt\\";
    char *to = text;
    for (const char *at = text; *at; at++) {
        const char *letter = *at == '\\' && at[1] ? strchr(letters, at[1]) : NULL;
        if (*at == '\\' && !letter)
            return false;
        *to++ = letter ? signs[letter - letters] : *at;
        at += letter != NULL;
    }
    *to = '\0';
    return true;
}
