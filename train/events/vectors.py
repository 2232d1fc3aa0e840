"""The vectors of words in the parser's weights (../../models/README.md)."""
import struct
import tomllib

import numpy as np

KINDS = {'i8': np.int8, 'f32': np.float32}


def vectors(path):
    """Rows (words, 64)."""
    data = open(path, 'rb').read()
    length = struct.unpack_from('<I', data, 12)[0]
    header = tomllib.loads(data[48:48 + length].decode())
    payload = data[48 + length:]

    def tensor(name):
        entry = next(entry for entry in header['tensors'] if entry['name'] == name)
        count = int(np.prod(entry['shape']))
        return np.frombuffer(payload, KINDS[entry['kind']], count, entry['offset']).reshape(entry['shape'])

    return tensor('vector.rows').astype(np.float32) * tensor('vector.scale')[:, None]
