"""Makes tokenizer files of many shapes, and judges tokens by the libraries the files are for.

usage: judge_token_files.py make FOLDER | judge FOLDER FILE

`make` trains small tokenizers, each a file in FOLDER. `judge` reads lines of a file's name, a text in base64 and the ids,
with tabs between, and prints the number of lines and of differences, and the first differences.
"""
import base64
import collections
import json
import pathlib
import sys
import sysconfig

from tokenizers import AddedToken, Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
import sentencepiece

mode, folder = sys.argv[1], pathlib.Path(sys.argv[2])

CONTRACTION = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)"
SPACE = r"|\s*[\r\n]+|\s+(?!\S)|\s+"
LLAMA = CONTRACTION + r"|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}%s| ?[^\s\p{L}\p{N}]+[\r\n]*" + SPACE
UPPER, LOWER = r"[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]", r"[\p{Ll}\p{Lm}\p{Lo}\p{M}]"


def words(end, digits):
    prefix = r"[^\r\n\p{L}\p{N}]?"
    return (f"{prefix}{UPPER}*{LOWER}+{end}|{prefix}{UPPER}+{LOWER}*{end}" + r"|\p{N}" + digits
            + r"| ?[^\s\p{L}\p{N}]+[\r\n/]*" + SPACE)


DEEPSEEK = [
    r"\p{N}{1,3}",
    "[\u4e00-\u9fa5\u3040-\u309f\u30a0-\u30ff]+",
    r"""[!"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~][A-Za-z]+|[^""" + "\r\n" + r"""\p{L}\p{P}\p{S}]?[\p{L}\p{M}]+"""
    + r"""| ?[\p{P}\p{S}]+[""" + "\r\n" + r"""]*|\s*[""" + "\r\n" + r"""]+|\s+(?!\S)|\s+""",
]


def texts():
    sources = sorted(pathlib.Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))[:60]
    yield from (path.read_text("utf-8", "replace")[:20000] for path in sources)
    yield from ["漢字仮名 ひらがな・カタカナ、한국어 привет мир Ωελλ नमस्ते e\u0301 ２３ ٣٤ 1234567 HTTPServer's DON'T //\n"] * 50


def splits(*patterns):
    cuts = [pre_tokenizers.Split(Regex(pattern), "isolated") for pattern in patterns]
    return pre_tokenizers.Sequence([*cuts, pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)])


