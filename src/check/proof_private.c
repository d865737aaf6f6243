/* Numbers that belong to people: mobile telephones, identity cards, bank cards. Each has a shape
 * that other numbers of a report do not have, and two of them a check digit. The number itself is
 * shown in part only, in the evidence of an acceptance too. */
#include <stdlib.h>
#include <string.h>

#include "nianbao/text.h"
#include "proof.h"

/* Digits with the blanks or hyphens between them taken out. */
struct number {
    char digits[20]; /* X for the last one of an identity number */
    int count;
    int groups[8], n_groups;
    const char *end;
};

/* Letters, digits and the signs of addresses: what stands beside one of these is part of something
 * longer. */
static bool is_part(char byte)
{
    return nb_is_digit(byte) || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte && strchr("._/=&?%@#", byte));
}

/* Takes groups of digits, each with one blank or hyphen before it; false: too long, or no number of
 * its own. */
static bool read_number(const char *from, const char *at, const char *end, struct number *number)
{
    *number = (struct number) { .end = at };
    bool separated = at > from && strchr(" -", at[-1]) && at - 1 > from && nb_is_digit(at[-2]);
    if (at > from && (is_part(at[-1]) || separated))
        return false;
    for (;;) {
        if (number->n_groups == (int)nb_countof(number->groups))
            return false;
        int *group = &number->groups[number->n_groups++];
        for (*group = 0; at < end && nb_is_digit(*at); at++, (*group)++) {
            if (number->count + 1 == (int)sizeof number->digits)
                return false;
            number->digits[number->count++] = *at;
        }
        number->end = at;
        if (end - at < 2 || !strchr(" -", *at) || !nb_is_digit(at[1]))
            break;
        at++;
    }
    if (number->count == 17 && at < end && (*at == 'X' || *at == 'x')) {
        number->digits[number->count++] = 'X';
        number->groups[number->n_groups - 1]++;
        number->end = ++at;
    }
    bool ends = at == end || !is_part(*at);
    return ends || (*at == '.' && (at + 1 == end || !is_part(at[1]))); /* a full stop */
}

static bool is_grouped(const struct number *number, const int *groups, int count)
{
    for (int i = 0; i < count && i < number->n_groups; i++) {
        if (number->groups[i] != groups[i])
            return false;
    }
    return number->n_groups == count;
}

/* ---- what it is ---- */

static bool is_mobile(const struct number *number)
{
    static const int written[] = { 3, 4, 4 };
    return number->count == 11 && number->digits[0] == '1' && number->digits[1] >= '3' &&
           (number->n_groups == 1 || is_grouped(number, written, 3));
}

static int part(const char *digits, int from, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++)
        value = 10 * value + (digits[from + i] - '0');
    return value;
}

/* GB 11643: a date of birth, and a check character after ISO 7064, MOD 11-2. */
static bool is_identity(const struct number *number)
{
    static const int weights[] = { 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2 };
    const char *digits = number->digits;
    if (number->count != 18 || number->n_groups > 3)
        return false;
    int year = part(digits, 6, 4), month = part(digits, 10, 2), day = part(digits, 12, 2), sum = 0;
    for (int i = 0; i < 17; i++)
        sum += weights[i] * (digits[i] - '0');
    return year >= 1900 && year <= 2099 && month >= 1 && month <= 12 && day >= 1 && day <= 31 &&
           digits[0] != '0' && digits[17] == "10X98765432"[sum % 11];
}

/* ISO/IEC 7812: issuers of bank cards begin with 62, 4 or 5, and Luhn's sum is a multiple of ten.
 */
static bool is_card(const struct number *number)
{
    bool domestic = memcmp(number->digits, "62", 2) == 0 && number->count >= 16;
    bool foreign = (number->digits[0] == '4' || number->digits[0] == '5') && number->count == 16;
    bool grouped = number->n_groups == 1;
    for (int i = 0; !grouped && i + 1 < number->n_groups; i++) {
        if (number->groups[i] != 4)
            return false;
    }
    int sum = 0;
    if ((!domestic && !foreign) || number->digits[number->count - 1] == 'X')
        return false;
    for (int i = 0; i < number->count; i++) {
        int digit = (number->digits[number->count - 1 - i] - '0') << (i % 2);
        sum += digit > 9 ? digit - 9 : digit;
    }
    return sum % 10 == 0;
}

static const struct {
    bool (*is)(const struct number *number);
    enum nb_message message;
    int shown_first, shown_last; /* digits that are not hidden */
} kinds[] = {
    { is_mobile, NB_MSG_TEXT_MOBILE, 3, 2 },
    { is_identity, NB_MSG_TEXT_IDENTITY, 3, 2 },
    { is_card, NB_MSG_TEXT_CARD, 4, 2 },
};

/* What counts something is no number of a person, however long. */
static bool counts_something(const struct nb_proof_check *check, const struct number *number)
{
    const char *at = number->end;
    while (at < check->end && *at == ' ')
        at++;
    return nb_words_prefix(&check->form->proof.units, at, (size_t)(check->end - at)) > 0;
}

bool nb_proof_check_private(struct nb_proof_check *check, const char *at, size_t len)
{
    struct number number;
    if (len < 3 || *at == '0' || !read_number(check->text, at, check->end, &number) ||
        number.count < 11)
        return false;
    for (size_t i = 0; i < nb_countof(kinds); i++) {
        if (!kinds[i].is(&number) || counts_something(check, &number))
            continue;
        int hidden = number.count - kinds[i].shown_first - kinds[i].shown_last;
        struct nb_buf shown = { 0 };
        nb_buf_add(&shown, number.digits, (size_t)kinds[i].shown_first);
        nb_buf_pad(&shown, '*', hidden);
        nb_buf_puts(&shown, number.digits + number.count - kinds[i].shown_last);
        struct nb_diag *diag = nb_diag_add(check->diags, check->file, NB_NO_MARK, kinds[i].message,
                                           "number", shown.data, NULL);
        nb_proof_found(check, diag, at, (size_t)(number.end - at), shown.data);
        nb_buf_release(&shown);
        return true;
    }
    return false;
}
