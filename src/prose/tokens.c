/* From a sentence to tokens, by way of a narrow copy. */
#include "tokens.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/form.h"
#include "nianbao/text.h"

/* No sentence of a report has more; what has, is no prose. */
enum { MOST_TOKENS = 2000, MARK_BYTES = 3, REFERENCE = 0x1A };

/* ---- the copy ---- */

/* Makes room for a copy that is at most twice as long as the sentence. */
static void reserve(struct nb_tokens *tokens, size_t len)
{
    if (len <= tokens->cap)
        return;
    tokens->cap = len * 2;
    for (int i = 0; i < 2; i++) {
        struct nb_copy *copy = &tokens->copies[i];
        copy->bytes = nb_xrealloc(copy->bytes, tokens->cap, 1);
        copy->from = nb_xrealloc(copy->from, tokens->cap, sizeof *copy->from);
    }
}

static void add_bytes(struct nb_copy *copy, const char *bytes, size_t len, size_t from)
{
    for (size_t i = 0; i < len; i++) {
        copy->bytes[copy->len] = bytes[i];
        copy->from[copy->len++] = from;
    }
}

static bool is_numeral(const struct nb_wording *wording, const char *at, const char *end)
{
    return (unsigned char)*at >= 0xE0 &&
           (nb_wording_begins(wording)[nb_char_index(at)] & NB_BEGINS_NUMERAL) &&
           nb_number_may_begin(at, end);
}

/* The half-width form of a digit, a point or a percent sign; 0: it is none of these. */
static char narrow_form(uint32_t code)
{
    bool narrows = (code >= 0xFF10 && code <= 0xFF19) || code == 0xFF05 || code == 0xFF0E;
    return narrows ? (char)(code - 0xFF01 + '!') : '\0';
}

/* A blank between two digits keeps them apart; all others go. */
static bool keeps_apart(const struct nb_copy *copy, const char *next, const char *end)
{
    return copy->len && nb_is_digit(copy->bytes[copy->len - 1]) && next < end && nb_is_digit(*next);
}

static const char *add_narrow(struct nb_copy *copy, const char *text, const char *at,
                              const char *end)
{
    const char *from = at;
    size_t place = (size_t)(from - text), reference = *at == '{' ? nb_reference_length(at) : 0;
    if (reference && reference <= (size_t)(end - at)) {
        add_bytes(copy, &(char) { REFERENCE }, 1, place);
        return at + reference;
    }
    uint32_t code = nb_utf8_next(&at);
    char narrow = narrow_form(code);
    if (narrow)
        add_bytes(copy, &narrow, 1, place);
    else if (!nb_utf8_is_blank(code))
        add_bytes(copy, from, (size_t)(at - from), place);
    else if (keeps_apart(copy, at, end))
        add_bytes(copy, " ", 1, place);
    return at;
}

static void make_narrow(struct nb_tokens *tokens, const char *text, struct nb_span sentence)
{
    struct nb_copy *copy = &tokens->copies[0];
    const char *at = text + sentence.start, *end = at + sentence.len;
    copy->len = 0;
    while (at < end) {
        unsigned char byte = (unsigned char)*at;
        if (byte >= 0xE4 && byte < 0xE9) { /* most ideographs need no look */
            add_bytes(copy, at, MARK_BYTES, (size_t)(at - text));
            at += MARK_BYTES;
        } else {
            at = add_narrow(copy, text, at, end);
        }
    }
    copy->from[copy->len] = (size_t)(end - text);
}

static void append(struct nb_copy *copy, const struct nb_copy *other, size_t from, size_t to)
{
    memcpy(copy->bytes + copy->len, other->bytes + from, to - from);
    memcpy(copy->from + copy->len, other->from + from, (to - from) * sizeof *copy->from);
    copy->len += to - from;
}

