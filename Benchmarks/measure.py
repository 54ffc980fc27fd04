"""Runs commands side by side and tells the median of their times and their peak memory."""
import atexit
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
CORPUS = ROOT / ".local/corpus"
DOCENT = os.environ.get("DOCENT_BINARY") or ROOT / ".build/release/docent"
JUDGES = pathlib.Path(os.environ.get("DOCENT_JUDGES") or ROOT / ".local/judges")
PYTHON = "/usr/bin/python3"


def prepare(*packages):
    """A release build, and a folder for each package, gone at the end; `library` is the standard library."""
    if "DOCENT_BINARY" not in os.environ:
        subprocess.run([ROOT / "scripts/docent", "--version"], check=True, stdout=subprocess.DEVNULL)
    # Not below this checkout, whose .gitignore would hide the files from both sides.
    trees = pathlib.Path(tempfile.mkdtemp(prefix="docent-benchmark-"))
    atexit.register(shutil.rmtree, trees, ignore_errors=True)
    for package in packages:
        command = ["library", trees / package] if package == "library" else ["package", CORPUS, trees / package, package]
        subprocess.run([PYTHON, ROOT / "Tests/Judges/corpus.py", *command], check=True)
    return [trees / package for package in packages]


def megabytes(folder):
    return sum(path.stat().st_size for path in folder.rglob("*.py")) / 1e6


def run(command):
    """(seconds, peak resident bytes) of one run, children included; ends the benchmark when the command fails."""
    sink = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2)]
    command = [str(part) for part in command]
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    os.close(sink)
    if os.waitstatus_to_exitcode(status) not in (0, 1, 3):
        sys.exit(f"{' '.join(command)} ended with status {os.waitstatus_to_exitcode(status)}")
    return seconds, usage.ru_maxrss * (1024 if sys.platform == "linux" else 1)


def interleaved(commands, rounds=5):
    """The median seconds and the greatest memory of each command, run in turn, after one round that warms up."""
    seconds, memory = {name: [] for name in commands}, dict.fromkeys(commands, 0)
    for turn in range(rounds + 1):
        for name, command in commands.items():
            took, peak = run(command)
            if turn:
                seconds[name].append(took)
            memory[name] = max(memory[name], peak)
    return {name: (statistics.median(seconds[name]), memory[name] / 1e6) for name in commands}
