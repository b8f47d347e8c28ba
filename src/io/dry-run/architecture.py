# SPDX-License-Identifier: GPL-3.0-or-later
# --- The model's configuration in the words of its class in transformers -------------------------------------------

COMMON = ("hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", "head_dim",
          "intermediate_size", "vocab_size", "max_position_embeddings", "tie_word_embeddings", "attention_bias",
          "mlp_bias", "hidden_act")
GPT2_WORDS = {"hidden_size": "n_embd", "num_hidden_layers": "n_layer", "num_attention_heads": "n_head",
              "intermediate_size": "n_inner", "max_position_embeddings": "n_positions",
              "hidden_act": "activation_function"}
GEMMA_WORDS = {"hidden_act": "hidden_activation"}
# By type: how its class calls what the project calls otherwise; None: it has no such member.
WORDS = {
    "gpt2": GPT2_WORDS,
    "gpt_bigcode": GPT2_WORDS,
    "bert": {"token_type_vocab_size": "type_vocab_size"},
    "gemma": GEMMA_WORDS,
    "gemma2": GEMMA_WORDS,
    "gemma3_text": GEMMA_WORDS,
    "falcon": {"num_key_value_heads": "num_kv_heads", "intermediate_size": "ffn_hidden_size",
               "hidden_act": "activation", "attention_bias": "bias", "head_dim": None},
    "mpt": {"hidden_size": "d_model", "num_hidden_layers": "n_layers", "num_attention_heads": "n_heads",
            "max_position_embeddings": "max_seq_len", "hidden_act": None, "num_key_value_heads": None,
            "head_dim": None},
    "bloom": {"num_hidden_layers": "n_layer", "num_attention_heads": "n_head", "max_position_embeddings": "seq_length",
              "hidden_act": None},
    "t5": {"hidden_size": "d_model", "num_hidden_layers": "num_layers", "num_attention_heads": "num_heads",
           "intermediate_size": "d_ff", "head_dim": "d_kv", "max_position_embeddings": "n_positions",
           "hidden_act": None},
    "stablelm": {"attention_bias": "use_qkv_bias"},
    "qwen2": {"attention_bias": None},
    "qwen2_moe": {"attention_bias": "qkv_bias", "moe_layer_interval": "decoder_sparse_step"},
    "qwen3_moe": {"moe_layer_interval": "decoder_sparse_step"},
    "mixtral": {"num_experts": "num_local_experts", "moe_intermediate_size": None},
    "gpt_oss": {"num_experts": "num_local_experts", "moe_intermediate_size": None},
    "deepseek_v2": {"num_experts": "n_routed_experts", "moe_layer_interval": "moe_layer_freq"},
    "deepseek_v3": {"num_experts": "n_routed_experts", "moe_layer_interval": None},
    "llama4_text": {"num_experts": "num_local_experts", "chunked_attention_window": "attention_chunk_size",
                    "moe_layer_interval": "interleave_moe_layer_step"},
}
PARTS = ("sliding_window", "attn_logit_softcapping", "final_logit_softcapping", "num_experts", "num_experts_per_tok",
         "moe_intermediate_size", "shared_expert_intermediate_size", "first_k_dense_replace", "moe_layer_interval",
         "q_lora_rank", "kv_lora_rank", "qk_rope_head_dim", "qk_nope_head_dim", "v_head_dim",
         "relative_attention_num_buckets", "token_type_vocab_size", "chunked_attention_window")
HIDDEN_DROPOUTS = {"gpt2": ("resid_pdrop", "embd_pdrop"), "gpt_bigcode": ("resid_pdrop", "embd_pdrop"),
                   "bert": ("hidden_dropout_prob",), "t5": ("dropout_rate",), "phi": ("resid_pdrop", "embd_pdrop"),
                   "phi3": ("resid_pdrop", "embd_pdrop"), "mixtral": ()}
