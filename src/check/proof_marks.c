/* Marks that have lost their partner, that hold nothing, and that stand twice.
 *
 * Brackets and quotes are paired within a line. What is said of them is only what no way of writing
 * allows: 1） begins the item of a list, an open bracket at the end of a text may still be closed,
 * and 《关于落实《办法》的通知》 is written by many. */
#include <stdio.h>
#include <string.h>
#include <uchar.h>

#include "nianbao/text.h"
#include "proof.h"

/* The closing bracket of an opening one, 0: it is none. Half-width ones count as full-width. */
static uint32_t closing_of(uint32_t code)
{
    static const char32_t pairs[][2] = {
        { U'（', U'）' }, { U'(', U'）' },  { U'《', U'》' }, { U'“', U'”' },
        { U'〔', U'〕' }, { U'【', U'】' }, { U'「', U'」' },
    };
    for (size_t i = 0; i < nb_countof(pairs); i++) {
        if (pairs[i][0] == code)
            return pairs[i][1];
    }
    return 0;
}

static bool is_closing(uint32_t code)
{
    static const char32_t closing[] = U"）》”〕】」";
    const char32_t *at = closing;
    while (*at && *at != code)
        at++;
    return *at != 0;
}

static void take_fault(struct nb_mark_scan *scan, enum nb_mark_fault fault, const char *at)
{
    if (!scan->counts[fault] || at < scan->first[fault])
        scan->first[fault] = at;
    scan->counts[fault]++;
}

/* Does the ） at `at` end the number of an item: 1） or （一、二） without its first? */
static bool numbers_item(const char *from, const char *at)
{
    static const char numerals[] = "一二三四五六七八九十";
    enum { LONGEST = 3 };
    int count = 0;
    const char *before = at;
    for (uint32_t code; count <= LONGEST; count++, before -= code < 0x80 ? 1 : 3) {
        code = nb_utf8_before(from, before);
        bool digit = (code >= '0' && code <= '9') || (code >= 'A' && code <= 'Z') ||
                     (code >= 'a' && code <= 'z');
        bool numeral = nb_utf8_is_ideograph(code) && before - from >= 3 &&
                       memmem(numerals, sizeof numerals - 1, before - 3, 3);
        if (!digit && !numeral)
            return count && !nb_utf8_is_ideograph(code);
    }
    return false;
}

/* Do nothing but blanks stand behind the bracket at `open`? */
static bool is_blank(const char *open, const char *at)
{
    nb_utf8_next(&open);
    while (open < at) {
        if (!nb_utf8_is_blank(nb_utf8_next(&open)))
            return false;
    }
    return true;
}

static void take_closing(struct nb_mark_scan *scan, uint32_t code, const char *from, const char *at)
{
    int partner = scan->depth - 1;
    while (partner >= 0 && scan->closing[partner] != code)
        partner--;
    if (partner < 0 && !(code == U'）' && numbers_item(from, at)))
        take_fault(scan, NB_MARK_UNPAIRED, at);
    if (partner >= 0 && partner == scan->depth - 1 && is_blank(scan->open[partner], at))
        take_fault(scan, NB_MARK_EMPTY, scan->open[partner]);
    for (int i = partner + 1; partner >= 0 && i < scan->depth; i++)
        take_fault(scan, NB_MARK_UNPAIRED, scan->open[i]);
    scan->depth = partner < 0 ? scan->depth : partner;
}

static void take_opening(struct nb_mark_scan *scan, uint32_t closing, const char *at)
{
    bool quoted = false;
    for (int i = 0; i < scan->depth; i++)
        quoted = quoted || (closing == U'”' && scan->closing[i] == closing);
    if (quoted) { /* “甲“ */
        take_fault(scan, NB_MARK_UNPAIRED, at);
        scan->depth--;
    } else if (scan->depth < NB_MOST_OPEN) {
        scan->open[scan->depth] = at;
        scan->closing[scan->depth++] = closing;
    } else {
        scan->lost = true;
    }
}

static bool is_point(uint32_t code)
{
    return code == U'，' || code == U'。' || code == U'、' || code == U'；' || code == U'：';
}

void nb_proof_take_mark(struct nb_mark_scan *scan, const char *from, const char *at,
                        const char *behind, uint32_t code)
{
    bool percent = code == '%' || code == U'％';
    if (code < 0x80 && !percent && code != '(' && code != ')')
        return; /* digits, mostly */
    if (scan->behind == at &&
        (percent ? scan->last == code : is_point(code) && is_point(scan->last)))
        take_fault(scan, NB_MARK_TWICE, at);
    if (is_point(code) || percent) {
        scan->behind = behind;
        scan->last = code;
        return;
    }
    uint32_t closing = closing_of(code);
    if (closing)
        take_opening(scan, closing, at);
    else if (code == ')' || is_closing(code))
        take_closing(scan, code == ')' ? U'）' : code, from, at);
}

void nb_proof_end_line(struct nb_mark_scan *scan, bool finished)
{
    for (int i = 0; i < scan->depth && finished && !scan->lost; i++)
        take_fault(scan, NB_MARK_UNPAIRED, scan->open[i]);
    scan->depth = 0;
    scan->lost = false;
}

static size_t length_at(const char *mark)
{
    const char *behind = mark;
    nb_utf8_next(&behind);
    return (size_t)(behind - mark);
}

void nb_proof_tell_marks(struct nb_proof_check *check, const struct nb_mark_scan *scan)
{
    static const enum nb_message messages[NB_MARK_FAULTS] = {
        [NB_MARK_UNPAIRED] = NB_MSG_TEXT_UNPAIRED,
        [NB_MARK_TWICE] = NB_MSG_TEXT_MARKS,
        [NB_MARK_EMPTY] = NB_MSG_TEXT_EMPTY,
    };
    for (int fault = 0; fault < NB_MARK_FAULTS; fault++) {
        if (scan->counts[fault])
            nb_proof_add_counted(check, messages[fault], scan->first[fault],
                                 length_at(scan->first[fault]), scan->counts[fault]);
    }
}
