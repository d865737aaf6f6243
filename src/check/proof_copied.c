/* Texts that are last year's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "proof.h"

/* Runs of this many ideographs are looked for in last year's text. Figures, years, blanks and marks
 * do not count: those are what a copy changes. */
enum { SHINGLE = 6, LEAST_SHINGLES = 100, MUCH_PERCENT = 80, ALL_PERCENT = 90 };

struct shingles {
    const char *at, *end;
    uint32_t window[SHINGLE];
    int count;
    uint64_t hash;
};

/* The next one, 0: none. */
static uint64_t next_shingle(struct shingles *shingles)
{
    const uint64_t factor = 0x9E3779B97F4A7C15;
    uint64_t power = 1;
    for (int i = 0; i < SHINGLE; i++)
        power *= factor;
    while (shingles->at < shingles->end) {
        uint32_t code = nb_utf8_next(&shingles->at);
        if (!nb_utf8_is_ideograph(code))
            continue;
        uint32_t *oldest = &shingles->window[shingles->count % SHINGLE];
        shingles->hash = shingles->hash * factor + code - *oldest * power;
        *oldest = code;
        shingles->count++;
        if (shingles->count >= SHINGLE)
            return shingles->hash ? shingles->hash : 1;
    }
    return 0;
}

struct known {
    uint64_t *slots; /* 0: free */
    size_t mask;
};

static uint64_t *find_slot(const struct known *known, uint64_t hash)
{
    size_t slot = (size_t)(hash >> 17) & known->mask;
    while (known->slots[slot] && known->slots[slot] != hash)
        slot = (slot + 1) & known->mask;
    return &known->slots[slot];
}

static struct known known_of(const char *text)
{
    size_t len = strlen(text), size = 64;
    while (size < len) /* three bytes a character: at most two thirds full */
        size *= 2;
    struct known known = { nb_xalloc(size * sizeof *known.slots), size - 1 };
    struct shingles shingles = { .at = text, .end = text + len };
    for (uint64_t hash; (hash = next_shingle(&shingles));)
        *find_slot(&known, hash) = hash;
    return known;
}

struct likeness {
    int same, total;
};

static struct likeness compare(const struct known *known, const char *from, const char *end)
{
    struct likeness likeness = { 0, 0 };
    struct shingles shingles = { .at = from, .end = end };
    for (uint64_t hash; (hash = next_shingle(&shingles)); likeness.total++)
        likeness.same += *find_slot(known, hash) == hash;
    return likeness;
}

/* The paragraphs that are last year's: how many, and where the first stands. */
static int count_copied(const struct nb_proof_check *check, const struct known *known,
                        struct nb_span *first)
{
    int count = 0;
    for (const char *at = check->text; at < check->end;) {
        const char *newline = memchr(at, '\n', (size_t)(check->end - at));
        const char *end = newline ? newline : check->end;
        struct likeness likeness = compare(known, at, end);
        bool copied =
            likeness.total && likeness.same * 100LL >= likeness.total * (long long)ALL_PERCENT;
        if (copied && !count++)
            *first = (struct nb_span) { (size_t)(at - check->text), (size_t)(end - at) };
        at = end + (newline != NULL);
    }
    return count;
}

static void add_copied(struct nb_proof_check *check, const struct known *known, int percent)
{
    struct nb_span first = { 0, (size_t)(check->end - check->text) };
    int count = count_copied(check, known, &first);
    char percent_text[24], count_text[16];
    struct nb_buf quote = { 0 };
    snprintf(percent_text, sizeof percent_text, "%d%%", percent);
    snprintf(count_text, sizeof count_text, "%d", count);
    nb_text_add_brief(&quote, check->text + first.start, first.len);
    struct nb_diag *diag =
        nb_diag_add(check->diags, check->file, NB_NO_MARK, NB_MSG_TEXT_COPIED, "percent",
                    percent_text, "count", count_text, "quote", nb_buf_text(&quote), NULL);
    nb_proof_found(check, diag, check->text + first.start, first.len, percent_text);
    nb_buf_release(&quote);
}

void nb_proof_check_copied(struct nb_proof_check *check)
{
    const struct nb_draft *prior = check->checker->prior;
    int text = prior && check->prose
                   ? nb_draft_find_text(prior, nb_draft_text_address(check->draft, check->index))
                   : -1;
    const char *old = text >= 0 ? nb_draft_text(prior, text) : "";
    if (!old[0])
        return;
    struct known known = known_of(old);
    struct likeness likeness = compare(&known, check->text, check->end);
    if (likeness.total >= LEAST_SHINGLES &&
        likeness.same * 100LL >= likeness.total * (long long)MUCH_PERCENT)
        add_copied(check, &known, (int)(likeness.same * 100LL / likeness.total));
    free(known.slots);
}
