# SPDX-License-Identifier: GPL-3.0-or-later
# --- What trains ----------------------------------------------------------------------------------------------------

# Where families keep the module of a role, as endings of its full name; the first that the model has counts.
ROLES = {
    "q_proj": ("q_proj", "qkv_proj", "c_attn", "query_key_value", "Wqkv", "query", "SelfAttention.q"),
    "k_proj": ("k_proj", "qkv_proj", "c_attn", "query_key_value", "Wqkv", "key", "SelfAttention.k"),
    "v_proj": ("v_proj", "qkv_proj", "c_attn", "query_key_value", "Wqkv", "value", "SelfAttention.v"),
    "o_proj": ("o_proj", "attn.c_proj", "attention.output.dense", "self_attention.dense", "attention.dense",
               "self_attn.dense", "attn.out_proj", "SelfAttention.o"),
    "gate_proj": ("gate_proj", "gate_up_proj", "wi_0", "w1"),
    "up_proj": ("up_proj", "gate_up_proj", "c_fc", "intermediate.dense", "dense_h_to_4h", "fc1", "wi_1", "wi", "w3"),
    "down_proj": ("down_proj", "mlp.c_proj", "output.dense", "dense_4h_to_h", "fc2", "wo", "w2"),
    "lm_head": ("lm_head", "embed_out"),
}


def ends_with(name, ending):
    return name == ending or name.endswith("." + ending)


def modules_of_target(names, target):
    """Full names of the modules that @target, a module's name or a role, stands for."""
    for ending in (target, *ROLES.get(target, ())):
        found = [name for name in names if ends_with(name, ending)]
        if ending == "output.dense":
            found = [name for name in found if not ends_with(name, "attention.output.dense")]
        if found:
            return found
    raise Failure(f"The model has no module for the target {target}.")


def target_modules(torch, model, targets):
    if targets == "all-linear":
        return targets
    names = [name for name, module in model.named_modules()
             if isinstance(module, torch.nn.Linear) or type(module).__name__ == "Conv1D"]
    return sorted({name for target in targets for name in modules_of_target(names, target)})


def leaf_name(model, wanted):
    return next(name.rpartition(".")[2] for name, module in model.named_modules() if module is wanted)


def outer_modules(model, method):
    """Embeddings and head, where they train in full beside adapters or last layers."""
    wanted = []
    if method["train_embeddings"]:
        wanted.append(model.get_input_embeddings())
    if method["train_head"] and model.get_output_embeddings() is not None:
        wanted.append(model.get_output_embeddings())
    return wanted


def add_adapters(torch, model, job):
    peft = library("peft")
    method = job["method"]
    task = "CAUSAL_LM" if JOB["architecture"]["kind"] == "decoder" else None
    if method["classification_labels"] > 0:
        task = "SEQ_CLS"
    saved = [leaf_name(model, module) for module in outer_modules(model, method)]
    config = peft.LoraConfig(
        r=method["rank"], lora_alpha=method["alpha"], lora_dropout=method["dropout"], bias="none",
        target_modules=target_modules(torch, model, method["targets"]), modules_to_save=saved or None,
        use_dora=method["kind"] in ("dora", "qdora"), use_rslora=method["rslora"],
        task_type=task)
    model = peft.get_peft_model(model, config)
    dtype = method["adapter_dtype"]
    if dtype == "auto" and job["stack"]["name"] == "trl" and job["quantization"]["scheme"] != "none":
        dtype = "bf16"
    if dtype != "auto":
        for name, parameter in model.named_parameters():
            if "lora_" in name:
                parameter.data = parameter.data.to(torch_type(torch, dtype))
    return model


def decoder_layers(torch, model):
    """The longest list of modules in the model: its layers."""
    lists = [module for module in model.modules() if isinstance(module, torch.nn.ModuleList)]
    return max(lists, key=lambda layers: len(layers))


def train_last_layers(torch, model, method):
    for parameter in model.parameters():
        parameter.requires_grad_(False)
    count = method["trained_layers"]
    layers = list(decoder_layers(torch, model))[-count:] if count > 0 else []
    for module in layers + outer_modules(model, method):
        for parameter in module.parameters():
            parameter.requires_grad_(True)


def choose_parameters(torch, model, job):
    """Returns the model with what trains: everything, its last layers, or adapters."""
    kind = job["method"]["kind"]
    if kind == "full":
        for parameter in model.parameters():
            parameter.requires_grad_(parameter.is_floating_point())
    elif kind == "last-layers":
        train_last_layers(torch, model, job["method"])
    else:
        model = add_adapters(torch, model, job)
    if not any(parameter.requires_grad for parameter in model.parameters()):
        raise Failure("Nothing trains in this configuration.")
    return model


def is_reentrant(job):
    """What the configuration says, else the habit of the stack: transformers 5 and TRL do without."""
    chosen = job["activations"]["reentrant"]
    if chosen is None:
        return job["stack"]["name"] != "trl" and version_of("transformers") < (5, 0)
    return chosen


def enable_checkpointing(torch, model, job):
    activations = job["activations"]
    if activations["checkpointing"] == "none":
        return
    reentrant = is_reentrant(job)
    model.gradient_checkpointing_enable(gradient_checkpointing_kwargs={"use_reentrant": reentrant})
    # A reentrant checkpoint passes no gradient on unless its input asks for one.
    if job["method"]["kind"] not in ("full", "last-layers") and reentrant:
        model.enable_input_require_grads()
    if activations["checkpointing"] == "every-n":
        for index, layer in enumerate(decoder_layers(torch, model)):
            if index % activations["every"] != 0 and not hasattr(layer, "gradient_checkpointing"):
                raise Failure("This version of transformers cannot checkpoint single layers.")
            if index % activations["every"] != 0:
                layer.gradient_checkpointing = False
