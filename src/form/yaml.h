/* The strict reader over libyaml's events that forms and drafts share.
 *
 * It refuses what neither file may hold (aliases, anchors, tags, a second document, nesting past
 * NB_YAML_MAX_DEPTH, anything but UTF-8) and gives every fault its line and column. */
#ifndef NIANBAO_FORM_YAML_H
#define NIANBAO_FORM_YAML_H

#include <yaml.h>

#include "nianbao/diag.h"

enum { NB_YAML_MAX_DEPTH = 64, NB_YAML_MAX_BYTES = 16 * 1024 * 1024 };

struct nb_yaml {
    yaml_parser_t parser;
    yaml_event_t event;
    const char *file, *text;
    size_t len_bytes;
    struct nb_diags *diags;
    int depth;
    struct nb_mark open[NB_YAML_MAX_DEPTH]; /* where the lists and mappings around us begin */
    size_t chars, bytes;                    /* how far nb_yaml_byte() has counted */
    bool has_event;
    bool silent;  /* within a value that has been told of: nothing more is told */
    bool stopped; /* the end, or a fault after which nothing can be read */
};

/* `text` stays the caller's and must outlive the reader. */
void nb_yaml_open(struct nb_yaml *yaml, const char *file, const char *text, size_t len_bytes,
                  struct nb_diags *diags);
/* The next event of the one document's content, valid until the next call; NULL at its end or when
 * reading cannot go on, which has been told. Aliases arrive after having been told. */
const yaml_event_t *nb_yaml_next(struct nb_yaml *yaml);
/* Passes over the rest of the value that `event` begins; skip tells of nothing in it. */
void nb_yaml_pass(struct nb_yaml *yaml, const yaml_event_t *event);
void nb_yaml_skip(struct nb_yaml *yaml, const yaml_event_t *event);
void nb_yaml_close(struct nb_yaml *yaml);
/* The byte of `text` at a mark. Quick where marks are asked for in the order of the file. */
size_t nb_yaml_byte(struct nb_yaml *yaml, yaml_mark_t mark);

/* The one place that converts libyaml's marks, which count from 0. */
static inline struct nb_mark nb_yaml_mark(yaml_mark_t mark)
{
    return (struct nb_mark) { (int)mark.line + 1, (int)mark.column + 1 };
}

/* A plain scalar is one without quotes and without | or >. */
static inline bool nb_yaml_is_plain(const yaml_event_t *event)
{
    return event->type == YAML_SCALAR_EVENT && event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}

#endif
