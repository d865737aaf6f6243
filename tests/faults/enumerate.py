"""Every writing system call of saving and journalling fails once, in every way, and the program
ends before and behind each: the file is then whole, old or new, the program says what failed, and
what was typed is not lost. Prints counts; every case that is wrong is named.

    enumerate.py NIANBAO SCREEN FAULTS.SO DRAFT
"""
import concurrent.futures
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile

nianbao, screen, faults, sample = sys.argv[1:5]
ERRORS = ["EIO", "ENOSPC", "EDQUOT", "EINTR", "EACCES", "short"]
ENDS = ["before", "after"]
CELL = "requests.new.natural"


def preload():
    """The sanitizer, where the program is built with it, must come first."""
    libs = subprocess.run(["ldd", nianbao], capture_output=True, text=True).stdout
    asan = re.search(r"libasan\S* => (\S+)", libs)
    return (asan.group(1) + " " if asan else "") + faults


def environment(folder, **more):
    env = dict(os.environ, HOME=folder, XDG_STATE_HOME=folder + "/state", ASAN_OPTIONS="exitcode=99")
    env.update(more)
    return env


def read(path):
    with open(path, "rb") as file:
        return file.read()


def value_of(path):
    return subprocess.run([nianbao, "get", path, CELL], capture_output=True, text=True).stdout.strip()


class Scratch:
    """A folder with the draft, gone in the end."""

    def __init__(self, linked=False):
        self.folder = tempfile.mkdtemp(prefix="nianbao-faults-")
        self.draft = self.folder + "/2024.yaml"
        shutil.copy(sample, self.draft)
        if linked:
            os.link(self.draft, self.folder + "/other.yaml")

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def calls(self):
        path = self.folder + "/log"
        return read(path).decode().split() if os.path.exists(path) else []


# ---- nianbao set ----

def set_figure(scratch, fault):
    env = environment(scratch.folder, LD_PRELOAD=preload(), FAULT=fault,
                      FAULT_LOG=scratch.folder + "/log")
    return subprocess.run([nianbao, "set", scratch.draft, CELL + "=99"], env=env,
                          capture_output=True, text=True)


def rescued(scratch, new):
    paths = glob.glob(scratch.folder + "/state/nianbao/rescue/*-2024.yaml")
    return len(paths) == 1 and read(paths[0]) == new


def judge_set(fault, linked, old, new):
    with Scratch(linked) as scratch:
        done = set_figure(scratch, fault)
        now = read(scratch.draft)
        ended = fault.endswith(("before", "after"))
        calls = scratch.calls()
        if now not in (old, new) and not (linked and rescued(scratch, new)):
            return "the file is neither old nor new"
        if done.returncode not in (0, 2, 77):
            return "status %d: %s" % (done.returncode, done.stderr[-300:])
        if done.returncode == 0 and now != new:
            return "fine, but the file is not new"
        if done.returncode == 2 and not done.stderr:
            return "it failed and said nothing"
        left = [name for name in os.listdir(scratch.folder) if ".tmp" in name]
        if left and not ended and calls[int(fault.split(":")[0]) - 1] != "unlink":
            return "left behind: %s" % left
    return None


def enumerate_set(name, linked):
    with Scratch(linked) as scratch:
        old = read(scratch.draft)
        set_figure(scratch, "")
        new = read(scratch.draft)
        n_calls = len(scratch.calls())
    runs = ["%d:%s" % (call, kind) for call in range(1, n_calls + 1) for kind in ERRORS + ENDS]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        faults_found = list(pool.map(lambda run: judge_set(run, linked, old, new), runs))
    report(name, n_calls, runs, faults_found)


# ---- nianbao print -o ----

def print_report(scratch, fault):
    env = environment(scratch.folder, LD_PRELOAD=preload(), FAULT=fault,
                      FAULT_LOG=scratch.folder + "/log")
    return subprocess.run([nianbao, "print", "-o", scratch.folder + "/report.txt", scratch.draft],
                          env=env, capture_output=True, text=True)


