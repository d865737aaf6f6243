/* The words of a form by their first character, the longer ones first.
 *
 * A text is looked through character by character; most begin no word and cost one look into the
 * table. */
#include "dictionary.h"

#include <string.h>

#include "nianbao/number.h"
#include "nianbao/text.h"

/* Open addressing over first characters, kept half empty. Small, since it is made whenever the
 * program starts, and a page of memory costs as much as ten words. */
enum { SLOTS = 1024, MOST_FIRSTS = SLOTS / 2, MOST_WORDS = 60000 };

struct slot {
    uint32_t first; /* 0: free */
    uint32_t word;  /* the longest; 0: none */
};

struct nb_dictionary {
    struct slot slots[SLOTS];
    struct nb_word *words; /* 0 is none */
    struct nb_use *uses;   /* 0 is none */
    uint16_t n_words, n_uses;
    int n_firsts;
    unsigned char begins[NB_CHAR_TABLE];
};

static unsigned slot_of(uint32_t first)
{
    return (first * 2654435761u) >> 22; /* 10 bits */
}

static void mark(struct nb_dictionary *dictionary, const char *text, unsigned char begins)
{
    if ((unsigned char)*text >= 0xE0)
        dictionary->begins[nb_char_index(text)] |= begins;
}

struct nb_dictionary *nb_dictionary_new(struct nb_build *build, int n_words)
{
    static const char wide_digits[] = "０１２３４５６７８９";
    if (n_words > MOST_WORDS) {
        nb_diag_add(build->diags, build->file, (struct nb_mark) { 1, 1 }, NB_MSG_FORM_LIMIT, "what",
                    "词", "limit", "60000", NULL);
        return NULL;
    }
    struct nb_dictionary *dictionary = nb_build_array(build, 1, sizeof *dictionary);
    dictionary->words = nb_build_array(build, n_words + 1, sizeof *dictionary->words);
    dictionary->uses = nb_build_array(build, n_words + 1, sizeof *dictionary->uses);
    for (const char *digit = wide_digits; *digit; nb_utf8_next(&digit))
        mark(dictionary, digit, NB_BEGINS_DIGITS);
    for (const char *numeral = nb_numerals; *numeral; nb_utf8_next(&numeral))
        mark(dictionary, numeral, NB_BEGINS_NUMERAL | NB_BEGINS_UNIT);
    mark(dictionary, "分", NB_BEGINS_UNIT); /* 百分之 */
    mark(dictionary, "点", NB_BEGINS_UNIT);
    return dictionary;
}

/* NULL where too many words begin differently, which has been told then. */
static struct slot *take_slot(struct nb_build *build, struct nb_dictionary *dictionary,
                              uint32_t first)
{
    unsigned i = slot_of(first);
    while (dictionary->slots[i].first && dictionary->slots[i].first != first)
        i = (i + 1) % SLOTS;
    if (dictionary->slots[i].first)
        return &dictionary->slots[i];
    if (dictionary->n_firsts == MOST_FIRSTS) {
        nb_diag_add(build->diags, build->file, (struct nb_mark) { 1, 1 }, NB_MSG_FORM_LIMIT, "what",
                    "词的首字", "limit", "512", NULL);
        return NULL;
    }
    dictionary->n_firsts++;
    dictionary->slots[i].first = first;
    return &dictionary->slots[i];
}

/* The word with that text, new where there was none; NULL: it cannot be had. */
static struct nb_word *take_word(struct nb_build *build, struct nb_dictionary *dictionary,
                                 const char *text, size_t len)
{
    const char *behind = text;
    struct slot *slot = take_slot(build, dictionary, nb_utf8_next(&behind));
    struct nb_word *words = dictionary->words, *last = NULL, *new;
    if (!slot || len > UINT16_MAX)
        return NULL;
    unsigned at = slot->word;
    for (; at && words[at].len_bytes >= len; at = last->next) {
        if (words[at].len_bytes == len && memcmp(words[at].text, text, len) == 0)
            return &words[at];
        last = &words[at];
    }
    new = &words[++dictionary->n_words];
    *new = (struct nb_word) { .next = (uint16_t)at, .text = text, .len_bytes = (uint16_t)len };
    if (last)
        last->next = dictionary->n_words;
    else
        slot->word = dictionary->n_words;
    return new;
}

void nb_dictionary_add_sense(struct nb_build *build, struct nb_dictionary *dictionary,
                             const char *words, enum nb_sense sense)
{
    size_t len;
    for (const char *text; (text = nb_words_next(&words, &len));) {
        struct nb_word *word = take_word(build, dictionary, text, len);
        if (!word)
            continue;
        word->senses |= 1u << sense;
        if (sense == NB_SENSE_AT_LEAST) /* 3500余件 */
            mark(dictionary, text, NB_BEGINS_UNIT);
    }
}

/* What the role is to a phrase that it concerns. */
static unsigned bits_of(unsigned role)
{
    unsigned bits = 1u << role;
    if (role == NB_ROLE_TOPIC || role == NB_ROLE_TOPIC_WITH)
        bits |= 1u << NB_ROLE_WITH;
    if (role == NB_ROLE_TOPIC_UNIT)
        bits |= 1u << NB_ROLE_UNIT;
    return bits;
}

