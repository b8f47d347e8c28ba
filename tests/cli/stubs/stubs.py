# SPDX-License-Identifier: GPL-3.0-or-later
"""Stand-ins for torch, transformers, peft and bitsandbytes that note what a dry run asks of them."""
import contextlib
import types

CALLS = []


def note(name, *arguments, **members):
    CALLS.append((name, arguments, members))


def calls(name):
    return [(arguments, members) for called, arguments, members in CALLS if called == name]


class OutOfMemoryError(RuntimeError):
    pass


class Device:
    def __init__(self, kind):
        self.type = kind


class Tensor:
    """A shape, a type and a device."""

    def __init__(self, shape=(), dtype="float32", device="cpu", requires_grad=False):
        self.shape, self.dtype, self.device = tuple(shape), dtype, Device(device)
        self.requires_grad = requires_grad
        self.hooks = []
        self.marks = []

    ndim = property(lambda self: len(self.shape))
    data = property(lambda self: self, lambda self, other: setattr(self, "dtype", other.dtype))

    def is_floating_point(self):
        return "float" in self.dtype

    def numel(self):
        count = 1
        for size in self.shape:
            count *= size
        return count

    def to(self, what):
        if what in ("cuda", "cpu", "meta"):
            return type(self)(self.shape, self.dtype, what, self.requires_grad)
        return type(self)(self.shape, what, self.device.type, self.requires_grad)

    def cpu(self):
        return self.to("cpu")

    def t(self):
        return Tensor(self.shape[::-1], self.dtype, self.device.type)

    def normal_(self, *_):
        return self

    def clone(self):
        return Tensor(self.shape, self.dtype, self.device.type)

    def float(self):
        return self.to("float32")

    def requires_grad_(self, value):
        self.requires_grad = value
        return self

    def register_post_accumulate_grad_hook(self, hook):
        self.hooks.append(hook)

    def __mod__(self, other):
        return self

    def __getitem__(self, _):
        return self

    def expand(self, shape):
        return Tensor(shape, self.dtype, self.device.type)

    def argmax(self, _):
        return Tensor((self.shape[0], 1), "int64", "cuda")

    def __setitem__(self, place, value):
        self.marks.append(value)

    def backward(self):
        note("backward")

    def __eq__(self, other):
        return True if isinstance(other, int) else self is other

    __hash__ = object.__hash__


class Parameter(Tensor):
    def __init__(self, data, dtype="float32", device="cpu", requires_grad=True):
        if isinstance(data, Tensor):
            super().__init__(data.shape, data.dtype, data.device.type, dtype if isinstance(dtype, bool) else True)
        else:
            super().__init__(data, dtype, device, requires_grad)


class Module:
    def __init__(self):
        self.__dict__.update(_parameters={}, _buffers={}, _modules={})

    def __setattr__(self, name, value):
        if isinstance(value, Parameter):
            self.register_parameter(name, value)
        elif isinstance(value, Module):
            self._modules[name] = value
        else:
            self.__dict__[name] = value

    def __getattr__(self, name):
        for held in ("_parameters", "_modules", "_buffers"):
            if name in self.__dict__.get(held, {}):
                return self.__dict__[held][name]
        raise AttributeError(name)

    def register_parameter(self, name, parameter):
        self._parameters[name] = parameter

    def named_children(self):
        return iter(self._modules.items())

    def named_modules(self, prefix=""):
        yield prefix, self
        for name, child in self._modules.items():
            yield from child.named_modules(prefix + ("." if prefix else "") + name)

    def modules(self):
        return (module for _, module in self.named_modules())

    def named_parameters(self):
        seen = set()
        for prefix, module in self.named_modules():
            for name, parameter in module._parameters.items():
                if parameter is not None and id(parameter) not in seen:
                    seen.add(id(parameter))
                    yield prefix + "." + name, parameter

    def parameters(self):
        return (parameter for _, parameter in self.named_parameters())


