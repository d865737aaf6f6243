#include "nianbao/diag.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

enum { MAX_ARGS = 8 };

struct args {
    const char *name[MAX_ARGS], *text[MAX_ARGS];
    int count;
};

const char *nb_severity_name(enum nb_severity severity)
{
    static const char *const names[] = { "info", "warning", "error" };
    return names[severity];
}

static const char *find_arg(const struct args *args, const char *name, size_t len)
{
    for (int i = 0; i < args->count; i++) {
        if (strlen(args->name[i]) == len && memcmp(args->name[i], name, len) == 0)
            return args->text[i];
    }
    assert(false && "a message names an argument that its caller did not give");
    return "";
}

static void word(struct nb_buf *out, const char *text, const struct args *args)
{
    for (const char *open; (open = strchr(text, '{')); text = strchr(open, '}') + 1) {
        const char *name = open + 1;
        nb_buf_add(out, text, (size_t)(open - text));
        nb_buf_puts(out, find_arg(args, name, (size_t)(strchr(name, '}') - name)));
    }
    nb_buf_puts(out, text);
}

static struct args collect_args(va_list list)
{
    struct args args = { .count = 0 };
    for (const char *name; (name = va_arg(list, const char *)); args.count++) {
        assert(args.count < MAX_ARGS);
        args.name[args.count] = name;
        args.text[args.count] = va_arg(list, const char *);
    }
    return args;
}

void nb_message_word(struct nb_buf *out, enum nb_message message, ...)
{
    va_list list;
    va_start(list, message);
    struct args args = collect_args(list);
    va_end(list);
    word(out, nb_messages[message].text, &args);
}

struct nb_diag *nb_diag_add(struct nb_diags *diags, const char *file, struct nb_mark mark,
                            enum nb_message message, ...)
{
    va_list list;
    va_start(list, message);
    struct args args = collect_args(list);
    va_end(list);

    const struct nb_message_row *row = &nb_messages[message];
    struct nb_buf text = { 0 };
    word(&text, row->text, &args);
    NB_GROW(diags->items, diags->count, diags->cap);
    struct nb_diag *diag = &diags->items[diags->count++];
    *diag = (struct nb_diag) { .file = nb_diag_keep(diags, file),
                               .mark = mark,
                               .severity = row->severity,
                               .rule = row->rule,
                               .cell = "",
                               .message = nb_diag_keep(diags, nb_buf_text(&text)),
                               .acceptance = -1 };
    nb_buf_release(&text);
    return diag;
}

const char *nb_diag_keep(struct nb_diags *diags, const char *text)
{
    return text ? nb_arena_strdup(&diags->strings, text) : NULL;
}

void nb_diag_add_copy(struct nb_diags *diags, const struct nb_diag *diag)
{
    NB_GROW(diags->items, diags->count, diags->cap);
    struct nb_diag *copy = &diags->items[diags->count++];
    *copy = *diag;
    copy->hint = NULL;
    const char **strings[] = { &copy->file,       &copy->rule,  &copy->cell,
                               &copy->message,    &copy->left,  &copy->right,
                               &copy->difference, &copy->about, &copy->accepted };
    for (size_t i = 0; i < nb_countof(strings); i++)
        *strings[i] = nb_diag_keep(diags, *strings[i]);
    copy->cells = nb_arena_alloc(&diags->strings, (size_t)diag->n_cells * sizeof *copy->cells);
    for (int i = 0; i < diag->n_cells; i++)
        copy->cells[i] = nb_diag_keep(diags, diag->cells[i]);
}

int nb_diags_count(const struct nb_diags *diags, enum nb_severity least)
{
    int count = 0;
    for (int i = 0; i < diags->count; i++)
        count += diags->items[i].severity >= least;
    return count;
}

const struct nb_diag *nb_diags_first(const struct nb_diags *diags)
{
    for (int i = 0; i < diags->count; i++) {
        if (diags->items[i].severity == NB_ERROR)
            return &diags->items[i];
    }
    return diags->count ? &diags->items[0] : NULL;
}

static bool comes_before(struct nb_mark a, struct nb_mark b)
{
    return a.line != b.line ? a.line < b.line : a.column < b.column;
}

/* Merges the sorted halves [from, mid) and [mid, to) through `spare`. */
static void merge(struct nb_diag *items, struct nb_diag *spare, int from, int mid, int to)
{
    int left = from, right = mid;
    for (int i = from; i < to; i++) {
        bool take_right =
            left == mid || (right < to && comes_before(items[right].mark, items[left].mark));
        spare[i] = items[take_right ? right++ : left++];
    }
    memcpy(items + from, spare + from, (size_t)(to - from) * sizeof *items);
}

/* qsort() is not stable, and equal places keep their order of arrival. */
void nb_diags_sort(struct nb_diags *diags)
{
    if (diags->count < 2)
        return;
    struct nb_diag *spare = nb_xrealloc(NULL, (size_t)diags->count, sizeof *spare);
    for (int half = 1; half < diags->count; half *= 2) {
        for (int from = 0; from + half < diags->count; from += 2 * half) {
            int to = from + 2 * half;
            merge(diags->items, spare, from, from + half, to < diags->count ? to : diags->count);
        }
    }
    free(spare);
}

void nb_diags_clear(struct nb_diags *diags)
{
    diags->count = 0;
    nb_arena_clear(&diags->strings);
}

void nb_diags_release(struct nb_diags *diags)
{
    free(diags->items);
    nb_arena_release(&diags->strings);
    *diags = (struct nb_diags) { 0 };
}
