# SPDX-License-Identifier: GPL-3.0-or-later
"""headroom-cli chart and export, and output that cannot be written."""
import csv
import sys
import xml.etree.ElementTree

from harness import *


def test_chart_formats():
    with Folder() as folder:
        for ending, start in ((".png", b"\x89PNG\r\n\x1a\n"), (".svg", b"<?xml"), (".pdf", b"%PDF-")):
            path = folder.path("chart" + ending)
            equal(run("chart", example(), "--view", "compare", "-o", path), (b"", b""))
            content = path.read_bytes()
            assert content.startswith(start), content[:20]
            run("chart", example(), "-o", path)
            equal(path.read_bytes(), content)


def test_chart_cut():
    with Folder() as folder:
        whole, cut = folder.path("whole.svg"), folder.path("cut.svg")
        run("chart", example(), "-o", whole)
        run("chart", example(), "--cut", "-o", cut)
        assert whole.read_bytes() != cut.read_bytes()
        complaint("chart", example(), "--cut", "--view", "timeline", "-o", cut, code=USAGE)


def test_chart_svg_tells():
    with Folder() as folder:
        path = folder.path("chart.svg")
        run("chart", example(), "-o", path)
        tags = [element.tag.rpartition("}")[2] for element in xml.etree.ElementTree.parse(path).iter()]
        assert "title" in tags and "desc" in tags, set(tags)


def svg_texts(path):
    """Title and description of a chart, which hold what it shows in words."""
    root = xml.etree.ElementTree.parse(path)
    return [root.find("{http://www.w3.org/2000/svg}" + tag).text for tag in ("title", "desc")]


def test_timeline():
    with Folder() as folder:
        path = folder.path("timeline.svg")
        run("chart", example(), "--view", "timeline", "-o", path)
        title, description = svg_texts(path)
        equal(title, "Task API fine-tune")
        names = [line.partition(". Peak: ")[0] for line in description.splitlines()]
        equal(names, ["Full fine-tune", "LoRA r16", "QLoRA r16", "QLoRA + chunked loss"])

        # The peak is the estimate's, the context included.
        estimate = {row["name"]: row for row in ask("estimate", example())["configurations"]}["QLoRA r16"]
        run("chart", example(), "--view", "timeline", "-c", "QLoRA r16", "-o", path)
        peak = max(phase["total_bytes"] for phase in estimate["phases"])
        has(svg_texts(path)[1], "Peak: %s, step %d: %.1f gigabytes" % (
            estimate["peak"]["phase"], estimate["peak"]["step"], peak / 1e9))

        for ending, start in ((".png", b"\x89PNG\r\n\x1a\n"), (".pdf", b"%PDF-")):
            path = folder.path("timeline" + ending)
            run("chart", example("chat-serving"), "--view", "timeline", "-o", path)
            assert path.read_bytes().startswith(start)


def test_timeline_of_layers():
    with Folder() as folder:
        path = folder.path("layers.svg")
        run("chart", example(), "--view", "timeline", "-c", "QLoRA r16", "--phase", "backward:2", "--layers", "10-12",
            "-o", path)
        has(svg_texts(path)[1], "Shown: from backward, step 2, layer 12 of 32")
        has(svg_texts(path)[1], "to backward, step 2, layer 10 of 32: ")
        run("chart", example(), "--view", "timeline", "-c", "QLoRA r16", "--phase", "loss", "-o", path)
        has(svg_texts(path)[1], "Shown: from loss, step 2, ")


def test_timeline_of_nothing():
    with Folder() as folder:
        data = project()
        data["configurations"] = []
        path = folder.path("timeline.svg")
        run("chart", folder.write("p.headroom", data), "--view", "timeline", "-o", path)
        equal(svg_texts(path)[1], "No configuration yet")


def test_fit_map():
    with Folder() as folder:
        path = folder.path("map.svg")
        run("chart", example(), "--view", "fit-map", "-o", path)
        title, description = svg_texts(path)
        equal(title, "Task API fine-tune")
        names = [line.partition(". ")[0] for line in description.splitlines()]
        equal(names, ["Full fine-tune", "LoRA r16", "QLoRA r16", "QLoRA + chunked loss"])

        # The cell of what the configuration has is the estimate, in the table and on the map, whatever the axes.
        estimate = {row["name"]: row for row in ask("estimate", example())["configurations"]}["QLoRA r16"]
        one = ("chart", example(), "--view", "fit-map", "-c", "QLoRA r16", "-o", path)
        peak = "%.1f gigabytes, fits, %.1f gigabytes free" % (
            estimate["peak"]["device_bytes"] / 1e9, estimate["fit"]["headroom_bytes"] / 1e9)
        for options, now in (
                ((), "Micro-batch 1, Sequence length 2,048"),
                (("--detail",), "Micro-batch 1, Sequence length 2,048"),
                (("--detail", "--linear", "--zoom"), "Micro-batch 1, Sequence length 2,048"),
                (("--axes", "sequence,rank", "--detail"), "Sequence length 2,048, Rank 16")):
            run(*one, *options)
            has(svg_texts(path)[1], "QLoRA r16. %s: %s. " % (now, peak))

        # A table of powers of two, and where it ends a little beyond what fits: more of it does.
        def share(*options):
            run(*one, *options)
            fitting, _, of = svg_texts(path)[1].rpartition(". ")[2].partition(" of ")
            return int(fitting) / int(of.partition(" ")[0])

        assert share() < share("--zoom") < 1
        assert share("--detail") < share("--detail", "--zoom") < 1


