/* The command line: one table of commands and options (commands.c), a file for each subcommand. */
#ifndef NIANBAO_CLI_H
#define NIANBAO_CLI_H

#include <stdio.h>

#include "nianbao/check.h"
#include "nianbao/report.h"

#define NB_VERSION "0.1"

/* Exit statuses, a contract: 2 wins over 1. */
enum cli_status { CLI_FINE, CLI_FOUND, CLI_TROUBLE };

enum cli_option {
    OPT_AMBIGUOUS,
    OPT_ANNEX,
    OPT_BLANK,
    OPT_FILES_FROM,
    OPT_FINAL,
    OPT_FORM,
    OPT_FORMAT,
    OPT_FORMS,
    OPT_HELP,
    OPT_LINES,
    OPT_OUTPUT,
    OPT_PRIOR,
    OPT_STRICT,
    OPT_UNIT,
    OPT_WIDTH,
    OPT_YEAR,
    OPT_COUNT
};

/* One run of the program. */
struct cli {
    const char *options[OPT_COUNT]; /* what was given: the argument, "" for a flag, else NULL */
    char **args;
    int n_args;
    struct nb_diags diags;
    struct nb_catalog *catalog; /* see cli_catalog() */
    enum cli_status status;     /* of faulty form folders; commands return their own */
};

struct cli_option_row {
    const char *name;
    char letter;     /* 0: none */
    const char *arg; /* what its argument is called, NULL for a flag */
    const char *help;
};
extern const struct cli_option_row cli_options[OPT_COUNT];

struct cli_command {
    const char *name, *args, *summary;
    const char *detail; /* may be "" */
    enum cli_option options[8];
    int n_options;
    int min_args, max_args; /* max -1: any number */
    enum cli_status (*run)(struct cli *cli);
};
extern const struct cli_command cli_commands[];
extern const int cli_n_commands;
const struct cli_command *cli_find_command(const char *name); /* NULL: there is none */
enum cli_status cli_refuse_command(const char *name);         /* there is none of that name */

enum cli_status cli_check(struct cli *cli);
enum cli_status cli_diff(struct cli *cli);
enum cli_status cli_forms(struct cli *cli);
enum cli_status cli_get(struct cli *cli);
enum cli_status cli_help(struct cli *cli);
enum cli_status cli_import(struct cli *cli);
enum cli_status cli_join(struct cli *cli);
enum cli_status cli_new(struct cli *cli);
enum cli_status cli_print(struct cli *cli);
enum cli_status cli_set(struct cli *cli);
enum cli_status cli_verify(struct cli *cli);

/* The command table as a manual page (roff) and as completion for bash. */
void cli_put_manual_page(void);
void cli_put_completion(void);
/* Shell commands that make a git repository show and join drafts. */
void cli_put_git_setup(void);

/* ---- what the subcommands share ---- */

/* The forms of --forms, $NIANBAO_FORMS and the program; faulty ones are told on standard error. */
struct nb_catalog *cli_catalog(struct cli *cli);
/* The screen, with --lines and --ambiguous: a draft, or the list of a folder; with `verifies` the
 * tables of the draft are keyed a second time. */
enum cli_status cli_open_screen(struct cli *cli, const char *path, bool verifies);
/* `nianbao: message` on standard error; returns CLI_TROUBLE. */
enum cli_status cli_fail(const char *format, ...) __attribute__((format(printf, 1, 2)));

enum cli_format { CLI_TEXT, CLI_JSON };
/* --format text|json; false after having told what is wrong. */
bool cli_take_format(const struct cli *cli, enum cli_format *format);
/* Shows all diagnostics of at least that severity, as gcc does or one JSON object a line. */
void cli_show(const struct nb_diags *diags, enum nb_severity least, enum cli_format format,
              FILE *out);
/* Shows them as text on standard error and forgets them. */
void cli_tell(struct cli *cli, enum nb_severity least);

/* Loads a draft or tells why not; NULL then. */
struct nb_draft *cli_load(struct cli *cli, const char *path, struct nb_buf *text);
/* Writes to a file as a whole, or to standard output for "-" or NULL. */
enum cli_status cli_write(struct cli *cli, const char *path, const struct nb_buf *text);

#endif
