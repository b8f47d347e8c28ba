# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs the built headroom-cli for tests that report in TAP."""
import json
import os
import subprocess
import tempfile
import traceback
from pathlib import Path

CLI = os.environ["HEADROOM_CLI"]
SOURCE = Path(os.environ["G_TEST_SRCDIR"]).parent
EXAMPLES = SOURCE / "data" / "examples"
GOLDEN = SOURCE / "tests" / "data" / "golden"

DONE, DOES_NOT_FIT, USAGE, FILE = range(4)


def run(*arguments, code=DONE, stdout=subprocess.PIPE, cwd=None, env=None):
    """Runs the tool, checks its exit code and gives (standard output, standard error) as bytes."""
    done = subprocess.run([CLI, *map(os.fsencode, map(str, arguments))], stdout=stdout, stderr=subprocess.PIPE,
                          stdin=subprocess.DEVNULL, timeout=60, cwd=cwd, env=env, check=False)
    assert done.returncode == code, "exit code %d, not %d: %s" % (done.returncode, code, done.stderr)
    if code in (USAGE, FILE):
        assert done.stderr.strip(), "nothing said"
        assert not done.stdout, "output despite the failure"
    return done.stdout, done.stderr


def ask(*arguments, code=DONE):
    """The JSON answer of a command."""
    return json.loads(run(*arguments, "--json", code=code)[0].decode("utf-8"))


def complaint(*arguments, code=FILE, cwd=None):
    """What the tool says on standard error, without the final newline."""
    return run(*arguments, code=code, cwd=cwd)[1].decode("utf-8").rstrip("\n")


def equal(actual, expected):
    assert actual == expected, "%r, not %r" % (actual, expected)


def has(text, part):
    assert part in text, "%r lacks %r" % (text, part)


def example(name="task-api"):
    return EXAMPLES / (name + ".headroom")


def project(**changes):
    """A small project as a dictionary; keywords replace members of its one configuration."""
    configuration = {"id": "c1", "name": "Job", "model": {"id": "meta-llama/Meta-Llama-3-8B"}}
    configuration.update(changes)
    return {"format": "headroom-project", "version": 1, "name": "Test", "gpu": {"id": "t4", "count": 1},
            "configurations": [configuration]}


class Folder:
    """A scratch folder that goes with the block."""

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        return self

    def __exit__(self, *_):
        self.folder.cleanup()

    def path(self, name):
        return Path(self.folder.name) / name

    def write(self, name, content):
        path = self.path(name)
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return path


def main(module):
    """Runs every function called test_… and exits."""
    tests = [(name, test) for name, test in vars(module).items() if name.startswith("test_")]
    failed = 0
    print("1..%d" % len(tests))
    for number, (name, test) in enumerate(tests, 1):
        try:
            test()
            print("ok %d %s" % (number, name))
        except Exception:  # pylint: disable=broad-except
            failed += 1
            print("not ok %d %s" % (number, name))
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()), end="")
    raise SystemExit(failed > 0)
