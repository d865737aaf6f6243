/* The targets for libFuzzer, which searches by coverage: hunt is run by make fuzz with the name of
 * one in $TARGET. With $TARGET alone and "-seeds" as its argument it names the files to begin with.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "targets.h"

static const struct fuzz_target *target;

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *name = getenv("TARGET");
    for (int i = 0; i < fuzz_n_targets; i++) {
        if (name && strcmp(name, fuzz_targets[i].name) == 0)
            target = &fuzz_targets[i];
    }
    if (!target) {
        fprintf(stderr, "hunt: no target %s\n", name ? name : "");
        exit(2);
    }
    if (*argc > 1 && strcmp((*argv)[1], "-seeds") == 0) {
        for (int i = 0; i < 4 && target->seeds[i]; i++)
            puts(target->seeds[i]);
        exit(0);
    }
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t len_bytes)
{
    target->run(bytes, len_bytes);
    return 0;
}
