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


def quantise(network, vocabulary):
    """The tensors as they are stored; the network itself takes on the stored (rounded) values."""
    tensors = {}
    with torch.no_grad():
        for group, table, keys in zip(GROUPS, network.tables, vocabulary):
            rows = table.weight.detach().numpy()[:len(keys)]
            half = group != 'vector'  # events-1 was trained on these rows as they are
            scale = (np.abs(rows).max(axis=1) / 127).astype(np.float16 if half else np.float32)
            scale[scale == 0] = 1
            stored_scale, scale = scale, scale.astype(np.float32)
            stored = np.rint(rows / scale[:, None]).clip(-127, 127).astype(np.int8)
            table.weight[:len(keys)] = torch.from_numpy(stored.astype(np.float32) * scale[:, None])
            tensors[f'{group}.keys'] = ('u32', keys)
            tensors[f'{group}.rows'] = ('i8', stored)
            tensors[f'{group}.scale'] = ('f16' if half else 'f32', stored_scale)
        for name, value in network.state_dict().items():
            if name.startswith(('tables.', 'other_names.')):
                continue
            matrix = value.dim() == 2
            array = value.numpy().astype(np.float16 if matrix else np.float32)
            value.copy_(torch.from_numpy(array.astype(np.float32)))
            tensors[name] = ('f16' if matrix else 'f32', array)
    return tensors


def hashes(words):
    return np.array(sorted({feature_hash(word) for word in words}))


def write(path, tensors, settings, inventory, lemmatizer):
    """Writes the file and returns its SHA-256 in hexadecimal."""
    keys, scripts = lemmatizer.table()
    tensors = {**tensors, 'lemma.keys': ('u32', np.array(keys)), 'lemma.scripts': ('u16', np.array(scripts)),
               'lemma.verbs': ('u32', hashes(lemmatizer.verbs)), 'lemma.words': ('u32', hashes(lemmatizer.words))}
    directory, payload = [], b''
    for name, (kind, array) in tensors.items():
        data = np.ascontiguousarray(array.astype(np.dtype(TYPES[kind]).newbyteorder('<'))).tobytes()
        directory.append(f'[[tensors]]\nname = "{name}"\nkind = "{kind}"\nshape = {list(array.shape)}\n'
                         f'offset = {len(payload)}\n')
        payload += data
    quoted = [json.dumps(f'{operation} {cut} {added}', ensure_ascii=False)
              for operation, cut, added in lemmatizer.scripts]
    header = ''.join([
        *(f'{name} = {settings[name]}\n'
          for name in ('row_width', 'width', 'arc_width', 'label_width', 'dilations')),
        f'tags = {json.dumps(inventory["tags"])}\n', f'deprels = {json.dumps(inventory["deprels"])}\n',
        f'names = {json.dumps(inventory["names"])}\n', f'scripts = [{", ".join(quoted)}]\n', *directory])
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
