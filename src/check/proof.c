/* Keeping what is known of texts up to date, and handing it out. */
#include "proof.h"

#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"

/* ---- words ---- */

const char *nb_words_find(const struct nb_words *words, const char *text, size_t len_bytes)
{
    for (int i = 0; i < words->count; i++) {
        const char *at = memmem(text, len_bytes, words->items[i], strlen(words->items[i]));
        if (at)
            return at;
    }
    return NULL;
}

size_t nb_words_prefix(const struct nb_words *words, const char *text, size_t len_bytes)
{
    size_t longest = 0;
    for (int i = 0; i < words->count; i++) {
        const char *word = words->items[i];
        size_t len = 0;
        while (len < len_bytes && word[len] && word[len] == text[len])
            len++;
        if (!word[len] && len > longest)
            longest = len;
    }
    return longest;
}

size_t nb_words_suffix(const struct nb_words *words, const char *text, size_t len_bytes)
{
    size_t longest = 0;
    for (int i = 0; i < words->count; i++) {
        size_t len = strlen(words->items[i]);
        if (len > longest && len <= len_bytes &&
            memcmp(text + len_bytes - len, words->items[i], len) == 0)
            longest = len;
    }
    return longest;
}

/* ---- places in a text ---- */

struct nb_span nb_proof_sentence(struct nb_proof_check *check, const char *at)
{
    size_t offset = (size_t)(at - check->text), len = (size_t)(check->end - check->text);
    struct nb_span sentence = check->sentence;
    if (offset < sentence.start || offset - sentence.start > 2 * NB_MOST_SENTENCE)
        sentence = (struct nb_span) { nb_proof_line(check, at).start, 0 };
    while (sentence.start + sentence.len <= offset && nb_sentence_next(check->text, len, &sentence))
        ;
    check->sentence = sentence;
    return sentence;
}

struct nb_span nb_proof_line(const struct nb_proof_check *check, const char *at)
{
    const char *from = at, *to = at;
    while (from > check->text && from[-1] != '\n' && at - from < NB_MOST_SENTENCE)
        from--;
    while (to < check->end && *to != '\n' && to - at < NB_MOST_SENTENCE)
        to++;
    while (((unsigned char)*from & 0xC0) == 0x80)
        from++;
    while (((unsigned char)*to & 0xC0) == 0x80)
        to--;
    return (struct nb_span) { (size_t)(from - check->text), (size_t)(to - from) };
}

bool nb_proof_is_within(const char *from, const char *at, const char *brackets)
{
    int depth = 0;
    while (from < at) {
        uint32_t code = nb_utf8_next(&from);
        const char *bracket = brackets;
        for (int step = 1; code >= 0x80 && *bracket; step = -step) {
            if (nb_utf8_next(&bracket) == code)
                depth += step > 0 || depth > 0 ? step : 0;
        }
    }
    return depth > 0;
}

/* One character further towards `limit`, at most to it. */
static const char *step_back(const char *at, const char *limit)
{
    while (at > limit && ((unsigned char)*--at & 0xC0) == 0x80)
        ;
    return at;
}

static const char *step_on(const char *at, const char *limit)
{
    if (at < limit)
        nb_utf8_next(&at);
    return at;
}

void nb_proof_add_context(struct nb_buf *out, const struct nb_proof_check *check, const char *from,
                          const char *to)
{
    enum { CHARACTERS = 5 };
    struct nb_span line = nb_proof_line(check, from);
    const char *start = check->text + line.start, *end = start + line.len;
    for (int i = 0; i < CHARACTERS; i++) {
        from = step_back(from, start);
        to = step_on(to, end);
    }
    nb_text_add_visible(out, from, (size_t)(to - from));
}

/* FNV-1a: to tell texts apart, not against malice. */
static unsigned checksum(const char *bytes, size_t len)
{
    unsigned sum = 2166136261u;
    for (size_t i = 0; i < len; i++)
        sum = (sum ^ (unsigned char)bytes[i]) * 16777619u;
    return sum;
}

void nb_proof_add_evidence(struct nb_buf *out, const char *from, size_t len)
{
    enum { MOST = 60, FIRST = 30, LAST = 15 }; /* characters */
    const char *end = from + len, *head = from, *tail = end;
    if (nb_utf8_count(from, end) <= MOST) {
        nb_buf_add(out, from, len);
        return;
    }
    for (int i = 0; i < FIRST; i++)
        head = step_on(head, end);
    for (int i = 0; i < LAST; i++)
        tail = step_back(tail, from);
    nb_buf_add(out, from, (size_t)(head - from));
    nb_buf_puts(out, "…");
    nb_buf_add(out, tail, (size_t)(end - tail));
    nb_buf_printf(out, " #%08x", checksum(from, len));
}

void nb_proof_found(struct nb_proof_check *check, struct nb_diag *diag, const char *from,
                    size_t len, const char *about)
{
    diag->cell = nb_draft_text_address(check->draft, check->index);
    diag->offset = (size_t)(from - check->text);
    diag->len = len;
    diag->about = nb_diag_keep(check->diags, about);
}

/* ---- proof ---- */

static int by_offset(const void *a, const void *b)
{
    const struct nb_diag *x = a, *y = b;
    if (x->offset != y->offset)
        return x->offset < y->offset ? -1 : 1;
    return strcmp(x->rule, y->rule);
}