def test_fit_map_of_serving():
    with Folder() as folder:
        path = folder.path("map.svg")
        run("chart", example("chat-serving"), "--view", "fit-map", "-o", path)
        for line in svg_texts(path)[1].splitlines():
            has(line, ". Requests at a time 32, Context length 5,120: ")
        data = project()
        data["configurations"] = []
        run("chart", folder.write("p.headroom", data), "--view", "fit-map", "-o", path)
        equal(svg_texts(path)[1], "No configuration yet")


def test_gpus():
    with Folder() as folder:
        path = folder.path("gpus.svg")
        run("chart", example(), "--view", "gpus", "-c", "QLoRA r16", "-o", path)
        title, description = svg_texts(path)
        equal(title, "Task API fine-tune")

        # Its offers are those of the table: the cheapest of them stands on the line of what nothing beats.
        offers = ask("gpus", example(), "--offers", "--fits", "-c", "QLoRA r16")["configurations"][0]["offers"]
        cheapest = min(offers, key=lambda offer: offer["cost_usd"]["expected"])
        has(description, "Cheapest: %d × " % cheapest["gpus"])
        has(description, "%s · %s" % (cheapest["offer"]["provider"], cheapest["offer"]["region"]))
        has(description, "$%.2f" % cheapest["cost_usd"]["expected"])

        run("chart", example("chat-serving"), "--view", "gpus", "-o", path)
        estimate = ask("estimate", example("chat-serving"))["configurations"]
        equal(len(svg_texts(path)[1].splitlines()), len(estimate))
        data = project()
        data["configurations"] = []
        run("chart", folder.write("p.headroom", data), "--view", "gpus", "-o", path)


def test_names_with_control_characters():
    with Folder() as folder:
        data = project(name="a\x1b[2Jb\x85")
        data["name"] = "x\x07\x01\ufffe"
        path = folder.write("p.headroom", data)
        for ending in (".png", ".svg", ".pdf"):
            run("chart", path, "-o", folder.path("chart" + ending))
            run("chart", path, "--view", "timeline", "-o", folder.path("chart" + ending))
            run("chart", path, "--view", "fit-map", "-o", folder.path("chart" + ending))
            run("chart", path, "--view", "gpus", "-o", folder.path("chart" + ending))
        title = xml.etree.ElementTree.parse(folder.path("chart.svg")).find("{http://www.w3.org/2000/svg}title")
        equal(title.text, "x\ufffd\ufffd\ufffd")
        for command in ("estimate", "compare"):
            assert b"\x1b" not in run(command, path)[0]
        data["units"] = "\x1b[31mred"
        has(complaint("estimate", folder.write("p.headroom", data)), ':units: " [31mred" is not allowed')


def test_export_csv():
    with Folder() as folder:
        path = folder.path("table.csv")
        run("export", example(), "-o", path)
        content = path.read_bytes()
        assert b"\r\n" in content and not content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.reader(content.decode("utf-8").splitlines()))
        equal(rows[0][1:], ["Full fine-tune", "LoRA r16", "QLoRA r16", "QLoRA + chunked loss"])
        equal({len(row) for row in rows}, {5})
        optimizer = [row for row in rows if row[0].startswith("Optimizer")][0]
        has(optimizer[1], " GB")


def test_export_markdown():
    with Folder() as folder:
        path = folder.path("report.md")
        run("export", example(), "-o", path)
        text = path.read_text(encoding="utf-8")
        has(text, "# Task API fine-tune\n")
        has(text, "\n## Comparison\n")
        has(text, "\n## QLoRA r16\n")
        has(text, "| QLoRA r16")
        has(text, "16.06 GB")
        table = folder.path("table.md")
        run("export", example(), "--table", "-o", table)
        lines = table.read_text(encoding="utf-8").splitlines()
        assert all(line.startswith("|") for line in lines)
        equal(lines[0], "| Task API fine-tune | Full fine-tune | LoRA r16 | QLoRA r16 | QLoRA + chunked loss |")
        for ending in (".html", ".pdf"):
            run("export", example(), "--table", "-o", folder.path("table" + ending), code=2)


def test_file_is_replaced():
    with Folder() as folder:
        target = folder.write("real.md", "old")
        link = folder.path("link.md")
        link.symlink_to(target)
        run("export", example(), "-o", link)
        assert link.is_symlink()
        has(target.read_text(encoding="utf-8"), "QLoRA")
        equal(sorted(p.name for p in folder.path("").iterdir()), ["link.md", "real.md"])


def test_unwritable():
    with Folder() as folder:
        folder.path("folder.csv").mkdir()
        for output in (folder.path("none/table.csv"), folder.path("folder.csv"), "/proc/table.csv"):
            has(complaint("export", example(), "-o", output), str(output))
            chart = str(output).replace(".csv", ".png")
            if not Path(chart).parent.exists() or chart.startswith("/proc"):
                has(complaint("chart", example(), "-o", chart), chart)


def test_full_disk():
    for command in (("estimate", example()), ("estimate", example(), "--json"), ("compare", example()),
                    ("model", "openai-community/gpt2"), ("rules", GOLDEN / "lesson-rule.json", "--json"),
                    ("--help",), ("--version",), ("estimate", "--help")):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([CLI, *map(str, command)], stdout=full, stderr=subprocess.PIPE, check=False)
        equal(done.returncode, FILE)
        has(done.stderr.decode(), "standard output cannot be written: No space left on device")


def test_check_with_full_disk():
    with open("/dev/full", "wb") as full:
        done = subprocess.run([CLI, "estimate", str(example()), "--check"], stdout=full, stderr=subprocess.PIPE,
                              check=False)
    equal(done.returncode, FILE)


def test_closed_output():
    done = subprocess.run(["sh", "-c", '"$0" "$@" >&-', CLI, "model", "openai-community/gpt2"],
                          stderr=subprocess.PIPE, check=False)
    equal(done.returncode, FILE)


if __name__ == "__main__":
    main(sys.modules["__main__"])
