/* Rows: several names, then as many numbers.
 *
 *      准予   、   部分准予   和   驳回   分别为   12  件  、  5  件  和  3  件
 *      from                                number      number     number  end
 *
 * Each number belongs to the name at its own place. Where there are names in a row but not as many
 * as numbers, or one of them is not understood, the numbers belong to nothing. */
#include "reading.h"

/* What makes a word one of a phrase. */
enum { OWN = 1 << NB_ROLE_VERB | 1 << NB_ROLE_OBJECT | 1 << NB_ROLE_WITH };

static bool separates(const struct nb_reading *reading, int token)
{
    return nb_reading_is(reading, token, NB_TOKEN_ENUM) ||
           nb_reading_has(reading, token, NB_SENSE_JOINING);
}

/* ---- numbers ---- */

static void read_numbers(const struct nb_reading *reading, int number, struct nb_row *row)
{
    int i = number;
    while (row->n_numbers < NB_MOST_ROW) {
        int behind = nb_reading_unit(reading, i) + 1;
        row->numbers[row->n_numbers++] = i;
        row->end = behind;
        if (!separates(reading, behind) || !nb_reading_is(reading, behind + 1, NB_TOKEN_NUMBER))
            return;
        i = behind + 1;
    }
}

/* ---- names ---- */

/* May the token stand in a name? */
static bool is_naming(const struct nb_reading *reading, int token)
{
    const struct nb_token *at = nb_reading_token(reading, token);
    bool word = at && at->kind == NB_TOKEN_WORD && !at->is_self && !at->is_other;
    return word && (nb_reading_is_passive(reading, token) ||
                    nb_reading_is_any(reading, token, NB_ROLE_VERB) ||
                    nb_reading_is_any(reading, token, NB_ROLE_OBJECT) ||
                    nb_reading_is_any(reading, token, NB_ROLE_WITH) ||
                    nb_reading_is_any(reading, token, NB_ROLE_TOPIC) ||
                    nb_reading_is_any(reading, token, NB_ROLE_TOPIC_WITH));
}

static unsigned roles_of(const struct nb_reading *reading, int token, int phrase)
{
    return nb_word_roles(reading->reporter->wording, nb_reading_token(reading, token)->word,
                         phrase);
}

/* Is the phrase what the tokens of one name say? Its verb may stand in the name before: 作出甲、乙.
 */
static bool names(const struct nb_reading *reading, int phrase, int from, int to, int row_from)
{
    const struct nb_phrase *at = &reading->reporter->wording->phrases[phrase];
    unsigned seen = 0;
    for (int i = from; i <= to; i++) {
        unsigned roles = roles_of(reading, i, phrase);
        if (!(roles & OWN) && !nb_reading_is_passive(reading, i))
            return false;
        seen |= roles;
    }
    for (int i = row_from; *at->objects && i < from; i++)
        seen |= roles_of(reading, i, phrase) & 1u << NB_ROLE_VERB;
    return seen >> NB_ROLE_VERB & 1u && (!*at->objects || seen >> NB_ROLE_OBJECT & 1u);
}

/* The phrases that the tokens from `from` to `to` name. */
static void read_name(const struct nb_reading *reading, int from, int to, int row_from,
                      struct nb_match *match)
{
    const struct nb_wording *wording = reading->reporter->wording;
    *match = (struct nb_match) { .from = row_from };
    for (int i = from; i <= to; i++) {
        const struct nb_word *word = nb_reading_token(reading, i)->word;
        match->topics |= nb_word_topics(wording, word);
        for (const struct nb_use *use = nb_word_uses(wording, word); use;
             use = nb_use_next(wording, use)) {
            bool known = use->role != NB_ROLE_VERB && use->role != NB_ROLE_OBJECT;
            for (int j = 0; j < match->n_meant && !known; j++)
                known = match->meant[j] == use->index;
            if (!known && match->n_meant < NB_MOST_MEANT &&
                names(reading, use->index, from, to, row_from))
                match->meant[match->n_meant++] = use->index;
        }
    }
}

/* Splits the tokens from `from` to `to` into names; none where one of them is not understood. */
static void read_names(const struct nb_reading *reading, int from, int to, struct nb_row *row)
{
    int start = from;
    for (int i = from; i <= to + 1; i++) {
        if (i <= to && !separates(reading, i))
            continue;
        struct nb_match *name = &row->names[row->n_names++];
        read_name(reading, start, i - 1, from, name);
        start = i + 1;
        if (!name->n_meant || (row->n_names == NB_MOST_ROW && i <= to)) {
            row->n_names = 0;
            return;
        }
    }
}

/* The last token of the names before the number. Behind 分别 may stand more that belongs to all:
 * 甲、乙分别提出12件和3件. */
static int names_end(const struct nb_reading *reading, int number)
{
    int to = number - 1;
    for (int i = to; number - i < NB_MOST_STEPS; i--) {
        if (nb_reading_has(reading, i, NB_SENSE_EACH))
            return i - 1;
        if (!is_naming(reading, i))
            break;
    }
    while (nb_reading_is_passive(reading, to))
        to--;
    return to;
}

/* The first token of the names that end with `to`; *several: there are two or more. */
static int names_begin(const struct nb_reading *reading, int to, bool *several)
{
    int from = to + 1;
    *several = false;
    while (to - from < NB_MOST_STEPS &&
           (separates(reading, from - 1) || is_naming(reading, from - 1)))
        from--;
    while (separates(reading, from))
        from++;
    for (int i = from; i < to; i++)
        *several = *several || separates(reading, i);
    return from;
}

void nb_row_read(struct nb_reading *reading, int number)
{
    struct nb_row row = { .end = 0 };
    bool several;
    read_numbers(reading, number, &row);
    if (row.n_numbers < 2)
        return;
    int to = names_end(reading, number), from = names_begin(reading, to, &several);
    if (!several)
        return;
    read_names(reading, from, to, &row);
    if (row.n_names != row.n_numbers || !nb_match_may_begin(reading, from - 1) ||
        !nb_match_is_own(reading, from))
        row.n_names = 0;
    row.names_end = to;
    reading->row = row;
}

/* Do all tokens from `from` up to the number go with the phrase? */
static bool goes_on(const struct nb_reading *reading, int phrase, int from, int number)
{
    for (int i = from; i < number; i++) {
        if (!(roles_of(reading, i, phrase) & OWN) && !nb_reading_is_passive(reading, i) &&
            !nb_reading_has(reading, i, NB_SENSE_EACH))
            return false;
    }
    return true;
}

bool nb_row_match(const struct nb_reading *reading, int number, int unit, struct nb_match *match)
{
    const struct nb_row *row = &reading->row;
    unsigned topics = 0;
    int place = 0;
    while (place < row->n_names && row->numbers[place] != number)
        place++;
    if (place == row->n_names || nb_reading_token(reading, number)->number.vague ||
        !nb_match_may_follow(reading, row->end))
        return false;
    for (int i = 0; i < row->n_names; i++)
        topics |= row->names[i].topics;
    *match = row->names[place];
    match->to = unit;
    match->n_meant = 0;
    for (int i = 0; i < row->names[place].n_meant; i++) {
        int phrase = row->names[place].meant[i];
        if (goes_on(reading, phrase, row->names_end + 1, row->numbers[0]) &&
            nb_match_has_unit(reading, phrase, number, unit) &&
            nb_match_is_on_topic(reading, phrase, topics) &&
            !nb_match_is_never(reading, phrase, match->from))
            match->meant[match->n_meant++] = phrase;
    }
    return match->n_meant > 0;
}
