#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Licence lines, lengths, left-over markers, and version checks outside the one file for them."""
import re

import house

FILE_LIMIT, FILE_AIM = 800, 600
FUNCTION_LIMIT, FUNCTION_AIM = 80, 60
MARKER = re.compile(r"\b(" + "|".join(["TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"]) + r")\b")
VERSION_CHECK = re.compile(
    r"\b(GTK|ADW|GLIB|GDK|PANGO|CAIRO|JSON)_(CHECK_VERSION|VERSION_CHECK)\b|IGNORE_DEPRECATIONS|-Wdeprecated"
)
SPDX = "SPDX-License-Identifier: GPL-3.0-or-later"
SCRIPTS = [house.ROOT / "dev", house.ROOT / ".ci/run"]
BROKEN_ON_PURPOSE = {house.ROOT / "tests/data", house.ROOT / "tests/fuzz/corpus"}
CODE = house.sources(".c", ".h")


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def licence_complaints():
    for path in CODE + house.files(".py", ".ui", ".css", ".xml", ".in", ".svg") + SCRIPTS:
        if path.suffix == ".in" and not path.name.endswith(".xml.in"):
            continue
        if not any(SPDX in line for line in lines(path)[:3]):
            yield f"{house.name(path)}: no licence line"


def file_length_complaints():
    for path in CODE + house.files(".py", ".ui", ".css"):
        length = len(lines(path))
        if length > FILE_LIMIT:
            yield f"{house.name(path)}: {length} lines, more than {FILE_LIMIT}"
        elif length > FILE_AIM:
            print(f"# {house.name(path)}: {length} lines, better split")


def functions(path):
    """Yields (line, name, length) of each function: the format puts its braces, and no others alone, in column one."""
    text = lines(path)
    for first, line in enumerate(text):
        if line == "{":
            last = next(number for number in range(first, len(text)) if text[number].startswith("}"))
            head = next((text[number] for number in range(first - 1, -1, -1) if text[number][:1].isalpha()), "")
            if text[last] == "}":
                yield first + 1, head.split("(")[0].strip(), last - first - 1


def function_length_complaints():
    for path in CODE:
        for line, function, length in functions(path):
            if length > FUNCTION_LIMIT:
                yield f"{house.name(path)}:{line}: {function}: {length} lines, more than {FUNCTION_LIMIT}"
            elif length > FUNCTION_AIM:
                print(f"# {house.name(path)}:{line}: {function}: {length} lines, better split")


def pattern_complaints(paths, pattern, what):
    for path in paths:
        for number, line in enumerate(lines(path), 1):
            if pattern.search(line):
                yield f"{house.name(path)}:{number}: {what}"


def text_complaints():
    texts = house.files(".c", ".h", ".py", ".ui", ".css", ".xml", ".in", ".md", ".json", ".build", ".headroom")
    texts = [path for path in texts if not BROKEN_ON_PURPOSE.intersection(path.parents)]
    for path in texts + SCRIPTS + sorted(house.ROOT.glob("*.md")) + sorted(house.ROOT.glob("meson*")):
        data = path.read_bytes().decode("utf-8")
        if "\r" in data:
            yield f"{house.name(path)}: carriage returns"
        if data and not data.endswith("\n"):
            yield f"{house.name(path)}: no newline at the end"
        if re.search(r"[ \t]$", data, re.MULTILINE):
            yield f"{house.name(path)}: blanks at the end of a line"


compat_free = [path for path in house.files(".c", ".h", under=["src"]) if path.stem != "hr-compat"]
marked = CODE + house.files(".py", ".ui", ".css", ".build") + SCRIPTS
house.report(
    [
        ("licence lines", list(licence_complaints())),
        (f"files of at most {FILE_LIMIT} lines", list(file_length_complaints())),
        (f"functions of at most {FUNCTION_LIMIT} lines", list(function_length_complaints())),
        ("no left-over markers", list(pattern_complaints(marked, MARKER, "left-over marker"))),
        ("versions are told apart in hr-compat only", list(pattern_complaints(compat_free, VERSION_CHECK, "version"))),
        ("text files are tidy", list(text_complaints())),
    ]
)