void nb_proof_place(const struct nb_draft *draft, int text, struct nb_diag *diags, int count)
{
    size_t *offsets = nb_xrealloc(NULL, (size_t)count, sizeof *offsets);
    struct nb_mark *marks = nb_xrealloc(NULL, (size_t)count, sizeof *marks);
    for (int i = 0; i < count; i++)
        offsets[i] = diags[i].offset;
    nb_draft_text_marks(draft, text, offsets, count, marks);
    for (int i = 0; i < count; i++)
        diags[i].mark = marks[i];
    free(offsets);
    free(marks);
}

/* Years, notices and numbers of people, in one walk over the digits. */
static void check_digits(struct nb_proof_check *check)
{
    static bool (*const digit_rules[])(struct nb_proof_check *, const char *,
                                       size_t) = { nb_proof_check_year, nb_proof_check_notice,
                                                   nb_proof_check_private };
    struct nb_span digits = { 0 };
    int found[nb_countof(digit_rules)] = { 0 };
    size_t len = (size_t)(check->end - check->text);
    while (nb_digits_next(check->text, len, &digits)) {
        for (size_t i = 0; i < nb_countof(digit_rules); i++) {
            if (found[i] < NB_MOST_FOUND)
                found[i] += digit_rules[i](check, check->text + digits.start, digits.len);
        }
    }
}

/* Of texts that are not empty. */
static void (*const rules[])(struct nb_proof_check *check) = {
    nb_proof_check_words,    check_digits,          nb_proof_check_names, nb_proof_check_typos,
    nb_proof_check_template, nb_proof_check_copied,
};

static void read_text(struct nb_proof_check *check)
{
    struct nb_proof *proof = check->proof;
    nb_diags_clear(&proof->found);
    free(proof->text);
    proof->text = nb_xstrdup(nb_draft_text(check->draft, check->index));
    proof->len_bytes = strlen(proof->text);
    proof->final = check->final;
    proof->n_stretches = proof->n_titles = 0;
    memset(proof->signs, 0, sizeof proof->signs);
    check->text = proof->text;
    check->end = proof->text + proof->len_bytes;
    check->diags = &proof->found;
    nb_proof_check_content(check);
    for (size_t i = 0; i < nb_countof(rules) && proof->len_bytes; i++)
        rules[i](check);
    if (proof->found.count > 1)
        qsort(proof->found.items, (size_t)proof->found.count, sizeof *proof->found.items,
              by_offset);
    if (proof->found.count)
        nb_proof_place(check->draft, check->index, proof->found.items, proof->found.count);
}

static bool is_current(const struct nb_proof *proof, const char *text, bool final)
{
    return proof->text && proof->final == final && strcmp(proof->text, text) == 0;
}

/* Has the text changed since it was kept? It is kept now. */
static bool keep(char **kept, const char *text)
{
    if (*kept && strcmp(*kept, text) == 0)
        return false;
    free(*kept);
    *kept = nb_xstrdup(text);
    return true;
}

static void read_changed(const struct nb_checker *checker, const struct nb_draft *draft,
                         const char *file, bool final)
{
    struct nb_proofs *proofs = checker->proofs;
    bool renamed = keep(&proofs->unit, nb_draft_text(draft, NB_TEXT_UNIT));
    if (renamed)
        nb_own_name_take(&checker->form->proof, proofs->unit, &proofs->own);
    renamed |= keep(&proofs->signed_by, nb_draft_text(draft, NB_TEXT_SIGNED_BY));
    bool any = false;
    for (int i = NB_TEXT_PREAMBLE; i < proofs->count; i++) {
        struct nb_proof *proof = &proofs->items[i];
        bool is_text = i == NB_TEXT_PREAMBLE || i >= NB_TEXT_PROSE;
        if (!is_text || (!renamed && is_current(proof, nb_draft_text(draft, i), final)))
            continue;
        struct nb_proof_check check = { .checker = checker,
                                        .draft = draft,
                                        .form = checker->form,
                                        .file = file,
                                        .index = i,
                                        .final = final,
                                        .proof = proof };
        if (i >= NB_TEXT_PROSE)
            check.prose = checker->form->proses[i - NB_TEXT_PROSE];
        read_text(&check);
        any = true;
    }
    if (any)
        nb_proofs_check_repeats(checker, draft, file);
}

static void add_copies(struct nb_diags *diags, const struct nb_diags *from)
{
    for (int i = 0; i < from->count; i++)
        nb_diag_add_copy(diags, &from->items[i]);
}

void nb_proofs_add_findings(const struct nb_checker *checker, const struct nb_draft *draft,
                            const char *file, bool final, struct nb_diags *diags)
{
    read_changed(checker, draft, file, final);
    for (int i = 0; i < checker->proofs->count; i++)
        add_copies(diags, &checker->proofs->items[i].found);
    add_copies(diags, &checker->proofs->repeats);
}

struct nb_proofs *nb_proofs_new(int count)
{
    struct nb_proofs *proofs = nb_xalloc(sizeof *proofs);
    proofs->items = nb_xalloc((size_t)count * sizeof *proofs->items);
    proofs->count = count;
    return proofs;
}

void nb_proofs_free(struct nb_proofs *proofs)
{
    for (int i = 0; proofs && i < proofs->count; i++) {
        struct nb_proof *proof = &proofs->items[i];
        nb_diags_release(&proof->found);
        free(proof->text);
        free(proof->stretches);
        free(proof->titles);
    }
    if (proofs) {
        nb_diags_release(&proofs->repeats);
        free(proofs->items);
        free(proofs->unit);
        free(proofs->signed_by);
    }
    free(proofs);
}
