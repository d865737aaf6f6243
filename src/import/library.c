#include "library.h"

#include <dlfcn.h>
#include <string.h>

/* The library stays loaded: what it keeps for a process is not taken from under it. */
void *nb_library_open(const char *name, const struct nb_symbol *symbols, int count, void *functions)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    for (int i = 0; library && i < count; i++) {
        void *symbol = dlsym(library, symbols[i].name);
        if (!symbol) {
            dlclose(library);
            return NULL;
        }
        memcpy((char *)functions + symbols[i].offset, &symbol, sizeof symbol);
    }
    return library;
}
