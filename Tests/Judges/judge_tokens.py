"""Judges recorded tokens by tiktoken: a line is an encoding, the text in base64 and the ids, with tabs between.

usage: judge_tokens.py RANKS FILE

RANKS is a folder of rank files under tiktoken's cache names; r50k's, where it is missing, is the beginning of p50k's.
Prints the number of lines and of differences, and the first differences.
"""
import base64
import collections
import os
import pathlib
import sys

ranks, path = map(pathlib.Path, sys.argv[1:])
p50k = (ranks / "ec7223a39ce59f226a68acc30dc1af2788490e15").read_bytes()
(ranks / "0ea1e91bbb3a60f729a8dc8f777fd2fc07cd8df4").write_bytes(b"\n".join(p50k.split(b"\n")[:50256]) + b"\n")
os.environ["TIKTOKEN_CACHE_DIR"] = str(ranks)

import tiktoken

seen, differences = collections.Counter(), []
with open(path) as lines:
    for line in lines:
        name, text, ids = line.rstrip("\n").split("\t")
        data = base64.b64decode(text).decode("utf-8", errors="replace")
        expected = tiktoken.get_encoding(name).encode_ordinary(data)
        seen[name] += 1
        if expected != [int(part) for part in ids.split()]:
            differences.append((name, data, expected, ids))
for name, data, expected, ids in differences[:5]:
    print(f"{name}: {data[:200]!r}: {expected[:40]} but {ids[:200]}")
print(f"{sum(seen.values())} texts of {len(seen)} encodings, {len(differences)} differences")
