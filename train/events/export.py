"""Writes the event model's file: see ../../models/README.md for the format."""
import hashlib

import numpy as np
import torch

MAGIC = b'LEGEVENT\x01\0\0\0'


def quantise(model):
    """The bucket table in 8 bits, a scale a column; the model itself takes on the rounded values."""
    rows = model.sparse.weight.detach().numpy()
    scale = (np.abs(rows).max(axis=0) / 127).astype(np.float32)
    scale[scale == 0] = 1
    stored = np.clip(np.rint(rows / scale), -127, 127).astype(np.int8)
    with torch.no_grad():
        model.sparse.weight.copy_(torch.from_numpy(stored.astype(np.float32) * scale))
    return stored, scale


def write(path, models, temperatures):
    """Writes several models, whose scores are averaged, as one with their hidden layers side by side; returns its SHA-256."""
    parts = [quantise(model) for model in models]
    stored = np.concatenate([stored for stored, _ in parts], axis=1)
    side = [np.concatenate([scale for _, scale in parts]),
            np.concatenate([model.slots.weight.detach().numpy().T for model in models], axis=1),
            np.concatenate([model.slots.bias.detach().numpy() for model in models]),
            np.concatenate([model.out.weight.detach().numpy() for model in models], axis=1) / len(models),
            np.mean([model.out.bias.detach().numpy() for model in models], axis=0), np.array(temperatures)]
    body = stored.tobytes() + b''.join(np.ascontiguousarray(part, dtype='<f4').tobytes() for part in side)
    data = MAGIC + hashlib.sha256(body).digest() + body
    with open(path, 'wb') as file:
        file.write(data)
    return hashlib.sha256(data).hexdigest()
