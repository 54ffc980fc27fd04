#!/usr/bin/env python3
"""Does docent accept and refuse what the parsers of libcst, ruff and newer CPythons accept and refuse?

usage: judge_syntax.py DOCENT CASES… -- JUDGE…

CASES are files of cases that begin with `### title`; in a file whose name begins with `invalid` all are to be refused,
in others accepted. A JUDGE is the path of a python (of libcst's environment, or any newer CPython) or of ruff.
Each expectation must be confirmed: by one judge at least, and what is invalid by every CPython, for none refuses less with
time. `--self-test` in place of DOCENT prints which judges disagree (older ones do, with newer syntax).
Prints each case where docent differs and one summary line; exit status 1 on any difference.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

PARSE_WITH_LIBCST = """
import pathlib, sys, libcst
for name in sys.argv[1:]:
    try:
        libcst.parse_module(pathlib.Path(name).read_bytes())
    except (libcst.ParserSyntaxError, UnicodeDecodeError, libcst.CSTValidationError):
        print(name)
"""
PARSE_WITH_AST = """
import ast, pathlib, sys, warnings
warnings.simplefilter("ignore")
for name in sys.argv[1:]:
    try:
        ast.parse(pathlib.Path(name).read_bytes())
    except (SyntaxError, ValueError):
        print(name)
"""


def cases(path):
    for block in re.split(r"^### ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        title, _, code = block.partition("\n")
        yield title, code, not path.name.startswith("invalid")


def output(*command):
    return subprocess.run(command, capture_output=True, check=False, encoding="utf-8", errors="replace")


def has_libcst(python):
    return output(python, "-c", "import libcst").returncode == 0


def refused_by(judge, names):
    """The names of the files that a judge refuses."""
    if pathlib.Path(judge).name == "ruff":
        run = output(judge, "check", "--isolated", "--no-cache", "--preview", "--target-version", "py314", "--select", "D100",
                     "--output-format", "concise", *names)
        return {name for name in names if re.search(re.escape(name) + r":\d+:\d+: .*invalid-syntax", run.stdout)}
    program = PARSE_WITH_LIBCST if has_libcst(judge) else PARSE_WITH_AST
    return set(output(judge, "-c", program, *names).stdout.split("\n")) & set(names)


def refused_by_docent(docent, names):
    run = output(docent, "outline", "--json", *names)
    if run.returncode not in (0, 1, 3):
        sys.exit(f"judge_syntax: docent ended with status {run.returncode}: {run.stderr[:2000]}")
    accepted = set(re.findall(r'^\{"file":"([^"]+)","path":"","ordinal":1,', run.stdout, flags=re.M))
    return set(names) - accepted


def main(arguments):
    split = arguments.index("--")
    docent, judges = arguments[0], arguments[split + 1 :]
    listed = [case for path in arguments[1:split] for case in cases(pathlib.Path(path))]
    differences = valid = unjudged = 0
    with tempfile.TemporaryDirectory() as folder:
        names = []
        for index, (_, code, _) in enumerate(listed):
            path = pathlib.Path(folder, f"case{index}.py")
            path.write_text(code, encoding="utf-8", newline="")
            names.append(str(path))
        refusals = {judge: refused_by(judge, names) for judge in judges}
        pythons = [judge for judge in judges if pathlib.Path(judge).name != "ruff" and not has_libcst(judge)]
        ours = None if docent == "--self-test" else refused_by_docent(docent, names)
        for name, (title, code, is_valid) in zip(names, listed):
            valid += is_valid
            agreeing = [judge for judge in judges if (name not in refusals[judge]) == is_valid]
            old = [judge for judge in pythons if judge not in agreeing]
            if not agreeing or not is_valid and old:
                unjudged += 1
                print(f"  no judge says that this is {'valid' if is_valid else 'invalid'}: {title}")
            if ours is None:
                for judge in judges:
                    if judge not in agreeing:
                        print(f"  {judge} {'refuses' if is_valid else 'accepts'}: {title}")
            elif (name not in ours) != is_valid:
                differences += 1
                print(f"  docent {'refuses' if is_valid else 'accepts'}: {title}\n{code}")
    print(f"{valid} valid and {len(listed) - valid} invalid cases, {differences} differences, {unjudged} without a judge")
    return 1 if differences or unjudged else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
