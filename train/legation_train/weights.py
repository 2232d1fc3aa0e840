"""The weights file: see ../../models/README.md for the format."""
import hashlib
import json
import struct
import tomllib

import numpy as np
import torch

from .text import GROUPS, feature_hash

MAGIC = b'LEGPARSE'
FORMAT = 1
TYPES = {'i8': np.int8, 'u16': np.uint16, 'f16': np.float16, 'u32': np.uint32, 'f32': np.float32}
KINDS = {np.dtype(kind): name for name, kind in TYPES.items()}


def quantise_rows(group, keys, rows, half=True):
    """The tensors of a table as it is stored, and the rounded values of its rows; `half`: scales in 16 bits."""
    scale = (np.abs(rows).max(axis=1) / 127).astype(np.float16 if half else np.float32)
    scale[scale == 0] = 1
    stored_scale, scale = scale, scale.astype(np.float32)
    stored = np.rint(rows / scale[:, None]).clip(-127, 127).astype(np.int8)
    tensors = {f'{group}.keys': keys, f'{group}.rows': stored, f'{group}.scale': stored_scale}
    return tensors, stored.astype(np.float32) * scale[:, None]


def quantise_layers(network, without):
    """The tensors of the layers as they are stored, but for names that begin with one of `without`; the network itself
    takes on the stored (rounded) values."""
    tensors = {}
    with torch.no_grad():
        for name, value in network.state_dict().items():
            if not name.startswith(without):
                array = value.numpy().astype(np.float16 if value.dim() == 2 else np.float32)
                value.copy_(torch.from_numpy(array.astype(np.float32)))
                tensors[name] = array
    return tensors


def quantise(network, vocabulary):
    """The tensors as they are stored; the network itself takes on the stored (rounded) values."""
    tensors = {}
    with torch.no_grad():
        for group, table, keys in zip(GROUPS, network.tables, vocabulary):
            half = group != 'vector'  # events-1 was trained on these rows as they are
            stored, rows = quantise_rows(group, keys, table.weight.detach().numpy()[:len(keys)], half)
            table.weight[:len(keys)] = torch.from_numpy(rows)
            tensors.update(stored)
    return {**tensors, **quantise_layers(network, ('tables.', 'other_names.'))}


def hashes(words):
    return np.array(sorted({feature_hash(word) for word in words}), np.uint32)


def write(path, tensors, settings, inventory, lemmatizer):
    """Writes the weights of a network and returns the file's SHA-256 in hexadecimal."""
    keys, scripts = lemmatizer.table()
    tensors = {**tensors, 'lemma.keys': np.array(keys, np.uint32), 'lemma.scripts': np.array(scripts, np.uint16),
               'lemma.verbs': hashes(lemmatizer.verbs), 'lemma.words': hashes(lemmatizer.words)}
    header = {name: settings[name] for name in ('row_width', 'width', 'arc_width', 'label_width', 'dilations')}
    header.update((name, inventory[name]) for name in ('tags', 'deprels', 'names'))
    header['scripts'] = [f'{operation} {cut} {added}' for operation, cut, added in lemmatizer.scripts]
    return write_file(path, header, tensors)


def value_of(value):
    """A value of the header as TOML: a number, a list, or a table of them."""
    if isinstance(value, dict):
        return '{ ' + ', '.join(f'{name} = {value_of(inner)}' for name, inner in value.items()) + ' }'
    return json.dumps(value, ensure_ascii=False)


def write_file(path, header, tensors):
    """Writes a weights file and returns its SHA-256 in hexadecimal."""
    directory, payload = [], b''
    for name, array in tensors.items():
        kind = KINDS[array.dtype.newbyteorder('=')]
        data = np.ascontiguousarray(array.astype(array.dtype.newbyteorder('<'))).tobytes()
        directory.append(f'[[tensors]]\nname = "{name}"\nkind = "{kind}"\nshape = {list(array.shape)}\n'
                         f'offset = {len(payload)}\n')
        payload += data
    header = ''.join([*(f'{name} = {value_of(value)}\n' for name, value in header.items()), *directory])
    header = header.encode('utf-8')
    body = header + payload
    data = MAGIC + struct.pack('<II', FORMAT, len(header)) + hashlib.sha256(body).digest() + body
    with open(path, 'wb') as file:
        file.write(data)
    return hashlib.sha256(data).hexdigest()


def read(path):
    """The header and the tensors (by name) of a weights file."""
    data = open(path, 'rb').read()
    length = struct.unpack_from('<I', data, len(MAGIC) + 4)[0]
    start = len(MAGIC) + 8 + 32
    header = tomllib.loads(data[start:start + length].decode('utf-8'))
    payload, tensors = data[start + length:], {}
    for entry in header.pop('tensors'):
        kind = np.dtype(TYPES[entry['kind']]).newbyteorder('<')
        count = int(np.prod(entry['shape'], dtype=np.int64))
        tensors[entry['name']] = np.frombuffer(payload, kind, count, entry['offset']).reshape(entry['shape'])
    return header, tensors
