#include "codes.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>

#include "nianbao/text.h"

/* Traditional characters, in order, and what they are simplified to: those of the labels of the
 * shipped forms, as OpenCC has them. Others are left to likeness: a label survives one unknown
 * character. */
static const char32_t simplified[] =
    U"並并來来個个備备傳传億亿內内兩两別别動动務务匯汇區区參参員员問问單单國国圍围圖图團团執执"
    U"報报場场夠够實实審审寫写專专對对屬属師师帶带幾几廢废廣广廳厅強强後后徑径從从復复態态應应"
    U"戶户採采換换損损據据擬拟數数於于時时書书會会條条業业構构標标樣样機机檔档檢检欄栏權权歸归"
    U"決决沒没況况減减準准濟济為为無无熱热營营爲为獲获現现產产當当發发監监眾众確确祕秘種种穩稳"
    U"範范籤签糾纠納纳級级終终組组結结絡络統统經经維维網网線线編编縣县總总織织繳缴繼继續续罰罚"
    U"義义聞闻聯联職职臺台與与舉举萬万著着處处號号衆众裏里補补裡里見见規规視视計计討讨訓训託托"
    U"記记訟讼訪访設设許许訴诉評评詢询話话認认說说説说誰谁調调談谈請请論论諮咨講讲證证議议護护"
    U"讀读變变負负財财責责費费資资購购輯辑輸输輿舆轉转辦办這这連连進进過过違违還还郵邮銷销錄录"
    U"錢钱錯错長长門门開开間间閱阅閲阅關关際际隱隐電电項项順顺頻频題题額额類类顯显館馆駁驳體体"
    U"麼么點点";

static uint32_t simplify(uint32_t code)
{
    if (code < 0x4E00 || code > 0x9FFF)
        return uc_tolower(code);
    size_t from = 0, to = nb_countof(simplified) / 2; /* pairs */
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (simplified[2 * middle] == code)
            return simplified[2 * middle + 1];
        if (simplified[2 * middle] < code)
            from = middle + 1;
        else
            to = middle;
    }
    return code;
}

static void add_code(struct nb_codes *codes, uint32_t code)
{
    if (!uc_is_alnum(code))
        return;
    NB_GROW(codes->items, codes->count, codes->cap);
    codes->items[codes->count++] = simplify(code);
}

void nb_codes_add(struct nb_codes *codes, const char *text, size_t len_bytes)
{
    size_t len;
    uint8_t *plain = u8_normalize(UNINORM_NFKC, (const uint8_t *)text, len_bytes, NULL, &len);
    if (!plain)
        nb_out_of_memory();
    for (const char *at = (const char *)plain, *end = at + len; at < end;)
        add_code(codes, nb_utf8_next(&at));
    free(plain);
}

void nb_codes_release(struct nb_codes *codes)
{
    free(codes->items);
    *codes = (struct nb_codes) { 0 };
}

bool nb_codes_equal(const struct nb_codes *a, const struct nb_codes *b)
{
    return a->count == b->count &&
           memcmp(a->items, b->items, (size_t)a->count * sizeof *a->items) == 0;
}

bool nb_codes_part(const struct nb_codes *word, const struct nb_codes *text)
{
    for (int from = 0; text->count && from + text->count <= word->count; from++) {
        if (memcmp(&word->items[from], text->items, (size_t)text->count * sizeof *text->items) == 0)
            return true;
    }
    return false;
}

/* ---- enumerators ---- */

/* 一 to 九, 十 and digits of any width as a number; 0: none. Moves behind it. */
static int read_number(const char **text)
{
    static const char32_t numerals[] = U"零一二三四五六七八九";
    int number = 0;
    for (const char *at = *text;; *text = at) {
        uint32_t code = nb_utf8_next(&at);
        int digit = uc_decimal_value(code);
        for (int i = 1; digit < 0 && i < 10; i++)
            digit = numerals[i] == code ? i : -1;
        if (code == U'十')
            number = number ? number * 10 : 10;
        else if (digit >= 0 && number < 100)
            number = number % 10 == 0 && number >= 10 ? number + digit : number * 10 + digit;
        else
            return number;
    }
}

static bool is_any(uint32_t code, const char32_t *set)
{
    while (*set && *set != code)
        set++;
    return *set != 0;
}

