/* Sentences and paragraphs that stand twice in a draft. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "proof.h"

/* A stretch: which text, which of its stretches. */
struct place {
    int text, stretch;
};

/* Where each long stretch stands first: open addressing by hash. */
struct index {
    const struct nb_proofs *proofs;
    struct place *slots; /* text 0: free, which is no text with stretches */
    size_t mask;
};

static uint64_t hash_at(const struct nb_proofs *proofs, struct place place)
{
    return proofs->items[place.text].stretches[place.stretch].hash;
}

/* Where the stretch stood before; if nowhere, it is entered and text 0 returned. */
static struct place find_earlier(struct index *index, struct place place)
{
    uint64_t hash = hash_at(index->proofs, place);
    size_t slot = (size_t)(hash >> 20) & index->mask;
    while (index->slots[slot].text) {
        if (hash_at(index->proofs, index->slots[slot]) == hash)
            return index->slots[slot];
        slot = (slot + 1) & index->mask;
    }
    index->slots[slot] = place;
    return (struct place) { 0, 0 };
}

/* A run of stretches that stand earlier in the draft, in the same order. */
struct repeat {
    int text, first, last; /* of the later ones */
    struct place earlier;  /* of the first one */
    int earlier_last;
    int count; /* characters */
};

/* How few characters are worth a word: where notes restate what the overview says, one sentence
 * may well be the same. */
enum { LEAST_WITHIN = 30, LEAST_ACROSS = 80 };

static const char *stretch_at(const struct nb_proof *proof, int stretch)
{
    return proof->text + proof->stretches[stretch].span.start;
}

static int count_characters(const char *at, const char *end)
{
    int count = 0;
    while (at < end) {
        uint32_t code = nb_utf8_next(&at);
        count += code != '\n' && !nb_utf8_is_blank(code);
    }
    return count;
}

static void add_repeat(const struct nb_checker *checker, const struct nb_draft *draft,
                       const char *file, const struct repeat *repeat)
{
    struct nb_proofs *proofs = checker->proofs;
    const struct nb_proof *proof = &proofs->items[repeat->text];
    struct nb_proof_check check = {
        .checker = checker, .draft = draft, .index = repeat->text, .text = proof->text
    };
    const char *from = stretch_at(proof, repeat->first);
    const char *end = stretch_at(proof, repeat->last) + proof->stretches[repeat->last].span.len;
    bool within = repeat->earlier.text == repeat->text;
    char count[16];
    struct nb_buf about = { 0 }, quote = { 0 };
    if (repeat->count < (within ? LEAST_WITHIN : LEAST_ACROSS) ||
        proofs->repeats.count >= NB_MOST_FOUND)
        return;
    snprintf(count, sizeof count, "%d", repeat->count);
    nb_proof_add_evidence(&about, from, (size_t)(end - from));
    nb_text_add_brief(&quote, from, (size_t)(end - from));
    const struct nb_form *form = checker->form;
    const char *where =
        within ? "前面"
        : repeat->earlier.text < NB_TEXT_PROSE
            ? "前言"
            : nb_section_title(form->proses[repeat->earlier.text - NB_TEXT_PROSE]->section);
    check.diags = &proofs->repeats;
    struct nb_diag *diag = nb_diag_add(check.diags, file, NB_NO_MARK, NB_MSG_TEXT_REPEATED, "where",
                                       where, "count", count, "quote", nb_buf_text(&quote), NULL);
    nb_proof_found(&check, diag, from, (size_t)(end - from), nb_buf_text(&about));
    nb_buf_release(&about);
    nb_buf_release(&quote);
}

/* Does the stretch go on with the run? A few that were changed, or are too short to be told apart,
 * may stand between. */
static bool continues(const struct repeat *repeat, struct place place, struct place earlier)
{
    enum { MOST_BETWEEN = 2 };
    int step = place.stretch - repeat->last, earlier_step = earlier.stretch - repeat->earlier_last;
    return repeat->count && repeat->text == place.text && repeat->earlier.text == earlier.text &&
           step <= MOST_BETWEEN + 1 && earlier_step >= 0 && earlier_step <= MOST_BETWEEN + 1;
}

static void take_repeat(const struct nb_proofs *proofs, struct repeat *repeat, struct place place,
                        struct place earlier, bool goes_on)
{
    const struct nb_proof *proof = &proofs->items[place.text];
    const char *from = stretch_at(proof, place.stretch);
    if (!goes_on)
        *repeat =
            (struct repeat) { .text = place.text, .first = place.stretch, .earlier = earlier };
    repeat->last = place.stretch;
    repeat->earlier_last = earlier.stretch;
    repeat->count += count_characters(from, from + proof->stretches[place.stretch].span.len);
}

/* Findings stand by text, and in each by offset. */
static void place_all(const struct nb_draft *draft, struct nb_diags *repeats)
{
    for (int from = 0, to; from < repeats->count; from = to) {
        const char *address = repeats->items[from].cell;
        for (to = from; to < repeats->count && strcmp(repeats->items[to].cell, address) == 0;)
            to++;
        nb_proof_place(draft, nb_draft_find_text(draft, address), &repeats->items[from], to - from);
    }
}

void nb_proofs_check_repeats(const struct nb_checker *checker, const struct nb_draft *draft,
                             const char *file)
{
    struct nb_proofs *proofs = checker->proofs;
    size_t total = 0, size = 64;
    nb_diags_clear(&proofs->repeats);
    for (int i = 0; i < proofs->count; i++)
        total += (size_t)proofs->items[i].n_stretches;
    while (size < 2 * total)
        size *= 2;
    struct index index = { proofs, nb_xalloc(size * sizeof *index.slots), size - 1 };
    struct repeat repeat = { .count = 0 };
    for (struct place at = { 0, 0 }; at.text < proofs->count; at.text++) {
        const struct nb_proof *proof = &proofs->items[at.text];
        for (at.stretch = 0; at.stretch < proof->n_stretches; at.stretch++) {
            if (!proof->stretches[at.stretch].hash)
                continue;
            struct place earlier = find_earlier(&index, at);
            if (!earlier.text)
                continue;
            bool goes_on = continues(&repeat, at, earlier);
            if (!goes_on && repeat.count)
                add_repeat(checker, draft, file, &repeat);
            take_repeat(proofs, &repeat, at, earlier, goes_on);
        }
    }
    if (repeat.count)
        add_repeat(checker, draft, file, &repeat);
    free(index.slots);
    place_all(draft, &proofs->repeats);
}
