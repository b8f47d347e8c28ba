#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The README's example is what the program prints: readme.py HEADROOM-CLI"""
import difflib
import os
import re
import subprocess
import sys

import house

EXAMPLE = re.compile(r"^```\n\$ headroom-cli ([^\n]+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def complaints(program, arguments, told):
    command = [program, *arguments.split()]
    answer = subprocess.run(command, cwd=house.ROOT, check=True, capture_output=True, text=True).stdout
    printed = [line.rstrip() for line in answer.rstrip().splitlines()]
    return list(difflib.unified_diff(told.rstrip().splitlines(), printed, "README.md", "headroom-cli", lineterm=""))


examples = EXAMPLE.findall((house.ROOT / "README.md").read_text(encoding="utf-8"))
house.report(
    [("the README has an example", [] if examples else ["none found"])]
    + [(f"headroom-cli {arguments}", complaints(os.path.abspath(sys.argv[1]), arguments, told)) for arguments, told in examples]
)
