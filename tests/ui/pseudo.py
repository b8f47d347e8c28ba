#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the catalogue of a language that nobody speaks: pseudo.py FOLDER

Every text of the program stands in brackets, with accents and 40 % longer, as texts of other languages are; placeholders,
mnemonics and markup stay. FOLDER/words.txt gets the words that are data and stand without brackets: names of models,
cards, providers, and what the sample project holds.
"""
import csv
import json
import math
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/checks"))
import translations  # noqa: E402

LANGUAGE = "qps"
LONGER = 0.4
ACCENTS = str.maketrans("aeiouncAEIOUNC", "áéîöüñçÁÉÎÖÜÑÇ")
KEPT = re.compile(r"%[0-9$]*[-+ 0#]*(?:<[A-Za-z0-9]+>|[0-9.*]*(?:l|ll|z)?[a-zA-Z%])|</?[a-z]+>|&[a-z]+;|_|\\.")
NO_TEXTS = {"default:LTR", "en"}
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[0\])?) ((?:".*"\n?)+)', re.MULTILINE)
NAMES = {"id", "name", "vendor", "architecture", "family", "license", "aliases", "provider", "region", "instance_type", "gpu_id"}
WORD = re.compile(r"[^\W_]+")


def pseudo(text):
    """[Wéîghts ~~~] for "Weights"; what begins or ends with a line break still does."""
    if text in NO_TEXTS:
        return text
    start, core, end = re.fullmatch(r"((?:\\n)*)(.*?)((?:(?<!\\)\\n)*)", text).groups()
    parts, last = [], 0
    for kept in KEPT.finditer(core):
        parts += [core[last:kept.start()].translate(ACCENTS), kept.group()]
        last = kept.end()
    parts.append(core[last:].translate(ACCENTS))
    letters = sum(len(part) for part in parts[::2])
    padding = " ~~~~~~~" * 40
    return f"{start}[{''.join(parts)}{padding[:math.ceil(LONGER * letters)]}]{end}"


def entries(template):
    for block in template.split("\n\n")[1:]:
        yield {kind: "".join(re.findall(r'"(.*)"', lines)) for kind, lines in ENTRY.findall(block)}


def catalogue(template):
    yield 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"\n'
    for entry in entries(template):
        context = f'msgctxt "{entry["msgctxt"]}"\n' if "msgctxt" in entry else ""
        one = pseudo(entry["msgid"])
        if "msgid_plural" in entry:
            many = pseudo(entry["msgid_plural"])
            yield (f'{context}msgid "{entry["msgid"]}"\nmsgid_plural "{entry["msgid_plural"]}"\n'
                   f'msgstr[0] "{one}"\nmsgstr[1] "{many}"\n')
        else:
            yield f'{context}msgid "{entry["msgid"]}"\nmsgstr "{one}"\n'


def named(value, key=None):
    """The values of members that are names, anywhere in JSON."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from named(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from named(inner, key)
    elif isinstance(value, str) and key in NAMES:
        yield value


def data_texts():
    for path in sorted((ROOT / "data/catalog").glob("*.json")):
        yield from named(json.loads(path.read_text(encoding="utf-8")))
    with open(ROOT / "data/catalog/offers.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield from (text for column, text in row.items() if column in NAMES)
    yield (ROOT / "data/examples/task-api.headroom").read_text(encoding="utf-8")
    yield from named(json.loads((ROOT / "data/measured/published.headroom").read_text(encoding="utf-8")))


def main():
    folder = pathlib.Path(sys.argv[1])
    messages = folder / LANGUAGE / "LC_MESSAGES"
    messages.mkdir(parents=True)
    translations.write_template(folder / "headroom.pot")
    template = (folder / "headroom.pot").read_text(encoding="utf-8")
    (folder / "pseudo.po").write_text("\n".join(catalogue(template)), encoding="utf-8")
    subprocess.run(["msgfmt", "--check-format", "--output-file", messages / "headroom.mo", folder / "pseudo.po"], check=True)
    words = {word.lower() for text in data_texts() for word in WORD.findall(text)}
    (folder / "words.txt").write_text("\n".join(sorted(words)) + "\n", encoding="utf-8")


main()
