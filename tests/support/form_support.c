#include "form_support.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "nianbao/text.h"

static const char mark_text[] = "▸";

/* Takes the marks out of a text and puts their places before the lines of `faults`. */
static void unmark(const char *marked, const char *faults, struct nb_buf *text,
                   struct nb_buf *wanted)
{
    struct nb_mark mark = { 1, 1 };
    while (*marked) {
        if (strncmp(marked, mark_text, sizeof mark_text - 1) == 0) {
            size_t len = strcspn(faults, "\n");
            nb_buf_printf(wanted, "%d:%d error %.*s\n", mark.line, mark.column, (int)len, faults);
            faults += len + (faults[len] == '\n');
            marked += sizeof mark_text - 1;
            continue;
        }
        const char *from = marked;
        bool new_line = nb_utf8_next(&marked) == '\n';
        nb_buf_add(text, from, (size_t)(marked - from));
        mark = new_line ? (struct nb_mark) { mark.line + 1, 1 }
                        : (struct nb_mark) { mark.line, mark.column + 1 };
    }
    nb_buf_puts(wanted, faults); /* faults without a mark show as a difference */
}

void assert_form_faults(const char *name, const char *marked, const char *faults)
{
    struct nb_buf text = { 0 }, wanted = { 0 };
    struct nb_diags diags = { 0 };
    struct nb_form *form = NULL;
    unmark(marked, faults, &text, &wanted);
    enum nb_status status =
        nb_form_compile("form.yaml", nb_buf_text(&text), text.len, NULL, &diags, &form);
    nb_diags_sort(&diags);
    assert_diags(name, &diags, nb_buf_text(&wanted));
    if ((status == NB_OK) != (form != NULL) || (status == NB_OK) != (diags.count == 0))
        fail_msg("%s: status %d, form %p, %d faults", name, status, (void *)form, diags.count);
    nb_form_free(form);
    nb_diags_release(&diags);
    nb_buf_release(&text);
    nb_buf_release(&wanted);
}

static void add_product(struct nb_buf *out, bool first, int64_t factor, const char *prefix,
                        const char *address)
{
    int64_t size = factor < 0 ? -factor : factor;
    nb_buf_puts(out, factor < 0 ? (first ? "-" : " - ") : first ? "" : " + ");
    if (size != 1 || !address[0])
        nb_buf_printf(out, address[0] ? "%lld " : "%lld", (long long)size);
    nb_buf_printf(out, "%s%s", prefix, address);
}

static void add_side(struct nb_buf *out, const struct nb_form *form,
                     const struct nb_equation *equation, int side)
{
    size_t start = out->len;
    for (int i = 0; i < equation->n_terms; i++) {
        const struct nb_term *term = &equation->terms[i];
        if (term->side == side)
            add_product(out, out->len == start, term->factor, "", form->cells[term->cell].address);
    }
    for (int i = 0; i < equation->n_last; i++) {
        const struct nb_last_term *last = &equation->last[i];
        if (last->side == side)
            add_product(out, out->len == start, last->factor, "last:", last->address);
    }
    if (equation->constant[side] || out->len == start)
        add_product(out, out->len == start, equation->constant[side], "", "");
}

void add_equation(struct nb_buf *out, const struct nb_form *form,
                  const struct nb_equation *equation)
{
    static const char *const relations[] = { " == ", " <= ", " >= ", " iff-zero " };
    static const char *const stars[] = { "", " row", " column" };
    add_side(out, form, equation, NB_LEFT);
    nb_buf_puts(out, relations[equation->relation]);
    add_side(out, form, equation, NB_RIGHT);
    nb_buf_printf(out, " @%s%s", form->cells[equation->cell].address, stars[equation->star]);
}

void add_equations(struct nb_buf *out, const struct nb_form *form)
{
    for (int i = 0; i < form->n_equations; i++) {
        add_equation(out, form, &form->equations[i]);
        nb_buf_putc(out, '\n');
    }
}