class Linear(Module):
    def __init__(self, inputs, outputs, bias=False):
        super().__init__()
        self.weight = Parameter((outputs, inputs))
        self.bias = Parameter((outputs,)) if bias else None


class Embedding(Module):
    def __init__(self, rows, width):
        super().__init__()
        self.weight = Parameter((rows, width))


class Norm(Module):
    def __init__(self, width):
        super().__init__()
        self.weight = Parameter((width,))


class ModuleList(Module):
    def __init__(self, modules):
        super().__init__()
        for index, module in enumerate(modules):
            setattr(self, str(index), module)

    def __len__(self):
        return len(self._modules)

    def __iter__(self):
        return iter(self._modules.values())


class Block(Module):
    def __init__(self, width, inner):
        super().__init__()
        self.gradient_checkpointing = True
        self.self_attn, self.mlp, self.norm = Module(), Module(), Norm(width)
        for name in ("q_proj", "k_proj", "v_proj", "o_proj"):
            setattr(self.self_attn, name, Linear(width, width))
        for name, shape in (("gate_proj", (width, inner)), ("up_proj", (width, inner)), ("down_proj", (inner, width))):
            setattr(self.mlp, name, Linear(*shape))


class Model(Module):
    """A decoder with tied or own head, as transformers builds it from a configuration."""

    base_model_prefix = "model"

    def __init__(self, config):
        super().__init__()
        width, inner = config.members["hidden_size"], config.members["intermediate_size"]
        self.config = config
        self.model = Module()
        self.model.embed_tokens = Embedding(config.members["vocab_size"], width)
        self.model._buffers["inv_freq"] = Tensor((4,))
        self.model.layers = ModuleList(Block(width, inner) for _ in range(config.members["num_hidden_layers"]))
        self.lm_head = Linear(width, config.members["vocab_size"])

    def tie_weights(self):
        if self.config.members["tie_word_embeddings"]:
            self.lm_head._parameters["weight"] = self.model.embed_tokens.weight

    def get_input_embeddings(self):
        return self.model.embed_tokens

    def get_output_embeddings(self):
        return self.lm_head

    def train(self):
        note("train")

    def eval(self):
        note("eval")

    def gradient_checkpointing_enable(self, **members):
        note("gradient_checkpointing_enable", **members)

    def enable_input_require_grads(self):
        note("enable_input_require_grads")

    def forward(self, input_ids=None, logits_to_keep=0, **members):
        raise AssertionError("call the model instead")

    def __call__(self, **members):
        note("forward", **members)
        torch.cuda.tick()
        size = members["input_ids"].shape
        return types.SimpleNamespace(loss=Tensor(), logits=Tensor((*size, 8), "bfloat16", "cuda"),
                                     past_key_values=("cache", len(calls("forward"))))


def recorded(name):
    """A class whose instances note their making and their steps."""
    class Optimizer:
        def __init__(self, groups, **members):
            note(name, groups, **members)

        def step(self):
            note(name + ".step")

        def zero_grad(self):
            note(name + ".zero_grad")
    return Optimizer


class Cuda(types.ModuleType):
    """A card whose memory runs out at the given forward pass."""

    OutOfMemoryError = OutOfMemoryError
    available, limit, ticks = True, 10 ** 9, 0

    def tick(self):
        self.ticks += 1
        if self.ticks >= self.limit:
            raise OutOfMemoryError("out of memory")

    def is_available(self):
        return self.available

    def synchronize(self):
        pass

    def reset_peak_memory_stats(self):
        note("reset_peak")

    def max_memory_allocated(self):
        return 1000 + 10 * self.ticks

    def max_memory_reserved(self):
        return 2000 + 10 * self.ticks

    def memory_allocated(self):
        return 500

    def mem_get_info(self):
        return 10 ** 10 - 5000 - self.ticks, 10 ** 10

    def get_device_properties(self, _):
        return types.SimpleNamespace(name="NVIDIA L4", total_memory=10 ** 10, major=8, minor=9)


