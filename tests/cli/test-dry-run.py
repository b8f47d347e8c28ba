# SPDX-License-Identifier: GPL-3.0-or-later
"""headroom-cli recipe --for dry-run and measured: the script's calls, against stand-ins, and the way back."""
import ast
import contextlib
import io
import sys
from unittest import mock

from harness import *

sys.path.insert(0, str(SOURCE / "tests" / "cli" / "stubs"))
import stubs

TINY = {"model_type": "llama", "hidden_size": 64, "intermediate_size": 160, "num_hidden_layers": 3,
        "num_attention_heads": 4, "vocab_size": 1000, "max_position_embeddings": 512, "tie_word_embeddings": False}
PLAIN = {"name": "plain", "version": "current"}


def tiny(**changes):
    changes.setdefault("model", {"id": "tiny", "config": TINY})
    changes.setdefault("batch", {"micro_batch_size": 2, "sequence_length": 128, "accumulation_steps": 8})
    return project(**changes)


def script(folder, content, *arguments):
    """The text of the script for a project's only configuration, and what was said on standard error."""
    path = folder.write("p.headroom", content)
    out, err = run("recipe", path, "--for", "dry-run", *arguments)
    return out.decode("utf-8"), err.decode("utf-8")


def execute(content, missing=(), limit=None, cuda=True):
    """Runs the script on the stand-ins: exit code, result or None, standard error."""
    with Folder() as folder:
        text = script(folder, content)[0]
        libraries = stubs.modules()
        libraries.update((name, None) for name in ("pynvml", *missing))
        stubs.torch.cuda.available = cuda
        stubs.torch.cuda.limit = limit or stubs.torch.cuda.limit
        output, said = folder.path("result.json"), io.StringIO()
        space = {"__name__": "dry_run"}
        with mock.patch.dict(sys.modules, libraries), contextlib.redirect_stderr(said), \
                mock.patch.object(sys, "argv", ["dry-run.py", "-o", str(output)]), \
                contextlib.redirect_stdout(io.StringIO()):
            exec(compile(text, "dry-run.py", "exec"), space)
            code = space["main"]()
        return code, json.loads(output.read_text("utf-8")) if output.exists() else None, said.getvalue()


def one(name):
    found = stubs.calls(name)
    equal(len(found), 1)
    return found[0]


def test_script_is_python():
    with Folder() as folder:
        for name in ("Full fine-tune", "LoRA r16", "QLoRA r16", "QLoRA + chunked loss"):
            out = run("recipe", example(), "--for", "dry-run", "-c", name)[0].decode()
            tree = ast.parse(out)
            imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            assert not imported & {"torch", "transformers", "peft", "bitsandbytes"}, imported
            equal(out.count("SPDX-License-Identifier"), 1)
            equal(sum(isinstance(node, ast.FunctionDef) and node.name == "main" for node in tree.body), 1)
            path = folder.path("script.py")
            run("recipe", example(), "--for", "dry-run", "-c", name, "-o", path)
            equal(path.read_text("utf-8"), out)


def test_names_do_not_become_code():
    hostile = "'''); raise SystemExit('x') #\n\\\"\"\" \\' @JOB@ # @LIMITS@\n"
    with Folder() as folder:
        text = script(folder, tiny(name=hostile))[0]
        space = {"__name__": "dry_run"}
        exec(compile(text, "dry-run.py", "exec"), space)
        equal(space["JOB"]["configuration"]["name"], hostile)


def test_limits_are_told():
    with Folder() as folder:
        text, said = script(folder, tiny(parallel={"gpus": 8, "data_sharding": "fsdp"}, stack={"name": "torchtune"}))
        for sentence in ("nothing is sharded", "The stack's own code is not used"):
            has(said, sentence)
            has("".join(line for line in text.splitlines(True) if line.startswith("# - ")), sentence)
        equal(script(folder, tiny())[1], "")


