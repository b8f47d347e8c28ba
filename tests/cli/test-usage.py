# SPDX-License-Identifier: GPL-3.0-or-later
"""Options, help and wrong usage of headroom-cli."""
import sys

from harness import *

COMMANDS = ["estimate", "compare", "chart", "export", "model", "catalog", "rules", "recipe", "measured", "validate"]


def test_version():
    text = run("--version")[0].decode()
    assert text.startswith("headroom-cli 0."), text
    equal(text.count("\n"), 1)


def test_help():
    text = run("--help")[0].decode()
    for command in COMMANDS:
        has(text, "  %s" % command)
        own = run(command, "--help")[0].decode()
        has(own, "headroom-cli " + command)
        equal(run(command, "-h")[0].decode(), own)


def test_wrong_usage():
    for arguments, expected in (
            ((), "a command is missing"),
            (("plan",), "plan"),
            (("",), "no command"),
            (("estimate",), "PROJECT is missing"),
            (("estimate", ""), "PROJECT is empty"),
            (("validate", example(), ""), "is empty"),
            (("estimate", example(), example()), "only one PROJECT"),
            (("estimate", example(), "--yaml"), "--yaml"),
            (("compare",), "PROJECT is missing"),
            (("rules",), "CASES.json is missing"),
            (("model",), "is missing"),
            (("chart", example()), "-o FILE is missing"),
            (("chart", example(), "-o"), "-o"),
            (("chart", example(), "-o", "x.gif"), ".png, .svg or .pdf"),
            (("chart", example(), "-o", "x.png", "--view", "pie"), "pie"),
            (("chart", example(), "-o", "x.png", "--view", "timeline", "-c", "none"), "none"),
            (("chart", example(), "-o", "x.png", "-c", "QLoRA r16"), "--view timeline"),
            (("chart", example(), "-o", "x.png", "--zoom"), "--view fit-map"),
            (("chart", example(), "-o", "x.png", "--view", "timeline", "--axes", "rank,sequence"), "--view fit-map"),
            (("chart", example(), "-o", "x.png", "--phase", "loss"), "--view timeline"),
            (("chart", example(), "-o", "x.png", "--view", "timeline", "--layers", "3"), "--phase"),
            (("chart", example(), "-o", "x.png", "--view", "timeline", "--phase", "noon"), "optimizer_step:2"),
            (("chart", example(), "-o", "x.png", "--view", "timeline", "--phase", "forward", "--layers", "5-3"), "10-14"),
            (("chart", example(), "-o", "x.png", "--view", "timeline", "--phase", "forward", "--layers", "40"), "none of"),
            (("chart", example(), "-o", "x.png", "--view", "fit-map", "--axes", "rank"), "two names"),
            (("chart", example(), "-o", "x.png", "--view", "fit-map", "--axes", "rank,width"), "width"),
            (("chart", example(), "-o", "x.png", "--view", "fit-map", "--axes", "rank,rank"), "both"),
            (("chart", example(), "-o", "x.png", "--view", "fit-map", "--axes", "rank,sequence"), "Full fine-tune"),
            (("chart", example(), "-o", "x.png", "--view", "fit-map", "-c", "none"), "none"),
            (("export", example()), "-o FILE is missing"),
            (("export", example(), "-o", "x.txt"), "in .csv, or with --table in .md")):
        said = complaint(*arguments, code=USAGE)
        has(said, expected)
        has(said, "--help")


def test_options_anywhere():
    equal(run("estimate", "--json", example()), run("estimate", example(), "--json"))
    equal(run("estimate", "--json", "--", example()), run("estimate", example(), "--json"))


def test_file_names():
    with Folder() as folder:
        for name in ("--json", "a b.headroom", "ümläut.headroom", "\udcff.headroom"):
            path = folder.path(name)
            path.write_bytes(example().read_bytes())
            run("estimate", "--json", "--", path.name, cwd=folder.path(""))
        has(complaint("estimate", "gone \udcff.headroom", cwd=folder.path("")), "gone")


def test_language_leaves_json_alone():
    expected = run("estimate", example(), "--json")[0]
    for language in ("de_DE.UTF-8", "C", "tr_TR.UTF-8"):
        env = dict(os.environ, LC_ALL=language, LANGUAGE=language)
        equal(run("estimate", example(), "--json", env=env)[0], expected)


def test_language_leaves_figures_alone():
    """Where a comma stands before the fraction, files and texts keep the point."""
    with Folder() as folder:
        for ending in ("html", "md", "csv", "pdf"):
            same_in_every_language(folder, "export", example(), ending)
        for view in ("compare", "timeline", "fit-map", "gpus"):
            same_in_every_language(folder, "chart", example(), "svg", "--view", view)
        for command in (("compare", example()), ("rules", GOLDEN / "lesson-rule.json"), ("time", example()),
                        ("gpus", example())):
            equal(run(*command, env=speak("de_DE.UTF-8"))[0], run(*command, env=speak("C.UTF-8"))[0])


def speak(locale):
    return dict(os.environ, LC_ALL=locale, LANGUAGE="en")


def same_in_every_language(folder, command, project, ending, *options):
    content = []
    for locale in ("C.UTF-8", "de_DE.UTF-8"):
        path = folder.path(locale + "." + ending)
        run(command, project, *options, "-o", path, env=speak(locale))
        content.append(path.read_bytes())
    equal(*content)


if __name__ == "__main__":
    main(sys.modules["__main__"])
