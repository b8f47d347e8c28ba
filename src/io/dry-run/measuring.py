# SPDX-License-Identifier: GPL-3.0-or-later
# --- Measuring ------------------------------------------------------------------------------------------------------

class Meter:
    """Peaks of the caching allocator, step by step, and what the card has in use."""

    def __init__(self, torch):
        self.torch = torch
        self.stage = "start"
        self.steps = []
        self.device_bytes = 0

    def begin(self, name):
        self.stage = name
        self.torch.cuda.synchronize()
        self.torch.cuda.reset_peak_memory_stats()

    def end(self):
        self.torch.cuda.synchronize()
        self.record()

    def record(self):
        cuda = self.torch.cuda
        free, total = cuda.mem_get_info()
        self.device_bytes = max(self.device_bytes, total - free)
        self.steps.append({"name": self.stage.partition(",")[0], "max_allocated_bytes": cuda.max_memory_allocated(),
                           "max_reserved_bytes": cuda.max_memory_reserved(), "held_bytes": cuda.memory_allocated()})

    def peak(self, metric):
        measured = [step for step in self.steps if step["name"] != "load"] or self.steps
        return max((step[metric] for step in measured), default=0)


def train(torch, job, model, shape, meter):
    model.train()
    enable_checkpointing(torch, model, job)
    optimizer = make_optimizer(torch, job, model)
    scaled = job["precision"]["compute"] == "fp16" and job["precision"]["weights"] == "fp32"
    scaler = torch.amp.GradScaler("cuda") if scaled else None
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    clips = job["stack"]["name"] in ("transformers", "trl") and job["optimizer"]["implementation"] != "in-backward"
    inputs = make_batch(torch, job, shape)
    if job["stack"]["compile"]:
        model = torch.compile(model)
    offload = job["activations"]["offload"]
    for step in range(1, STEPS + 1):
        meter.begin(f"step {step}")
        for _ in range(min(job["batch"]["accumulation_steps"], MOST_MICRO_BATCHES)):
            meter.stage = f"step {step}, forward"
            with torch.autograd.graph.save_on_cpu(pin_memory=True) if offload else contextlib.nullcontext():
                loss, held = forward(torch, job, model, inputs)
            meter.stage = f"step {step}, backward"
            (scaler.scale(loss) if scaler else loss).backward()
            del loss, held
        meter.stage = f"step {step}, optimizer step"
        if scaler:
            scaler.unscale_(optimizer)
        if clips:
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
        if scaler:
            scaler.step(optimizer)
            scaler.update()
        else:
            optimizer.step()
        optimizer.zero_grad()
        meter.end()


def accepted(function, **members):
    """Those of @members that @function takes: their names differ between versions."""
    known = inspect.signature(function).parameters
    return {name: value for name, value in members.items() if name in known}


def make_cache(torch, transformers, job, model):
    inference = job["inference"]
    if inference["cache"] != "static":
        return None
    tokens = inference["static_cache_tokens"] or inference["prompt_tokens"] + inference["new_tokens"]
    members = accepted(transformers.StaticCache.__init__, config=model.config, max_batch_size=inference["concurrent"],
                       batch_size=inference["concurrent"], max_cache_len=tokens, device="cuda",
                       dtype=torch_type(torch, job["precision"]["weights"]))
    return transformers.StaticCache(**members)


def infer(torch, transformers, job, model, shape, meter):
    inference = job["inference"]
    model.eval()
    if inference["load_only"]:
        return
    meter.begin("prompt")
    with torch.inference_mode(), autocast(torch, job):
        size = (inference["concurrent"], max(1, inference["prompt_tokens"]))
        tokens = torch.randint(0, shape["vocab_size"], size, device="cuda")
        if shape["kind"] == "encoder":
            model(input_ids=tokens)
            meter.end()
            return
        last = accepted(model.forward, logits_to_keep=1, num_logits_to_keep=1) if inference["logits"] == "last" else {}
        state = {"past_key_values": make_cache(torch, transformers, job, model), "use_cache": True}
        if shape["kind"] == "encoder-decoder":
            last = {"decoder_input_ids": tokens[:, :1]}
        outputs = model(input_ids=tokens, **last, **state)
        meter.end()
        meter.begin("new tokens")
        for _ in range(inference["new_tokens"]):
            state["past_key_values"] = outputs.past_key_values
            token = outputs.logits[:, -1:].argmax(-1)
            if shape["kind"] == "encoder-decoder":
                outputs = model(encoder_outputs=(outputs.encoder_last_hidden_state,), decoder_input_ids=token, **state)
            else:
                outputs = model(input_ids=token, **state)
        meter.end()


