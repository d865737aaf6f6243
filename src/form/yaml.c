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

/* libyaml's own words for what clerks and hand editors meet, in Chinese. */
static const char *in_chinese(const char *problem)
{
    static const struct {
        const char *problem, *chinese;
    } known[] = {
        { "could not find expected ':'", "键后面缺冒号" },
        { "mapping values are not allowed in this context", "这里不该有冒号" },
        { "did not find expected key", "缩进或写法与上文不一致" },
        { "did not find expected ',' or '}'", "缺逗号或右花括号" },
        { "did not find expected ',' or ']'", "缺逗号或右方括号" },
        { "did not find expected '-' indicator", "列表这里应以 - 开头" },
        { "found character that cannot start any token", "这个字符不能开头" },
        { "found a tab character where an indentation space is expected", "缩进不能用制表符" },
        { "found a tab character that violates indentation", "缩进不能用制表符" },
        { "found unexpected end of stream", "引号没有配对" },
        { "did not find expected node content", "这里缺少内容" },
        { "block sequence entries are not allowed in this context", "这里不能是列表" },
        { "found unknown escape character", "反斜杠写法有误" },
        { "did not find expected <document start>", "文档结束后还有内容" },
    };
    for (size_t i = 0; i < nb_countof(known); i++) {
        if (strcmp(known[i].problem, problem) == 0)
            return known[i].chinese;
    }
    return problem;
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
    const yaml_parser_t *parser = &yaml->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        nb_out_of_memory();
    if (parser->error == YAML_READER_ERROR) {
        tell_reader_fault(yaml);
        return;
    }
    nb_diag_add(yaml->diags, yaml->file, nb_yaml_mark(parser->problem_mark), NB_MSG_YAML_SYNTAX,
                "what", in_chinese(parser->problem ? parser->problem : "?"), NULL);
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
    if (++yaml->depth <= NB_YAML_MAX_DEPTH)
        return true;
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

void nb_yaml_skip(struct nb_yaml *yaml, const yaml_event_t *event)
{
    if (event->type != YAML_SEQUENCE_START_EVENT && event->type != YAML_MAPPING_START_EVENT)
        return;
    int outside = yaml->depth - 1;
    yaml->silent = true;
    while (yaml->depth > outside && nb_yaml_next(yaml))
        ;
    yaml->silent = false;
}
