/* Bytes of unknown encoding to clean UTF-8.
 *
 * A byte order mark decides; then NUL bytes mean UTF-16, as no other text holds them; then what is
 * UTF-8 but for a few bytes is that; everything else is GB18030, which GBK and GB2312 are part of.
 */
#include <errno.h>
#include <iconv.h>
#include <stdlib.h>
#include <string.h>
#include <uninorm.h>
#include <unistr.h>

#include "document.h"
#include "nianbao/text.h"

static const char unknown[] = "\xEF\xBF\xBD"; /* U+FFFD */

struct decoder {
    struct nb_buf text;
    int faults;
    size_t first_fault; /* offset in `text` */
};

static void tell_fault(struct decoder *decoder)
{
    if (decoder->faults++ == 0)
        decoder->first_fault = decoder->text.len;
    nb_buf_puts(&decoder->text, unknown);
}

static void decode_utf8(struct decoder *decoder, const char *bytes, size_t len)
{
    while (len) {
        const char *fault = nb_utf8_fault(bytes, len);
        size_t good = fault ? (size_t)(fault - bytes) : len;
        nb_buf_add(&decoder->text, bytes, good);
        bytes += good;
        len -= good;
        if (len) {
            tell_fault(decoder);
            bytes++;
            len--;
        }
    }
}

static void decode_by_iconv(struct decoder *decoder, const char *encoding, const char *bytes,
                            size_t len)
{
    iconv_t cd = iconv_open("UTF-8", encoding);
    if (cd == (iconv_t)-1) { // NOLINT(performance-no-int-to-ptr): iconv_open(3) says so
        decode_utf8(decoder, bytes, len);
        return;
    }
    char *in = (char *)bytes, room[4096];
    while (len) {
        char *out = room;
        size_t left = sizeof room;
        size_t result = iconv(cd, &in, &len, &out, &left);
        nb_buf_add(&decoder->text, room, (size_t)(out - room));
        if (result != (size_t)-1 || errno == E2BIG)
            continue;
        tell_fault(decoder);
        in++;
        len--;
    }
    iconv_close(cd);
}

/* NUL bytes at even and at odd offsets: in UTF-16 the zero half of ASCII characters. */
static const char *utf16_kind(const char *bytes, size_t len)
{
    size_t nuls[2] = { 0, 0 };
    if (len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0)
        return "UTF-16LE";
    if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0)
        return "UTF-16BE";
    for (size_t i = 0; i < len; i++)
        nuls[i % 2] += bytes[i] == '\0';
    if (!nuls[0] && !nuls[1])
        return NULL;
    return nuls[1] > nuls[0] ? "UTF-16LE" : "UTF-16BE";
}

/* Is it UTF-8, perhaps damaged? Text of another encoding has faults everywhere. */
static bool is_mostly_utf8(const char *bytes, size_t len)
{
    size_t faults = 0, letters = 0;
    for (size_t i = 0; i < len; i++)
        letters += ((unsigned char)bytes[i] & 0xC0) == 0xC0;
    while (len) {
        const char *fault = nb_utf8_fault(bytes, len);
        if (!fault)
            break;
        faults++;
        len -= (size_t)(fault - bytes) + 1;
        bytes = fault + 1;
    }
    return faults <= letters / 50;
}

/* Radicals stand for whole ideographs in some PDFs. */
static bool add_radical(struct nb_buf *out, const char *text, size_t len)
{
    const char *at = text;
    uint32_t code = nb_utf8_next(&at);
    if (code < 0x2F00 || code > 0x2FD5)
        return false;
    size_t plain_len;
    uint8_t *plain = u8_normalize(UNINORM_NFKC, (const uint8_t *)text, len, NULL, &plain_len);
    if (!plain)
        nb_out_of_memory();
    nb_buf_add(out, (const char *)plain, plain_len);
    free(plain);
    return true;
}

/* [bookmark: _GoBack], which converters leave of Word's files; 0: none here. */
static size_t bookmark_length(const char *text)
{
    static const char open[] = "[bookmark: ";
    enum { MOST = 60 };
    if (strncmp(text, open, sizeof open - 1) != 0)
        return 0;
    size_t len = strcspn(text, "]\n");
    return len < MOST && text[len] == ']' ? len + 1 : 0;
}

/* What stands for a character: a line break, a page break, nothing; NULL: the character itself. */
static const char *stand_in(uint32_t code, const char *from, size_t len)
{
    if (code == '\r' || code == '\v' || code == 0x85 || code == 0x2028 || code == 0x2029)
        return "\n";
    if (code == '\f')
        return "\f";
    if (code == 0xFEFF || code == 0x200B || code == 0xAD) /* seen by nobody */
        return "";
    return code == 0 || nb_text_fault(from, len) ? "" : NULL;
}

/* False where too much of it are control characters for a text. */
static bool clean(const char *text, size_t len, struct nb_buf *out)
{
    const char *end = text + len;
    size_t dropped = 0;
    while (text < end) {
        const char *from = text;
        size_t bookmark = bookmark_length(text);
        uint32_t code = nb_utf8_next(&text);
        text = bookmark ? from + bookmark : text + (code == 0);
        size_t bytes = (size_t)(text - from);
        const char *by =
            bookmark || (code == '\r' && *text == '\n') ? "" : stand_in(code, from, bytes);
        if (by && *by == '\f' && out->len && !strchr("\n\f", out->data[out->len - 1]))
            by = " "; /* pages begin with a line */
        if (by)
            nb_buf_puts(out, by);
        else if (!add_radical(out, from, bytes))
            nb_buf_add(out, from, bytes);
        dropped += by && !by[0] && code < 0x20 && code != '\r';
    }
    return dropped <= len / 100;
}

static struct nb_mark mark_at(const struct nb_buf *text, size_t offset)
{
    struct nb_mark mark = { 1, 1 };
    const char *line = text->data, *end = text->data + offset;
    for (const char *at = line; at < end; at++) {
        if (*at == '\n') {
            mark.line++;
            line = at + 1;
        }
    }
    mark.column = 1 + nb_utf8_count(line, end);
    return mark;
}

bool nb_import_decode(const char *file, const char *bytes, size_t len_bytes, struct nb_diags *diags,
                      struct nb_buf *text)
{
    struct decoder decoder = { 0 };
    const char *utf16 = utf16_kind(bytes, len_bytes);
    if (utf16)
        decode_by_iconv(&decoder, utf16, bytes, len_bytes);
    else if (is_mostly_utf8(bytes, len_bytes))
        decode_utf8(&decoder, bytes, len_bytes);
    else
        decode_by_iconv(&decoder, "GB18030", bytes, len_bytes);
    nb_buf_putc(&decoder.text, '\0'); /* what is looked at may be one byte longer */
    decoder.text.len--;
    bool readable = clean(decoder.text.data, decoder.text.len, text);
    if (readable && decoder.faults)
        nb_diag_add(diags, file, mark_at(&decoder.text, decoder.first_fault),
                    NB_MSG_IMPORT_ENCODING, NULL);
    nb_buf_release(&decoder.text);
    return readable;
}
