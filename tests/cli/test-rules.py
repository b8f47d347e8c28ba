# SPDX-License-Identifier: GPL-3.0-or-later
"""headroom-cli rules."""
import sys

from harness import *

LESSON = {"params_billions": 8, "weight_precision": "nf4", "training": True, "lora": True, "lora_rank": 16,
          "gradient_checkpointing": True, "batch_size": 1, "seq_length": 2048, "num_layers": 32, "hidden_dim": 4096}


def close(actual, expected):
    assert abs(actual - expected) <= 1e-9 * max(abs(expected), 1e-12), "%r, not %r" % (actual, expected)


def answers(cases):
    with Folder() as folder:
        return ask("rules", folder.write("cases.json", cases))


def test_golden():
    golden = json.loads((GOLDEN / "lesson-rule.json").read_text(encoding="utf-8"))
    results = answers([{"rule": "lesson", "input": case["input"]} for case in golden["cases"]])
    equal(len(results), len(golden["cases"]))
    for result, case in zip(results, golden["cases"]):
        equal(sorted(result), sorted(case["expected_gb"]))
        for name, expected in case["expected_gb"].items():
            close(result[name], expected)
    equal(ask("rules", GOLDEN / "lesson-rule.json"), results)


def test_four_bucket():
    first, second = answers([
        {"rule": "four-bucket", "input": {"params_billions": 1, "weight_precision": "fp32"}},
        {"rule": "four-bucket", "input": {"params_billions": 1, "weight_precision": "bf16", "activations_gb": 0}}])
    equal(first, {"weights": 4.0, "gradients": 4.0, "optimizer": 8.0, "activations": 1.0, "total": 17.0})
    equal(second["total"], 12.0)


def test_multiplier():
    training = {"params_billions": 0.355, "weight_precision": "fp32", "training": True, "optimizer": "adam"}
    gpt2, eight_bit, inference = answers([
        {"rule": "multiplier", "input": training},
        {"rule": "multiplier", "input": dict(training, optimizer="adamw-8bit")},
        {"rule": "multiplier", "input": {"params_billions": 7, "weight_precision": "fp16", "training": False}}])
    for name, expected in (("model", 1.42), ("gradients", 1.42), ("optimizer", 2.84), ("activations_low", 0.71),
                           ("activations_high", 2.84), ("overhead_low", 1), ("overhead_high", 2),
                           ("total_low", 5.97), ("total_high", 10.52)):
        close(gpt2[name], expected)
    close(eight_bit["optimizer"], 0.355)
    close(inference["total_low"], 16.8)
    close(inference["total_high"], 16.8)


def test_empty():
    equal(answers([]), [])


def test_text():
    with Folder() as folder:
        path = folder.write("cases.json", [{"rule": "lesson", "input": LESSON}])
        has(run("rules", path)[0].decode(), "lesson: 5.01 GB")


def test_bad_cases():
    def lesson(**changes):
        return {"rule": "lesson", "input": dict(LESSON, **changes)}

    def without(name):
        return {"rule": "lesson", "input": {key: value for key, value in LESSON.items() if key != name}}

    rank = "allowed: a whole number from 1 to 65536"
    billions = "allowed: a number from 1e-09 to 1000000"
    rules = "allowed: lesson, four-bucket, multiplier"
    cases = [
        (lesson(lora_rank=-1), ".input.lora_rank: -1 is too small; " + rank),
        (lesson(lora_rank=1.5), ".input.lora_rank: 1.5 is not allowed; " + rank),
        (lesson(lora_rank=True), ".input.lora_rank: true is not allowed; " + rank),
        (lesson(lora_rank="16"), ".input.lora_rank: \"16\" is not allowed; " + rank),
        (lesson(lora_rank=None), ".input.lora_rank: null is not allowed; " + rank),
        (lesson(batch_size=2 ** 62), ".input.batch_size: %d is too large; " % 2 ** 62 + rank),
        (lesson(params_billions=0), ".input.params_billions: 0 is too small; " + billions),
        (lesson(params_billions=1e300), ".input.params_billions: 1e+300 is too large; " + billions),
        (lesson(params_billions=[8]), ".input.params_billions: a list is not allowed; " + billions),
        (lesson(training="yes"), ".input.training: \"yes\" is not allowed; allowed: true or false"),
        (lesson(weight_precision="fp12"),
         ".input.weight_precision: \"fp12\" is not allowed; allowed: fp32, fp16, bf16, int8, int4, nf4"),
        (lesson(lora_ranks=3), ".input.lora_ranks: the lesson rule has no such input"),
        (without("seq_length"), ".input.seq_length: is missing"),
        (without("lora_rank"), ".input.lora_rank: is missing; it must be there: a whole number from 1 to 65536"),
        ({"rule": "guess", "input": LESSON}, ".rule: \"guess\" is not allowed; " + rules),
        ({"input": LESSON}, ".rule: is missing; it must be there: lesson, four-bucket, multiplier"),
        ({"rule": "lesson"}, ".input: is missing; it must be there: an object"),
        ({"rule": "lesson", "input": 3}, ".input: 3 is not allowed; allowed: an object"),
        (7, ": 7 is not allowed; allowed: an object"),
    ]
    with Folder() as folder:
        for case, expected in cases:
            folder.write("cases.json", [{"rule": "lesson", "input": LESSON}] * 3 + [case])
            said = complaint("rules", "cases.json", "--json", cwd=folder.path(""))
            assert said.startswith("cases.json:[3]" + expected), said


def test_bad_files():
    with Folder() as folder:
        for content in ("", "{}", "3", "null", "[1,]", "[] []", "{\"cases\": 3}", "[\"\ud800\"]".encode("utf-8", "surrogatepass"), "[" * 70 + "]" * 70):
            said = complaint("rules", folder.write("cases.json", content))
            has(said, "cases.json:")
        has(complaint("rules", folder.path("nothing.json")), "nothing.json")


if __name__ == "__main__":
    main(sys.modules["__main__"])
