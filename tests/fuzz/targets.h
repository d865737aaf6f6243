/* What hostile input meets first. Each takes any bytes; the sanitizers judge. */
#ifndef TESTS_FUZZ_TARGETS_H
#define TESTS_FUZZ_TARGETS_H

#include <stddef.h>
#include <stdint.h>

struct fuzz_target {
    const char *name;
    void (*run)(const uint8_t *bytes, size_t len_bytes);
    const char *seeds[4]; /* files in the project; words to put in are in tests/fuzz/NAME.dict */
};
extern const struct fuzz_target fuzz_targets[];
extern const int fuzz_n_targets;

#endif