const char *nb_skip_enumerator(const char *text, int *number)
{
    const char *at = text, *next = at;
    bool open = is_any(nb_utf8_next(&next), U"（(〔[【");
    at = open ? next : at;
    next = at;
    bool counted = !open && nb_utf8_next(&next) == U'第';
    at = counted ? next : at;
    *number = read_number(&at);
    next = at;
    uint32_t code = nb_utf8_next(&next);
    bool closed = open      ? is_any(code, U"）)〕]】")
                  : counted ? is_any(code, U"部章节節")
                            : is_any(code, U"、.．。,，)）:：-—");
    if (*number && closed) {
        at = next;
        for (; is_any(nb_utf8_next(&next), U"分、.．。,，:： 　"); at = next)
            ;
        return at;
    }
    *number = 0;
    return text;
}

/* ---- likeness ---- */

static int longer(int a, int b)
{
    return a > b ? a : b;
}

static int lower(int a, int b)
{
    return a < b ? a : b;
}

int nb_codes_likeness(const struct nb_codes *a, const struct nb_codes *b)
{
    enum { MOST = 80 };
    int row[MOST + 1] = { 0 };
    if (!a->count || !b->count || a->count > MOST || b->count > MOST)
        return 0;
    for (int i = 0; i < a->count; i++) {
        for (int j = 0, diagonal = 0; j < b->count; j++) {
            int above = row[j + 1];
            row[j + 1] = a->items[i] == b->items[j] ? diagonal + 1 : longer(above, row[j]);
            diagonal = above;
        }
    }
    return 2000 * row[b->count] / (a->count + b->count);
}

/* Sellers' algorithm: for each beginning of the label, changes between it and the best part of the
 * text that ends here, and where that part begins. */
enum { MOST_LABEL = 128 };
struct fitting {
    const struct nb_codes *label;
    int changes[MOST_LABEL + 1], from[MOST_LABEL + 1];
};

static bool start_fitting(struct fitting *fitting, const struct nb_codes *label)
{
    fitting->label = label;
    for (int i = 0; i <= label->count && i <= MOST_LABEL; i++) {
        fitting->changes[i] = i;
        fitting->from[i] = 0;
    }
    return label->count > 0 && label->count <= MOST_LABEL;
}

/* Takes in the code at `place`. */
static void go_on(struct fitting *fitting, uint32_t code, int place)
{
    int *changes = fitting->changes, *from = fitting->from;
    int corner = changes[0], corner_from = from[0];
    changes[0] = 0;
    from[0] = place + 1;
    for (int i = 1; i <= fitting->label->count; i++) {
        int replaced = corner + (fitting->label->items[i - 1] != code), its_from = corner_from;
        corner = changes[i];
        corner_from = from[i];
        if (replaced <= changes[i] + 1 && replaced <= changes[i - 1] + 1) {
            changes[i] = replaced;
            from[i] = its_from;
        } else if (changes[i - 1] < changes[i]) {
            changes[i] = changes[i - 1] + 1;
            from[i] = from[i - 1];
        } else {
            changes[i]++;
        }
    }
}

/* So many codes of the label, at least, stand nowhere in the text: as many changes, at least. */
static int count_missing(const struct nb_codes *label, const uint32_t *text, int count)
{
    enum { BITS = 512 };
    unsigned char seen[BITS / 8] = { 0 };
    int missing = 0;
    for (int i = 0; i < count; i++)
        seen[text[i] % BITS / 8] |= (unsigned char)(1u << text[i] % 8);
    for (int i = 0; i < label->count; i++)
        missing += !(seen[label->items[i] % BITS / 8] >> label->items[i] % 8 & 1);
    return missing;
}

int nb_codes_fit(const struct nb_codes *label, const uint32_t *text, int own, int count)
{
    enum { BEHIND = 700, LEAST_INSIDE = 2 };
    struct fitting fitting;
    int best = NB_MISFIT, n = label->count;
    if (!start_fitting(&fitting, label) || count_missing(label, text, count) * 2 > n)
        return NB_MISFIT;
    assert(n > 0);
    for (int j = 0; j < count; j++) {
        go_on(&fitting, text[j], j);
        int behind = j + 1 < own ? own - j - 1 : 0, inside = own - fitting.from[n];
        if (inside > 0 && (j < own || (inside >= LEAST_INSIDE && inside * 3 >= n)))
            best = lower(best, (1000 * fitting.changes[n] + BEHIND * behind) / n);
    }
    return best;
}

int nb_codes_within(const struct nb_codes *label, const struct nb_codes *text)
{
    struct fitting fitting;
    if (!start_fitting(&fitting, label))
        return label->count;
    int best = label->count;
    for (int j = 0; j < text->count; j++) {
        go_on(&fitting, text->items[j], j);
        best = lower(best, fitting.changes[label->count]);
    }
    return best;
}
