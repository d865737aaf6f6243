#include "nianbao/form.h"
void nb_form_lint(const struct nb_form *form, struct nb_diags *diags)
{
    (void)form;
    (void)diags;
}
