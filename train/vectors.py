"""Static word vectors out of all-MiniLM-L6-v2: `python vectors.py --model DIR --data DIR --out vectors.npz`.

A word alone is read by the encoder; its word pieces' embeddings and its last states, averaged, side by side and
reduced to WIDTH principal components, are its vector.  Words: the whole words of the encoder's vocabulary (which
come from Wikipedia and books) and the words of the training data.
"""
import argparse
import collections
import json
import struct

import numpy as np
import torch
from torch.nn import functional

from legation_train.corpus import read_conllu, read_iob
from legation_train.text import normalise

WIDTH = 64
HEADS = 12


def read_safetensors(path):
    data = open(path, 'rb').read()
    length = struct.unpack('<Q', data[:8])[0]
    header = json.loads(data[8:8 + length])
    out = {}
    for name, entry in header.items():
        if name != '__metadata__' and entry['dtype'] == 'F32':
            begin, end = entry['data_offsets']
            array = np.frombuffer(data[8 + length + begin:8 + length + end], dtype='<f4').copy()
            out[name] = torch.from_numpy(array.reshape(entry['shape']))
    return out


def pieces(word, vocabulary):
    """Greedy longest-match word pieces, or None."""
    out, start = [], 0
    while start < len(word):
        for end in range(len(word), start, -1):
            piece = ('##' if start else '') + word[start:end]
            if piece in vocabulary:
                out.append(vocabulary[piece])
                start = end
                break
        else:
            return None
    return out


def encode(weights, rows):
    """Last states of BERT for rows of one length."""
    def linear(name, value):
        return functional.linear(value, weights[name + '.weight'], weights[name + '.bias'])

    def norm(name, value):
        return functional.layer_norm(value, value.shape[-1:], weights[name + '.weight'], weights[name + '.bias'], 1e-12)
    size, length = rows.shape
    state = norm('embeddings.LayerNorm', weights['embeddings.word_embeddings.weight'][rows]
                 + weights['embeddings.position_embeddings.weight'][:length]
                 + weights['embeddings.token_type_embeddings.weight'][0])
    for layer in range(6):
        head = f'encoder.layer.{layer}.'
        query, key, value = (linear(f'{head}attention.self.{part}', state).view(size, length, HEADS, -1).transpose(1, 2)
                             for part in ('query', 'key', 'value'))
        mixed = functional.scaled_dot_product_attention(query, key, value).transpose(1, 2).reshape(size, length, -1)
        state = norm(head + 'attention.output.LayerNorm', state + linear(head + 'attention.output.dense', mixed))
        inner = functional.gelu(linear(head + 'intermediate.dense', state))
        state = norm(head + 'output.LayerNorm', state + linear(head + 'output.dense', inner))
    return state


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--model', required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    vocabulary = {line.rstrip('\n'): i for i, line in enumerate(open(f'{arguments.model}/vocab.txt', encoding='utf-8'))}
    words = {word for word in vocabulary if word.isalpha() and len(word) > 1 and word.isascii()}
    counts = collections.Counter()
    for sentence in (read_conllu(f'{arguments.data}/parse/en_ewt-ud-train.conllu')
                     + read_conllu(f'{arguments.data}/parse/en_gum_permissive-ud-train.conllu')
                     + read_iob(f'{arguments.data}/ner/wikigold.conll.txt', 0, 1)):
        counts.update(normalise(form).lower() for form in sentence.forms)
    words |= {word for word, count in counts.items() if count >= 2 and word.isalpha()}
    groups = collections.defaultdict(list)
    for word in sorted(words):
        found = pieces(word, vocabulary)
        if found and len(found) <= 5:
            groups[len(found)].append((word, found))
    weights = read_safetensors(f'{arguments.model}/model.safetensors')
    names, vectors = [], []
    with torch.no_grad():
        for length in sorted(groups):
            for start in range(0, len(groups[length]), 256):
                part = groups[length][start:start + 256]
                rows = torch.tensor([[vocabulary['[CLS]'], *found, vocabulary['[SEP]']] for _, found in part])
                inputs = weights['embeddings.word_embeddings.weight'][rows[:, 1:-1]].mean(1)
                states = encode(weights, rows)[:, 1:-1].mean(1)
                names += [word for word, _ in part]
                vectors.append(torch.cat([functional.normalize(inputs), functional.normalize(states)], dim=1))
    vectors = torch.cat(vectors)
    vectors = vectors - vectors.mean(0)
    _, _, basis = torch.linalg.svd(vectors[::3], full_matrices=False)
    reduced = vectors @ basis[:WIDTH].T
    reduced = reduced / reduced.std()
    print(len(names), 'words; variance kept', float((vectors @ basis[:WIDTH].T).pow(2).sum() / vectors.pow(2).sum()))
    np.savez(arguments.out, words=np.array(names), vectors=reduced.numpy().astype(np.float16))


if __name__ == '__main__':
    main()
