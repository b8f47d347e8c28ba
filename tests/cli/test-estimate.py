# SPDX-License-Identifier: GPL-3.0-or-later
"""headroom-cli estimate and compare."""
import sys

from harness import *

COMPONENTS = ["weights", "adapters", "gradients", "optimizer", "activations", "logits_loss", "kv_cache", "workspace",
              "context"]
LLAMA = 8030261248


def configurations(path, code=DONE, *options):
    return ask("estimate", path, *options, code=code)["configurations"]


def integers_only(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return all(integers_only(item) for item in value)
    return not isinstance(value, float)


def check_members(answer):
    equal(list(answer["components"]), COMPONENTS)
    assert integers_only(answer)
    peak = answer["peak"]
    equal(sum(answer["components"].values()), peak["allocated_bytes"] + answer["components"]["context"])
    assert peak["allocated_bytes"] <= peak["reserved_bytes"] <= peak["device_bytes"]
    assert answer["band"]["low_bytes"] <= peak["device_bytes"] <= answer["band"]["high_bytes"]
    assert answer["held_bytes"] <= peak["allocated_bytes"]
    totals = {}
    for phase in answer["phases"]:
        equal(sum(phase["components"].values()), phase["total_bytes"])
        totals[phase["name"], phase["step"]] = phase["total_bytes"]
    equal(totals[peak["phase"], peak["step"]], max(totals.values()))
    fit = answer["fit"]
    equal(fit["headroom_bytes"], fit["capacity_bytes"] - peak["device_bytes"])
    equal(fit["verdict"], "over" if fit["headroom_bytes"] < 0
          else "tight" if answer["band"]["high_bytes"] > fit["capacity_bytes"] else "fits")
    assert isinstance(answer["warnings"], list)


def test_examples():
    for path in sorted(EXAMPLES.glob("*.headroom")):
        answers = configurations(path)
        assert len(answers) >= 4, path
        for answer in answers:
            check_members(answer)
        assert len({answer["fit"]["verdict"] for answer in answers}) > 1, "one verdict only in %s" % path


def test_task_api():
    full, lora, qlora, chunked = configurations(example())
    equal([c["name"] for c in (full, lora, qlora)], ["Full fine-tune", "LoRA r16", "QLoRA r16"])
    equal(full["total_parameters"], LLAMA)
    equal(full["trainable_parameters"], LLAMA)
    equal(lora["trainable_parameters"], 41943040)
    equal(full["components"]["weights"], 2 * LLAMA)
    assert full["components"]["optimizer"] >= 4 * LLAMA
    assert LLAMA // 2 < qlora["components"]["weights"] < LLAMA
    assert chunked["peak"]["allocated_bytes"] < qlora["peak"]["allocated_bytes"]
    equal([c["fit"]["verdict"] for c in (full, lora, qlora)], ["over", "over", "fits"])
    equal(qlora["fit"]["gpu"], "t4")
    equal(qlora["fit"]["capacity_bytes"], 15360 * 2 ** 20)
    assert "bf16-unsupported" in qlora["warnings"]
    assert "context" in qlora["band"]["reasons"]


def test_adapters_by_name():
    with Folder() as folder:
        path = folder.write("p.headroom", project(
            method={"kind": "lora", "rank": 16, "targets": ["q_proj", "v_proj"]}))
        equal(configurations(path)[0]["trainable_parameters"], 6815744)


def test_qlora_is_quantized():
    with Folder() as folder:
        path = folder.write("p.headroom", project(method={"kind": "qlora"}))
        four_bit = configurations(path)[0]["components"]["weights"]
        path = folder.write("p.headroom", project(method={"kind": "qlora"}, quantization={"scheme": "int8"}))
        eight_bit = configurations(path)[0]["components"]["weights"]
        assert LLAMA // 2 < four_bit < eight_bit < 2 * LLAMA
        # Embedding and head, 525,336,576 parameters each, stay in bf16.
        assert four_bit > (LLAMA - 2 * 525336576) // 2 + 2 * 2 * 525336576


def test_newer_project():
    with Folder() as folder:
        data = project(method={"kind": "telepathy"})
        data["version"] = 2
        output, told = run("estimate", folder.write("p.headroom", data), "--json")
        equal(len(json.loads(output)["configurations"]), 1)
        has(told.decode(), "p.headroom: a newer Headroom wrote this; what this one does not know counts as left out")


def test_no_gpu():
    with Folder() as folder:
        data = project()
        data["gpu"] = {"id": "", "count": 1}
        answer = configurations(folder.write("p.headroom", data))[0]
        equal(answer["fit"], {"gpu": None, "count": 1, "capacity_bytes": None, "verdict": "unknown",
                              "headroom_bytes": None, "card": None})


def test_limits():
    with Folder() as folder:
        data = project()
        data["gpu"] = {"id": "rtx-3070", "count": 1, "in_use_mib": 1000, "margin_percent": 25}
        fit = configurations(folder.write("p.headroom", data))[0]["fit"]
        card = fit["card"]
        equal(card["memory_gb"], 8)
        equal(card["capacity_basis"], "derived")
        equal(card["capacity_bytes"], (8192 - 16) * 2 ** 20)
        equal(card["in_use_bytes"], 1000 * 2 ** 20)
        equal(card["margin_bytes"], 2044 * 2 ** 20)
        equal(fit["capacity_bytes"], (8176 - 1000 - 2044) * 2 ** 20)

        data["gpu"]["id"] = "t4"
        text = run("estimate", folder.write("p.headroom", data))[0].decode()
        has(text, "\n16 GB, 10,520 MiB usable, 1,000 MiB in use, 25 % kept free\n")


def test_serving():
    """vLLM says the same of an 8B model on a card of 80 GB: what it leaves for the cache, in whole requests."""
    with Folder() as folder:
        data = project(task="infer", inference={"engine": "vllm", "prompt_tokens": 1792, "new_tokens": 256})
        data["gpu"] = {"id": "h100-80gb-sxm", "count": 1}
        path = folder.write("p.headroom", data)
        answer = configurations(path)[0]
        serving = answer["serving"]
        token = 2 * 32 * 8 * 128 * 2
        equal(serving["kv_capacity_tokens"], serving["kv_capacity_bytes"] // token)
        equal(serving["max_concurrent"], serving["kv_capacity_tokens"] // 2048)
        equal(serving["max_concurrent_longest"], serving["kv_capacity_tokens"] // 8192)
        assert 150 < serving["max_concurrent"] < 250
        # It is what the engine takes for its cache, and what is left of its share of the card.
        assert abs(answer["components"]["kv_cache"] - serving["kv_capacity_bytes"]) < 2 ** 20
        told = run("estimate", path)[0].decode()
        has(told, "Requests at a time: %d" % serving["max_concurrent"])
        equal(configurations(folder.write("t.headroom", project()))[0]["serving"], None)


def test_own_gpu():
    with Folder() as folder:
        path = folder.write("p.headroom", project(gpu={"id": "h200-141gb-sxm", "count": 2}))
        fit = configurations(path)[0]["fit"]
        equal((fit["gpu"], fit["count"], fit["verdict"]), ("h200-141gb-sxm", 2, "fits"))


def test_check():
    run("estimate", example(), "--check", code=DOES_NOT_FIT)
    equal(len(configurations(example(), DOES_NOT_FIT, "--check")), 4)
    with Folder() as folder:
        small = folder.write("p.headroom", project(model={"id": "openai-community/gpt2"}))
        run("estimate", small, "--check")


def test_text():
    text = run("estimate", example())[0].decode()
    for part in ("QLoRA r16", "Weights", "16.06 GB", "T4", "41,943,040"):
        has(text, part)


def test_names_survive():
    with Folder() as folder:
        name = "Übung \u202e \"quoted\" \\ \n 模型"
        equal(configurations(folder.write("p.headroom", project(name=name)))[0]["name"], name)


def test_compare_json():
    answer = ask("compare", example())
    equal([c["name"] for c in answer["configurations"]],
          ["Full fine-tune", "LoRA r16", "QLoRA r16", "QLoRA + chunked loss"])
    differences = {d["member"]: d["values"] for d in answer["differences"]}
    equal(differences["method.kind"], ["full", "lora", "qlora", "qlora"])
    equal(differences["quantization.scheme"], ["none", "none", "nf4", "nf4"])
    assert "batch.sequence_length" not in differences
    assert "name" not in differences


def test_compare_with_baseline():
    plain = ask("compare", example())
    answer = ask("compare", example(), "--baseline", "QLoRA r16")
    assert "baseline" not in plain and "change" not in plain["configurations"][0]
    full, qlora = answer["configurations"][0], answer["configurations"][2]
    equal(answer["baseline"], qlora["id"])
    equal(set(qlora["change"]["components"].values()), {0})
    for name, bytes in full["components"].items():
        equal(full["change"]["components"][name], bytes - qlora["components"][name])
    lora = answer["configurations"][1]
    assert lora["change"]["device_bytes"] == lora["peak"]["device_bytes"] - qlora["peak"]["device_bytes"] > 0
    back = ask("compare", example(), "--baseline", "Full fine-tune")["configurations"][2]
    equal(back["change"]["device_bytes"], -full["change"]["device_bytes"])

    text = run("compare", example(), "--baseline", "Full fine-tune")[0].decode()
    gradients = next(line for line in text.splitlines() if line.startswith("Gradients"))
    share = round(100 * (1 - qlora["components"]["gradients"] / full["components"]["gradients"]))
    has(gradients, f"−{share} %")
    has(text, "Full fine-tune (baseline)")
    complaint("compare", example(), "--baseline", "nobody", code=USAGE)


def test_compare_only_differences():
    with Folder() as folder:
        text = run("compare", example(), "--only-differences")[0].decode()
        lines = [line.split("  ")[0] for line in text.splitlines()]
        assert "Method" in lines and "Optimizer" in lines and "Total parameters" not in lines, lines
        one = folder.write("p.headroom", project())
        has(run("compare", one, "--only-differences")[0].decode(), "nothing to compare")
        complaint("compare", example(), "--only-differences", "--json", code=USAGE)


def test_compare_text():
    text = run("compare", example())[0].decode()
    for part in ("Full fine-tune", "QLoRA r16", "Optimizer", "16.06 GB"):
        has(text, part)


def test_broken_projects():
    with Folder() as folder:
        for content, expected in (
                ("", ""), ("[]", ""), ("{", ""), (b"\xff\xfe{}", ""), ("{\"format\": \"other\"}", "format"),
                (project(method={"rank": 0}), "configurations[0].method.rank"),
                (project(method={"rank": "x"}), "configurations[0].method.rank"),
                (project(task="sleep"), "configurations[0].task"),
                (project(model={"id": "nobody/nothing"}), "configurations[0].model")):
            path = folder.write("broken.headroom", content)
            for command in ("estimate", "compare"):
                said = complaint(command, path)
                assert "broken.headroom:" in said, said
                has(said, expected)


def test_hostile_files():
    with Folder() as folder:
        deep = folder.write("deep.headroom", "[" * 100000)
        has(complaint("estimate", deep), "deep.headroom")
        has(complaint("estimate", folder.path("missing.headroom")), "missing.headroom")
        has(complaint("estimate", folder.path("")), str(folder.path("")))
        has(complaint("estimate", "/dev/zero"), "/dev/zero")
        os.mkfifo(folder.path("pipe.headroom"))
        has(complaint("estimate", folder.path("pipe.headroom")), "pipe.headroom")


if __name__ == "__main__":
    main(sys.modules["__main__"])
