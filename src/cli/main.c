#include <getopt.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "nianbao/file.h"
#include "nianbao/text.h"
#include "tui/app.h"

static void no_memory(void)
{
    static const char message[] = "nianbao: 内存不足\n";
    ssize_t ignored = write(STDERR_FILENO, message, sizeof message - 1);
    (void)ignored;
    _exit(CLI_TROUBLE);
}

/* Each option of the table for getopt_long(); the value is its index behind all characters. */
enum { FIRST_LONG = 256 };

static void add_option(struct option *longs, char *shorts, enum cli_option option)
{
    const struct cli_option_row *row = &cli_options[option];
    while (longs->name)
        longs++;
    *longs = (struct option) { row->name, row->arg ? required_argument : no_argument, NULL,
                               FIRST_LONG + (int)option };
    if (row->letter) {
        size_t len = strlen(shorts);
        shorts[len] = row->letter;
        shorts[len + 1] = row->arg ? ':' : '\0';
        shorts[len + 2] = '\0';
    }
}

static int option_of(int value)
{
    for (int i = 0; i < OPT_COUNT && value < FIRST_LONG; i++) {
        if (cli_options[i].letter == value)
            return i;
    }
    return value - FIRST_LONG;
}

static enum cli_status refuse_option(int value, char *word)
{
    struct nb_buf shown = { 0 };
    nb_text_add_visible(&shown, word, strlen(word));
    cli_fail(value == ':' ? "选项 %s 后面要有内容" : "没有选项 %s，用 nianbao help 查看",
             nb_buf_text(&shown));
    nb_buf_release(&shown);
    return CLI_TROUBLE;
}

/* Takes options out of argv[1..]; `first` is where arguments begin. A leading + in `shorts` stops
 * at the first argument. */
static bool take_options(struct cli *cli, int argc, char **argv, const struct option *longs,
                         const char *shorts, int *first)
{
    optind = 0; /* glibc: start over */
    opterr = 0;
    for (int value; (value = getopt_long(argc, argv, shorts, longs, NULL)) != -1;) {
        if (value == '?' || value == ':') {
            refuse_option(value, argv[optind - 1]);
            return false;
        }
        cli->options[option_of(value)] = optarg ? optarg : "";
    }
    *first = optind;
    return true;
}

static enum cli_status run_command(struct cli *cli, const struct cli_command *command, int argc,
                                   char **argv)
{
    struct option longs[OPT_COUNT + 1] = { 0 };
    char shorts[2 * OPT_COUNT + 2] = ":";
    int first;
    add_option(longs, shorts, OPT_HELP);
    add_option(longs, shorts, OPT_FORMS);
    for (int i = 0; i < command->n_options; i++)
        add_option(longs, shorts, command->options[i]);
    if (!take_options(cli, argc, argv, longs, shorts, &first))
        return CLI_TROUBLE;
    cli->args = argv + first;
    cli->n_args = argc - first;
    if (cli->options[OPT_HELP]) {
        char *name[] = { (char *)command->name, NULL };
        cli->args = name;
        cli->n_args = 1;
        return cli_help(cli);
    }
    if (cli->n_args < command->min_args ||
        (command->max_args >= 0 && cli->n_args > command->max_args))
        return cli_fail("用法：nianbao %s [选项] %s", command->name, command->args);
    return command->run(cli);
}

/* ---- the screen ---- */

static bool take_ambiguous(const char *word, enum tui_ambiguous *ambiguous)
{
    static const char *const words[] = { "ask", "narrow", "wide" };
    *ambiguous = TUI_AMBIGUOUS_ASK;
    for (size_t i = 0; word && i < nb_countof(words); i++) {
        if (strcmp(word, words[i]) == 0) {
            *ambiguous = (enum tui_ambiguous)i;
            return true;
        }
    }
    return !word;
}

enum cli_status cli_open_screen(struct cli *cli, const char *path, bool verifies)
{
    struct tui_terminal_options options = { 0 };
    const char *lines = cli->options[OPT_LINES], *why;
    if (lines && strcmp(lines, "unicode") != 0 && strcmp(lines, "ascii") != 0)
        return cli_fail("--lines 只有 unicode 和 ascii");
    if (!take_ambiguous(cli->options[OPT_AMBIGUOUS], &options.ambiguous))
        return cli_fail("--ambiguous 只有 ask、narrow 和 wide");
    options.ascii = lines && strcmp(lines, "ascii") == 0;
    int status = tui_main(cli_catalog(cli), path, verifies ? TUI_VERIFY : TUI_EDIT, &options,
                          &cli->diags, &why);
    if (why)
        cli_fail("%s", why);
    cli_tell(cli, NB_ERROR);
    return (enum cli_status)status;
}

static bool names_file(const char *word)
{
    struct stat status;
    return stat(word, &status) == 0 || strchr(word, '/') || strstr(word, ".y");
}

static enum cli_status run_without_command(struct cli *cli, char **args, int n_args)
{
    if (n_args > 1)
        return cli_fail("一次只能打开一份草稿");
    if (n_args == 0 && !(isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))) {
        cli_help(cli);
        return CLI_TROUBLE;
    }
    return cli_open_screen(cli, n_args ? args[0] : ".", false);
}

static enum cli_status run(struct cli *cli, int argc, char **argv)
{
    enum { OPT_VERSION = FIRST_LONG + OPT_COUNT };
    struct option longs[6] = { { "version", no_argument, NULL, 'V' } };
    char shorts[16] = "+:V";
    int first;
    add_option(longs, shorts, OPT_HELP);
    add_option(longs, shorts, OPT_FORMS);
    add_option(longs, shorts, OPT_LINES);
    add_option(longs, shorts, OPT_AMBIGUOUS);
    optind = 0;
    opterr = 0;
    for (int i = 1; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--version") == 0 || strcmp(argv[i], "-V") == 0) {
            puts("nianbao " NB_VERSION);
            return CLI_FINE;
        }
    }
    if (!take_options(cli, argc, argv, longs, shorts, &first))
        return CLI_TROUBLE;
    if (cli->options[OPT_HELP])
        return cli_help(cli);
    const struct cli_command *command = first < argc ? cli_find_command(argv[first]) : NULL;
    if (command)
        return run_command(cli, command, argc - first, argv + first);
    if (first < argc && !names_file(argv[first]))
        return cli_refuse_command(argv[first]);
    return run_without_command(cli, argv + first, argc - first);
}

int main(int argc, char **argv)
{
    nb_set_oom_handler(no_memory);
    signal(SIGXFSZ, SIG_IGN); /* past the limit a write fails, and its temporary file goes */
    struct cli cli = { .status = CLI_FINE };
    enum cli_status status = run(&cli, argc, argv);
    if (cli.status > status)
        status = cli.status;
    nb_catalog_free(cli.catalog);
    nb_diags_release(&cli.diags);
    if (fflush(stdout) != 0 || ferror(stdout))
        return (int)cli_fail("标准输出写不出去");
    return (int)status;
}
