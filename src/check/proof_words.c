/* One pass over the characters of a text: words written twice, and stretches to compare.
 *
 * Nearly all characters are ideographs of three bytes, E4 to E9 first. Runs of these are looked at
 * as bytes. */
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include "nianbao/text.h"
#include "proof.h"

/* Words of two to eight ideographs; a stretch shorter than this says little, and what it says may
 * be said again. */
enum { LEAST_WORD = 2, MOST_WORD = 8, LEAST_STRETCH = 20 };

enum { BYTES = 3 }; /* of an ideograph */

struct scan {
    struct nb_proof_check *check;
    struct nb_proof *proof;
    struct nb_mark_scan marks;
    const char *start; /* of the stretch */
    uint64_t hash;     /* of its characters so far, without blanks */
    int count;
};

/* ---- doubled words ---- */

/* Is the doubled word the start of a longer one, as in 系统管理|管理员? What follows must end it.
 */
static bool ends_word(const struct nb_proof_check *check, const char *behind)
{
    const char *next = behind;
    return behind == check->end || !nb_utf8_is_ideograph(nb_utf8_next(&next)) ||
           nb_words_prefix(&check->form->proof.links, behind, (size_t)(check->end - behind));
}

/* 没有没有 is never right, whatever follows. */
static bool is_said_once(const struct nb_proof_check *check, const char *from, size_t len)
{
    return nb_words_prefix(&check->form->proof.once, from, len) == len;
}

/* 研究研究 may be said; 一个一个 is how one counts. */
static bool may_be_doubled(const struct nb_proof_check *check, const char *from)
{
    static const char one[] = "一";
    return nb_words_prefix(&check->form->proof.doubles, from, (size_t)(check->end - from)) ||
           memcmp(from, one, BYTES) == 0;
}

static void add_doubled(struct nb_proof_check *check, const char *from, const char *behind)
{
    struct nb_buf about = { 0 };
    char *word = nb_xstrndup(from, (size_t)(behind - from) / 2);
    nb_proof_add_context(&about, check, from, behind);
    struct nb_diag *diag =
        nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_DOUBLED, "word", word, NULL);
    nb_proof_found(check, diag, from, (size_t)(behind - from), nb_buf_text(&about));
    nb_buf_release(&about);
    free(word);
}

/* Three bytes as a number; the one behind them may be read, since texts end with a NUL. */
static uint32_t word_at(const char *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word & 0xFFFFFF;
}

/* Is it one character over and over, or told already as a shorter word? */
static bool is_shorter(const struct nb_proof_check *check, const char *from, size_t len, int before)
{
    if (memcmp(from, from + BYTES, len - BYTES) == 0)
        return true;
    for (int i = before; i < check->diags->count; i++) {
        const char *told = check->text + check->diags->items[i].offset;
        if (told < from + 2 * len && told + check->diags->items[i].len > from)
            return true;
    }
    return false;
}

static void take_doubled(struct nb_proof_check *check, const char *from, size_t len, int before)
{
    const char *behind = from + 2 * len;
    if (check->diags->count < NB_MOST_FOUND && !is_shorter(check, from, len, before) &&
        !may_be_doubled(check, from) &&
        (len > LEAST_WORD * BYTES || ends_word(check, behind) || is_said_once(check, from, len)))
        add_doubled(check, from, behind);
}

/* A word of n characters that stands twice has n characters in a row that are those n places before
 * them, so that every n-th is enough to look at. */
static void find_doubled(struct nb_proof_check *check, const char *run, const char *end)
{
    int before = check->diags->count;
    for (ptrdiff_t len = LEAST_WORD * BYTES; len <= MOST_WORD * BYTES && end - run >= 2 * len;
         len += BYTES) {
        for (const char *at = run + len; at < end; at += len) {
            if (word_at(at) != word_at(at - len))
                continue;
            const char *from = at, *to = at + BYTES;
            while (from - BYTES - len >= run &&
                   word_at(from - BYTES) == word_at(from - BYTES - len))
                from -= BYTES;
            while (to < end && word_at(to) == word_at(to - len))
                to += BYTES;
            if (to - from >= len)
                take_doubled(check, from - len, (size_t)len, before);
            at = to - BYTES;
        }
    }
}

/* ---- stretches ---- */

static uint64_t add_to_hash(uint64_t hash, uint32_t character)
{
    return (hash << 7 | hash >> 57) ^ character * 0x9E3779B97F4A7C15;
}

static void end_stretch(struct scan *scan, const char *at)
{
    struct nb_proof *proof = scan->proof;
    if (scan->count) {
        struct nb_span span = { (size_t)(scan->start - proof->text), (size_t)(at - scan->start) };
        NB_GROW(proof->stretches, proof->n_stretches, proof->cap_stretches);
        proof->stretches[proof->n_stretches++] =
            (struct nb_stretch) { span, scan->count >= LEAST_STRETCH ? scan->hash | 1 : 0 };
    }
    scan->hash = 0;
    scan->count = 0;
}

static bool is_ideograph(const char *at)
{
    return (unsigned char)*at >= 0xE4 && (unsigned char)*at <= 0xE9;
}

/* The end of a run of ideographs. */
static const char *scan_run(struct scan *scan, const char *at)
{
    const char *run = at;
    uint64_t hash = scan->hash;
    if (!scan->count)
        scan->start = at;
    int count = scan->count;
    for (; is_ideograph(at); at += BYTES, count++)
        hash = add_to_hash(hash, word_at(at));
    find_doubled(scan->check, run, at);
    scan->hash = hash;
    scan->count = count;
    return at;
}

static void add_title(struct nb_proof *proof, const char *at)
{
    NB_GROW(proof->titles, proof->n_titles, proof->cap_titles);
    proof->titles[proof->n_titles++] = (size_t)(at - proof->text);
}

/* Blanks do not count: copies from PDF files have some at other places. */
static const char *scan_sign(struct scan *scan, const char *at)
{
    const char *behind = at;
    uint32_t code = nb_utf8_next(&behind);
    scan->proof->signs[code / 64 % 4] |= (uint64_t)1 << code % 64;
    if (code == U'《')
        add_title(scan->proof, at);
    nb_proof_take_mark(&scan->marks, scan->proof->text, at, behind, code);
    if (code == '\n') {
        nb_proof_end_line(&scan->marks, true);
        end_stretch(scan, at);
    } else if (code != ' ' && code != '\t' && code != U'　') {
        if (!scan->count++)
            scan->start = at;
        scan->hash = add_to_hash(scan->hash, code);
    }
    if (code == U'。' || code == U'；' || code == U'！' || code == U'？')
        end_stretch(scan, behind);
    return behind;
}

void nb_proof_check_words(struct nb_proof_check *check)
{
    struct scan scan = { .check = check, .proof = check->proof };
    const char *at = check->text;
    while (at < check->end)
        at = is_ideograph(at) ? scan_run(&scan, at) : scan_sign(&scan, at);
    end_stretch(&scan, at);
    bool stopped = scan.marks.behind == check->end && scan.marks.last == U'。';
    nb_proof_end_line(&scan.marks, stopped || check->final);
    nb_proof_tell_marks(check, &scan.marks);
}
