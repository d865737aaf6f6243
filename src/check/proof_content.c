/* What a text must say and what it must not, and how it is typed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "nianbao/text.h"
#include "nianbao/typography.h"
#include "proof.h"

static struct nb_diag *add(struct nb_proof_check *check, enum nb_message message, const char *name,
                           const char *value, const char *says)
{
    return nb_diag_add(check->diags, check->file, NB_NO_MARK, message, name, value, "says", says,
                       NULL);
}

/* （…） behind a message, nothing where the form gives no reason. */
static void add_says(struct nb_buf *out, const struct nb_prose *prose)
{
    if (prose->says[0])
        nb_buf_printf(out, "（%s）", prose->says);
}

/* ---- aspects ---- */

bool nb_check_speaks_of(const char *text, const struct nb_aspect *aspect)
{
    for (int i = 0; i < aspect->n_words; i++) {
        if (strstr(text, aspect->words[i]))
            return true;
    }
    return strstr(text, aspect->name) != NULL;
}

/* Has the clerk come to an end? A text that is being written is not scolded: it ends with a
 * sentence, and has some length for each aspect but the first. */
static bool seems_written(const struct nb_proof_check *check)
{
    enum { CHARACTERS_EACH = 40 };
    static const char *const stops[] = { "。", "！", "”", "）" };
    const char *end = check->end;
    while (end > check->text && strchr(" \t\n", end[-1]))
        end--;
    bool stopped = false;
    for (size_t i = 0; i < nb_countof(stops); i++) {
        size_t len = strlen(stops[i]);
        stopped |= (size_t)(end - check->text) >= len && memcmp(end - len, stops[i], len) == 0;
    }
    return stopped &&
           nb_utf8_count(check->text, end) >= CHARACTERS_EACH * (check->prose->n_aspects - 1);
}

static void check_aspects(struct nb_proof_check *check)
{
    const struct nb_prose *prose = check->prose;
    struct nb_buf names = { 0 }, about = { 0 }, says = { 0 };
    for (int i = 0; i < prose->n_aspects; i++) {
        if (nb_check_speaks_of(check->text, &prose->aspects[i]))
            continue;
        nb_buf_printf(&names, "“%s”", prose->aspects[i].name);
        nb_buf_printf(&about, "%s%s", about.len ? "、" : "", prose->aspects[i].name);
    }
    if (names.len && (check->final || seems_written(check))) {
        add_says(&says, prose);
        struct nb_diag *diag =
            add(check, NB_MSG_TEXT_ASPECT, "aspects", names.data, nb_buf_text(&says));
        nb_proof_found(check, diag, check->text, 0, about.data);
    }
    nb_buf_release(&names);
    nb_buf_release(&about);
    nb_buf_release(&says);
}

/* ---- texts that are missing or say nothing ---- */

/* Is the text one of the form's words for nothing, but for blanks and marks? */
static bool says_nothing(const struct nb_proof_check *check)
{
    struct nb_buf bare = { 0 };
    for (const char *at = check->text; at < check->end;) {
        const char *from = at;
        if (nb_utf8_is_ideograph(nb_utf8_next(&at)))
            nb_buf_add(&bare, from, (size_t)(at - from));
    }
    const struct nb_words *words = &check->prose->not_alone;
    bool nothing = bare.len > 0 && nb_words_prefix(words, bare.data, bare.len) == bare.len;
    nb_buf_release(&bare);
    return nothing;
}

static bool check_alone(struct nb_proof_check *check)
{
    enum { MOST_BYTES = 60 }; /* longer texts say something */
    size_t len = (size_t)(check->end - check->text);
    if (!check->prose->not_alone.count || len > MOST_BYTES || !says_nothing(check))
        return false;
    struct nb_buf quote = { 0 }, says = { 0 };
    nb_text_add_brief(&quote, check->text, len);
    add_says(&says, check->prose);
    struct nb_diag *diag = add(check, NB_MSG_TEXT_ALONE, "text", quote.data, nb_buf_text(&says));
    nb_proof_found(check, diag, check->text, len, quote.data);
    nb_buf_release(&quote);
    nb_buf_release(&says);
    return true;
}