static const struct nb_copy *make_dated(struct nb_tokens *tokens,
                                        const struct nb_reporter *reporter)
{
    const char *const words[] = { reporter->wording->this_year, reporter->wording->last_year,
                                  reporter->wording->next_year, reporter->wording->other_year };
    const struct nb_copy *narrow = &tokens->copies[0];
    struct nb_copy *dated = &tokens->copies[1];
    size_t kept = 0, at = 0;
    dated->len = 0;
    while (at < narrow->len) {
        const char *from = narrow->bytes + at, *end = narrow->bytes + narrow->len;
        enum nb_period period;
        bool digit = nb_is_digit(*from);
        size_t len = digit || is_numeral(reporter->wording, from, end)
                         ? nb_period_read(from, end, reporter->year, &period)
                         : 0;
        if (len && words[period][0] && strlen(words[period]) <= 2 * len) {
            append(dated, narrow, kept, at);
            add_bytes(dated, words[period], strlen(words[period]), narrow->from[at]);
            kept = at += len;
            continue;
        }
        do /* past all digits, so that none of them begins a year by itself */
            at++;
        while (at < narrow->len && digit && nb_is_digit(narrow->bytes[at]));
    }
    if (!kept)
        return narrow;
    append(dated, narrow, kept, narrow->len);
    dated->from[dated->len] = narrow->from[narrow->len];
    return dated;
}

/* ---- names of the body that reports ---- */

/* ＿＿: an import could not tell whose report it is. */
static bool is_named(const struct nb_reporter *reporter)
{
    for (const char *at = reporter->unit; *at;) {
        if (nb_utf8_is_ideograph(nb_utf8_next(&at)))
            return true;
    }
    return false;
}

bool nb_reporter_is(const struct nb_reporter *reporter, int self)
{
    const char *ends = reporter->wording->selves[self].ends;
    size_t len = strlen(reporter->unit), len_end;
    if (!*ends || !is_named(reporter))
        return true;
    for (const char *end; (end = nb_words_next(&ends, &len_end));) {
        if (len_end <= len && memcmp(reporter->unit + len - len_end, end, len_end) == 0)
            return true;
    }
    return false;
}

static size_t common_length(const char *at, const char *end, const char *name)
{
    size_t len = 0;
    while (at + len < end && name[len] && at[len] == name[len])
        len++;
    while (len && ((unsigned char)name[len] & 0xC0) == 0x80)
        len--;
    return len;
}

/* The length of the body's whole name at `at`, also without its 人民政府. */
static size_t whole_name_length(const struct nb_reporter *reporter, const char *at, const char *end)
{
    const char *unit = reporter->unit;
    size_t common = common_length(at, end, unit);
    if (common < 2 * MARK_BYTES || !unit[common])
        return common < 2 * MARK_BYTES ? 0 : common;
    const char *unit_end = unit + strlen(unit);
    const struct nb_word *rest = nb_wording_find(reporter->wording, unit + common, unit_end);
    bool governs =
        nb_word_has(rest, NB_SENSE_OTHERS) && rest->len_bytes == (size_t)(unit_end - unit) - common;
    return governs ? common : 0;
}

/* The length of the end of the body's name at `at`: 市教育局 of 示例市教育局. */
static size_t tail_length(const struct nb_reporter *reporter, const char *at, const char *end)
{
    enum { LEAST_TAIL = 4 * MARK_BYTES };
    const char *unit = reporter->unit, *tail = unit;
    size_t len = strlen(unit);
    while ((tail = strchr(tail + 1, *at)) && tail + LEAST_TAIL <= unit + len) {
        size_t tail_len = (size_t)(unit + len - tail);
        if (tail_len <= (size_t)(end - at) && memcmp(at, tail, tail_len) == 0)
            return tail_len;
    }
    return 0;
}

/* ---- tokens ---- */

struct cutter {
    struct nb_tokens *tokens;
    const struct nb_reporter *reporter;
    const struct nb_copy *copy;
    const char *end;
};

static struct nb_token *add_token(struct cutter *cutter, const char *at, size_t len,
                                  enum nb_token_kind kind)
{
    struct nb_tokens *tokens = cutter->tokens;
    size_t from = cutter->copy->from[at - cutter->copy->bytes];
    size_t to = cutter->copy->from[at + len - cutter->copy->bytes];
    NB_GROW(tokens->items, tokens->count, tokens->cap_items);
    assert(tokens->items);
    struct nb_token *token = &tokens->items[tokens->count++];
    *token = (struct nb_token) { .kind = kind, .bracket = -1, .span = { from, to - from } };
    return token;
}

/* Marks and quotes begin with these bytes, ideographs with others. */
static bool is_mark_byte(char byte)
{
    return byte == '\xE2' || byte == '\xE3' || byte == '\xEF';
}