def test_full():
    code, result, _ = execute(tiny(method={"kind": "full"}, stack=PLAIN,
                                   precision={"weights": "bf16", "compute": "bf16"},
                                   optimizer={"kind": "adamw", "implementation": "foreach"},
                                   activations={"checkpointing": "none", "attention": "eager"}))
    equal(code, 0)
    arguments, members = one("AutoConfig.for_model")
    equal(arguments, ("llama",))
    equal({name: members[name] for name in ("hidden_size", "num_hidden_layers", "vocab_size", "tie_word_embeddings")},
          {"hidden_size": 64, "num_hidden_layers": 3, "vocab_size": 1000, "tie_word_embeddings": False})
    equal(one("from_config")[1]["attn_implementation"], "eager")
    groups, members = one("AdamW")
    equal(members, {"lr": 1e-6, "foreach": True})
    equal({(p.dtype, p.device.type) for group in groups[0] for p in group["params"]}, {("bfloat16", "cuda")})
    equal(len(stubs.calls("AdamW.step")), 3)
    equal(len(stubs.calls("backward")), 6)
    equal(len(stubs.calls("forward")), 6)
    equal(stubs.calls("gradient_checkpointing_enable"), [])
    batch = stubs.calls("forward")[0][1]
    equal(set(batch), {"input_ids", "labels"})
    equal(batch["input_ids"].shape, (2, 128))
    parameters = 2 * 1000 * 64 + 3 * (4 * 64 * 64 + 3 * 64 * 160 + 64)
    equal(result["trainable_parameters"], parameters)


def test_result():
    _, result, _ = execute(tiny(stack=PLAIN))
    equal([step["name"] for step in result["steps"]], ["load", "step 1", "step 2", "step 3"])
    equal(result["max_allocated_bytes"], 1060)
    equal(result["max_reserved_bytes"], 2060)
    equal(result["device_bytes"], 5006)
    equal(result["gpu"]["name"], "NVIDIA L4")
    equal(result["versions"]["transformers"], "4.57.1")
    equal(result["failed_during"], None)


def test_tied_weights_stay_tied():
    _, result, _ = execute(tiny(model={"config": dict(TINY, tie_word_embeddings=True)}, method={"kind": "full"}))
    equal(result["trainable_parameters"], 1000 * 64 + 3 * (4 * 64 * 64 + 3 * 64 * 160 + 64))


def test_trainer_habits():
    execute(tiny(method={"kind": "full"}, precision={"weights": "fp32", "compute": "bf16", "autocast": True},
                 optimizer={"kind": "adamw", "implementation": "auto"}, activations={"checkpointing": "full"}))
    groups, members = one("AdamW")
    equal(members.get("fused"), True)
    equal([group["weight_decay"] for group in groups[0]], [0.01, 0.0])
    equal({p.ndim for p in groups[0][1]["params"]}, {1})
    equal(len(stubs.calls("clip")), 3)
    equal(stubs.calls("autocast")[0][1]["dtype"], "bfloat16")
    has(stubs.calls("forward")[0][1], "attention_mask")
    equal(one("gradient_checkpointing_enable")[1], {"gradient_checkpointing_kwargs": {"use_reentrant": True}})
    equal(stubs.calls("enable_input_require_grads"), [])