ATTENTION_DROPOUTS = {"gpt2": "attn_pdrop", "gpt_bigcode": "attn_pdrop", "bert": "attention_probs_dropout_prob"}

# Groups among which its router chooses experts, by default.
DEEPSEEK_GROUPS = 8


def special_members(shape):
    """Members of a type's class that follow from several of the project's."""
    kind = shape["model_type"]
    special = {}
    if kind == "mpt":
        special["expansion_ratio"] = shape["intermediate_size"] // shape["hidden_size"]
        special["attn_config"] = {"alibi": shape["position_embedding"] == "alibi"}
    elif kind == "falcon":
        grouped = 1 < shape["num_key_value_heads"] < shape["num_attention_heads"]
        special.update(new_decoder_architecture=grouped, multi_query=shape["num_key_value_heads"] == 1,
                       alibi=shape["position_embedding"] == "alibi")
        if grouped:
            special["num_ln_in_parallel_attn"] = shape["norms_per_layer"]
    elif kind == "gpt_bigcode":
        special["multi_query"] = shape["num_key_value_heads"] == 1
    elif kind == "t5":
        act = shape["hidden_act"]
        special["num_decoder_layers"] = shape["num_decoder_layers"]
        special["feed_forward_proj"] = "gated-gelu" if shape["gated_mlp"] and act == "gelu_new" else act
    elif kind in ("qwen2", "qwen3", "qwen2_moe", "qwen3_moe", "smollm3") and shape.get("sliding_window"):
        special.update(use_sliding_window=True, max_window_layers=0)
    elif kind in ("cohere", "stablelm", "phi"):
        special["use_qk_norm" if kind == "cohere" else "qk_layernorm"] = shape["qk_norm"] != "none"
        if kind == "stablelm":
            special["use_parallel_residual"] = shape["norms_per_layer"] == 1
    elif kind in ("deepseek_v2", "deepseek_v3"):
        width = shape.get("moe_intermediate_size") or 1
        special["n_shared_experts"] = (shape.get("shared_expert_intermediate_size") or 0) // width
        special.update(head_dim=shape["qk_rope_head_dim"], q_lora_rank=shape.get("q_lora_rank") or None,
                       first_k_dense_replace=shape.get("first_k_dense_replace") or 0)
        if (shape.get("num_experts") or 0) % DEEPSEEK_GROUPS != 0:
            special.update(n_group=1, topk_group=1)
    elif kind == "llama4_text":
        special.update(intermediate_size=shape["moe_intermediate_size"],
                       intermediate_size_mlp=shape["intermediate_size"])
    if shape.get("sliding_window_pattern") and kind not in ("gemma2", "gpt_oss"):
        special["sliding_window_pattern"] = shape["sliding_window_pattern"]
    return special


def config_members(shape):
    """The keyword arguments of the configuration class for the architecture @shape."""
    words = WORDS.get(shape["model_type"], {})
    members = {}
    for name in COMMON:
        if words.get(name, name) is not None and shape.get(name) is not None:
            members[words.get(name, name)] = shape[name]
    for name in PARTS:
        word = words.get(name, name)
        if word is not None and shape.get(name):
            members[word] = shape[name]
    if shape["model_type"] in ("mistral", "phi3", "gemma2", "gemma3_text") and not shape.get("sliding_window"):
        members["sliding_window"] = None
    if shape["model_type"] == "gemma2":
        members.update({name: shape.get(name) for name in ("attn_logit_softcapping", "final_logit_softcapping")})
    members.update(special_members(shape))
    return members


def dropout_members(shape, activations):
    kind, members = shape["model_type"], {}
    if activations["hidden_dropout"] > 0:
        members.update((name, activations["hidden_dropout"]) for name in HIDDEN_DROPOUTS.get(kind, ()))
    if activations["attention_dropout"] > 0:
        members[ATTENTION_DROPOUTS.get(kind, "attention_dropout")] = activations["attention_dropout"]
    return members
