"""usage: peer.py PEER ENCODING LIST RANKS: a first and a second pass of a peer, MB/s of process CPU time, and tokens."""
import os
import pathlib
import sys
import time

peer, encoding, paths, ranks = sys.argv[1:]
os.environ["TIKTOKEN_CACHE_DIR"] = ranks
FILES = {
    "o200k_base": "fb374d419588a4632f3f557e76b4b70aebbca790",
    "cl100k_base": "9b5ad71b2ce5302211f9c61530b329a4922fc6a4",
}
texts = [pathlib.Path(line).read_bytes().decode() for line in pathlib.Path(paths).read_text().splitlines()]
size = sum(len(text.encode()) for text in texts)
if peer == "tiktoken":
    import tiktoken

    tokenizer = tiktoken.get_encoding(encoding)
    count = lambda text: len(tokenizer.encode_ordinary(text))
elif peer == "quicktok":
    import quicktok

    count = quicktok.get_encoding(encoding).count
else:
    import gigatoken

    rule = encoding.removesuffix("_base")
    tokenizer = gigatoken.Tokenizer.from_tiktoken(os.path.join(ranks, FILES[encoding]), pretokenizer=rule)
    count = lambda text: len(tokenizer.encode(text))
figures = []
for _ in range(2):
    start = time.process_time()
    tokens = sum(map(count, texts))
    figures.append(f"{size / (time.process_time() - start) / 1e6:.1f}")
print(f"first={figures[0]} second={figures[1]} tokens={tokens}")
