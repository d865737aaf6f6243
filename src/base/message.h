/* The one table of what nianbao says: rule id, severity and wording with {named} arguments. */
#ifndef NIANBAO_MESSAGE_H
#define NIANBAO_MESSAGE_H

#include "nianbao/diag.h"

struct nb_message_row {
    const char *rule;
    enum nb_severity severity;
    const char *text;
};
extern const struct nb_message_row nb_messages[NB_MSG_COUNT];

#endif
