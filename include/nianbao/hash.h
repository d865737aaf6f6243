/* SHA-256, to tell whether a text is still the same. */
#ifndef NIANBAO_HASH_H
#define NIANBAO_HASH_H

#include "nianbao/base.h"

/* Appends sha256: and 64 hexadecimal digits. */
void nb_hash_add(struct nb_buf *out, const char *bytes, size_t len_bytes);

#endif
