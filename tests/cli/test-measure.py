# SPDX-License-Identifier: GPL-3.0-or-later
"""tests/measure: its matrix is one that the program reads, and a run can be stopped, taken up and collected."""
import importlib.util
import sys
from unittest import mock

from harness import *

SPEC = importlib.util.spec_from_file_location("measure", SOURCE / "tests" / "measure" / "measure.py")
measure = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(measure)

SMALL = {
    "models": {"a": {"id": "A", "config": {"model_type": "llama", "hidden_size": 64, "intermediate_size": 128,
                                           "num_hidden_layers": 2, "num_attention_heads": 4, "vocab_size": 100}},
               "b": {"id": "openai-community/gpt2", "longest": 64}},
    "values": {"full": {"method": {"kind": "full"}}, "lora": {"method": {"kind": "lora", "rank": 4}},
               "short": {"batch": {"sequence_length": 64}}, "long": {"batch": {"sequence_length": 128}}},
    "base": ["full", "short"],
    "groups": [{"models": "all", "axes": [["full", "lora"]]}, {"models": "all", "axes": [["full"], ["short", "long"]]}],
}
RESULT = {"format": "headroom-measurement", "version": 1, "max_allocated_bytes": 5, "max_reserved_bytes": 6,
          "device_bytes": 7, "window": "train", "failed_during": None, "gpu": {"name": "Tesla T4"}, "versions": {}}


def call(*arguments):
    with mock.patch.object(sys, "argv", ["measure.py", *map(str, arguments)]), \
            mock.patch.object(measure, "capacity_bytes", lambda: None), open(os.devnull, "w") as nothing, \
            mock.patch.object(sys, "stdout", nothing):
        measure.main()


def pretend(folder, entry, failed=None):
    """Puts a script in the place of the real one that writes what it would measure."""
    project = json.loads(folder.path(entry["model"] + ".headroom").read_text("utf-8"))
    identity = {"id": entry["id"], "name": "", "model": project["configurations"][0]["model"]["id"]}
    result = dict(RESULT, configuration=identity, failed_during=failed)
    folder.write(entry["id"] + ".py", "import sys\nopen(sys.argv[2], 'w').write(%r)\nsys.exit(%d)\n"
                 % (json.dumps(result), 3 if failed else 0))


def test_matrix():
    matrix = json.loads(measure.MATRIX.read_text("utf-8"))
    found, order = measure.projects(matrix)
    equal(len(set(order)), len(order))
    equal(set(found), set(matrix["models"]))
    first = order[:2 * len(found)]
    equal({model for model, _ in first}, set(found))
    with Folder() as folder:
        for model, content in found.items():
            path = folder.write("p.headroom", content)
            names = [c["name"] for c in content["configurations"]]
            equal(len(set(names)), len(names))
            equal(len(ask("estimate", path)["configurations"]), len(names))
            assert all(c["batch"]["sequence_length"] <= matrix["models"][model].get("longest", 1 << 30)
                       for c in content["configurations"]), model


def test_values_replace_their_axis():
    found, order = measure.projects(SMALL)
    equal([c["name"] for c in found["a"]["configurations"]], ["a-full-short", "a-lora-short", "a-full-long"])
    equal([c["name"] for c in found["b"]["configurations"]], ["b-full-short", "b-lora-short"])
    equal([model for model, _ in order], ["a", "b", "a", "b", "a"])
    equal(found["a"]["configurations"][1]["method"], {"kind": "lora", "rank": 4})


def test_run_and_collect():
    with Folder() as folder, mock.patch.object(measure, "MATRIX", folder.write("matrix.json", SMALL)):
        call("prepare", folder.path(""), "--cli", CLI)
        plan = json.loads(folder.path("plan.json").read_text("utf-8"))
        equal(len(plan), 5)
        for entry in plan:
            has(folder.path(entry["id"] + ".py").read_text("utf-8"), '"id": "%s"' % entry["id"])
            pretend(folder, entry, "step 1, backward" if entry["id"] == "a-2" else None)
        call("run", folder.path(""), "--minutes", 0)
        assert not folder.path("results.jsonl").exists()
        call("run", folder.path(""))
        call("run", folder.path(""))
        lines = [json.loads(line) for line in folder.path("results.jsonl").read_text("utf-8").splitlines()]
        equal([line["id"] for line in lines], [entry["id"] for entry in plan])
        equal([line["id"] for line in lines if line["failed_during"]], ["a-2"])
        call("collect", folder.path(""), "--cli", CLI, "-o", folder.path("out"))
        kept = json.loads(folder.path("out/a.headroom").read_text("utf-8"))["configurations"]
        equal([c["id"] for c in kept], ["a-1", "a-3"])
        equal([row["bytes"] for row in kept[1]["measured"]], [5, 6, 7])


def test_failures_are_noted():
    with Folder() as folder:
        folder.write("x.py", "raise SystemExit('peft cannot be imported')")
        equal(measure.run_one(folder.path(""), {"id": "x"}),
              {"failed_during": "start", "said": "peft cannot be imported"})


if __name__ == "__main__":
    main(sys.modules["__main__"])
