/* Where lines end: the rules one by one, then all of them on generated text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unigbrk.h>

#include <cmocka.h>

#include "draft_support.h"
#include "nianbao/text.h"

/* The two lists as src/text/wrap.c explains them, typed again. */
static const char never_first[] = "，。、；：？！）》」』”’…%,.;:?!)]}％‰℃〉】〕］｝·～";
static const char blanks[] = " \u3000\u00A0\u200B";
static const char never_last[] = "（《「『“‘([{〈【〔［｛";

static bool is_in(const char *set, uint32_t code)
{
    for (uint32_t other; (other = nb_utf8_next(&set));) {
        if (other == code)
            return true;
    }
    return false;
}

static uint32_t first_of(const char *text)
{
    return nb_utf8_next(&text);
}

static uint32_t last_of(const char *text, size_t len)
{
    const char *at = text + len;
    do {
        at--;
    } while (((unsigned char)*at & 0xC0) == 0x80);
    return first_of(at);
}

/* ---- examples ---- */

static void add_pieces(struct nb_buf *out, const char *text)
{
    struct nb_pieces pieces;
    nb_pieces_cut(&pieces, text, strlen(text));
    for (int i = 0; i < pieces.count; i++) {
        nb_buf_puts(out, i ? "|" : "");
        nb_buf_add(out, text + pieces.items[i].start, pieces.items[i].len);
    }
    nb_pieces_release(&pieces);
}