def test_qlora():
    execute(tiny(method={"kind": "qlora", "rank": 8, "alpha": 32, "dropout": 0.05, "targets": "all-linear",
                         "adapter_dtype": "bf16"},
                 quantization={"scheme": "nf4", "double": True, "upcast_unquantized": "norms"},
                 optimizer={"kind": "paged-adamw-8bit"},
                 activations={"checkpointing": "full", "reentrant": False, "attention": "sdpa"}))
    layers = stubs.calls("Linear4bit")
    equal(stubs.calls("forward")[0][1]["labels"].shape, (2, 128))
    equal(len(layers), 3 * 7)
    equal({members["quant_type"] for _, members in layers}, {"nf4"})
    equal({members["compress_statistics"] for _, members in stubs.calls("Params4bit")}, {True})
    config = one("LoraConfig")[1]
    equal({name: config[name] for name in ("r", "lora_alpha", "lora_dropout", "target_modules", "use_dora")},
          {"r": 8, "lora_alpha": 32, "lora_dropout": 0.05, "target_modules": "all-linear", "use_dora": False})
    equal(config["modules_to_save"], None)
    groups = one("PagedAdamW8bit")[0][0]
    equal([(p.shape, p.dtype) for group in groups for p in group["params"]], [((8, 16), "bfloat16")])
    assert all(isinstance(arguments[0], stubs.Embedding) for arguments, _ in stubs.calls("override"))
    equal(one("gradient_checkpointing_enable")[1], {"gradient_checkpointing_kwargs": {"use_reentrant": False}})
    equal(stubs.calls("enable_input_require_grads"), [])


def test_targets_and_saved_modules():
    execute(tiny(method={"kind": "dora", "targets": ["q_proj", "v_proj"], "train_embeddings": True, "train_head": True},
                 activations={"checkpointing": "full", "reentrant": True}))
    config = one("LoraConfig")[1]
    equal(config["target_modules"], sorted("model.layers.%d.self_attn.%s" % (layer, name) for layer in range(3)
                                           for name in ("q_proj", "v_proj")))
    equal(config["modules_to_save"], ["embed_tokens", "lm_head"])
    equal(config["use_dora"], True)
    equal(len(stubs.calls("enable_input_require_grads")), 1)


def test_last_layers():
    _, result, _ = execute(tiny(method={"kind": "last-layers", "trained_layers": 2, "train_head": True}))
    equal(result["trainable_parameters"], 2 * (4 * 64 * 64 + 3 * 64 * 160 + 64) + 1000 * 64)


def test_update_in_backward():
    _, _, _ = execute(tiny(method={"kind": "full"}, stack=PLAIN,
                           optimizer={"kind": "adamw", "implementation": "in-backward"}))
    equal(len(stubs.calls("AdamW")), 2 + 3 * 8)
    equal(stubs.calls("clip"), [])


def test_padding():
    execute(tiny(batch={"micro_batch_size": 2, "sequence_length": 64, "padding": True}, stack=PLAIN))
    batch = stubs.calls("forward")[0][1]
    equal(batch["attention_mask"].marks, [0])
    equal(batch["labels"].marks, [-100])
    equal(len(stubs.calls("backward")), 3)


def test_inference():
    _, result, _ = execute(tiny(task="infer", inference={"concurrent": 3, "prompt_tokens": 50, "new_tokens": 4,
                                                         "logits": "last"}))
    passes = stubs.calls("forward")
    equal([members["input_ids"].shape for _, members in passes], [(3, 50)] + [(3, 1)] * 4)
    equal(passes[0][1]["logits_to_keep"], 1)
    equal(passes[2][1]["past_key_values"], ("cache", 2))
    equal(stubs.calls("backward"), [])
    equal(result["window"], "generate")
    equal([step["name"] for step in result["steps"]], ["load", "prompt", "new tokens"])


def test_missing_libraries():
    qlora = tiny(method={"kind": "qlora"}, quantization={"scheme": "nf4"})
    for name, content in (("torch", tiny()), ("transformers", tiny()), ("peft", tiny(method={"kind": "lora"})),
                          ("bitsandbytes", qlora)):
        code, result, said = execute(content, missing=[name])
        equal((code, result), (1, None))
        has(said, name + " cannot be imported")
    equal(execute(tiny(method={"kind": "full"}), missing=["peft", "bitsandbytes"])[0], 0)


def test_no_cuda():
    code, result, said = execute(tiny(), cuda=False)
    equal((code, result), (1, None))
    has(said, "CUDA is not available")


