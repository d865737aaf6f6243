#include "yaml.h"

#include <stdio.h>
#include <string.h>

#include "nianbao/text.h"

/* Line and column of a byte; the bytes before it are valid UTF-8. */
static struct nb_mark mark_at(const char *text, size_t offset)
{
    struct nb_mark mark = { 1, 1 };
    for (size_t i = 0; i < offset; i++) {
        if (text[i] == '\n')
            mark = (struct nb_mark) { mark.line + 1, 1 };
        else
            mark.column += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return mark;
}

/* libyaml's problems in Chinese. Those that show only far behind their cause are told where the
 * thing began. */
struct wording {
    const char *problem, *chinese;
    bool where_begun;
    const char *at_end; /* how it is told at the end of the file; NULL: in the same words */
};

#define BRACKETS  "括号没有配对"
#define DIRECTIVE "不能有 % 开头的行"
#define ESCAPE    "反斜杠写法有误"
#define NAME_MARK "以 & 或 * 开头的文字要加引号"
#define QUOTES    "引号没有配对"
#define TAB       "不能用 Tab 缩进"
#define TAG_MARK  "以 ! 开头的文字要加引号"

static const struct wording wordings[] = {
    { "could not find expected ':'", "键后面缺冒号", true, NULL },
    { "mapping values are not allowed in this context", "这里不该有冒号", false, NULL },
    { "mapping keys are not allowed in this context", "这里不该有问号", false, NULL },
    { "found unexpected ':'", "这里不该有冒号", false, NULL },
    { "block sequence entries are not allowed in this context", "这里不能是列表", false, NULL },
    { "did not find expected key", "缩进或写法与上文不一致", false, NULL },
    { "did not find expected '-' indicator", "列表这里应以 - 开头", false, NULL },
    { "did not find expected ',' or '}'", "缺逗号或右花括号", false, BRACKETS },
    { "did not find expected ',' or ']'", "缺逗号或右方括号", false, BRACKETS },
    { "did not find expected node content", "这里缺少内容", false, BRACKETS },
    { "did not find expected <document start>", "文档结束后还有内容", false, NULL },
    { "found character that cannot start any token", "这个字符不能开头", false, NULL },
    { "found a tab character where an indentation space is expected", TAB, false, NULL },
    { "found a tab character that violates indentation", TAB, false, NULL },
    { "found unexpected end of stream", QUOTES, true, NULL },
    { "found unexpected document indicator", QUOTES, true, NULL },
    { "found unknown escape character", ESCAPE, false, NULL },
    { "did not find expected hexdecimal number", ESCAPE, false, NULL },
    { "found invalid Unicode character escape code", ESCAPE, false, NULL },
    { "found an indentation indicator equal to 0", "缩进数不能是 0", false, NULL },
    { "did not find expected comment or line break", "这一行后面多了内容", false, NULL },
    { "did not find expected alphabetic or numeric character", NAME_MARK, true, NULL },
    { "did not find expected '!'", TAG_MARK, true, NULL },
    { "did not find expected tag URI", TAG_MARK, true, NULL },
    { "did not find expected whitespace or line break", TAG_MARK, true, NULL },
    { "did not find the expected '>'", TAG_MARK, true, NULL },
    { "did not find URI escaped octet", TAG_MARK, true, NULL },
    { "found an incorrect leading UTF-8 octet", TAG_MARK, true, NULL },
    { "found an incorrect trailing UTF-8 octet", TAG_MARK, true, NULL },
    { "found undefined tag handle", TAG_MARK, true, NULL },
    { "could not find expected directive name", DIRECTIVE, true, NULL },
    { "did not find expected digit or '.' character", DIRECTIVE, true, NULL },
    { "did not find expected version number", DIRECTIVE, true, NULL },
    { "did not find expected whitespace", DIRECTIVE, true, NULL },
    { "found duplicate %TAG directive", DIRECTIVE, true, NULL },
    { "found duplicate %YAML directive", DIRECTIVE, true, NULL },
    { "found extremely long version number", DIRECTIVE, true, NULL },
    { "found incompatible YAML document", DIRECTIVE, true, NULL },
    { "found unexpected non-alphabetical character", DIRECTIVE, true, NULL },
    { "found unknown directive name", DIRECTIVE, true, NULL },
};

static const struct wording *find_wording(const char *problem)
{
    static const struct wording other = { "", "读不懂", false, NULL };
    for (size_t i = 0; problem && i < nb_countof(wordings); i++) {
        if (strcmp(wordings[i].problem, problem) == 0)
            return &wordings[i];
    }
    return &other;
}

static void tell_syntax_fault(struct nb_yaml *yaml)
{
    const yaml_parser_t *parser = &yaml->parser;
    const struct wording *wording = find_wording(parser->problem);
    struct nb_mark mark = nb_yaml_mark(parser->problem_mark);
    const char *what = wording->chinese;
    size_t byte = nb_yaml_byte(yaml, parser->problem_mark);
    bool at_end = byte >= yaml->len_bytes;
    /* what lacks a comma lines later more likely lacks its bracket */
    bool later = wording->at_end && parser->context_mark.line != parser->problem_mark.line;
    if (parser->context && (wording->where_begun || later))
        mark = nb_yaml_mark(parser->context_mark);
    else if (at_end) /* nothing is seen there: where the innermost was opened */
        mark = yaml->depth ? yaml->open[yaml->depth - 1] : (struct nb_mark) { 1, 1 };
    else if (yaml->text[byte] == '\t') /* libyaml's words for it tell of no tab */
        what = TAB;
    if (at_end && wording->at_end)
        what = wording->at_end;
    nb_diag_add(yaml->diags, yaml->file, mark, NB_MSG_YAML_SYNTAX, "what", what, NULL);
}

static void tell_reader_fault(struct nb_yaml *yaml)
{
    const yaml_parser_t *parser = &yaml->parser;
    const char *bad = nb_utf8_fault(yaml->text, yaml->len_bytes);
    size_t offset = parser->problem_offset;
    if (bad && (size_t)(bad - yaml->text) <= offset) {
        struct nb_mark mark = mark_at(yaml->text, (size_t)(bad - yaml->text));
        nb_diag_add(yaml->diags, yaml->file, mark, NB_MSG_YAML_ENCODING, NULL);
        return;
    }
    char code[24];
    snprintf(code, sizeof code, "U+%04X", (unsigned)parser->problem_value);
    struct nb_mark mark = mark_at(yaml->text, offset < yaml->len_bytes ? offset : yaml->len_bytes);
    nb_diag_add(yaml->diags, yaml->file, mark, NB_MSG_YAML_CHARACTER, "code", code, NULL);
}

static void tell_parser_fault(struct nb_yaml *yaml)
{
    if (yaml->parser.error == YAML_MEMORY_ERROR)
        nb_out_of_memory();
    if (yaml->parser.error == YAML_READER_ERROR)
        tell_reader_fault(yaml);
    else
        tell_syntax_fault(yaml);
}

void nb_yaml_open(struct nb_yaml *yaml, const char *file, const char *text, size_t len_bytes,
                  struct nb_diags *diags)
{
    *yaml = (struct nb_yaml) { .file = file, .text = text, .len_bytes = len_bytes, .diags = diags };
    if (len_bytes >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0) { /* Notepad's byte order mark */
        yaml->text += 3;
        yaml->len_bytes -= 3;
    }
    if (!yaml_parser_initialize(&yaml->parser))
        nb_out_of_memory();
    yaml_parser_set_encoding(&yaml->parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&yaml->parser, (const unsigned char *)yaml->text, yaml->len_bytes);
}

void nb_yaml_close(struct nb_yaml *yaml)
{
    if (yaml->has_event)
        yaml_event_delete(&yaml->event);
    yaml_parser_delete(&yaml->parser);
}

static bool pull(struct nb_yaml *yaml)
{
    if (yaml->has_event)
        yaml_event_delete(&yaml->event);
    yaml->has_event = yaml_parser_parse(&yaml->parser, &yaml->event);
    if (!yaml->has_event)
        tell_parser_fault(yaml);
    return yaml->has_event;
}

static void tell(struct nb_yaml *yaml, enum nb_message message)
{
    if (yaml->silent)
        return;
    nb_diag_add(yaml->diags, yaml->file, nb_yaml_mark(yaml->event.start_mark), message, NULL);
}

static void refuse_properties(struct nb_yaml *yaml, const yaml_char_t *anchor,
                              const yaml_char_t *tag)
{
    if (anchor)
        tell(yaml, NB_MSG_YAML_ANCHOR);
    if (tag)
        tell(yaml, NB_MSG_YAML_TAG);
}

/* False where reading cannot go on. */
static bool admit(struct nb_yaml *yaml)
{
    const yaml_event_t *event = &yaml->event;
    switch (event->type) {
    case YAML_ALIAS_EVENT:
        tell(yaml, NB_MSG_YAML_ALIAS);
        return true;
    case YAML_SCALAR_EVENT:
        refuse_properties(yaml, event->data.scalar.anchor, event->data.scalar.tag);
        return true;
    case YAML_SEQUENCE_START_EVENT:
        refuse_properties(yaml, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        break;
    case YAML_MAPPING_START_EVENT:
        refuse_properties(yaml, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        yaml->depth--;
        return true;
    case YAML_NO_EVENT:
    case YAML_STREAM_START_EVENT:
    case YAML_STREAM_END_EVENT:
    case YAML_DOCUMENT_START_EVENT:
    case YAML_DOCUMENT_END_EVENT:
        return true;
    }
    if (yaml->depth < NB_YAML_MAX_DEPTH) {
        yaml->open[yaml->depth++] = nb_yaml_mark(event->start_mark);
        return true;
    }
    tell(yaml, NB_MSG_YAML_NESTING);
    return false;
}

const yaml_event_t *nb_yaml_next(struct nb_yaml *yaml)
{
    while (!yaml->stopped && pull(yaml)) {
        switch (yaml->event.type) {
        case YAML_STREAM_START_EVENT:
        case YAML_DOCUMENT_START_EVENT:
            continue;
        case YAML_DOCUMENT_END_EVENT:
            if (!pull(yaml))
                break;
            if (yaml->event.type == YAML_DOCUMENT_START_EVENT)
                tell(yaml, NB_MSG_YAML_DOCUMENT);
            break;
        case YAML_STREAM_END_EVENT:
        case YAML_NO_EVENT:
            break;
        default:
            if (admit(yaml))
                return &yaml->event;
            break;
        }
        break;
    }
    yaml->stopped = true;
    return NULL;
}

void nb_yaml_pass(struct nb_yaml *yaml, const yaml_event_t *event)
{
    if (event->type != YAML_SEQUENCE_START_EVENT && event->type != YAML_MAPPING_START_EVENT)
        return;
    int outside = yaml->depth - 1;
    while (yaml->depth > outside && nb_yaml_next(yaml))
        ;
}

void nb_yaml_skip(struct nb_yaml *yaml, const yaml_event_t *event)
{
    yaml->silent = true;
    nb_yaml_pass(yaml, event);
    yaml->silent = false;
}

/* Characters that begin in these bytes; the compiler takes many bytes at a time. */
static size_t count_chars(const char *bytes, size_t len)
{
    size_t count = 0;
    for (size_t i = 0; i < len; i++)
        count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
    return count;
}

/* Marks count characters. A step of so many bytes never holds more characters than that. */
size_t nb_yaml_byte(struct nb_yaml *yaml, yaml_mark_t mark)
{
    enum { STEP_BYTES = 64 };
    if (mark.index < yaml->chars)
        yaml->chars = yaml->bytes = 0;
    while (mark.index - yaml->chars >= STEP_BYTES && yaml->len_bytes - yaml->bytes >= STEP_BYTES) {
        yaml->chars += count_chars(yaml->text + yaml->bytes, STEP_BYTES);
        yaml->bytes += STEP_BYTES;
    }
    for (; yaml->bytes < yaml->len_bytes; yaml->bytes++) {
        bool begins = ((unsigned char)yaml->text[yaml->bytes] & 0xC0) != 0x80;
        if (begins && yaml->chars == mark.index)
            break;
        yaml->chars += begins;
    }
    return yaml->bytes;
}
