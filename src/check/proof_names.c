/* Names of bodies that are not the report's own: what was copied from a neighbour's report.
 *
 * A name is only told apart where its last word is the unit's own, 区 in the report of a 区: names
 * of higher and lower bodies end otherwise. It is looked for in two places, as the owner of a
 * document in 《》, and as the subject at the start of a sentence that reports work. */
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "nianbao/text.h"
#include "proof.h"

/* Characters of a name with its last word. */
enum { LEAST_NAME = 3, MOST_NAME = 14 };

struct name {
    const char *at;
    size_t len;
};

static bool is_word(const struct nb_words *words, const char *text, size_t len)
{
    return nb_words_prefix(words, text, len) == len;
}

/* Where the last part of the name begins: behind the level word before it, with two characters
 * between, as no part of a name is shorter. */
static const char *brief_start(const struct nb_words *levels, const char *unit, const char *end)
{
    const char *brief = unit, *at = unit;
    while (at < end) {
        size_t len = nb_words_prefix(levels, at, (size_t)(end - at));
        if (len && nb_utf8_count(brief, at) >= LEAST_NAME - 1 &&
            nb_utf8_count(at + len, end) >= LEAST_NAME)
            brief = at + len;
        if (len)
            at += len;
        else
            nb_utf8_next(&at);
    }
    return brief;
}

void nb_own_name_take(const struct nb_proof_words *words, const char *unit, struct nb_own_name *own)
{
    size_t len = strlen(unit), office;
    while ((office = nb_words_suffix(&words->offices, unit, len)))
        len -= office;
    size_t level = nb_words_suffix(&words->levels, unit, len);
    const char *brief = brief_start(&words->levels, unit, unit + len);
    *own = (struct nb_own_name) { .unit = unit,
                                  .unit_len = len,
                                  .brief = brief,
                                  .brief_len = (size_t)(unit + len - brief),
                                  .level = unit + len - level,
                                  .level_len = level,
                                  .is_peer = is_word(&words->peers, unit + len - level, level) };
    if (!level || nb_utf8_count(unit, unit + len) < LEAST_NAME - 1)
        own->level = NULL;
}

/* ---- names ---- */

/* Reads a name from `at` on: ideographs up to the unit's last word, the first time it stands at the
 * end of what may be a name. */
static bool read_name(const struct nb_own_name *own, const char *at, const char *end,
                      struct name *name)
{
    const char *from = at;
    for (int count = 0; at < end && count < MOST_NAME; count++) {
        bool ends =
            (size_t)(end - at) >= own->level_len && memcmp(at, own->level, own->level_len) == 0;
        if (ends && nb_utf8_count(from, at + own->level_len) >= LEAST_NAME) {
            *name = (struct name) { from, (size_t)(at - from) + own->level_len };
            return true;
        }
        if (ends || !nb_utf8_is_ideograph(nb_utf8_next(&at)))
            return false;
    }
    return false;
}

/* May it be a name: no word like 社区 or 组织 at either end, no particle between? */
static bool may_be_name(const struct nb_proof_words *words, const struct name *name)
{
    static const char *const particles[] = { "的", "了", "在", "与", "及" };
    for (size_t i = 0; i < nb_countof(particles); i++) {
        if (memmem(name->at, name->len, particles[i], strlen(particles[i])))
            return false;
    }
    return !nb_words_prefix(&words->no_names, name->at, name->len) &&
           !nb_words_suffix(&words->no_names, name->at, name->len);
}

/* Is it another body's: neither part of the unit's name and of the signer's, nor they part of it?
 */
static bool is_foreign(const struct nb_proof_check *check, const struct nb_own_name *own,
                       const struct name *name)
{
    const char *signed_by = check->checker->proofs->signed_by;
    return may_be_name(&check->form->proof, name) &&
           !memmem(own->unit, own->unit_len, name->at, name->len) &&
           !memmem(name->at, name->len, own->brief, own->brief_len) &&
           !memmem(signed_by, strlen(signed_by), name->at, name->len);
}

static bool was_told(const struct nb_proof_check *check, int from, const struct name *name)
{
    for (int i = from; i < check->diags->count; i++) {
        const struct nb_diag *diag = &check->diags->items[i];
        if (diag->len == name->len && memcmp(check->text + diag->offset, name->at, name->len) == 0)
            return true;
    }
    return false;
}

