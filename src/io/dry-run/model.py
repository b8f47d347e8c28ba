# SPDX-License-Identifier: GPL-3.0-or-later
# --- The model ------------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def parameters_without_memory(torch):
    """Within it new modules have parameters on the meta device, and real buffers."""
    register = torch.nn.Module.register_parameter

    def register_on_meta(module, name, parameter):
        register(module, name, parameter)
        if parameter is not None and parameter.device.type != "meta":
            module._parameters[name] = torch.nn.Parameter(parameter.to("meta"), parameter.requires_grad)

    torch.nn.Module.register_parameter = register_on_meta
    try:
        yield
    finally:
        torch.nn.Module.register_parameter = register


def torch_type(torch, name):
    """fp8 is built as bf16, see the top."""
    return {"fp32": torch.float32, "fp16": torch.float16}.get(name, torch.bfloat16)


def model_class(transformers, shape, method):
    if method["classification_labels"] > 0:
        return transformers.AutoModelForSequenceClassification
    if shape["kind"] == "encoder":
        return transformers.AutoModelForMaskedLM
    if shape["kind"] == "encoder-decoder":
        return transformers.AutoModelForSeq2SeqLM
    return transformers.AutoModelForCausalLM


def attention_name(attention):
    if attention == "flash":
        library("flash_attn")
        return "flash_attention_2"
    return attention


def build_skeleton(torch, transformers, job, shape):
    """The model with its parameters on the meta device."""
    members = {**config_members(shape), **dropout_members(shape, job["activations"])}
    if job["method"]["classification_labels"] > 0:
        members["num_labels"] = job["method"]["classification_labels"]
        members["pad_token_id"] = 0
    try:
        config = transformers.AutoConfig.for_model(shape["model_type"], **members)
    except (AttributeError, TypeError, ValueError) as error:
        raise Failure(f"transformers {transformers.__version__} does not know this {shape['model_type']} model: "
                      f"{error}") from error
    config.use_cache = job["task"] == "infer" or job["activations"]["use_cache"]
    attention = attention_name(job["activations"]["attention"])
    try:
        with parameters_without_memory(torch):
            model = model_class(transformers, shape, job["method"]).from_config(config, attn_implementation=attention)
    except (ImportError, ValueError) as error:
        raise Failure(f"transformers {transformers.__version__} cannot build this {shape['model_type']} model with "
                      f"{attention} attention: {error}") from error
    model.tie_weights()
    return model


def random_weight(torch, parameter, dtype):
    dtype = dtype if parameter.is_floating_point() else parameter.dtype
    return torch.empty(parameter.shape, dtype=dtype, device="cuda").normal_(0, WEIGHT_DEVIATION)


def quantized_linear(torch, bitsandbytes, linear, job):
    """A layer of bitsandbytes with random weights in the place of @linear."""
    scheme, quantization = job["quantization"]["scheme"], job["quantization"]
    # A Conv1D holds its matrix the other way round; LLM.int8 quantizes what comes from the CPU only.
    matrix = linear.weight if type(linear) is torch.nn.Linear else linear.weight.t()
    weight = random_weight(torch, matrix, torch_type(torch, job["precision"]["weights"])).cpu()
    shape = (matrix.shape[1], matrix.shape[0], linear.bias is not None)
    if scheme == "int8":
        new = bitsandbytes.nn.Linear8bitLt(*shape, has_fp16_weights=False, threshold=INT8_THRESHOLD, device="meta")
        new.weight = bitsandbytes.nn.Int8Params(weight, requires_grad=False, has_fp16_weights=False).to("cuda")
    else:
        storage = {"bf16": torch.bfloat16, "fp16": torch.float16, "fp32": torch.float32}
        storage = storage.get(quantization["storage_dtype"], torch.uint8)
        new = bitsandbytes.nn.Linear4bit(*shape, compute_dtype=torch_type(torch, job["precision"]["compute"]),
                                         compress_statistics=quantization["double"], quant_type=scheme,
                                         quant_storage=storage, device="meta")
        new.weight = bitsandbytes.nn.Params4bit(weight, requires_grad=False, quant_type=scheme, quant_storage=storage,
                                                compress_statistics=quantization["double"], module=new).to("cuda")
    return new


def quantize(torch, model, job):
    """Replaces the linear layers, all but the head, as transformers does when it loads a model."""
    bitsandbytes = library("bitsandbytes")
    head = None if job["quantization"]["head"] else model.get_output_embeddings()
    for module in list(model.modules()):
        for name, child in list(module.named_children()):
            if (type(child) is torch.nn.Linear or type(child).__name__ == "Conv1D") and child is not head:
                setattr(module, name, quantized_linear(torch, bitsandbytes, child, job))
    setattr(model, "is_loaded_in_8bit" if job["quantization"]["scheme"] == "int8" else "is_loaded_in_4bit", True)


def fill(torch, model, job):
    """Gives every parameter that has no memory yet random values on the GPU; tied ones stay tied."""
    dtype = torch_type(torch, job["precision"]["weights"])
    made = {}
    for module in model.modules():
        for name, parameter in list(module._parameters.items()):
            if parameter is None or parameter.device.type != "meta":
                continue
            if id(parameter) not in made:
                weight = random_weight(torch, parameter, dtype)
                # The original is kept: ids of what is gone are used again.
                made[id(parameter)] = (parameter, torch.nn.Parameter(weight, parameter.requires_grad))
            module._parameters[name] = made[id(parameter)][1]
        for name, buffer in list(module._buffers.items()):
            if buffer is not None:
                module._buffers[name] = buffer.to("cuda")


def upcast(torch, model, which):
    """What preparing a k-bit model for training converts to fp32: norms, or all that is not quantized."""
    for parameter in model.parameters():
        narrow = parameter.dtype in (torch.float16, torch.bfloat16) and type(parameter).__name__ != "Params4bit"
        if narrow and (which == "all" or (which == "norms" and parameter.ndim == 1)):
            parameter.data = parameter.data.to(torch.float32)


def apply_liger(model, job):
    kernels = job["activations"]["kernels"] == "liger"
    fused = job["activations"]["loss"] == "fused"
    on_logits = job["activations"]["loss_keeps_logits"]
    if not kernels and not fused:
        return
    library("liger_kernel.transformers")._apply_liger_kernel_to_instance(
        model=model, rope=kernels, rms_norm=kernels, layer_norm=kernels, swiglu=kernels, geglu=kernels,
        cross_entropy=fused and on_logits, fused_linear_cross_entropy=fused and not on_logits)
