#!/usr/bin/env python3
"""Copies of real Python code for tests and benchmarks to work on.

usage: corpus.py library DESTINATION [COUNT]          the standard library of this Python, or every n-th file of it
       corpus.py folder SOURCE DESTINATION            what a folder holds, writable
       corpus.py package CACHE DESTINATION NAME…      packages from PyPI by NAME==VERSION, kept as wheels in CACHE

DESTINATION is made; exit status 3 if a package is neither in the cache nor to be had.
"""
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import zipfile

LEFT_OUT = {"site-packages", "dist-packages", "__pycache__", "test", "tests", "idle_test"}


def copy_library(destination, count=None):
    library = pathlib.Path(sysconfig.get_path("stdlib"))
    files = sorted(path for path in library.rglob("*.py") if not LEFT_OUT & set(path.parts) and path.is_file())
    step = 1 if count is None else max(1, len(files) // count)
    for path in files[::step][:count]:
        target = destination / path.relative_to(library)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def wheel(cache, requirement):
    """The wheel of a package, fetched when it is not in the cache."""
    name, _, version = requirement.partition("==")
    pattern = f"{name.replace('-', '_')}-{version}-*.whl"
    cache.mkdir(parents=True, exist_ok=True)
    if not list(cache.glob(pattern)):
        subprocess.run(
            [python_with_pip(), "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
             "--disable-pip-version-check", "--dest", cache, requirement],
            check=False, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )
    found = list(cache.glob(pattern))
    if not found:
        print(f"corpus: {requirement} is not in {cache} and could not be fetched from PyPI", file=sys.stderr)
        sys.exit(3)
    return found[0]


def python_with_pip():
    """Debian's Python has no pip of its own; the judges' environments do."""
    judges = pathlib.Path(os.environ.get("DOCENT_JUDGES") or pathlib.Path(__file__).parents[2] / ".local/judges")
    return next(iter(sorted(judges.glob("*/bin/python"))), sys.executable)


def unpack(cache, destination, requirement):
    with zipfile.ZipFile(wheel(cache, requirement)) as archive:
        archive.extractall(destination / requirement.partition("==")[0])


def main(arguments):
    command, *rest = arguments
    if command == "library":
        copy_library(pathlib.Path(rest[0]), int(rest[1]) if len(rest) > 1 else None)
    elif command == "folder":
        shutil.copytree(rest[0], rest[1], copy_function=shutil.copyfile, dirs_exist_ok=True)
        pathlib.Path(rest[1]).chmod(0o755)
    else:
        cache, destination, *requirements = rest
        for requirement in requirements:
            unpack(pathlib.Path(cache), pathlib.Path(destination), requirement)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