static void check_missing(struct nb_proof_check *check)
{
    struct nb_buf says = { 0 };
    if (!check->prose->required || !check->final)
        return;
    add_says(&says, check->prose);
    struct nb_diag *diag = add(check, NB_MSG_TEXT_MISSING, "heading",
                               nb_section_title(check->prose->section), nb_buf_text(&says));
    nb_proof_found(check, diag, check->text, 0, "");
    nb_buf_release(&says);
}

void nb_proof_check_content(struct nb_proof_check *check)
{
    if (!check->prose)
        return;
    if (check->text == check->end)
        check_missing(check);
    else if (!check_alone(check))
        check_aspects(check);
}

/* ---- notices ---- */

static uint32_t plain_bracket(uint32_t code)
{
    static const char32_t opening[] = U"[(【［（", closing[] = U"])】］）";
    for (size_t i = 0; opening[i]; i++) {
        if (code == opening[i])
            return U'〔';
        if (code == closing[i])
            return U'〕';
    }
    return code;
}

/* The end of the notice that begins at `at`, whatever its brackets and blanks; NULL: another. */
static const char *match_notice(const char *at, const char *end, const char *notice)
{
    while (*notice) {
        if (at == end)
            return NULL;
        uint32_t code = nb_utf8_next(&at);
        if (code == ' ')
            continue;
        if (plain_bracket(code) != nb_utf8_next(&notice))
            return NULL;
    }
    return at;
}

static bool add_notice(struct nb_proof_check *check, const char *at, const char *end)
{
    struct nb_span sentence = nb_proof_sentence(check, at);
    const char *from = check->text + sentence.start;
    if (sentence.len > NB_MOST_SENTENCE || nb_proof_is_within(from, at, "《》") ||
        nb_words_find(&check->form->proof.elsewhen, from, sentence.len))
        return false;
    struct nb_buf about = { 0 }, quote = { 0 };
    nb_text_add_visible(&quote, at, (size_t)(end - at));
    nb_proof_add_evidence(&about, from, sentence.len);
    struct nb_diag *diag = nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_NOTICE,
                                       "found", quote.data, "cite", check->form->basis, NULL);
    nb_proof_found(check, diag, at, (size_t)(end - at), about.data);
    nb_buf_release(&about);
    nb_buf_release(&quote);
    return true;
}

/* Where the notice begins whose year stands at `at`: its first part, blanks, a bracket; NULL. */
static const char *notice_start(const struct nb_proof_check *check, const char *at, size_t head_len)
{
    uint32_t bracket = nb_utf8_before(check->text, at);
    if (plain_bracket(bracket) != U'〔')
        return NULL;
    at -= bracket < 0x80 ? 1 : strlen("〔");
    while (at > check->text && at[-1] == ' ')
        at--;
    return (size_t)(at - check->text) >= head_len ? at - head_len : NULL;
}

bool nb_proof_check_notice(struct nb_proof_check *check, const char *at, size_t len)
{
    const struct nb_form *form = check->form;
    if (len != 4 || (check->prose && check->prose->other_years))
        return false;
    for (int i = 0; i < form->n_outdated; i++) {
        const char *bracket = strstr(form->outdated[i], "〔");
        size_t head_len = bracket ? (size_t)(bracket - form->outdated[i]) : 0;
        const char *from = head_len ? notice_start(check, at, head_len) : NULL;
        if (!from || memcmp(from, form->outdated[i], head_len) != 0)
            continue;
        const char *end = match_notice(from, check->end, form->outdated[i]);
        if (end)
            return add_notice(check, from, end);
    }
    return false;
}

/* ---- what was left over from a template ---- */

static bool is_alnum(unsigned char byte)
{
    return nb_is_digit((char)byte) || (byte >= 'a' && byte <= 'z') ||
           (byte >= 'A' && byte <= 'Z') || (byte && strchr("._/-", byte));
}

/* Does the word stand by itself? XX in an address does not, nor ○○ in 二○○八年. */
static bool stands_alone(const struct nb_proof_check *check, const char *at, const char *behind)
{
    static const char32_t numerals[] = U"一二三四五六七八九十〇○";
    uint32_t before = nb_utf8_before(check->text, at);
    uint32_t after = behind < check->end ? nb_utf8_next(&behind) : 0;
    if ((unsigned char)*at < 0x80)
        return !(before < 0x80 && is_alnum((unsigned char)before)) &&
               !(after < 0x80 && is_alnum((unsigned char)after));
    for (const char32_t *numeral = numerals; *numeral; numeral++) {
        if (before == *numeral || after == *numeral)
            return false;
    }
    return true;
}

