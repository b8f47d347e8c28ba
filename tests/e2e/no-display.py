# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a display the program says in a sentence what to use instead."""

import os
import subprocess
import sys

environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")}
run = subprocess.run([sys.argv[1]], env=environment, capture_output=True, text=True, timeout=30)

assert run.returncode == 1, run.returncode
assert len(run.stderr.splitlines()) == 1 and "headroom-cli" in run.stderr, run.stderr
