/* What kind of file is it? By content: names lie. */
#include <string.h>

#include "document.h"

static const struct nb_mark top = { 1, 1 };

static bool begins(const char *bytes, size_t len, const char *magic, size_t magic_len)
{
    return len >= magic_len && memcmp(bytes, magic, magic_len) == 0;
}

/* Kinds that are told apart only to say what to do with them. */
static const struct {
    const char *magic;
    size_t len;
    const char *what, *advice;
} others[] = {
    { "\xD0\xCF\x11\xE0", 4, "旧版 Word 或 WPS 文件（.doc、.wps）",
      "用 WPS 或 Word 打开，另存为 .docx 再导入" },
    { "{\\rtf", 5, " RTF 文件", "用 WPS 或 Word 打开，另存为 .docx 再导入" },
    { "MIME-Version:", 13, "单个文件的网页（.mht）", "用 WPS 或 Word 打开，另存为 .docx 再导入" },
    { "\x89PNG", 4, "图片", "先识别成文字再导入" },
    { "\xFF\xD8\xFF", 3, "图片", "先识别成文字再导入" },
};

static bool tell_other(const char *file, const char *bytes, size_t len, struct nb_diags *diags)
{
    for (size_t i = 0; i < nb_countof(others); i++) {
        if (begins(bytes, len, others[i].magic, others[i].len)) {
            nb_diag_add(diags, file, top, NB_MSG_IMPORT_KIND, "what", others[i].what, "advice",
                        others[i].advice, NULL);
            return true;
        }
    }
    return false;
}

/* Does an element of web pages stand near the beginning? */
static bool is_html(const char *text)
{
    static const char *const signs[] = { "<!doctype html", "<html", "<head", "<body",  "<table",
                                         "<div",           "<p>",   "<p ",   "<tbody", "<meta " };
    enum { NEAR_BYTES = 4096 };
    for (const char *at = text; *at && at < text + NEAR_BYTES; at++) {
        for (size_t i = 0; *at == '<' && i < nb_countof(signs); i++) {
            if (strncasecmp(at, signs[i], strlen(signs[i])) == 0)
                return true;
        }
    }
    return false;
}

static enum nb_status read_text(const char *file, const char *bytes, size_t len,
                                struct nb_diags *diags, struct nb_document *document)
{
    struct nb_buf text = { 0 };
    enum nb_status status = NB_FAILED;
    if (!nb_import_decode(file, bytes, len, diags, &text)) {
        nb_diag_add(diags, file, top, NB_MSG_IMPORT_KIND, "what", "不认识的文件", "advice",
                    "能导入的是文本、网页、.docx 和 PDF", NULL);
    } else if (is_html(nb_buf_text(&text))) {
        status = nb_import_html(file, text.data, text.len, diags, document);
    } else if (text.len > NB_IMPORT_MAX_TEXT) {
        nb_diag_add(diags, file, top, NB_MSG_FILE_SIZE, "limit", "4 MiB", NULL);
    } else {
        nb_import_plain(nb_buf_text(&text), document);
        status = NB_OK;
    }
    nb_buf_release(&text);
    return status;
}

static enum nb_status read_pdf(const char *file, const char *bytes, size_t len,
                               struct nb_diags *diags, struct nb_document *document)
{
    struct nb_buf text = { 0 };
    enum nb_status status = nb_import_pdf(file, bytes, len, diags, &text);
    if (status == NB_OK)
        status = read_text(file, nb_buf_text(&text), text.len, diags, document);
    nb_buf_release(&text);
    return status;
}

static bool has_text(const struct nb_document *document)
{
    for (int i = 0; i < document->n_strips; i++) {
        if (document->strips[i].text[0])
            return true;
    }
    return false;
}

enum nb_status nb_import_document(const char *file, const char *bytes, size_t len_bytes,
                                  struct nb_diags *diags, struct nb_document *document)
{
    enum nb_status status;
    if (tell_other(file, bytes, len_bytes, diags))
        return NB_FAILED;
    if (begins(bytes, len_bytes, "PK\x03\x04", 4))
        status = nb_import_docx(file, bytes, len_bytes, diags, document);
    else if (begins(bytes, len_bytes, "%PDF-", 5))
        status = read_pdf(file, bytes, len_bytes, diags, document);
    else
        status = read_text(file, bytes, len_bytes, diags, document);
    if (status == NB_OK && !has_text(document)) {
        nb_diag_add(diags, file, top, NB_MSG_IMPORT_EMPTY, NULL);
        status = NB_FAILED;
    }
    return status;
}
