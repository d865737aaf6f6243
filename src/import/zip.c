#include <dlfcn.h>
#include <stddef.h>

#include "library.h"

/* The functions of libzip that are used here. */
struct zip_functions {
    __typeof__(zip_source_buffer_create) *make_source;
    __typeof__(zip_source_free) *free_source;
    __typeof__(zip_open_from_source) *open;
    __typeof__(zip_name_locate) *locate;
    __typeof__(zip_stat_index) *stat;
    __typeof__(zip_fopen_index) *open_file;
    __typeof__(zip_fread) *read;
    __typeof__(zip_fclose) *close_file;
    __typeof__(zip_discard) *discard;
};

static void *open_library(struct zip_functions *zip, const char *file, struct nb_diags *diags)
{
    static const struct nb_symbol symbols[] = {
        { "zip_source_buffer_create", offsetof(struct zip_functions, make_source) },
        { "zip_source_free", offsetof(struct zip_functions, free_source) },
        { "zip_open_from_source", offsetof(struct zip_functions, open) },
        { "zip_name_locate", offsetof(struct zip_functions, locate) },
        { "zip_stat_index", offsetof(struct zip_functions, stat) },
        { "zip_fopen_index", offsetof(struct zip_functions, open_file) },
        { "zip_fread", offsetof(struct zip_functions, read) },
        { "zip_fclose", offsetof(struct zip_functions, close_file) },
        { "zip_discard", offsetof(struct zip_functions, discard) },
    };
    void *library = nb_library_open("libzip.so.4", symbols, (int)nb_countof(symbols), zip);
    if (!library)
        nb_diag_add(diags, file, (struct nb_mark) { 1, 1 }, NB_MSG_IMPORT_LIBRARY, "package",
                    "libzip4", NULL);
    return library;
}

/* What the archive says of the size is not believed: reading stops at the limit. */
static bool read_file(const struct zip_functions *zip, zip_file_t *file, size_t limit,
                      struct nb_buf *out)
{
    char room[16384];
    zip_int64_t got;
    while ((got = zip->read(file, room, sizeof room)) > 0 && out->len <= limit)
        nb_buf_add(out, room, (size_t)got);
    return got == 0;
}

static bool read_member(const struct zip_functions *zip, zip_t *archive, const char *name,
                        size_t limit, struct nb_buf *out, const char **why)
{
    zip_int64_t index = zip->locate(archive, name, 0);
    *why = NULL;
    if (index < 0)
        return false;
    zip_file_t *file = zip->open_file(archive, (zip_uint64_t)index, 0);
    bool read = file && read_file(zip, file, limit, out);
    *why = read ? NULL : out->len > limit ? "展开后太大" : "文件损坏或有密码";
    if (file)
        zip->close_file(file);
    return read;
}

bool nb_zip_read(const char *bytes, size_t len_bytes, const char *name, size_t limit_bytes,
                 const char *file, struct nb_diags *diags, struct nb_buf *out, const char **why)
{
    struct zip_functions zip;
    zip_error_t error = { 0 };
    bool read = false;
    *why = "文件损坏";
    void *library = open_library(&zip, file, diags);
    if (!library) {
        *why = "";
        return false;
    }
    zip_source_t *source = zip.make_source(bytes, len_bytes, 0, &error);
    zip_t *archive = source ? zip.open(source, ZIP_RDONLY, &error) : NULL;
    if (archive) {
        read = read_member(&zip, archive, name, limit_bytes, out, why);
        zip.discard(archive);
    } else if (source) {
        zip.free_source(source);
    }
    dlclose(library);
    return read;
}