def used_before():
    """Bytes in use on the card before this program touches it, where NVML tells; else None."""
    visible = os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0].strip()
    try:
        nvml = importlib.import_module("pynvml")
        nvml.nvmlInit()
        handle = (nvml.nvmlDeviceGetHandleByIndex(int(visible)) if visible.isdigit()
                  else nvml.nvmlDeviceGetHandleByUUID(visible))
        return nvml.nvmlDeviceGetMemoryInfo(handle).used
    except Exception:  # The figure is an extra: whatever NVML lacks, the run goes on.
        return None


def versions(torch):
    found = {"python": sys.version.split()[0], "torch": str(torch.__version__), "cuda": str(torch.version.cuda)}
    for name in ("transformers", "peft", "bitsandbytes", "liger_kernel", "trl", "torchao", "flash_attn"):
        if name in sys.modules:
            found[name] = str(getattr(sys.modules[name], "__version__", "unknown"))
    return found


def result_of(torch, job, model, meter, before, failure):
    device = torch.cuda.get_device_properties(0)
    parameters = list(model.parameters()) if model is not None else []
    others = before or 0
    return {
        "format": "headroom-measurement",
        "version": 1,
        "configuration": {"id": job["id"], "name": job["name"], "model": job["model"]["id"]},
        "max_allocated_bytes": meter.peak("max_allocated_bytes"),
        "max_reserved_bytes": meter.peak("max_reserved_bytes"),
        "device_bytes": max(0, meter.device_bytes - others),
        "device_used_before_bytes": before,
        "window": "train" if job["task"] == "train" else "generate",
        "steps": meter.steps,
        "failed_during": failure,
        "trainable_parameters": sum(p.numel() for p in parameters if p.requires_grad),
        "gpu": {"name": device.name, "total_bytes": device.total_memory,
                "compute_capability": f"{device.major}.{device.minor}"},
        "versions": versions(torch),
        "not_reproduced": JOB["not_reproduced"],
    }


def build(torch, transformers, job, shape):
    model = build_skeleton(torch, transformers, job, shape)
    if job["quantization"]["scheme"] in ("nf4", "fp4", "int8") and job["quantization"]["backend"] == "bitsandbytes":
        quantize(torch, model, job)
    fill(torch, model, job)
    upcast(torch, model, job["quantization"]["upcast_unquantized"])
    apply_liger(model, job)
    return choose_parameters(torch, model, job) if job["task"] == "train" else model


def run(torch, job, shape, meter):
    """Builds and runs; returns the model as far as it came, and during what memory ran out, if it did."""
    transformers = library("transformers")
    model = None
    try:
        meter.begin("load")
        model = build(torch, transformers, job, shape)
        meter.end()
        if job["task"] == "train":
            train(torch, job, model, shape, meter)
        else:
            infer(torch, transformers, job, model, shape, meter)
    except torch.cuda.OutOfMemoryError:
        during = meter.stage
        meter.record()
        return model, during
    return model, None


def report(result, path):
    for step in result["steps"]:
        print(f"{step['name']}: {step['max_allocated_bytes']:,} bytes allocated at the peak, "
              f"{step['max_reserved_bytes']:,} reserved, {step['held_bytes']:,} held afterwards")
    for name in ("max_allocated_bytes", "max_reserved_bytes", "device_bytes"):
        print(f"{name}: {result[name]:,}")
    print(f"{result['gpu']['name']}, " + ", ".join(f"{name} {text}" for name, text in result["versions"].items()))
    with open(path, "w", encoding="utf-8") as file:
        json.dump(result, file, indent=2, ensure_ascii=False)
        file.write("\n")
    print(f"Written: {path}")


def measure(path):
    job, shape = JOB["configuration"], JOB["architecture"]
    for sentence in JOB["not_reproduced"]:
        print(f"Not reproduced: {sentence}", file=sys.stderr)
    # NVML counts cards in this order.
    os.environ.setdefault("CUDA_DEVICE_ORDER", "PCI_BUS_ID")
    before = used_before()
    torch = library("torch")
    if not torch.cuda.is_available():
        raise Failure("CUDA is not available: a dry run needs an NVIDIA GPU, its driver and a torch built for CUDA.")
    meter = Meter(torch)
    model, failure = run(torch, job, shape, meter)
    report(result_of(torch, job, model, meter, before, failure), path)
    if failure is not None:
        print(f"The GPU's memory ran out during {failure}. The peaks above are those until then.", file=sys.stderr)
        return EXIT_NO_MEMORY
    return 0


def main():
    parser = argparse.ArgumentParser(description="Measures the GPU memory of one configuration.")
    parser.add_argument("-o", "--output", default=os.path.splitext(sys.argv[0])[0] + ".json", help="result, as JSON")
    try:
        return measure(parser.parse_args().output)
    except Failure as failure:
        print(failure, file=sys.stderr)
        return EXIT_FAILED


if __name__ == "__main__":
    sys.exit(main())
