/* Files as wholes: read within a limit, replaced or created so that nothing is ever half there. */
#ifndef NIANBAO_FILE_H
#define NIANBAO_FILE_H

#include "nianbao/diag.h"

/* What a user means by standard input or output where a file stands. */
bool nb_file_is_stdio(const char *path);

/* Reads all of `path` ("-": standard input) into `text`, replacing what it held. More than
 * `limit_bytes` is refused without reading further. */
enum nb_status nb_file_read(const char *path, size_t limit_bytes, struct nb_diags *diags,
                            struct nb_buf *text);

/* Puts `text` in the place of the file `path`, or makes it: a temporary file in the same folder,
 * flushed to the disk, takes the name. Links are followed; the mode of the old file is kept, and
 * its owner where that is allowed. A file with several names, or in a folder that takes no new
 * file, is written over instead, with a copy in the state folder until that is done; a device or a
 * pipe is written to. On failure the old file is untouched and the reason is in `diags`. */
enum nb_status nb_file_replace(const char *path, const struct nb_buf *text, struct nb_diags *diags);

/* Makes a new file; one that exists already is never touched (file.exists). */
enum nb_status nb_file_create(const char *path, const struct nb_buf *text, struct nb_diags *diags);

/* Appends $XDG_STATE_HOME/nianbao, or ~/.local/state/nianbao, and makes it; `inside` names a folder
 * in it to make as well, NULL: none. False where there is no such place. */
bool nb_file_add_state_folder(struct nb_buf *path, const char *inside);
/* Appends a place for something about the file `real`, an absolute path, in the folder `inside` of
 * that: named by the hash of the path, as two folders may hold files of one name, and the name. */
bool nb_file_add_state_path(struct nb_buf *path, const char *inside, const char *real);

/* Writes all bytes; false with errno set when the descriptor takes no more. */
bool nb_file_write_all(int fd, const char *bytes, size_t len_bytes);

/* The reason of a failed system call in Chinese, for an errno value. */
const char *nb_file_why(int error);

#endif