static enum nb_token_kind kind_of_ascii(char byte)
{
    static const char marks[] = ",:;!?()";
    static const enum nb_token_kind kinds[] = { NB_TOKEN_COMMA, NB_TOKEN_COLON, NB_TOKEN_STOP,
                                                NB_TOKEN_STOP,  NB_TOKEN_STOP,  NB_TOKEN_OPEN,
                                                NB_TOKEN_CLOSE };
    const char *found = byte ? strchr(marks, byte) : NULL;
    return found ? kinds[found - marks] : NB_TOKEN_UNKNOWN;
}

static enum nb_token_kind kind_of_mark(const char *at, const char *end)
{
    static const struct {
        char mark[MARK_BYTES + 1];
        enum nb_token_kind kind;
    } marks[] = {
        { "，", NB_TOKEN_COMMA }, { "、", NB_TOKEN_ENUM },  { "：", NB_TOKEN_COLON },
        { "。", NB_TOKEN_STOP },  { "；", NB_TOKEN_STOP },  { "！", NB_TOKEN_STOP },
        { "？", NB_TOKEN_STOP },  { "（", NB_TOKEN_OPEN },  { "）", NB_TOKEN_CLOSE },
        { "【", NB_TOKEN_OPEN },  { "】", NB_TOKEN_CLOSE },
    };
    if ((unsigned char)*at < 0x80)
        return kind_of_ascii(*at);
    for (size_t i = 0; is_mark_byte(*at) && end - at >= MARK_BYTES && i < nb_countof(marks); i++) {
        if (memcmp(at, marks[i].mark, MARK_BYTES) == 0)
            return marks[i].kind;
    }
    return NB_TOKEN_UNKNOWN;
}

/* The length of a quotation or a title with its marks, 0: none begins here or nothing ends it. */
static size_t quoted_length(const char *at, const char *end)
{
    static const char pairs[][2][MARK_BYTES + 1] = { { "《", "》" }, { "“", "”" },   { "〔", "〕" },
                                                     { "「", "」" }, { "『", "』" }, { "〈", "〉" },
                                                     { "‘", "’" } };
    enum { MOST_BYTES = 900 };
    for (size_t i = 0; is_mark_byte(*at) && end - at >= MARK_BYTES && i < nb_countof(pairs); i++) {
        if (memcmp(at, pairs[i][0], MARK_BYTES) != 0)
            continue;
        const char *limit = end - at > MOST_BYTES ? at + MOST_BYTES : end;
        for (const char *close = at + MARK_BYTES; close + MARK_BYTES <= limit; close++) {
            if (memcmp(close, pairs[i][1], MARK_BYTES) == 0)
                return (size_t)(close - at) + MARK_BYTES;
        }
        return 0;
    }
    return 0;
}

static const char *add_unknown(struct cutter *cutter, const char *at)
{
    const char *next = at;
    nb_utf8_next(&next);
    struct nb_tokens *tokens = cutter->tokens;
    struct nb_token *last = tokens->count ? &tokens->items[tokens->count - 1] : NULL;
    size_t to = cutter->copy->from[next - cutter->copy->bytes];
    if (last && last->kind == NB_TOKEN_UNKNOWN)
        last->span.len = to - last->span.start;
    else
        add_token(cutter, at, (size_t)(next - at), NB_TOKEN_UNKNOWN);
    return next;
}

/* Does what comes next go on from something that is no word? */
static bool is_behind_unknown(const struct nb_tokens *tokens)
{
    const struct nb_token *last = tokens->count ? &tokens->items[tokens->count - 1] : NULL;
    return last && (last->kind == NB_TOKEN_UNKNOWN || nb_word_has(last->word, NB_SENSE_OTHERS));
}

static bool is_self(const struct nb_reporter *reporter, const struct nb_word *word)
{
    for (const struct nb_use *use = nb_word_uses(reporter->wording, word); use;
         use = nb_use_next(reporter->wording, use)) {
        if (use->role == NB_ROLE_SELF && nb_reporter_is(reporter, use->index))
            return true;
    }
    return false;
}

