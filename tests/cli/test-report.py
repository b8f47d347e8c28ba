# SPDX-License-Identifier: GPL-3.0-or-later
"""headroom-cli export: the report of a project."""
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree
import zlib

from harness import *

XHTML = "{http://www.w3.org/1999/xhtml}"
HOSTILE = "<script>alert('x')</script> & \"co\" \x07"


def page(folder, source):
    """The report as a tree: it is XML too, so that nothing in it is left open."""
    path = folder.path("report.html")
    run("export", source, "-o", path)
    return xml.etree.ElementTree.parse(path).getroot()


def text(element):
    return " ".join("".join(element.itertext()).split())


def table(root, caption):
    """Rows of a table by their labels; the first table of that name."""
    for box in root.iter(XHTML + "div"):
        if box.get("aria-label") == caption:
            return {text(row[0]): [text(cell) for cell in row[1:]] for row in box.iter(XHTML + "tr")}
    raise AssertionError("no table " + caption)


def size(bytes_, decimals):
    return "0 GB" if bytes_ == 0 else "%.*f GB" % (decimals, bytes_ / 1e9)


def test_figures():
    """Every figure of the comparison is that of the estimate."""
    with Folder() as folder:
        root = page(folder, example())
        memory = table(root, "Memory at the peak")
        rows = ask("estimate", example())["configurations"]
        equal(memory[""], [row["name"] for row in rows])
        for label, component in (("Weights", "weights"), ("Gradients", "gradients"), ("Optimizer", "optimizer"),
                                 ("Logits and loss", "logits_loss"), ("Context", "context")):
            equal(memory[label], [size(row["components"].get(component, 0), 2) for row in rows])
        equal(memory["Peak"], [size(row["peak"]["device_bytes"], 1) for row in rows])
        headings = [text(heading) for heading in root.iter(XHTML + "h2")]
        equal(headings, ["Comparison"] + [row["name"] for row in rows])
        chips = [text(chip) for chip in root.iter(XHTML + "strong") if "chip" in chip.get("class", "")]
        for row, chip in zip(rows, chips):
            has(chip, {"fits": "Fits", "tight": "Tight", "over": "Does not fit"}[row["fit"]["verdict"]])
            has(chip, size(row["peak"]["device_bytes"], 1) + " expected")
        equal(len(chips), len(rows))


def test_self_contained():
    with Folder() as folder:
        root = page(folder, example())
        equal(root.get("lang"), "en")
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert not tags & {"script", "link", "iframe", "object", "img"}, tags
        for element in root.iter():
            for name, value in element.attrib.items():
                assert not name.lower().startswith("on"), name
                if name.rpartition("}")[2] in ("href", "src"):
                    assert value.startswith("#"), value
        for head in root.iter(XHTML + "th"):
            assert head.get("scope") in ("row", "col")
        style = text(root.find(XHTML + "head").find(XHTML + "style"))
        for part in ("prefers-color-scheme:dark", "@media print", "@page"):
            has(style, part)
        assert "url(" not in style and "@import" not in style

        # Both drawings, each told once, with ids of their own.
        drawings = [element for element in root.iter("{http://www.w3.org/2000/svg}svg")]
        equal([drawing.get("role") for drawing in drawings], ["img", "img"])
        ids = [element.get("id") for element in root.iter() if element.get("id")]
        equal(len(ids), len(set(ids)))
        for element in root.iter():
            for name, value in element.attrib.items():
                for target in re.findall(r"url\(#([^)]*)\)", value) + (
                        [value[1:]] if name.endswith("href") and value.startswith("#") else []):
                    assert target in ids, target


def test_hostile_names():
    with Folder() as folder:
        data = project(name=HOSTILE, notes="Tried *twice*.\n\n<script>alert(1)</script>\n\n[x](javascript:alert(1))")
        data["name"] = HOSTILE
        data["notes"] = "# Why\n\n<img src=x onerror=alert(1)> **cheap** [site](https://example.org)"
        root = page(folder, folder.write("p.headroom", data))
        shown = HOSTILE.replace("\x07", "\ufffd")
        equal(text(root.find(XHTML + "head").find(XHTML + "title")), shown)
        has([text(heading) for heading in root.iter(XHTML + "h2")], shown)
        assert not list(root.iter(XHTML + "script")) and not list(root.iter(XHTML + "img"))
        links = [element.get("href") for element in root.iter(XHTML + "a")]
        equal(links, ["https://example.org"])
        notes = [text(box) for box in root.iter(XHTML + "div") if box.get("class") == "notes"]
        equal(notes, ["Why cheap site", "Tried twice. x"])


def test_many_and_none():
    with Folder() as folder:
        data = project()
        one = data["configurations"][0]
        data["configurations"] = []
        has(text(page(folder, folder.write("p.headroom", data))), "no configuration yet")
        data["configurations"] = [dict(one, id="c%d" % i, name="Job %d" % i) for i in range(1, 41)]
        root = page(folder, folder.write("p.headroom", data))
        equal(len(list(root.iter(XHTML + "h2"))), 1 + 24)
        has(text(root), "The first 24 of 40 configurations")
        equal(len(table(root, "Memory at the peak")["Weights"]), 40)


def pages_of(path):
    """The words of each page, where there is a tool to tell them."""
    tool = shutil.which("pdftotext")
    if tool is None:
        return None
    told = subprocess.run([tool, "-layout", str(path), "-"], capture_output=True, check=True).stdout.decode("utf-8")
    return [" ".join(page.split()) for page in told.split("\f")[:-1]]


def inflated(pdf):
    """With what newer versions of cairo keep compressed, in streams."""
    text = pdf
    for stream in re.findall(rb"stream\r?\n(.*?)\nendstream", pdf, re.DOTALL):
        try:
            text += zlib.decompress(stream)
        except zlib.error:  # It is not compressed.
            pass
    return text


def test_pdf():
    with Folder() as folder:
        path = folder.path("report.pdf")
        run("export", example(), "-o", path)
        content = path.read_bytes()
        assert content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF")
        text = inflated(content)
        n_pages = len(re.findall(rb"/Type /Page\b", text))
        assert n_pages > 3, n_pages
        equal(len(re.findall(rb"/Title \(", text)) > 4, True)
        run("export", example(), "-o", folder.path("again.pdf"))
        assert folder.path("again.pdf").read_bytes() == content

        pages = pages_of(path)
        if pages is None:
            return
        equal(len(pages), n_pages)
        for number, words in enumerate(pages, 1):
            assert words.endswith("%d of %d" % (number, n_pages)), words[-40:]
        whole = " ".join(pages)
        for row in ask("estimate", example())["configurations"]:
            has(whole, size(row["peak"]["device_bytes"], 1) + " expected")
            has(whole, size(row["components"]["weights"], 2))


def test_pdf_repeats_heads():
    """A table that goes on has its head on the next page."""
    if shutil.which("pdftotext") is None:
        return
    with Folder() as folder:
        path = folder.path("report.pdf")
        run("export", example(), "-o", path)
        pages = pages_of(path)
        goes_on = [words for words in pages if words.startswith("Setting Value")]
        assert goes_on, [words[:40] for words in pages]
        for words in pages:
            last = words.rpartition(" ".join(words.split()[-3:]))[0].rstrip()
            assert not last.endswith(("Settings", "Advice", "What takes the memory", "Setting Value")), last[-60:]


if __name__ == "__main__":
    main(sys.modules["__main__"])
