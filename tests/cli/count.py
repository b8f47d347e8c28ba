# SPDX-License-Identifier: GPL-3.0-or-later
"""A second, independent count of the parameters of a catalogue entry (docs/formulas.md)."""


def parameters(model):
    """(parameters by module, active parameters)"""

    def get(name, default=0):
        value = model.get(name)
        return default if value is None else value

    hidden, layers, decoder_layers = get("hidden_size"), get("num_hidden_layers"), get("num_decoder_layers")
    norm = hidden * (2 if get("norm_bias") else 1)
    experts = get("num_experts")
    routed = [layer for layer in range(layers) if experts and layer >= get("first_k_dense_replace")
              and (layer + 1) % get("moe_layer_interval", 1) == 0]
    stacks = 2 if decoder_layers else 1
    one_expert = mlp(get, get("moe_intermediate_size"), get("mlp_bias"))
    shared = get("shared_expert_intermediate_size")

    modules = {
        "embeddings": hidden * (get("vocab_size") + get("learned_position_embeddings") + get("token_type_vocab_size")),
        "attention": (layers + 2 * decoder_layers) * attention(get)
        + stacks * get("relative_attention_num_buckets") * get("num_attention_heads"),
        "mlp": (layers - len(routed) + decoder_layers) * mlp(get, get("intermediate_size"), get("mlp_bias")),
        "experts": len(routed) * experts * one_expert,
        "shared_experts": len(routed) * (mlp(get, shared, False) + (hidden if get("shared_expert_gate") else 0)
                                         if shared else 0),
        "router": len(routed) * experts * (hidden + (1 if get("router_bias") else 0)),
        "norms": norm * (layers * get("norms_per_layer") + decoder_layers * (get("norms_per_layer") + 1)
                         + (1 if get("embedding_norm") else 0) + (stacks if get("final_norm", True) else 0)),
        "pooler": hidden * hidden + hidden if get("pooler") else 0,
        "head": 0,
    }
    if get("has_lm_head", True):
        modules["head"] = (0 if get("tie_word_embeddings") else get("vocab_size") * hidden) \
            + (get("vocab_size") if get("lm_head_bias") else 0)
    idle = len(routed) * (experts - get("num_experts_per_tok")) * one_expert
    return modules, sum(modules.values()) - idle


def mlp(get, width, bias):
    matrices = 3 if get("gated_mlp") else 2
    hidden = get("hidden_size")
    return matrices * hidden * width + ((matrices - 1) * width + hidden if bias else 0)


def attention(get):
    hidden, heads, head = get("hidden_size"), get("num_attention_heads"), get("head_dim")
    if get("kv_lora_rank"):
        rank, rope, nope, value = get("kv_lora_rank"), get("qk_rope_head_dim"), get("qk_nope_head_dim"), get("v_head_dim")
        q_rank = get("q_lora_rank")
        query = hidden * q_rank + q_rank + q_rank * heads * (nope + rope) if q_rank else hidden * heads * (nope + rope)
        return query + hidden * (rank + rope) + rank + rank * heads * (nope + value) + heads * value * hidden
    query, key = heads * head, get("num_key_value_heads") * head
    total = 2 * hidden * query + 2 * hidden * key
    total += query + 2 * key if get("attention_bias") else 0
    total += hidden if get("attention_output_bias") else 0
    total += {"none": 0, "head": 2 * head, "full": query + key}[get("qk_norm")]
    return total + (heads if get("attention_sinks") else 0)