def test_memory_runs_out():
    code, result, said = execute(tiny(method={"kind": "full"}), limit=3)
    equal(code, 3)
    equal(result["failed_during"], "step 2, forward")
    equal([step["name"] for step in result["steps"]], ["load", "step 1", "step 2"])
    has(said, "ran out during step 2, forward")
    with Folder() as folder:
        path = folder.write("p.headroom", tiny())
        has(complaint("measured", path, "--result", folder.write("r.json", result)), "ran out during step 2, forward")


def test_way_back():
    with Folder() as folder:
        content = tiny(method={"kind": "full"}, measured=[{"bytes": 7, "metric": "device", "note": "kept"}], extra=[1])
        path = folder.write("p.headroom", content)
        result = folder.write("r.json", execute(content)[1])
        output = folder.path("out.headroom")
        equal(run("measured", path, "-c", "Job", "--result", result, "-o", output), (b"", b""))
        equal(json.loads(path.read_text("utf-8")), content)
        configuration = json.loads(output.read_text("utf-8"))["configurations"][0]
        equal(configuration["extra"], [1])
        rows = configuration["measured"]
        equal(rows[0], {"bytes": 7, "metric": "device", "note": "kept"})
        equal([(row["metric"], row["bytes"], row["gpu"], row["window"]) for row in rows[1:]],
              [("max_allocated", 1060, "l4", "train"), ("max_reserved", 2060, "l4", "train"),
               ("device", 5006, "l4", "train")])
        for part in ("dry run on NVIDIA L4", "torch 2.8.0", "transformers 4.57.1", "cuda 12.8"):
            has(rows[1]["source"], part)
        again = folder.path("again.headroom")
        run("measured", output, "-r", result, "-o", again)
        equal(len(json.loads(again.read_text("utf-8"))["configurations"][0]["measured"]), 7)


def test_only_its_rows_change():
    with Folder() as folder:
        result = execute(tiny(stack=PLAIN))[1]
        result["configuration"]["model"] = "meta-llama/Meta-Llama-3-8B"
        path = folder.write("p.headroom", example().read_bytes())
        run("measured", path, "-c", "c3", "-r", folder.write("r.json", result))
        before, after = json.loads(example().read_text("utf-8")), json.loads(path.read_text("utf-8"))
        equal(len(after["configurations"][2].pop("measured")), 3)
        before["configurations"][2].pop("measured")
        equal(after, before)


def test_wrong_results():
    with Folder() as folder:
        path = folder.write("p.headroom", tiny())
        good = execute(tiny())[1]
        for member, value, expected in (("format", "other", "format"), ("version", 2, "newer program"),
                                        ("max_allocated_bytes", -1, "max_allocated_bytes"), ("gpu", None, "gpu"),
                                        ("versions", {"torch": 2}, "versions.torch"), ("window", "", "window"),
                                        ("configuration", {"id": "c1", "model": "gpt2"}, "gpt2")):
            has(complaint("measured", path, "-r", folder.write("r.json", dict(good, **{member: value}))), expected)
        equal(json.loads(path.read_text("utf-8")), tiny())


def test_choice():
    with Folder() as folder:
        content = tiny()
        content["configurations"] += [dict(content["configurations"][0], id="c2"),
                                      dict(content["configurations"][0], id="c3", name="Other")]
        path = folder.write("p.headroom", content)
        for arguments, expected in (((), "--for TARGET is missing"), (("--for", "soup"), "soup"),
                                    (("--for", "dry-run"), "-c NAME is missing"),
                                    (("--for", "dry-run", "-c", "None"), "None"),
                                    (("--for", "dry-run", "-c", "Job"), "give the id")):
            has(complaint("recipe", path, *arguments, code=USAGE), expected)
        for name, identifier in (("c2", "c2"), ("Other", "c3")):
            has(run("recipe", path, "--for", "dry-run", "-c", name)[0].decode(), '"id": "%s"' % identifier)


if __name__ == "__main__":
    main(sys.modules["__main__"])