def judge_print(fault, old, new):
    with Scratch() as scratch:
        path = scratch.folder + "/report.txt"
        with open(path, "wb") as file:
            file.write(old)
        done = print_report(scratch, fault)
        now = read(path)
        if now not in (old, new):
            return "the report is neither old nor new"
        if done.returncode == 0 and now != new:
            return "fine, but the report is not new"
        if done.returncode not in (0, 2, 77) or (done.returncode == 2 and not done.stderr):
            return "status %d: %s" % (done.returncode, done.stderr[-300:])
    return None


def enumerate_print():
    with Scratch() as scratch:
        print_report(scratch, "")
        new = read(scratch.folder + "/report.txt")
        n_calls = len(scratch.calls())
    runs = ["%d:%s" % (call, kind) for call in range(1, n_calls + 1) for kind in ERRORS + ENDS]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda run: judge_print(run, b"old\n", new), runs))
    report("print -o over an older report", n_calls, runs, found)


# ---- the editor ----

def play(scratch, script, fault=None):
    lines = ["env HOME=" + scratch.folder, "env XDG_STATE_HOME=" + scratch.folder + "/state"]
    if fault is not None:
        lines += ["env LD_PRELOAD=" + preload(), "env FAULT=" + fault,
                  "env FAULT_LOG=" + scratch.folder + "/log", "env ASAN_OPTIONS=detect_leaks=0"]
    return subprocess.run([screen], input="\n".join(lines + script) + "\n", text=True,
                          cwd=scratch.folder, capture_output=True).stdout


OPEN = ["run %s 2024.yaml" % nianbao]
EDIT = ["key Alt-3", "type 99", "key Enter"]
LEAVE = ["key ^S", "key ^Q", "exit"]


def judge_error(fault, calls):
    """After one failure the work is still there: saving again saves it."""
    with Scratch() as scratch:
        shown = play(scratch, OPEN + EDIT + ["key ^S", "show"] + LEAVE, fault)
        call = calls[int(fault.split(":")[0]) - 1]
        if "exit 0" not in shown:
            return "it did not end well: %s" % shown[-400:]
        if value_of(scratch.draft) != "99":
            return "the figure is lost"
        beside = [name for name in os.listdir(scratch.folder) if "2024" in name]
        if beside != ["2024.yaml"] and call != "unlink":
            return "left beside the draft: %s" % beside
    return None


def judge_end(fault, flushed):
    """After the program has ended anywhere, opening the draft again brings the figure back."""
    call, kind = fault.split(":")
    safe = int(call) > flushed or (int(call) == flushed and kind == "after")
    with Scratch() as scratch:
        play(scratch, OPEN + EDIT + LEAVE, fault)
        old = "2217"
        if value_of(scratch.draft) not in (old, "99"):
            return "the file is not whole"
        play(scratch, OPEN + ["key Enter"] + LEAVE)
        if safe and value_of(scratch.draft) != "99":
            return "the figure is lost: " + value_of(scratch.draft)
    return None


def enumerate_editor():
    with Scratch() as scratch:
        play(scratch, OPEN + EDIT + LEAVE, "")
        calls = scratch.calls()
    saved = calls.index("rename")
    syncs = [i for i, call in enumerate(calls[:saved], 1) if call == "fdatasync"]
    if len(syncs) != 1:
        sys.exit("the figure is not in the journal before it is saved: %s" % calls)
    flushed = syncs[0]
    errors = ["%d:%s" % (call, kind) for call in range(1, len(calls) + 1)
              for kind in ("EIO", "short")]
    ends = ["%d:%s" % (call, kind) for call in range(1, len(calls) + 1) for kind in ENDS]
    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        found = list(pool.map(lambda run: judge_error(run, calls), errors))
        found += list(pool.map(lambda run: judge_end(run, flushed), ends))
    report("the editor: one figure typed, saved", len(calls), errors + ends, found)


def report(name, n_calls, runs, found):
    wrong = [(run, fault) for run, fault in zip(runs, found) if fault]
    print("%s: %d calls, %d runs, %d wrong" % (name, n_calls, len(runs), len(wrong)))
    for run, fault in wrong[:10]:
        print("  %s %s" % (run, fault))


enumerate_set("set", False)
enumerate_set("set, a file with two names", True)
enumerate_print()
enumerate_editor()
