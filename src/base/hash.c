#include "nianbao/hash.h"

#include <sha2.h>
#include <stdint.h>

void nb_hash_add(struct nb_buf *out, const char *bytes, size_t len_bytes)
{
    char digest[SHA256_DIGEST_STRING_LENGTH];
    SHA2_CTX context;
    SHA256Init(&context);
    SHA256Update(&context, (const uint8_t *)bytes, len_bytes);
    nb_buf_printf(out, "sha256:%s", SHA256End(&context, digest));
}
