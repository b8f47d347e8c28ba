# SPDX-License-Identifier: GPL-3.0-or-later
# --- Batches and loss -----------------------------------------------------------------------------------------------

def make_batch(torch, job, shape):
    """Random tokens, with the mask and the positions that the stack's collator or the configuration asks for."""
    batch, activations = job["batch"], job["activations"]
    size = (batch["micro_batch_size"], batch["sequence_length"])
    tokens = torch.randint(0, shape["vocab_size"], size, device="cuda")
    inputs = {"input_ids": tokens, "labels": tokens.clone()}
    kind = activations["attention_mask"]
    padded = batch["padding"] or kind == "padding"
    if padded or (kind == "auto" and job["stack"]["name"] in ("transformers", "trl") and not batch["packed"]):
        inputs["attention_mask"] = torch.ones(size, dtype=torch.long, device="cuda")
    if padded:
        inputs["attention_mask"][-1, -max(1, size[1] // 8):] = 0
        inputs["labels"][inputs["attention_mask"] == 0] = -100
    if kind == "block":
        length = max(1, batch["mean_tokens"] or size[1] // PACKED_SAMPLES)
        inputs["position_ids"] = (torch.arange(size[1], device="cuda") % length).expand(size)
    if job["method"]["classification_labels"] > 0:
        inputs["labels"] = torch.zeros(size[0], dtype=torch.long, device="cuda")
    return inputs


def autocast(torch, job):
    weights, compute = job["precision"]["weights"], job["precision"]["compute"]
    mixed = job["precision"]["autocast"] or (weights == "fp32" and compute not in ("fp32", "auto"))
    if not mixed:
        return contextlib.nullcontext()
    return torch.autocast("cuda", dtype=torch_type(torch, compute))


def chunk_loss(torch, head, hidden, labels):
    return torch.nn.functional.cross_entropy(head(hidden).float(), labels, reduction="sum", ignore_index=-100)


def chunked_loss(torch, job, model, inputs):
    """The loss in pieces: of logits that exist as a whole, or of hidden states with the head run again in backward."""
    whole = model.get_base_model() if hasattr(model, "get_base_model") else model
    head = whole.get_output_embeddings()
    inputs = dict(inputs)
    labels = inputs.pop("labels")[:, 1:].reshape(-1)
    hidden = getattr(whole, whole.base_model_prefix)(**inputs)[0][:, :-1]
    hidden = hidden.reshape(-1, hidden.shape[-1])
    activations = job["activations"]
    if activations["loss_chunks"] > 0 and not activations["loss_chunks_head"]:
        pieces = zip(head(hidden).chunk(activations["loss_chunks"]), labels.chunk(activations["loss_chunks"]))
        losses = [chunk_loss(torch, lambda logits: logits, logits, part) for logits, part in pieces]
    elif activations["loss_chunks"] > 0:
        pieces = zip(hidden.chunk(activations["loss_chunks"]), labels.chunk(activations["loss_chunks"]))
        losses = [chunk_loss(torch, head, states, part) for states, part in pieces]
    else:
        tokens = activations["loss_chunk_tokens"] or LOSS_CHUNK_TOKENS
        losses = [torch.utils.checkpoint.checkpoint(chunk_loss, torch, head, states, part, use_reentrant=False)
                  for states, part in zip(hidden.split(tokens), labels.split(tokens))]
    return torch.stack(losses).sum() / labels.numel(), None


def forward(torch, job, model, inputs):
    """Returns the loss, and what a bare loop holds until the backward is done."""
    with autocast(torch, job):
        if job["activations"]["loss"] == "chunked":
            return chunked_loss(torch, job, model, inputs)
        outputs = model(**inputs)
    if job["stack"]["name"] not in ("transformers", "trl"):
        return outputs.loss, outputs
    if job["precision"]["autocast"] and getattr(outputs, "logits", None) is not None:
        # As accelerate does behind a mixed precision forward; the Trainer drops the copy with the outputs.
        outputs.logits = outputs.logits.float()
    return outputs.loss, None
