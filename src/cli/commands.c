#include <string.h>

#include "cli.h"

const struct cli_option_row cli_options[OPT_COUNT] = {
    [OPT_AMBIGUOUS] = { "ambiguous", 0, "WIDTH",
                        "终端把 — … “ 这些字符显示得多宽：ask 问终端，narrow 窄，wide 宽" },
    [OPT_ANNEX] = { "annex", 0, NULL, "报告后面附上已接受的提示和原因，供审核" },
    [OPT_BLANK] = { "blank", 0, NULL, "印空白表" },
    [OPT_FILES_FROM] = { "files-from", 0, "FILE", "从文件（- 为标准输入）读文件名，一行一个" },
    [OPT_FINAL] = { "final", 0, NULL, "按定稿核对：没填的格按 0、没填的合计按各项之和" },
    [OPT_FORM] = { "form", 0, "ID", "用哪种格式（nianbao forms 列出），不写按年份选" },
    [OPT_FORMAT] = { "format", 0, "FORMAT",
                     "输出成什么：check、diff、forms 有 text、json，print 有 text、html，get 有 "
                     "text、lines，help 有 text、man、bash、git" },
    [OPT_FORMS] = { "forms", 0, "DIR", "再加一个放格式文件的文件夹" },
    [OPT_HELP] = { "help", 'h', NULL, "显示这个命令的说明" },
    [OPT_LINES] = { "lines", 0, "STYLE", "表格线 unicode 或 ascii" },
    [OPT_OUTPUT] = { "output", 'o', "FILE", "写到哪个文件（- 为标准输出）" },
    [OPT_PRIOR] = { "prior", 0, "FILE", "上年的草稿" },
    [OPT_STRICT] = { "strict", 0, NULL, "没有接受的提示也算有问题（退出码 1）" },
    [OPT_UNIT] = { "unit", 0, "NAME", "单位名称，不写同上年" },
    [OPT_WIDTH] = { "width", 0, "N", "每行多少列，20 到 400，不写为 80" },
    [OPT_YEAR] = { "year", 0, "YEAR", "报告的年度，不写为上年草稿的下一年" },
};

const struct cli_command cli_commands[] = {
    { "new",
      "",
      "新建一份草稿",
      "给出上年草稿（--prior）时，上年结转、落款、联系人等按格式文件的规定带过来。\n"
      "不写 -o 时文件名是 年度.yaml。已有的文件不会被覆盖。",
      { OPT_UNIT, OPT_YEAR, OPT_FORM, OPT_PRIOR, OPT_OUTPUT },
      5,
      0,
      0,
      cli_new },
    { "check",
      "FILE...",
      "核对草稿",
      "每个问题一行：文件:行:列: 级别: 说明 [规则]。note 一行是推算出的可疑格。\n"
      "退出码：0 没有差错，1 有差错，2 有文件读不了。一个文件读不了，不耽误核对其他文件。",
      { OPT_FINAL, OPT_PRIOR, OPT_FORMAT, OPT_STRICT, OPT_FILES_FROM },
      5,
      0,
      -1,
      cli_check },
    { "print",
      "FILE",
      "印出报告",
      "有差错的草稿也照印，差错显示在标准错误上，退出码 1。",
      { OPT_FORMAT, OPT_WIDTH, OPT_LINES, OPT_BLANK, OPT_ANNEX, OPT_OUTPUT },
      6,
      1,
      1,
      cli_print },
    { "import",
      "REPORT",
      "由发布的报告建草稿",
      "REPORT 可以是文本、网页、.docx 或 "
      "PDF，按内容辨认。没有把握的数每个都列出来，行号是报告里的；\n"
      "读不准的格留空，不猜。不写 -o 时文件名是 年度.yaml。已有的文件不会被覆盖。\n"
      "退出码：0 全部读准，1 有没读准的数或报告里的合计有误，2 读不了。",
      { OPT_UNIT, OPT_YEAR, OPT_FORM, OPT_OUTPUT },
      4,
      1,
      1,
      cli_import },
    { "get",
      "FILE [CELL...]",
      "取出数字或文字",
      "一个 CELL 只显示它的值；几个或不写，每行是 CELL、制表符和值，换行写作 \\n。\n"
      "--format lines 把整份草稿列成一格一行、一句一行，供 git diff 等逐行比较。",
      { OPT_FORMAT },
      1,
      1,
      -1,
      cli_get },
    { "set",
      "FILE CELL=VALUE...",
      "填入数字或文字",
      "要么全部填入，要么一个也不改。CELL= 清空这一格。接受的写法与录入时相同：1,234、12件、减3。",
      { OPT_HELP },
      0,
      2,
      -1,
      cli_set },
    { "diff",
      "A B",
      "比较两份草稿",
      "列出 B 与 A 相比改了什么：数字按节、行、列，带增减和百分比；文字逐句，- 是 A 的，+ 是 B "
      "的。\n"
      "格式不同的两份，比较地址相同的格。退出码：0 内容相同，1 有不同，2 有文件读不了。",
      { OPT_FORMAT },
      1,
      2,
      2,
      cli_diff },
    { "join",
      "BASE OURS THEIRS [NAME]",
      "合并两人的改动",
      "BASE 是两人各自改动以前的草稿，OURS、THEIRS 是改动以后的；结果写进 OURS，或 -o "
      "指定的文件。\n"
      "数字逐格、文字逐段合并。两边都改了同一处的，留下 OURS 的，另一边的写进备注，退出码 1；2 "
      "是有文件读不了。\n"
      "git merge 可以自动使用它，见 nianbao help --format git。NAME 是提示里用的文件名。",
      { OPT_OUTPUT },
      1,
      3,
      4,
      cli_join },
    { "verify",
      "FILE",
      "复核录入：由另一人把表格再录一遍，逐处对照",
      "打开界面，录的人看不到第一遍的数。录到一半可以离开，再用这个命令接着录。\n"
      "录完后列出两遍不同的格，逐处选定；选定的数写进草稿，存盘才算数。",
      { OPT_LINES, OPT_AMBIGUOUS },
      2,
      1,
      1,
      cli_verify },
    { "forms",
      "[ID|FILE]",
      "列出、说明、检查格式",
      "不写参数时列出全部格式；写格式名或格式文件时说明它，并指出作者该留意的地方。",
      { OPT_FORMAT },
      1,
      0,
      1,
      cli_forms },
    { "help",
      "[COMMAND]",
      "显示说明",
      "--format man 是全部命令的手册页，--format bash 是命令行补全，安装时就由它们产生。\n"
      "--format git 是一段命令，在存放草稿的 git 仓库里交给 sh 运行一次（nianbao help --format git "
      "| sh），\n"
      "git diff、git merge 就按格、按句处理草稿。",
      { OPT_FORMAT },
      1,
      0,
      1,
      cli_help },
};
const int cli_n_commands = (int)nb_countof(cli_commands);

const struct cli_command *cli_find_command(const char *name)
{
    for (int i = 0; i < cli_n_commands; i++) {
        if (strcmp(cli_commands[i].name, name) == 0)
            return &cli_commands[i];
    }
    return NULL;
}