static void add_use(struct nb_dictionary *dictionary, struct nb_word *word, enum nb_role role,
                    int index)
{
    uint16_t *last = &word->first_use;
    while (*last) /* in the order of the file */
        last = &dictionary->uses[*last].next;
    *last = ++dictionary->n_uses;
    dictionary->uses[*last] = (struct nb_use) { .index = (uint16_t)index, .role = (uint8_t)role };
    word->roles |= (uint16_t)bits_of(role);
}

void nb_dictionary_add_uses(struct nb_build *build, struct nb_dictionary *dictionary,
                            const char *words, enum nb_role role, int index)
{
    bool is_unit = role == NB_ROLE_UNIT || role == NB_ROLE_TOPIC_UNIT;
    unsigned char begins = is_unit ? NB_BEGINS_UNIT : role == NB_ROLE_NONE ? NB_BEGINS_CLAIM : 0;
    size_t len;
    for (const char *text; (text = nb_words_next(&words, &len));) {
        struct nb_word *word = take_word(build, dictionary, text, len);
        if (!word)
            continue;
        add_use(dictionary, word, role, index);
        mark(dictionary, text, begins);
    }
}

/* ---- looking up ---- */

const char *nb_words_next(const char **row, size_t *len_bytes)
{
    const char *text = *row;
    while (*text == ' ' || *text == '\n')
        text++;
    const char *end = text;
    while (*end && *end != ' ' && *end != '\n')
        end++;
    *row = end;
    *len_bytes = (size_t)(end - text);
    return end > text ? text : NULL;
}

const unsigned char *nb_wording_begins(const struct nb_wording *wording)
{
    return wording->dictionary->begins;
}

const struct nb_word *nb_wording_find(const struct nb_wording *wording, const char *text,
                                      const char *end)
{
    const char *behind = text;
    uint32_t first = nb_utf8_next(&behind);
    const struct nb_dictionary *dictionary = wording->dictionary;
    unsigned i = slot_of(first);
    while (dictionary->slots[i].first != first) {
        if (!dictionary->slots[i].first)
            return NULL;
        i = (i + 1) % SLOTS;
    }
    size_t len = (size_t)(end - text), first_len = (size_t)(behind - text);
    const struct nb_word *words = dictionary->words;
    for (unsigned at = dictionary->slots[i].word; at; at = words[at].next) {
        size_t word_len = words[at].len_bytes;
        bool differs =
            word_len > len || /* most do in the next byte but one, without a call */
            (word_len > first_len + 1 && words[at].text[first_len + 1] != text[first_len + 1]);
        if (!differs && memcmp(words[at].text, text, word_len) == 0)
            return &words[at];
    }
    return NULL;
}

const struct nb_use *nb_word_uses(const struct nb_wording *wording, const struct nb_word *word)
{
    return word && word->first_use ? &wording->dictionary->uses[word->first_use] : NULL;
}

const struct nb_use *nb_use_next(const struct nb_wording *wording, const struct nb_use *use)
{
    return use->next ? &wording->dictionary->uses[use->next] : NULL;
}

/* Does the word name a part of that topic? Beside other phrases it then says of what they are, and
 * is none of their words: 个人来件办结12件. */
static bool names_part(const struct nb_wording *wording, const struct nb_word *word, int topic)
{
    for (const struct nb_use *use = nb_word_uses(wording, word); use;
         use = nb_use_next(wording, use)) {
        const struct nb_phrase *part =
            use->role == NB_ROLE_VERB ? &wording->phrases[use->index] : NULL;
        if (part && part->adds && part->topic == topic)
            return true;
    }
    return false;
}

unsigned nb_word_roles(const struct nb_wording *wording, const struct nb_word *word, int phrase)
{
    const struct nb_phrase *at = &wording->phrases[phrase];
    int of = at->topic < 0 ? -1 : wording->topics[at->topic].of;
    unsigned roles = 0;
    for (const struct nb_use *use = nb_word_uses(wording, word); use;
         use = nb_use_next(wording, use)) {
        bool topic = use->role >= NB_ROLE_TOPIC && use->role <= NB_ROLE_TOPIC_UNIT;
        bool hidden = use->role == NB_ROLE_TOPIC_UNIT && *at->units;
        bool meant = topic ? use->index == at->topic || use->index == of : use->index == phrase;
        hidden = hidden || (use->role == NB_ROLE_TOPIC && names_part(wording, word, use->index));
        if (use->role != NB_ROLE_SELF && !hidden && meant)
            roles |= bits_of(use->role);
    }
    return roles;
}

unsigned nb_word_topics(const struct nb_wording *wording, const struct nb_word *word)
{
    const struct nb_word *words = wording->dictionary->words;
    unsigned topics = 0;
    for (const struct nb_word *at = word; at && at != words; at = &words[at->next]) {
        if (!(at->roles >> NB_ROLE_TOPIC & 1u) || memcmp(at->text, word->text, at->len_bytes) != 0)
            continue;
        for (const struct nb_use *use = nb_word_uses(wording, at); use;
             use = nb_use_next(wording, use))
            topics |= use->role == NB_ROLE_TOPIC ? 1u << use->index : 0;
    }
    return topics;
}

bool nb_word_has(const struct nb_word *word, enum nb_sense sense)
{
    return word && (word->senses >> sense & 1u);
}
