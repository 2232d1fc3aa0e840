"""The sentence encoder all-MiniLM-L6-v2 (BERT, six layers) in plain PyTorch, and the pieces that it reads words as."""
import json
import struct
import unicodedata

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .text import normalise

HEADS = 12
LAYERS = 6
MOST_PIECES = 12  # of one word


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


class Pieces:
    """Word pieces of word forms, greedily the longest first; small letters without accents, as BERT was trained."""

    def __init__(self, path):
        self.numbers = {line.rstrip('\n'): i for i, line in enumerate(open(path, encoding='utf-8'))}
        self.unknown, self.begin, self.end = (self.numbers[name] for name in ('[UNK]', '[CLS]', '[SEP]'))
        self.cache = {}

    def whole(self, word):
        """Piece numbers of a word without marks, or None where a character is not known."""
        out, start = [], 0
        while start < len(word):
            for end in range(len(word), start, -1):
                piece = ('##' if start else '') + word[start:end]
                if piece in self.numbers:
                    out.append(self.numbers[piece])
                    start = end
                    break
            else:
                return None
        return out

    def of(self, form):
        """Piece numbers of a form, parted at punctuation marks; at least one."""
        found = self.cache.get(form)
        if found is None:
            plain = unicodedata.normalize('NFD', form.lower())
            plain = ''.join(c for c in plain if unicodedata.category(c) != 'Mn')
            runs, run = [], ''
            for character in plain:
                if character.isalnum():
                    run += character
                else:
                    runs += [run] * bool(run) + [character]
                    run = ''
            found = [piece for run in runs + [run] * bool(run) for piece in self.whole(run) or [self.unknown]]
            self.cache[form] = found = found[:MOST_PIECES] or [self.unknown]
        return found


class Layer(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.mixing = nn.Linear(width, 3 * width)
        self.mixed = nn.Linear(width, width)
        self.mixed_norm = nn.LayerNorm(width, eps=1e-12)
        self.wide = nn.Linear(width, inner)
        self.narrow = nn.Linear(inner, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)

    def forward(self, state, mask, dropout):
        size, length, width = state.shape
        query, key, value = self.mixing(state).view(size, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        mixed = self.mixed(mixed.transpose(1, 2).reshape(size, length, width))
        state = self.mixed_norm(state + dropout(mixed))
        return self.norm(state + dropout(self.narrow(functional.gelu(self.wide(state)))))


class Encoder(nn.Module):
    """BERT with one more input: the case of the word that a piece belongs to."""

    def __init__(self, weights, cases, dropout):
        super().__init__()
        words = weights['embeddings.word_embeddings.weight']
        self.words = nn.Parameter(words, requires_grad=False)
        self.positions = nn.Parameter(weights['embeddings.position_embeddings.weight']
                                      + weights['embeddings.token_type_embeddings.weight'][0])
        self.cases = nn.Embedding(cases, words.shape[1])
        nn.init.zeros_(self.cases.weight)
        self.norm = nn.LayerNorm(words.shape[1], eps=1e-12)
        self.layers = nn.ModuleList(Layer(words.shape[1], len(weights['encoder.layer.0.intermediate.dense.bias']))
                                    for _ in range(LAYERS))
        self.dropout = dropout
        self.take_over(weights)

    def take_over(self, weights):
        with torch.no_grad():
            for part in ('weight', 'bias'):
                getattr(self.norm, part).copy_(weights[f'embeddings.LayerNorm.{part}'])
                for number, layer in enumerate(self.layers):
                    old = f'encoder.layer.{number}.'
                    getattr(layer.mixing, part).copy_(torch.cat(
                        [weights[f'{old}attention.self.{role}.{part}'] for role in ('query', 'key', 'value')]))
                    for module, name in ((layer.mixed, 'attention.output.dense'), (layer.wide, 'intermediate.dense'),
                                         (layer.mixed_norm, 'attention.output.LayerNorm'), (layer.narrow, 'output.dense'),
                                         (layer.norm, 'output.LayerNorm')):
                        getattr(module, part).copy_(weights[f'{old}{name}.{part}'])

    def forward(self, pieces, cases, mask):
        """States (batch, pieces, width) after each layer."""
        state = functional.embedding(pieces, self.words) + self.positions[:pieces.shape[1]] + self.cases(cases)
        state = self.dropout(self.norm(state))
        states = []
        for layer in self.layers:
            state = layer(state, mask[:, None, None, :], self.dropout)
            states.append(state)
        return states


def case_of(form):
    """The case of a form: 0 none, 1 small, 2 first capital, 3 all capitals, 4 mixed; plus 5 where it has digits."""
    letters = [c for c in normalise(form) if c.isalpha()]
    digits = 5 * any(c.isdigit() for c in form)
    if not letters:
        return digits
    if all(c.islower() for c in letters):
        return digits + 1
    if all(c.isupper() for c in letters) and len(letters) > 1:
        return digits + 3
    return digits + (2 if letters[0].isupper() and not any(c.isupper() for c in letters[1:]) else 4)


CASES = 10
