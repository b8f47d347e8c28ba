# SPDX-License-Identifier: GPL-3.0-or-later
# --- The optimizer --------------------------------------------------------------------------------------------------

def torch_options(implementation):
    return {"loop": {"foreach": False}, "foreach": {"foreach": True}, "fused": {"fused": True}}.get(implementation, {})


def parameter_groups(job, parameters):
    """The Trainer has one group with weight decay and one without, of vectors."""
    if job["stack"]["name"] not in ("transformers", "trl"):
        return [{"params": parameters}]
    groups = [{"params": [p for p in parameters if p.ndim > 1], "weight_decay": 0.01},
              {"params": [p for p in parameters if p.ndim <= 1], "weight_decay": 0.0}]
    return [group for group in groups if group["params"]]


def bitsandbytes_optimizer(name):
    def make(torch, job, model, groups):
        bitsandbytes = library("bitsandbytes")
        if name.endswith("8bit") and job["stack"]["name"] in ("transformers", "trl"):
            manager = bitsandbytes.optim.GlobalOptimManager.get_instance()
            for module in model.modules():
                if isinstance(module, torch.nn.Embedding):
                    manager.register_module_override(module, "weight", {"optim_bits": 32})
        return getattr(bitsandbytes.optim, name)(groups, lr=LEARNING_RATE)
    return make


def torch_optimizer(name, **members):
    def make(torch, job, model, groups):
        return getattr(torch.optim, name)(groups, lr=LEARNING_RATE, **members,
                                          **torch_options(job["optimizer"]["implementation"]))
    return make


def adamw(torch, job, model, groups):
    implementation = job["optimizer"]["implementation"]
    if implementation in ("auto", "in-backward") and job["stack"]["name"] in ("transformers", "trl"):
        # The default of the Trainer from version 4.56 on.
        implementation = "fused" if version_of("transformers") >= (4, 56) else "auto"
    return torch.optim.AdamW(groups, lr=LEARNING_RATE, **torch_options(implementation))


def adafactor(torch, job, model, groups):
    return library("transformers").Adafactor(groups, lr=LEARNING_RATE, scale_parameter=False, relative_step=False)


def adamw_4bit(torch, job, model, groups):
    return library("torchao.optim").AdamW4bit(groups, lr=LEARNING_RATE)


def is_hidden_matrix(torch, model):
    outer = {id(p) for module in model.modules() if isinstance(module, torch.nn.Embedding) for p in module.parameters()}
    return lambda parameter: parameter.ndim == 2 and id(parameter) not in outer


def projected(package, name):
    def make(torch, job, model, groups):
        parameters = [parameter for group in groups for parameter in group["params"]]
        projects = is_hidden_matrix(torch, model)
        groups = [{"params": [p for p in parameters if not projects(p)]},
                  {"params": [p for p in parameters if projects(p)], **PROJECTION}]
        return getattr(library(package), name)(groups, lr=LEARNING_RATE)
    return make


class Both:
    """Two optimizers that step together."""

    def __init__(self, *optimizers):
        self.optimizers = optimizers

    def step(self):
        for optimizer in self.optimizers:
            optimizer.step()

    def zero_grad(self):
        for optimizer in self.optimizers:
            optimizer.zero_grad()


def muon(torch, job, model, groups):
    if not hasattr(torch.optim, "Muon"):
        raise Failure(f"torch {torch.__version__} has no Muon: it needs 2.9 or newer.")
    parameters = [parameter for group in groups for parameter in group["params"]]
    is_matrix = is_hidden_matrix(torch, model)
    matrices, others = [p for p in parameters if is_matrix(p)], [p for p in parameters if not is_matrix(p)]
    optimizers = [torch.optim.Muon(matrices, lr=LEARNING_RATE)] if matrices else []
    optimizers += [torch.optim.AdamW(others, lr=LEARNING_RATE)] if others else []
    return Both(*optimizers)


OPTIMIZERS = {
    "adamw": adamw,
    "adamw-8bit": bitsandbytes_optimizer("AdamW8bit"),
    "paged-adamw": bitsandbytes_optimizer("PagedAdamW"),
    "paged-adamw-8bit": bitsandbytes_optimizer("PagedAdamW8bit"),
    "adam-8bit": bitsandbytes_optimizer("Adam8bit"),
    "adamw-4bit": adamw_4bit,
    "sgd": torch_optimizer("SGD"),
    "sgd-momentum": torch_optimizer("SGD", momentum=0.9),
    "adafactor": adafactor,
    "lion": bitsandbytes_optimizer("Lion"),
    "adagrad": torch_optimizer("Adagrad"),
    "rmsprop": torch_optimizer("RMSprop"),
    "muon": muon,
    "galore": projected("galore_torch", "GaLoreAdamW"),
    "apollo": projected("apollo_torch", "APOLLOAdamW"),
}


class InBackward:
    """Each parameter is updated, and its gradient freed, as soon as the backward has made it."""

    def __init__(self, make, parameters):
        self.optimizers = {parameter: make([{"params": [parameter]}]) for parameter in parameters}
        for parameter in parameters:
            parameter.register_post_accumulate_grad_hook(self.update)

    def update(self, parameter):
        self.optimizers[parameter].step()
        self.optimizers[parameter].zero_grad()

    def step(self):
        """Everything has been done."""

    def zero_grad(self):
        """Nothing is left."""


def make_optimizer(torch, job, model):
    make = OPTIMIZERS[job["optimizer"]["kind"]]
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    if job["optimizer"]["implementation"] == "in-backward":
        return InBackward(lambda groups: make(torch, job, model, groups), parameters)
    return make(torch, job, model, parameter_groups(job, parameters))