static void add_name(struct nb_proof_check *check, const struct nb_own_name *own,
                     const struct name *name, const char *quote, size_t quote_len)
{
    struct nb_buf about = { 0 }, where = { 0 };
    char *foreign = nb_xstrndup(name->at, name->len);
    char *unit = nb_xstrndup(own->unit, own->unit_len);
    nb_proof_add_evidence(&about, quote, quote_len);
    nb_buf_printf(&about, " | %s", unit);
    nb_text_add_brief(&where, quote, quote_len);
    struct nb_diag *diag =
        nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_NAME, "name", foreign,
                    "unit", unit, "where", nb_buf_text(&where), NULL);
    nb_proof_found(check, diag, name->at, name->len, nb_buf_text(&about));
    nb_buf_release(&about);
    nb_buf_release(&where);
    free(foreign);
    free(unit);
}

/* ---- documents ---- */

/* Where bodies of one level stand above each other, 市 above 市, the unit says that it made the
 * document; elsewhere it is enough that it does not speak of a guest or a source. */
static bool is_reported_as_own(const struct nb_proof_check *check, const struct nb_own_name *own,
                               const char *from, const char *title)
{
    const struct nb_proof_words *words = &check->form->proof;
    size_t len = (size_t)(title - from);
    if (nb_words_find(&words->guests, from, len))
        return false;
    return own->is_peer || nb_words_suffix(&words->own, from, len) > 0;
}

static void check_document(struct nb_proof_check *check, const struct nb_own_name *own,
                           const char *title, int before)
{
    static const char opening[] = "《", closing[] = "》";
    const char *at = title + strlen(opening);
    struct name name;
    if (!read_name(own, at, check->end, &name) || !is_foreign(check, own, &name) ||
        was_told(check, before, &name))
        return;
    struct nb_span sentence = nb_proof_sentence(check, title);
    const char *from = check->text + sentence.start, *end = from + sentence.len;
    if (sentence.len > NB_MOST_SENTENCE || at > end)
        return;
    const char *close = memmem(at, (size_t)(end - at), closing, strlen(closing));
    /* a joint document names the unit behind the other body */
    if (close && !memmem(at, (size_t)(close - at), own->brief, own->brief_len) &&
        is_reported_as_own(check, own, from, title))
        add_name(check, own, &name, title, (size_t)(close + strlen(closing) - title));
}

/* ---- subjects ---- */

/* Behind 2024年， and the number of a list, as 一是 and （一）. A name may begin with one of these,
 * as 三水区 does; what is left of it is too short to be taken for one. */
static const char *skip_opening(const char *at, const char *end)
{
    static const char32_t openings[] = U" 　（(一二三四五六七八九十0123456789）)、.是年度，,";
    while (at < end) {
        const char *next = at;
        uint32_t code = nb_utf8_next(&next);
        const char32_t *opening = openings;
        while (*opening && *opening != code)
            opening++;
        if (!*opening)
            break;
        at = next;
    }
    return at;
}

/* Does the sentence go on as if the body before it were its subject? That is when one of the words
 * follows with which reports begin: 积极, 共. */
static bool is_subject(const struct nb_proof_check *check, const char *behind, const char *end)
{
    const struct nb_proof_words *words = &check->form->proof;
    behind += nb_words_prefix(&words->offices, behind, (size_t)(end - behind));
    return nb_words_prefix(&words->acts, behind, (size_t)(end - behind)) > 0;
}

static void check_subjects(struct nb_proof_check *check, const struct nb_own_name *own, int before)
{
    const struct nb_proof *proof = check->proof;
    for (int i = 0; i < proof->n_stretches && check->diags->count - before < NB_MOST_FOUND; i++) {
        const char *from = check->text + proof->stretches[i].span.start;
        const char *end = from + proof->stretches[i].span.len;
        struct name name;
        if (proof->stretches[i].span.len > NB_MOST_SENTENCE)
            continue;
        if (!read_name(own, skip_opening(from, end), end, &name) ||
            !is_foreign(check, own, &name) || was_told(check, before, &name) ||
            nb_words_find(&check->form->proof.guests, from, (size_t)(end - from)))
            continue;
        if (is_subject(check, name.at + name.len, end))
            add_name(check, own, &name, from, (size_t)(end - from));
    }
}

void nb_proof_check_names(struct nb_proof_check *check)
{
    const struct nb_own_name *own = &check->checker->proofs->own;
    int before = check->diags->count;
    if (!own->level)
        return;
    const struct nb_proof *proof = check->proof;
    for (int i = 0; i < proof->n_titles && check->diags->count - before < NB_MOST_FOUND; i++)
        check_document(check, own, check->text + proof->titles[i], before);
    if (own->is_peer)
        check_subjects(check, own, before);
}
