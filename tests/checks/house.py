# SPDX-License-Identifier: GPL-3.0-or-later
"""What the checks share: the files of the project, and a report in TAP."""
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
LAYERS = ("core", "catalog", "io", "chart", "report", "model", "ui", "app", "cli")
GUI_LAYERS = ("ui", "app")


def files(*suffixes, under=("src", "tests", "data", "po", "flatpak", "docs")):
    """The project's own files with one of the suffixes, in order."""
    found = [path for folder in under for path in (ROOT / folder).rglob("*") if path.suffix in suffixes]
    return sorted(path for path in found if path.is_file() and "__pycache__" not in path.parts)


def name(path):
    return path.relative_to(ROOT).as_posix()


def sources(*suffixes):
    return files(*suffixes, under=("src", "tests"))


def report(cases):
    """Prints one TAP line for each (name, complaints) and exits; a case without complaints has passed."""
    cases = list(cases)
    print(f"1..{len(cases)}")
    for number, (case, complaints) in enumerate(cases, 1):
        for complaint in complaints:
            print(f"# {complaint}")
        print(f"{'not ok' if complaints else 'ok'} {number} {case}")
    sys.exit(1 if any(complaints for _, complaints in cases) else 0)