static void lines_may_end_where_typography_allows(void **state)
{
    (void)state;
    static const struct {
        const char *text, *pieces;
    } cases[] = {
        { "", "" },
        { "年", "年" },
        { "年报", "年|报" },
        { "申请，答复。", "申|请，|答|复。" },
        { "（一）公开", "（一）|公|开" },
        { "见《条例》第五条", "见|《条|例》|第|五|条" },
        { "受理3646件", "受|理|3646|件" },
        { "金额72701.2578万元", "金|额|72701.2578|万|元" },
        { "占99.5%以上", "占|99.5%|以|上" },
        { "共1,234件", "共|1,234|件" },
        { "本年-121项", "本|年-121|项" },
        { "he said no", "he|said|no" },
        { "用nianbao填报", "用|nianbao|填|报" },
        { "危及“三安全”的", "危|及|“三|安|全”|的" },
        { "说：“好。”他", "说：|“好。”|他" },
        { "‘甲’‘乙’", "‘甲’|‘乙’" },
        { "a“b”c", "a“b”c" },
        { "等等……再说", "等|等……|再|说" },
        { "〔2021〕30号", "〔2021〕|30|号" },
        { "甲 乙", "甲|乙" },
        { "甲·乙", "甲·|乙" },
        { "甲～乙", "甲～|乙" },
        { "（ 甲 ）", "（ 甲 ）" },
        { "甲 ，乙", "甲 ，|乙" },
        { "𠮷野家", "𠮷|野|家" },
        { "e\u0301te\u0301", "e\u0301te\u0301" },
        { "占３．１４％", "占|３．１４％" },
        { "共１，２３４件", "共|１，２３４|件" },
        { "甲，１乙", "甲，|１|乙" },
        { "共12，34件", "共|12，|34|件" },
        { "同比－１２％", "同|比|－１２％" },
        { "见www.gov.cn。", "见|www.gov.cn。" },
        { "https://www.gov.cn/a-b/2024-01/x_1.htm?id=5&n=2 见",
          "https://www.gov.cn/a-b/2024-01/x_1.htm?id=5&n=2|见" },
        { "U.S.A. e.g. Ph.D.", "U.S.A.|e.g.|Ph.D." },
        { "COVID-19与C++", "COVID-19|与|C++" },
        { "Ａ４纸ＧＢ／Ｔ", "Ａ４|纸|ＧＢ／Ｔ" },
        { "占5‰的", "占|5‰|的" },
        { "1\u00A0234件", "1\u00A0234|件" },
        { "年\u2060报", "年\u2060报" },
        { "nian\u200Bbao", "nian|bao" },
        { "  年  报  ", "年|报" },
        { "　 ", "" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++) {
        struct nb_buf got = { 0 };
        add_pieces(&got, cases[i].text);
        assert_text(cases[i].text, nb_buf_text(&got), cases[i].pieces);
        nb_buf_release(&got);
    }
}

struct filling {
    const char *text;
    int indent_cols, width_cols;
    const char *lines;
};

static void expect_filling(const struct filling *filling)
{
    struct nb_pieces pieces;
    struct nb_lines lines = { 0 };
    struct nb_buf got = { 0 };
    nb_pieces_cut(&pieces, filling->text, strlen(filling->text));
    nb_lines_fill(&lines, &pieces, filling->text, filling->indent_cols, filling->width_cols);
    for (int i = 0; i < lines.count; i++) {
        nb_buf_puts(&got, i ? "|" : "");
        nb_buf_add(&got, filling->text + lines.items[i].start, lines.items[i].len);
    }
    assert_text(filling->text, nb_buf_text(&got), filling->lines);
    nb_buf_release(&got);
    nb_lines_release(&lines);
    nb_pieces_release(&pieces);
}

static void lines_are_filled(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "", 0, 10, "" },
        { "申请答复", 0, 4, "申请|答复" },
        { "申请答复", 0, 5, "申请|答复" },
        { "申请答复", 4, 6, "申|请答复" },
        { "申请答复", 4, 8, "申请|答复" },
        { "申请，答复。", 0, 4, "申|请，|答|复。" },
        { "收到（一）件", 0, 6, "收到|（一）|件" },
        { "收到12345件", 0, 8, "收到|12345件" },
        { "收到12345678件", 0, 8, "收到|12345678|件" },
        { "no line is too long", 0, 8, "no line|is too|long" },
        { "no  line", 0, 8, "no  line" },
        { "no  line", 0, 7, "no|line" },
        { "no line  ", 0, 80, "no line" },
        { "abcdefghij", 0, 4, "abcd|efgh|ij" },
        { "abcdefghij年", 0, 4, "abcd|efgh|ij年" },
        { "年", 0, 1, "年" },
        { "年报", 0, 1, "年|报" },
        { "e\u0301e\u0301e\u0301", 0, 2, "e\u0301e\u0301|e\u0301" },
        { "年。。。。", 0, 4, "年。|。。|。" },
        { "全面公开“三安全”事项", 0, 8, "全面公开|“三安全”|事项" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

static void only_the_first_line_is_indented(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "申请答复公开", 4, 8, "申请|答复公开" },
        { "abcdefghij", 4, 8, "abcd|efghij" },
        { "abcdefghijkl年", 4, 8, "abcd|efghijkl|年" },
        { "abcdefgh年", 4, 8, "abcd|efgh年" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

static void blanks_vanish_where_a_long_piece_is_broken(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "abc  )", 0, 5, "abc|)" },
        { "abc  )", 0, 4, "abc|)" },
        { "abc  )", 0, 3, "abc|)" },
        { "abc  )", 0, 6, "abc  )" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

/* Words stay whole before signs keep their place; both give way to words that fit no line. */
static void pieces_too_long_are_broken_where_it_does_least_harm(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "（nianbao）", 0, 8, "（|nianbao|）" },
        { "（nianbao）", 0, 9, "（nianbao|）" },
        { "（99.5%）", 0, 6, "（|99.5%|）" },
        { "“，“nianbao", 0, 7, "“，|“|nianbao" },
        { "abcdefgh，", 0, 4, "abcd|efg|h，" },
        { "abcd，，", 0, 4, "abcd|，，" },
        { "（abcdefgh", 0, 5, "（abc|defgh" },
        { "见http://gov.cn/abc", 0, 16, "见|http://gov.cn/ab|c" },
        { "见http://gov.cn/abc", 0, 17, "见|http://gov.cn/abc" },
        { "http://gov.cn/", 0, 13, "http://gov.cn|/" },
        { "３．１４", 0, 5, "３．|１４" },
        { "甲\u00A0乙", 0, 4, "甲|乙" },
        { "甲\u00A0\u00A0", 0, 4, "甲" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

/* A full-width blank is a blank: where a line ends it goes like any other. */
static void full_width_blanks_vanish_where_a_line_ends(void **state)
{
    (void)state;
    static const struct filling cases[] = {
        { "申请　答复", 0, 6, "申请|答复" },
        { "申请　答复", 0, 4, "申请|答复" },
        { "申请　答复", 0, 10, "申请　答复" },
    };
    for (size_t i = 0; i < nb_countof(cases); i++)
        expect_filling(&cases[i]);
}

static void lines_are_used_again(void **state)
{
    (void)state;
    struct nb_lines lines = { 0 };
    static const char *const texts[] = { "申请答复公开", "年", "", "申请" };
    static const int counts[] = { 3, 1, 0, 1 };
    for (size_t i = 0; i < nb_countof(texts); i++) {
        struct nb_pieces pieces;
        nb_pieces_cut(&pieces, texts[i], strlen(texts[i]));
        nb_lines_fill(&lines, &pieces, texts[i], 0, 4);
        assert_int_equal(lines.count, counts[i]);
        nb_pieces_release(&pieces);
    }
    nb_lines_release(&lines);
}

/* ---- generated text ---- */

static const char *const words[] = {
    "年",     "报", "公",  "开",     "申",   "请",         "𠮷",      "条",      "例",     "一",
    "示例市", "，", "。",  "、",     "；",   "：",         "？",      "！",      "（",     "）",
    "《",     "》", "“",   "”",      "‘",    "’",          "「",      "」",      "……",     "——",
    "〔",     "〕", "·",   "2847",   "99.5", "72701.2578", "1,234",   "2021",    "0",      "%",
    "％",     "件", "",    " ",      "  ",   "web",        "nianbao", "e\u0301", "a-b",    "(",
    ")",      "[",  "]",   ".",      ",",    "　",         "３．",    "１４",    "\u00A0", "\u200B",
    "👩",      "/",  "://", "\u2060", "U.S.",
};

static void add_words(struct nb_buf *out, uint64_t *seed)
{
    for (int count = random_below(seed, 40); count > 0; count--)
        nb_buf_puts(out, words[random_below(seed, (int)nb_countof(words))]);
}

struct sample {
    const char *text;
    size_t len;
    struct nb_pieces pieces;
    struct nb_lines lines;
    int indent_cols, width_cols;
};

static void print_sample(const struct sample *sample, const char *what, int line)
{
    print_error("%s at line %d of width %d, indent %d, of “%s”:\n", what, line, sample->width_cols,
                sample->indent_cols, sample->text);
    for (int i = 0; i < sample->lines.count; i++)
        print_error("[%.*s]\n", (int)sample->lines.items[i].len,
                    sample->text + sample->lines.items[i].start);
    fail();
}

static int room_of(const struct sample *sample, int line)
{
    return sample->width_cols - (line == 0 ? sample->indent_cols : 0);
}

/* The piece that begins at this byte, -1 where the byte is inside of one. */
static int piece_at(const struct sample *sample, size_t offset)
{
    for (int i = 0; i < sample->pieces.count; i++) {
        if (sample->pieces.items[i].start == offset)
            return i;
    }
    return -1;
}

static bool is_single_grapheme(const char *text, size_t len)
{
    const uint8_t *at = (const uint8_t *)text;
    return u8_grapheme_next(at, at + len) == at + len;
}

static void check_widths(const struct sample *sample)
{
    for (int i = 0; i < sample->lines.count; i++) {
        const struct nb_line *line = &sample->lines.items[i];
        const char *text = sample->text + line->start;
        if (line->width != nb_text_width(text, line->len))
            print_sample(sample, "wrong width", i);
        if (line->width > room_of(sample, i) && !is_single_grapheme(text, line->len))
            print_sample(sample, "line too wide", i);
        if (!line->len || is_in(blanks, first_of(text)) || is_in(blanks, last_of(text, line->len)))
            print_sample(sample, "empty or blank at an end", i);
    }
}

static const char *skip_blanks(const char *at)
{
    for (const char *next = at; is_in(blanks, nb_utf8_next(&next)); at = next)
        continue;
    return at;
}

/* Nothing is lost but blanks between lines. */
static void check_content(const struct sample *sample)
{
    size_t at = 0;
    for (int i = 0; i <= sample->lines.count; i++) {
        bool behind = i == sample->lines.count;
        size_t start = behind ? sample->len : sample->lines.items[i].start;
        const char *behind_blanks = skip_blanks(sample->text + at);
        if (start < at || sample->text + start > behind_blanks)
            print_sample(sample, "text lost or doubled", i);
        if (!behind)
            at = start + sample->lines.items[i].len;
    }
}

/* May be part of a word longer than itself. */
static bool is_wordish(uint32_t code)
{
    return is_in("0123456789abcdefghijklmnopqrstuvwxyzUS\u0301\u2060.,-/:%％’３１４．，：", code);
}

/* Is it certain that a line may end between these bytes, sooner than at signs or inside words? */
static bool is_harmless(const char *text, size_t end, size_t next)
{
    uint32_t before = last_of(text, end), after = first_of(text + next);
    if (is_in(blanks, before) || is_in(blanks, after))
        return false;
    return !is_in(never_first, after) && !is_in(never_last, before) &&
           !(end == next && is_wordish(before) && is_wordish(after));
}

/* The harmless spots between two bytes, with all before them within `room` from `start` on. */
static bool has_harmless(const struct sample *sample, size_t start, size_t from, size_t to,
                         int room)
{
    const uint8_t *text = (const uint8_t *)sample->text;
    for (size_t at = from; at < to;) {
        at = (size_t)(u8_grapheme_next(text + at, text + to) - text);
        if (nb_text_width(sample->text + start, at - start) > room)
            return false;
        size_t next = (size_t)(skip_blanks(sample->text + at) - sample->text);
        if (next < to && is_harmless(sample->text, at, next))
            return true;
    }
    return false;
}

/* The run of characters that a word may hold around this byte would fit a line. */
static bool is_inside_short_word(const struct sample *sample, size_t offset)
{
    const char *from = sample->text + offset, *to = from;
    while (from > sample->text && is_wordish(last_of(sample->text, (size_t)(from - sample->text))))
        do
            from--;
        while (((unsigned char)*from & 0xC0) == 0x80);
    for (const char *next = to; is_wordish(nb_utf8_next(&next));)
        to = next;
    bool inside =
        is_in("0123456789abcdefghijklmnopqrstuvwxyz３１４", first_of(sample->text + offset)) &&
        is_in("0123456789abcdefghijklmnopqrstuvwxyz３１４", last_of(sample->text, offset));
    return inside && nb_text_width(from, (size_t)(to - from)) <= sample->width_cols;
}

/* A line that ends inside a piece: no line could hold the piece, and it ends where it does least
 * harm, the latest such place. */
static void check_broken_piece(const struct sample *sample, int i)
{
    const struct nb_line *line = &sample->lines.items[i], *before = line - 1;
    const struct nb_piece *piece = sample->pieces.items;
    while (piece->start + piece->len <= line->start)
        piece++;
    int room = room_of(sample, i - 1);
    if (piece->width <= room)
        print_sample(sample, "broken piece", i);
    size_t end = before->start + before->len;
    size_t from = before->start > piece->start ? before->start : piece->start;
    if (is_inside_short_word(sample, line->start) && end == line->start &&
        room == sample->width_cols)
        print_sample(sample, "broken word", i);
    if (!is_harmless(sample->text, end, line->start) && !is_wordish(last_of(sample->text, end)) &&
        has_harmless(sample, before->start, from, end, room))
        print_sample(sample, "needless sign at an end", i);
    if (has_harmless(sample, before->start, line->start, piece->start + piece->len, room))
        print_sample(sample, "line ends early inside a piece", i - 1);
}

/* Lines end between pieces, except inside a piece that is wider than a line can be; and a line
 * takes all it can hold. */
static void check_breaks(const struct sample *sample)
{
    for (int i = 1; i < sample->lines.count; i++) {
        const struct nb_line *line = &sample->lines.items[i], *before = line - 1;
        int piece = piece_at(sample, line->start);
        if (piece < 0) {
            check_broken_piece(sample, i);
            continue;
        }
        const struct nb_piece *next = &sample->pieces.items[piece];
        if (before->len && before->width + next[-1].blank + next->width <= room_of(sample, i - 1))
            print_sample(sample, "line ends early", i - 1);
    }
}

/* No piece begins or ends with what no line may begin or end with, nor cuts a number or a word. */
static void check_pieces(const struct sample *sample)
{
    for (int i = 1; i < sample->pieces.count; i++) {
        const struct nb_piece *piece = &sample->pieces.items[i];
        const char *text = sample->text + piece->start;
        uint32_t last = last_of(sample->text + piece[-1].start, piece[-1].len);
        uint32_t first = first_of(text);
        bool word = piece[-1].start + piece[-1].len == piece->start && last < 0x80 &&
                    first < 0x80 && strchr("0123456789abcdefghijklmnopqrstuvwxyz", (int)last) &&
                    strchr("0123456789abcdefghijklmnopqrstuvwxyz", (int)first);
        if (is_in(never_first, first) || is_in(never_last, last) || word)
            fail_msg("“%.*s” | “%.*s” in “%s”", (int)piece[-1].len, text - piece[-1].len,
                     (int)piece->len, text, sample->text);
    }
}

static void check_count(const struct sample *sample)
{
    if (sample->indent_cols || sample->pieces.widest > sample->width_cols)
        return;
    int count = nb_lines_count(&sample->pieces, sample->width_cols);
    if (count != sample->lines.count)
        fail_msg("%d lines counted, %d filled: “%s”", count, sample->lines.count, sample->text);
}

static void generated_text_obeys_every_rule(void **state)
{
    (void)state;
    uint64_t seed = 202401;
    struct sample sample = { 0 };
    for (int i = 0; i < 20000; i++) {
        struct nb_buf text = { 0 };
        add_words(&text, &seed);
        sample.text = nb_buf_text(&text);
        sample.len = text.len;
        sample.width_cols = 1 + random_below(&seed, random_below(&seed, 2) ? 30 : 90);
        sample.indent_cols = sample.width_cols > 8 && random_below(&seed, 2) ? 4 : 0;
        nb_pieces_cut(&sample.pieces, sample.text, sample.len);
        nb_lines_fill(&sample.lines, &sample.pieces, sample.text, sample.indent_cols,
                      sample.width_cols);
        check_pieces(&sample);
        check_widths(&sample);
        check_content(&sample);
        check_breaks(&sample);
        check_count(&sample);
        nb_pieces_release(&sample.pieces);
        nb_buf_release(&text);
    }
    nb_lines_release(&sample.lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_may_end_where_typography_allows),
        cmocka_unit_test(lines_are_filled),
        cmocka_unit_test(only_the_first_line_is_indented),
        cmocka_unit_test(blanks_vanish_where_a_long_piece_is_broken),
        cmocka_unit_test(pieces_too_long_are_broken_where_it_does_least_harm),
        cmocka_unit_test(full_width_blanks_vanish_where_a_line_ends),
        cmocka_unit_test(lines_are_used_again),
        cmocka_unit_test(generated_text_obeys_every_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
