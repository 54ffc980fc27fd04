extension HelpPage {
    /// What the output of `--json` means.
    static let json = """
        What --json writes: one JSON object a line, in UTF-8, on standard output.

        docent generate --json: a line for each file, in path order, then a summary.
          {"type": "file",
           "path": "pkg/a.py",               the path as found
           "status": "changed",              unchanged, changed, refused or failed;
                                             with --check, changed means: would be
           "declarations": 12,               the module included
           "documented": [{"path": "C.f", "line": 3}, ...]
                                             "" is the path of the module
           "splitSuites": 0,                 one-line bodies put on their own line
           "skipped": {"documented": 4, ...} how many declarations, by reason
           "unplaced": [{"path": "", "line": 1, "reason": "..."}, ...]
                                             for which there is no place in the file
           "undone": [{"path": "g", "line": 9, "reason": "..."}, ...]
                                             written, did not pass the proof, taken back
           "error": null}                    or {"reason": "...", "line": 3, "column": 7};
                                             line and column are null unless refused
          {"type": "summary",
           "files": 2, "bytes": 812, "declarations": 20, "changedFiles": 1,
           "documented": 8, "splitSuites": 0, "skipped": {...},
           "refused": 0, "failed": 0, "undone": 0,
           "outsideLinks": 0, "pagesLeftBehind": [],
           "style": "google", "interrupted": false}

        docent outline --json: a line for each declaration, in file order.
          {"file": "pkg/a.py",               the path as found
           "path": "C.f", "ordinal": 1,      names from the outermost inwards; position
                                             among the declarations of the same path
           "kind": "method", "name": "f",    module, class, function or method
           "line": 3, "column": 5, "endLine": 9, "async": false,
           "traits": ["property", ...], "decorators": ["..."], "bases": ["..."],
           "typeParameters": ["..."],
           "parameters": [{"name", "kind", "receiver", "annotation", "default"}, ...],
                                             kind: positionalOnly, positional, variadic,
                                             keywordOnly or variadicKeyword
           "returnAnnotation": "int",        or null
           "docstring": null,                or {"text", "line", "endLine", "start",
                                             "end", "prefix", "quotes"}
           "returns": [{"line", "value", "kind"}, ...],
           "yields": [{"line", "value", "kind", "delegating"}, ...],
           "raises": [{"line", "exception", "message", "caughtInside", "reraise",
                       "conditions": [{"kind", "text"}, ...]}, ...],
           "catches": ["..."], "calls": ["..."],
           "fields": [{"name", "annotation", "value", "comment", "docstring"}, ...],
           "attributes": [...],              the same, set on the receiver
           "complexity": 1,                  McCabe's
           "comments": {"leading", "header", "body"}}
          A file that is not understood is one line instead:
          {"file": "pkg/b.py", "error": {"reason": "...", "line": 3, "column": 7}}

        Lines and columns count from 1, columns and offsets in bytes.

        """
}
