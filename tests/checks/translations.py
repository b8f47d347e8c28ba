#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS says everything, in catalogues that are sound. With --write: brings po/*.po up to date.

What is to be translated is read from the sources afresh, as the build does.
"""
import pathlib
import re
import subprocess
import sys
import tempfile

import house

STRICT = True  # whether a text without a translation fails
PO = house.ROOT / "po"
PLURALS = {"ar": 6, "de": 2}
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3",
            "Name", "GenericName", "Comment", "Keywords")  # the last four are keys of the desktop file
FLAGS = ("_:1:pass-c-format", "N_:1:pass-c-format", "ngettext:1:pass-c-format", "ngettext:2:pass-c-format",
         "g_strdup_printf:1:c-format", "g_string_printf:2:c-format", "g_string_append_printf:2:c-format",
         "g_printerr:1:c-format", "g_set_error:4:c-format", "g_error_new:3:c-format")


def run(*command):
    return subprocess.run(command, cwd=house.ROOT, text=True, capture_output=True, env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"})


def must(*command):
    done = run(*command)
    if done.returncode:
        sys.exit(f"{command[0]}: {done.stderr}")
    return done.stdout


def languages():
    return [line for line in (PO / "LINGUAS").read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


def write_template(path):
    must("xgettext", "--files-from=po/POTFILES.in", "--from-code=UTF-8", "--add-comments=Translators", "--package-name=headroom",
         "--keyword", *(f"--keyword={keyword}" for keyword in KEYWORDS), *(f"--flag={flag}" for flag in FLAGS),
         "--add-location=file", "--output", str(path))


def merge(language, template, output):
    """The catalogue of a language with exactly the texts of the template; nothing is guessed from similar texts."""
    must("msgmerge", "--quiet", "--no-fuzzy-matching", "--no-wrap", "--add-location=file", "--output-file", str(output),
         str(PO / f"{language}.po"), str(template))
    must("msgattrib", "--no-obsolete", "--no-wrap", "--output-file", str(output), str(output))


def counts(path):
    """Texts that are translated, fuzzy and not translated."""
    told = run("msgfmt", "--statistics", "--output-file=/dev/null", str(path)).stderr
    return [int((re.search(rf"(\d+) {kind}", told) or [0, 0])[1]) for kind in ("translated", "fuzzy", "untranslated")]


def sound_complaints(path):
    done = run("msgfmt", "--check", "--check-accelerators=_", "--output-file=/dev/null", str(path))
    return done.stderr.splitlines() if done.returncode else []


def shape_complaints(language, path):
    text = path.read_text(encoding="utf-8")
    if "\n#~ " in text:
        yield f"{path.name} keeps texts that the program no longer has: ./dev translations"
    if f"nplurals={PLURALS[language]};" not in text:
        yield f"{path.name} does not tell its {PLURALS[language]} forms of plurals"


def complete_case(language, merged):
    translated, fuzzy, untranslated = counts(merged)
    told = f"{translated} translated, {fuzzy} fuzzy, {untranslated} not translated"
    if STRICT:
        return f"{language} says everything", [told] if fuzzy or untranslated else []
    return f"{language} says everything # SKIP {told}", []


def cases(folder):
    template = folder / "headroom.pot"
    write_template(template)
    for language in languages():
        path, merged = PO / f"{language}.po", folder / f"{language}.po"
        merge(language, template, merged)
        yield f"{language} is sound", sound_complaints(path)
        yield f"{language} is in shape", list(shape_complaints(language, path))
        yield complete_case(language, merged)


def update(folder):
    template = folder / "headroom.pot"
    write_template(template)
    for language in languages():
        path = PO / f"{language}.po"
        merge(language, template, path)
        translated, fuzzy, untranslated = counts(path)
        print(f"{house.name(path)}: {translated} translated, {fuzzy} fuzzy, {untranslated} not translated")


def main():
    with tempfile.TemporaryDirectory() as name:
        if "--write" in sys.argv:
            update(pathlib.Path(name))
        else:
            house.report(cases(pathlib.Path(name)))


if __name__ == "__main__":
    main()
