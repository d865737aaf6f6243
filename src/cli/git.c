/* How git shows and joins drafts, as commands for a shell. */
#include "cli.h"

/* A file that is no draft, or was none once, is shown and joined as git would do by itself. */
static const char setup[] =
    "# git diff 和 git merge 按格、按句处理草稿。在存放草稿的 git 仓库里运行一次：\n"
    "#     nianbao help --format git | sh\n"
    "set -e\n"
    "cd \"$(git rev-parse --show-toplevel)\"\n"
    "git config diff.nianbao.textconv \\\n"
    "    'f() { nianbao get --format lines \"$1\" 2>/dev/null || cat \"$1\"; }; f'\n"
    "git config diff.nianbao.xfuncname '^[^ ].*'\n"
    "git config merge.nianbao.name '草稿逐格合并'\n"
    "git config merge.nianbao.driver \\\n"
    "    'f() { said=$(nianbao join \"$@\" 2>&1); status=$?;\n"
    "           test $status -gt 1 || { test -z \"$said\" || echo \"$said\" >&2; return $status; "
    "};\n"
    "           git merge-file -L 这边 -L 原来 -L 另一边 \"$2\" \"$1\" \"$3\"; }; f %O %A %B %P'\n"
    "grep -qs merge=nianbao .gitattributes ||\n"
    "    echo '*.yaml diff=nianbao merge=nianbao' >>.gitattributes\n";

void cli_put_git_setup(void)
{
    fputs(setup, stdout);
}