@contextlib.contextmanager
def context(name, *arguments, **members):
    note(name, *arguments, **members)
    yield


def make_torch():
    module = types.ModuleType("torch")
    module.__version__ = "2.8.0"
    module.version = types.SimpleNamespace(cuda="12.8")
    for name in ("float32", "float16", "bfloat16", "uint8"):
        setattr(module, name, name)
    module.long = "int64"
    module.nn = types.SimpleNamespace(
        Module=Module, Linear=Linear, Embedding=Embedding, ModuleList=ModuleList, Parameter=Parameter,
        utils=types.SimpleNamespace(clip_grad_norm_=lambda parameters, norm: note("clip", parameters, norm)))
    module.optim = types.SimpleNamespace(**{name: recorded(name) for name in ("AdamW", "SGD", "Adagrad", "RMSprop")})
    module.cuda = Cuda("torch.cuda")
    module.empty = lambda shape, dtype, device: Tensor(shape, dtype, device)
    module.ones = lambda shape, dtype, device: Tensor(shape, dtype, device)
    module.zeros = module.ones
    module.arange = lambda count, device: Tensor((count,), "int64", device)
    module.randint = lambda low, high, size, device: Tensor(size, "int64", device)
    module.autocast = lambda *arguments, **members: context("autocast", *arguments, **members)
    module.inference_mode = lambda: context("inference_mode")
    module.autograd = types.SimpleNamespace(
        graph=types.SimpleNamespace(save_on_cpu=lambda **members: context("save_on_cpu", **members)))
    module.compile = lambda model: model
    return module


class Config:
    def __init__(self, kind, members):
        self.model_type, self.members = kind, members


def make_transformers():
    module = types.ModuleType("transformers")
    module.__version__ = "4.57.1"

    def for_model(kind, **members):
        note("AutoConfig.for_model", kind, **members)
        return Config(kind, members)

    def from_config(config, **members):
        note("from_config", config, **members)
        return Model(config)
    module.AutoConfig = types.SimpleNamespace(for_model=for_model)
    module.AutoModelForCausalLM = types.SimpleNamespace(from_config=from_config)
    return module


def make_peft():
    module = types.ModuleType("peft")
    module.__version__ = "0.17.1"
    module.LoraConfig = lambda **members: note("LoraConfig", **members) or members

    def get_peft_model(model, config):
        for parameter in model.parameters():
            parameter.requires_grad_(False)
        model.lora_A = Parameter((config["r"], 16), "float32", "cuda")
        return model
    module.get_peft_model = get_peft_model
    return module


def make_bitsandbytes():
    module = types.ModuleType("bitsandbytes")
    module.__version__ = "0.48.0"

    class Params4bit(Parameter):
        def __init__(self, data, *_, **members):
            note("Params4bit", data.shape, data.device.type, **members)
            super().__init__(data.shape, "uint8", data.device.type, False)

        def to(self, device):
            assert self.device.type == "cpu" and device == "cuda"
            self.device = Device(device)
            return self

    class Linear4bit(Module):
        def __init__(self, inputs, outputs, bias, **members):
            super().__init__()
            note("Linear4bit", inputs, outputs, bias, **members)
    manager = types.SimpleNamespace(
        register_module_override=lambda module, name, members: note("override", module, name, members))
    module.nn = types.SimpleNamespace(Params4bit=Params4bit, Linear4bit=Linear4bit)
    module.optim = types.SimpleNamespace(
        GlobalOptimManager=types.SimpleNamespace(get_instance=lambda: manager),
        **{name: recorded(name) for name in ("AdamW8bit", "PagedAdamW8bit")})
    return module


torch = make_torch()


def modules():
    """Fresh libraries by name."""
    global torch
    CALLS.clear()
    torch = make_torch()
    return {"torch": torch, "transformers": make_transformers(), "peft": make_peft(),
            "bitsandbytes": make_bitsandbytes()}