/* A word or a number, whichever is longer; NULL: neither stands here. */
static const char *add_word_or_number(struct cutter *cutter, const char *at)
{
    struct nb_number number;
    const struct nb_wording *wording = cutter->reporter->wording;
    const struct nb_word *word = nb_wording_find(wording, at, cutter->end);
    bool begins = (unsigned char)*at < 0x80 || is_numeral(wording, at, cutter->end);
    size_t len = begins ? nb_number_read(at, cutter->end, &number) : 0;
    if (word && word->len_bytes >= len) {
        struct nb_token *token = add_token(cutter, at, word->len_bytes, NB_TOKEN_WORD);
        token->word = word;
        token->is_self = is_self(cutter->reporter, word);
        token->is_other = nb_word_has(word, NB_SENSE_OTHERS) ||
                          (!token->is_self && (word->roles >> NB_ROLE_SELF & 1u));
        return at + word->len_bytes;
    }
    if (!len)
        return NULL;
    add_token(cutter, at, len, NB_TOKEN_NUMBER)->number = number;
    return at + len;
}

/* “予以甲”件: a word of its own in quotes is that word. */
static const char *add_quoted(struct cutter *cutter, const char *at, size_t len)
{
    const char *from = at + MARK_BYTES, *to = at + len - MARK_BYTES;
    const struct nb_word *word =
        from < to ? nb_wording_find(cutter->reporter->wording, from, to) : NULL;
    bool whole = word && from + word->len_bytes == to;
    struct nb_token *token = add_token(cutter, at, len, whole ? NB_TOKEN_WORD : NB_TOKEN_QUOTED);
    token->word = whole ? word : NULL;
    return at + len;
}

/* The body's name at `at`, 0: none. Behind something unknown its end may be another one's. */
static size_t name_length(const struct cutter *cutter, const char *at)
{
    size_t len = whole_name_length(cutter->reporter, at, cutter->end);
    return len || is_behind_unknown(cutter->tokens)
               ? len
               : tail_length(cutter->reporter, at, cutter->end);
}

static const char *add_mark(struct cutter *cutter, const char *at)
{
    enum nb_token_kind kind = kind_of_mark(at, cutter->end);
    size_t len = kind == NB_TOKEN_UNKNOWN ? quoted_length(at, cutter->end) : 0;
    if (len)
        return add_quoted(cutter, at, len);
    if (kind == NB_TOKEN_UNKNOWN)
        return add_unknown(cutter, at);
    len = (unsigned char)*at < 0x80 ? 1 : MARK_BYTES;
    add_token(cutter, at, len, kind);
    return at + len;
}

static const char *add_next(struct cutter *cutter, const char *at)
{
    size_t len = name_length(cutter, at);
    if (*at == REFERENCE) {
        add_token(cutter, at, 1, NB_TOKEN_NUMBER)->is_reference = true;
        return at + 1;
    }
    if (len) {
        add_token(cutter, at, len, NB_TOKEN_WORD)->is_self = true;
        return at + len;
    }
    const char *next = add_word_or_number(cutter, at);
    return next ? next : add_mark(cutter, at);
}

static void pair_brackets(struct nb_tokens *tokens)
{
    enum { DEEPEST = 8 };
    int open[DEEPEST], depth = 0;
    for (int i = 0; i < tokens->count; i++) {
        struct nb_token *token = &tokens->items[i];
        if (token->kind == NB_TOKEN_OPEN && depth < DEEPEST)
            open[depth++] = i;
        if (token->kind != NB_TOKEN_CLOSE || !depth)
            continue;
        token->bracket = open[--depth];
        tokens->items[token->bracket].bracket = i;
    }
}

void nb_tokens_cut(struct nb_tokens *tokens, const struct nb_reporter *reporter, const char *text,
                   struct nb_span sentence)
{
    tokens->count = 0;
    reserve(tokens, 2 * (sentence.len + 1));
    make_narrow(tokens, text, sentence);
    const struct nb_copy *copy = make_dated(tokens, reporter);
    struct cutter cutter = { tokens, reporter, copy, copy->bytes + copy->len };
    for (const char *at = copy->bytes; at < cutter.end;) {
        at = add_next(&cutter, at);
        if (tokens->count > MOST_TOKENS) {
            tokens->count = 0;
            return;
        }
    }
    pair_brackets(tokens);
}

void nb_tokens_release(struct nb_tokens *tokens)
{
    free(tokens->items);
    for (int i = 0; i < 2; i++) {
        free(tokens->copies[i].bytes);
        free(tokens->copies[i].from);
    }
}
