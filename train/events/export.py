"""Writes the event model's file: see ../../models/README.md for the format."""
import hashlib

import numpy as np

MAGIC = b'LEGEVENT\x01\0\0\0'


def quantise(model):
    """The bucket table in 8 bits, a scale a column; the model itself takes on the rounded values."""
    import torch
    rows = model.sparse.weight.detach().numpy()
    scale = (np.abs(rows).max(axis=0) / 127).astype(np.float32)
    scale[scale == 0] = 1
    stored = np.clip(np.rint(rows / scale), -127, 127).astype(np.int8)
    with torch.no_grad():
        model.sparse.weight.copy_(torch.from_numpy(stored.astype(np.float32) * scale))
    return stored, scale


def write(path, model, temperatures):
    """Writes the file; returns its SHA-256 in hexadecimal."""
    stored, scale = quantise(model)
    floats = [scale, model.slots.weight.detach().numpy().T, model.slots.bias.detach().numpy(),
              model.out.weight.detach().numpy(), model.out.bias.detach().numpy(), np.array(temperatures)]
    body = stored.tobytes() + b''.join(np.ascontiguousarray(part, dtype='<f4').tobytes() for part in floats)
    data = MAGIC + hashlib.sha256(body).digest() + body
    with open(path, 'wb') as file:
        file.write(data)
    return hashlib.sha256(data).hexdigest()
