#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages are clean, and tell every command and option of the command line: man.py HEADROOM-CLI"""
import os
import re
import shutil
import subprocess
import sys

import house

FOLDER = house.ROOT / "data/man"
OPTION = re.compile(r"^  (?:(-\w), )?(--[a-z-]+)", re.MULTILINE)
COMMAND = re.compile(r"^  ([a-z][a-z-]*)\b", re.MULTILINE)
program = os.path.abspath(sys.argv[1])


def asked(*arguments):
    return subprocess.run([program, *arguments, "--help"], check=True, capture_output=True, text=True).stdout


def warnings(page):
    if not shutil.which("man"):
        return []
    environment = dict(os.environ, MANROFFSEQ="", MANWIDTH="80", LC_ALL="C.UTF-8")
    command = ["man", "--warnings", "-E", "UTF-8", "-l", "-Tutf8", "-Z", str(page)]
    return subprocess.run(command, capture_output=True, text=True, env=environment).stderr.splitlines()


def commands():
    """The words of every command: ("chart",), ("catalog", "gpus")."""
    for name in COMMAND.findall(asked().partition("Commands:")[2]):
        below = COMMAND.findall(asked(name)) if "COMMAND" in asked(name) else []
        yield from [(name, word) for word in below] or [(name,)]


def complaints(words, told):
    wanted = {name for pair in OPTION.findall(asked(*words)) for name in pair if name} - {"-h", "--help"}
    title = " ".join(words)
    if title not in told:
        return ["has no section"]
    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", told[title]))
    return [f"{name} is missing" for name in sorted(wanted - said)]


text = (FOLDER / "headroom-cli.1").read_text(encoding="utf-8").replace("\\-", "-").replace("\\fB", "").replace("\\fR", "")
parts = re.split(r'^\.SS "([^"]+)"$|^\.SH .*$', text, flags=re.MULTILINE)
sections = {title: body for title, body in zip(parts[1::2], parts[2::2]) if title}
known = list(commands())
house.report(
    [(f"{page.name}: no warnings", warnings(page)) for page in sorted(FOLDER.glob("*.1"))]
    + [(f"headroom-cli {' '.join(words)}", complaints(words, sections)) for words in known]
    + [("no section too many", sorted(set(sections) - {" ".join(words) for words in known}))]
)
