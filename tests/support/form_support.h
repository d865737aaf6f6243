/* Form files in tests: texts with their faults marked where they should be told, and rules written
 * out as the form holds them. */
#ifndef TESTS_FORM_SUPPORT_H
#define TESTS_FORM_SUPPORT_H

#include "draft_support.h"

/* The keys before `sections` of a form file that lacks nothing. */
#define FORM_TOP "nianbao-form: 1\nid: f\ntitle: t\n"
/* One section with the cells s.a.x to s.c.z. */
#define FORM_TABLE                                                                                 \
    "sections:\n"                                                                                  \
    "- id: s\n"                                                                                    \
    "  heading: 节\n"                                                                             \
    "  content:\n"                                                                                 \
    "  - table:\n"                                                                                 \
    "      columns: [{id: x, label: 甲}, {id: y, label: 乙}, {id: z, label: 丙}]\n"             \
    "      rows: [{id: a, label: 子}, {id: b, label: 丑}, {id: c, label: 寅}]\n"

/* Fails unless compiling `marked` without its marks gives these faults at the places of the marks,
 * and no others. A mark is ▸; `faults` has a line for each: rule, blank, message. */
void assert_form_faults(const char *name, const char *marked, const char *faults);

/* Appends an equation: "s.a.x + 2 s.a.y - 5 == last:s.a.z @s.a.x row". The last word tells what the
 * * stood for, nothing where there was none. */
void add_equation(struct nb_buf *out, const struct nb_form *form,
                  const struct nb_equation *equation);
/* Appends all equations, a line each. */
void add_equations(struct nb_buf *out, const struct nb_form *form);

#endif