def byte_level(name, pre, normalizer=None, added=()):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre
    if normalizer:
        tokenizer.normalizer = normalizer
    trainer = trainers.BpeTrainer(vocab_size=2000, show_progress=False, special_tokens=["<s>"],
                                  initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(texts(), trainer)
    tokenizer.add_tokens(list(added))
    tokenizer.save(str(folder / f"{name}.json"))


def converted(name, normalizer, pre, training, added=()):
    trained = Tokenizer(models.BPE())
    trained.pre_tokenizer = training
    trainer = trainers.BpeTrainer(vocab_size=1500, show_progress=False, limit_alphabet=90,
                                  special_tokens=["<unk>", "<s>", *(f"<0x{byte:02X}>" for byte in range(256))])
    trained.train_from_iterator((text.replace("\n", " ") for text in texts()), trainer)
    data = json.loads(trained.to_str())
    data["added_tokens"] = [token for token in data["added_tokens"] if token["content"] in ("<unk>", "<s>")]
    # Tokens that are canonically the same.
    vocabulary = data["model"]["vocab"]
    for token in ("é", "e", "\u0301", "e\u0301", "\u212b", "\u00c5"):
        vocabulary.setdefault(token, len(vocabulary))
    data["model"]["merges"].append(["e", "\u0301"])
    data["model"].update(byte_fallback=True, fuse_unk=True, unk_token="<unk>")
    tokenizer = Tokenizer.from_str(json.dumps(data))
    if normalizer:
        tokenizer.normalizer = normalizer
    if pre:
        tokenizer.pre_tokenizer = pre
    else:
        data = json.loads(tokenizer.to_str())
        data["pre_tokenizer"] = None
        tokenizer = Tokenizer.from_str(json.dumps(data))
    tokenizer.add_tokens(list(added))
    tokenizer.save(str(folder / f"{name}.json"))


def sentence_piece(name, **options):
    corpus = folder / "corpus.txt"
    corpus.write_text("\n".join(line for text in texts() for line in text.split("\n") if line.strip()))
    settings = dict(vocab_size=1500, normalization_rule_name="identity", character_coverage=0.98, byte_fallback=True,
                    model_type="bpe", minloglevel=2, num_threads=1) | options
    sentencepiece.SentencePieceTrainer.train(input=str(corpus), model_prefix=str(folder / name), **settings)
    corpus.unlink()


def make():
    level, replace = pre_tokenizers.ByteLevel(add_prefix_space=False), normalizers.Replace(" ", "▁")
    plain = [AddedToken("<|call|>", normalized=False), AddedToken("HTTPServer", normalized=True), "ελλ"]
    byte_level("gpt2", level, added=plain)
    byte_level("lone-digits", pre_tokenizers.Sequence([pre_tokenizers.Digits(individual_digits=True), level]))
    byte_level("lone-digits-nfc", pre_tokenizers.Sequence([pre_tokenizers.Digits(True), level]), normalizers.NFC(), plain)
    byte_level("llama3", splits(LLAMA % "{1,3}"))
    byte_level("qwen", splits(LLAMA % ""), normalizers.NFC(), plain)
    byte_level("o200k", splits(words(CONTRACTION + "?", "{1,3}")))
    byte_level("tekken", splits(words("", "")))
    byte_level("deepseek", splits(*DEEPSEEK))
    spaces = pre_tokenizers.Metaspace(prepend_scheme="always", split=True)
    prepend = normalizers.Sequence([normalizers.Prepend("▁"), replace])
    raw = [AddedToken("<|call|>", normalized=False), AddedToken("HTTPServer", normalized=False)]
    converted("llama2", prepend, None, spaces, raw)
    converted("gemma", replace, pre_tokenizers.Split(" ", "merged_with_previous"), spaces, raw)
    for scheme in ("always", "first", "never"):
        for split in (True, False):
            pre = pre_tokenizers.Metaspace(prepend_scheme=scheme, split=split)
            converted(f"metaspace-{scheme}-{split}".lower(), None, pre, spaces, raw)
    sentence_piece("sp-plain")
    sentence_piece("sp-gemma", add_dummy_prefix=False, remove_extra_whitespaces=False, split_digits=True,
                   allow_whitespace_only_pieces=True, user_defined_symbols="<|endoftext|>,HTTP,word,▁▁,==>,漢字")
    sentence_piece("sp-unknown", byte_fallback=False, user_defined_symbols="Server,Ser")
    sentence_piece("sp-llama", remove_extra_whitespaces=False, split_digits=True)
    leave_unused("sp-llama.model", 3, "sp-unused.model")


def leave_unused(name, every, result):
    """Marks a part of the pieces of several characters as unused: one byte for the length, then the piece's fields."""
    data, output, index = (folder / name).read_bytes(), b"", 0
    number = 0
    while data[index] == 0x0A:
        length = data[index + 1]
        piece = data[index + 2:index + 2 + length]
        number += 1
        text = piece[2:2 + piece[1]].decode()
        if len(piece) == 2 + piece[1] + 5 and len(text) > 1 and number % every == 0:
            piece += b"\x18\x05"
        output += bytes([0x0A, len(piece)]) + piece
        index += 2 + length
    (folder / result).write_bytes(output + data[index:])


def judge(path):
    tokenizers, seen, differences = {}, collections.Counter(), []
    for line in path.read_text().splitlines():
        name, text, ids = line.split("\t")
        if name not in tokenizers:
            tokenizers[name] = encoder(folder / name)
        data = base64.b64decode(text).decode("utf-8", errors="replace")
        expected = tokenizers[name](data)
        seen[name] += 1
        if expected != [int(part) for part in ids.split()]:
            differences.append((name, data, expected, ids))
    for name, data, expected, ids in differences[:8]:
        print(f"{name}: {data[:200]!r}: {expected[:40]} but {ids[:200]}")
    print(f"{sum(seen.values())} texts of {len(seen)} files, {len(differences)} differences")


def encoder(path):
    if path.suffix == ".model":
        return sentencepiece.SentencePieceProcessor(model_file=str(path)).encode
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.encode_special_tokens = True
    return lambda text: tokenizer.encode(text, add_special_tokens=False).ids


make() if mode == "make" else judge(pathlib.Path(sys.argv[3]))
