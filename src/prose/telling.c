/* Is it worth reading? Most paragraphs of most reports state nothing that a table holds, and pass
 * here at a few instructions a character. */
#include <string.h>

#include "nianbao/number.h"
#include "nianbao/text.h"
#include "statements.h"

static bool stands_any(const char *at, const char *end, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (nb_text_begins(at, end, words[i]))
            return true;
    }
    return false;
}

/* Could the number at `at` be one of a statement, by what stands behind it? Without a unit only
 * where a sentence or a clause ends. */
static bool is_telling_number(const struct nb_wording *wording, const char *from, const char *at,
                              const char *end)
{
    static const char *const marks[] = { "，", "。", "；", "、", "）" }, *const percent = "％";
    struct nb_number number;
    size_t len = nb_number_read(at, end, &number);
    const char *behind = at + len;
    if (!len || number.percent || (number.chinese && number.vague))
        return number.percent;
    while (behind < end && *behind == ' ')
        behind++;
    if (end - behind < 3)
        return false;
    if (!(nb_wording_begins(wording)[nb_char_index(behind)] & NB_BEGINS_UNIT)) {
        bool is_bare = !number.chinese && at > from && (unsigned char)at[-1] >= 0x80;
        return nb_text_begins(behind, end, percent) ||
               (is_bare && stands_any(behind, end, marks, nb_countof(marks)));
    }
    const struct nb_word *word = nb_wording_find(wording, behind, end);
    return nb_word_has(word, NB_SENSE_AT_LEAST) || (word && word->roles >> NB_ROLE_UNIT & 1u);
}

/* Does a word for none stand there, with one behind it of which there may be none? */
static bool is_telling_claim(const struct nb_wording *wording, const char *at, const char *end)
{
    const struct nb_word *none = nb_wording_find(wording, at, end);
    if (!none || !(none->roles >> NB_ROLE_NONE & 1u))
        return false;
    const char *behind = at + none->len_bytes;
    const struct nb_word *next = behind < end ? nb_wording_find(wording, behind, end) : NULL;
    bool passive = nb_word_has(next, NB_SENSE_NEUTRAL);
    for (const struct nb_use *use = nb_word_uses(wording, none); use;
         use = nb_use_next(wording, use)) {
        if (use->role == NB_ROLE_NONE && (passive || !*wording->phrases[use->index].verbs ||
                                          nb_word_roles(wording, next, use->index)))
            return true;
    }
    return false;
}

/* Does a statement begin at that character, which begins as one can? */
static bool begins_statement(const struct nb_wording *wording, const char *from, const char *at,
                             const char *end, unsigned begins)
{
    if (begins & NB_BEGINS_CLAIM && is_telling_claim(wording, at, end))
        return true;
    if (begins & NB_BEGINS_NUMERAL && end - at >= 6 && /* a numeral and what may be a unit */
        nb_wording_begins(wording)[nb_char_index(at + 3)] & NB_BEGINS_UNIT)
        return is_telling_number(wording, from, at, end);
    return begins & NB_BEGINS_DIGITS && *at == '\xEF';
}

bool nb_telling_any(const struct nb_wording *wording, const char *from, const char *end)
{
    enum { ANY = NB_BEGINS_CLAIM | NB_BEGINS_NUMERAL | NB_BEGINS_DIGITS };
    const unsigned char *begins = nb_wording_begins(wording);
    const char *at = from;
    while (at < end) {
        /* by itself, so that where the next character begins waits for nothing */
        for (; at < end && ((unsigned char)*at & 0xF0) == 0xE0; at += 3) {
            unsigned found = begins[nb_char_index(at)] & ANY;
            if (found && begins_statement(wording, from, at, end, found))
                return true;
        }
        size_t digits = nb_is_digit_at(at, end) ? strspn(at, "0123456789") : 0;
        if (digits && is_telling_number(wording, from, at, end))
            return true;
        at += digits ? digits : 1;
    }
    return false;
}
