#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Counts the results in meson's testlog.json files; a TAP program counts once for each of its cases.

Prints what failed and what was skipped, and last the line "N passed, N failed". Exits with 1 when anything failed,
when a log is missing, or when nothing passed.
"""
import json
import re
import sys

TAP_CASE = re.compile(r"^(not ok|ok)\b[ \t]*\d*[ \t]*(?:- )?(.*)$", re.MULTILINE)
SKIP = re.compile(r"#\s*SKIP\b", re.IGNORECASE)
PASSED = {"OK", "EXPECTEDFAIL"}


def tap_cases(text):
    """Yields (outcome, name) for each case of a TAP stream; the indented cases of a subtest belong to its own line."""
    for verdict, rest in TAP_CASE.findall(text):
        name = rest.split("#")[0].strip()
        if SKIP.search(rest):
            yield "skipped", name
        else:
            yield ("passed" if verdict == "ok" else "failed"), name


def results(log):
    """Yields (outcome, name) for everything one log tells."""
    with open(log, encoding="utf-8") as lines:
        for test in map(json.loads, lines):
            cases = list(tap_cases(test.get("stdout") or ""))
            for outcome, name in cases:
                yield outcome, f"{test['name']}: {name}"
            if test["result"] in PASSED and not cases:
                yield "passed", test["name"]
            elif test["result"] == "SKIP" and not cases:
                yield "skipped", test["name"]
            elif test["result"] not in PASSED | {"SKIP"} and "failed" not in dict(cases):
                yield "failed", f"{test['name']}: {test['result']}, exit status {test.get('returncode')}"


def main(logs):
    names = {"passed": [], "failed": [], "skipped": []}
    for log in logs:
        try:
            for outcome, name in results(log):
                names[outcome].append(name)
        except OSError as error:
            names["failed"].append(f"no results: {error}")
    for outcome in ("skipped", "failed"):
        for name in names[outcome]:
            print(f"{outcome}: {name}")
    print(f"{len(names['passed'])} passed, {len(names['failed'])} failed")
    return 1 if names["failed"] or not names["passed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
