/* The command table in two more shapes, so that neither can fall behind it. */
#include <string.h>

#include "cli.h"

/* ---- the manual page ---- */

/* Text with what roff would take for its own. */
static void put_roff(const char *text)
{
    for (; *text; text++) {
        if (*text == '-' || *text == '\\')
            putchar('\\');
        putchar(*text);
    }
}

static void put_roff_option(enum cli_option option)
{
    const struct cli_option_row *row = &cli_options[option];
    fputs(".TP\n.B ", stdout);
    if (row->letter)
        printf("\\-%c, ", row->letter);
    put_roff("--");
    put_roff(row->name);
    if (row->arg)
        printf(" \\fI%s\\fR", row->arg);
    putchar('\n');
    put_roff(row->help);
    putchar('\n');
}

static void put_roff_command(const struct cli_command *command)
{
    fputs(".SS nianbao ", stdout);
    put_roff(command->name);
    putchar(' ');
    put_roff(command->args);
    putchar('\n');
    put_roff(command->summary);
    fputs("。\n", stdout);
    if (command->detail[0]) {
        fputs(".PP\n", stdout);
        put_roff(command->detail);
        putchar('\n');
    }
    for (int i = 0; i < command->n_options; i++)
        put_roff_option(command->options[i]);
}

void cli_put_manual_page(void)
{
    puts(".TH NIANBAO 1 \"\" \"nianbao " NB_VERSION "\"\n"
         ".SH 名称\nnianbao \\- 政府信息公开工作年度报告的填报和核对\n"
         ".SH 用法\n.B nianbao\n[\\-\\-forms DIR] 命令 [选项] [参数]\n"
         ".SH 命令");
    for (int i = 0; i < cli_n_commands; i++)
        put_roff_command(&cli_commands[i]);
    puts(".SH 各命令都有的选项");
    put_roff_option(OPT_FORMS);
    put_roff_option(OPT_HELP);
    puts(".SH 退出码\n0 没有差错；1 有差错；2 事情没有办成。\n"
         ".SH 环境变量\n.TP\n.B NIANBAO_FORMS\n再一个放格式文件的文件夹");
}

/* ---- completion ---- */

static void put_words(const struct cli_command *command)
{
    printf("    %s) words=\"--%s --%s", command->name, cli_options[OPT_FORMS].name,
           cli_options[OPT_HELP].name);
    for (int i = 0; i < command->n_options; i++)
        printf(" --%s", cli_options[command->options[i]].name);
    puts("\" ;;");
}

void cli_put_completion(void)
{
    puts("_nianbao() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} words=\n"
         "    COMPREPLY=()\n"
         "    case ${COMP_WORDS[1]} in");
    for (int i = 0; i < cli_n_commands; i++)
        put_words(&cli_commands[i]);
    fputs("    esac\n    [ \"$COMP_CWORD\" -eq 1 ] && words=\"", stdout);
    for (int i = 0; i < cli_n_commands; i++)
        printf("%s%s", i ? " " : "", cli_commands[i].name);
    puts("\"\n"
         "    if [ \"$COMP_CWORD\" -eq 1 ] || [[ $word == -* ]]; then\n"
         "        COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "    fi\n"
         "}\n"
         "complete -o default -F _nianbao nianbao");
}