/* The same sign over and over is one remain: ×××. */
static const char *remain_end(const struct nb_proof_check *check, const char *at, size_t len)
{
    const char *behind = at + len, *next = at;
    nb_utf8_next(&next);
    size_t sign = (size_t)(next - at);
    while ((size_t)(check->end - behind) >= sign && memcmp(behind, at, sign) == 0)
        behind += sign;
    return behind;
}

static void add_remain(struct nb_proof_check *check, const char *at, const char *behind)
{
    struct nb_buf quote = { 0 }, about = { 0 };
    nb_text_add_visible(&quote, at, (size_t)(behind - at));
    nb_proof_add_context(&about, check, at, behind);
    struct nb_diag *diag = nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_TEMPLATE,
                                       "word", quote.data, NULL);
    nb_proof_found(check, diag, at, (size_t)(behind - at), about.data);
    nb_buf_release(&quote);
    nb_buf_release(&about);
}

/* May the word be there? Signs that are not ideographs are known; most texts have none of these. */
static bool may_have(const struct nb_proof *proof, const char *word)
{
    uint32_t code = nb_utf8_next(&word);
    return nb_utf8_is_ideograph(code) || (proof->signs[code / 64 % 4] >> code % 64 & 1);
}

/* strstr() is quicker than memmem() where there is nothing to find, as nearly always. */
void nb_proof_check_template(struct nb_proof_check *check)
{
    const struct nb_words *words = &check->form->proof.templates;
    int before = check->diags->count;
    for (int i = 0; i < words->count; i++) {
        const char *word = words->items[i], *behind;
        const char *at = may_have(check->proof, word) ? strstr(check->text, word) : NULL;
        size_t len = strlen(word);
        for (; at && check->diags->count - before < NB_MOST_FOUND;
             at = memmem(behind, (size_t)(check->end - behind), word, len)) {
            behind = remain_end(check, at, len);
            if (stands_alone(check, at, behind))
                add_remain(check, at, behind);
        }
    }
}

/* ---- typography ---- */

void nb_proof_add_counted(struct nb_proof_check *check, enum nb_message message, const char *at,
                          size_t len, int count)
{
    char number[16];
    struct nb_buf where = { 0 }, about = { 0 };
    snprintf(number, sizeof number, "%d", count);
    nb_proof_add_context(&where, check, at, at + len);
    nb_buf_printf(&about, "%d | %s", count, where.data);
    struct nb_diag *diag = nb_diag_add(check->diags, check->file, NB_NO_MARK, message, "count",
                                       number, "where", where.data, NULL);
    nb_proof_found(check, diag, at, len, about.data);
    nb_buf_release(&where);
    nb_buf_release(&about);
}

void nb_proof_check_typos(struct nb_proof_check *check)
{
    static const enum nb_message messages[NB_TYPO_KINDS] = {
        [NB_TYPO_HALF_WIDTH] = NB_MSG_TEXT_HALFWIDTH,
        [NB_TYPO_BRACKETS] = NB_MSG_TEXT_BRACKETS,
        [NB_TYPO_NUMBER] = NB_MSG_TEXT_NUMBER,
    };
    const struct nb_typo *first[NB_TYPO_KINDS] = { NULL };
    int counts[NB_TYPO_KINDS] = { 0 };
    struct nb_typos typos = { 0 };
    nb_typos_find(&typos, check->text, (size_t)(check->end - check->text));
    for (int i = 0; i < typos.count; i++) {
        const struct nb_typo *typo = &typos.items[i];
        if (!counts[typo->kind])
            first[typo->kind] = typo;
        counts[typo->kind] += !typo->again;
    }
    for (int kind = 0; kind < NB_TYPO_KINDS; kind++) {
        if (first[kind])
            nb_proof_add_counted(check, messages[kind], check->text + first[kind]->offset,
                                 first[kind]->len, counts[kind]);
    }
    nb_typos_release(&typos);
}
