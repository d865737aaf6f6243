"""Allocations fail one by one: the program then ends with a message, or goes on as if nothing had
happened; files are whole, the terminal is sane, and every committed figure comes back. Prints
counts; every case that is wrong is named.

    scarce.py BUILD DRAFT STEP

STEP 1 tries every allocation, 50 every fiftieth.
"""
import concurrent.futures
import os
import shutil
import subprocess
import sys
import tempfile

nianbao, scarce, screen = [sys.argv[1] + "/" + name for name in ("nianbao", "scarce", "screen")]
sample = sys.argv[2]
STEP = int(sys.argv[3])
CELL = "requests.new.natural"
NO_MEMORY = "内存不足"
# ncurses ends the program itself before it has touched the terminal, or falls over itself
CURSES_SAYS = ("Out of memory", "程序出错")


def read(path):
    with open(path, "rb") as file:
        return file.read()


class Scratch:
    """A folder with the draft, gone in the end."""

    def __enter__(self):
        self.folder = tempfile.mkdtemp(prefix="nianbao-scarce-")
        self.draft = self.folder + "/2024.yaml"
        self.log = self.folder + "/log"
        shutil.copy(sample, self.draft)
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def environment(self, fault):
        home = {"HOME": self.folder, "XDG_STATE_HOME": self.folder + "/state"}
        return dict(os.environ, SCARCE=fault, ASAN_OPTIONS="detect_leaks=0:exitcode=99", **home)

    def allocations(self):
        return int(read(self.log))


def faults_up_to(count, kinds):
    return ["%d%s" % (call, kind) for kind in kinds for call in range(1, count + 1, STEP)]


def report(name, count, runs, judge):
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        wrong = [(run, fault) for run, fault in zip(runs, pool.map(judge, runs)) if fault]
    tried = "every allocation" if STEP == 1 else "one allocation in %d" % STEP
    print("%s: %s, %d wrong" % (name, tried, len(wrong)))
    print("%s: %d allocations, %d runs" % (name, count, len(runs)), file=sys.stderr)
    for run, fault in wrong[:10]:
        print("  %s %s" % (run, fault))


# ---- commands ----

def run(scratch, args, fault, log=False):
    env = scratch.environment(fault)
    if log:
        env["SCARCE_LOG"] = scratch.log
    done = subprocess.run([scarce] + args, env=env, cwd=scratch.folder, capture_output=True)
    files = {name: read(scratch.folder + "/" + name) for name in os.listdir(scratch.folder)
             if name not in ("log", "state")}
    return done, files


def try_command(args):
    with Scratch() as scratch:
        before = {"2024.yaml": read(scratch.draft)}
        fine, after = run(scratch, args, "", log=True)
        count = scratch.allocations()

    def judge(fault):
        with Scratch() as scratch:
            done, files = run(scratch, args, fault)
        if done.returncode == fine.returncode:
            same = done.stdout == fine.stdout and files == after
            return None if same else "status as always, but it did something else"
        if done.returncode != 2:
            return "status %d: %s" % (done.returncode, done.stderr.decode()[-200:])
        if files not in (before, after):
            return "files neither as before nor as after: %s" % sorted(files)
        if NO_MEMORY not in done.stderr.decode(errors="replace"):
            return "it does not say why: %s" % done.stderr.decode(errors="replace")[-200:]
        return None

    report(args[0], count, faults_up_to(count, ["", "+"]), judge)


# ---- the editor ----

def play(scratch, program, script, fault=None, log=False):
    lines = ["env HOME=" + scratch.folder, "env XDG_STATE_HOME=" + scratch.folder + "/state",
             "env ASAN_OPTIONS=detect_leaks=0:handle_segv=0:handle_sigbus=0"]
    if fault:
        lines.append("env SCARCE=" + fault)
    if log:
        lines.append("env SCARCE_LOG=" + scratch.log)
    lines += ["run %s 2024.yaml" % program] + script
    return subprocess.run([screen], input="\n".join(lines) + "\n", text=True, cwd=scratch.folder,
                          capture_output=True).stdout


def modes(shown):
    """What the terminal is switched to in the end."""
    return shown[shown.rindex("modes"):].strip()


EDIT = ["key Alt-3", "type 99", "key Enter"]
LEAVE = ["key ^S", "key ^Q", "exit", "show", "modes"]


def try_editor():
    with Scratch() as scratch:
        play(scratch, scarce, EDIT + ["settle", "signal KILL", "exit"], log=True)
        committed = scratch.allocations()
    with Scratch() as scratch:
        sane = modes(play(scratch, scarce, EDIT + LEAVE, log=True))
        count = scratch.allocations()

    def value(scratch):
        return subprocess.run([nianbao, "get", scratch.draft, CELL], capture_output=True,
                              text=True).stdout.strip()

    def judge(fault):
        with Scratch() as scratch:
            shown = play(scratch, scarce, EDIT + LEAVE, fault)
            said = NO_MEMORY in shown or any(words in shown for words in CURSES_SAYS)
            if "exit 0" not in shown and not said:
                return "it did not end well: " + shown.replace("\n\n", "")[-300:]
            if modes(shown) != sane:
                return "the terminal: " + modes(shown)
            if value(scratch) not in ("2217", "99"):
                return "the file is not whole"
            play(scratch, nianbao, ["key Enter"] + LEAVE)
            if int(fault.strip("+")) > committed and value(scratch) != "99":
                return "the figure is lost"
        return None

    report("the editor: open, edit, save, quit", count, faults_up_to(count, [""]), judge)


for command in (["print", "2024.yaml"], ["print", "--format", "html", "-o", "x", "2024.yaml"],
                ["check", "--format", "json", "2024.yaml"], ["set", "2024.yaml", CELL + "=99"],
                ["new", "--prior", "2024.yaml", "-o", "x"], ["forms", "2021"]):
    try_command(command)
try_editor()
