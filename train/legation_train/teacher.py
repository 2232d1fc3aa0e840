"""The teacher: the student's network with a fine-tuned sentence encoder as one more input and a name head a name set."""
import numpy as np
import torch
from torch import nn

from .encode import NAME_SETS
from .encoder import CASES, LAYERS, Encoder, case_of
from .model import Dropout, Network

LONGEST = 500  # pieces of a sentence; the words beyond have no pieces


class Teacher(Network):
    """Reads words through their pieces and through the student's hashed features."""

    def __init__(self, rows, tags, deprels, names, settings, weights, pieces):
        super().__init__(rows, tags, deprels, names, settings)
        width = weights['embeddings.word_embeddings.weight'].shape[1]
        self.encoder = Encoder(weights, CASES, Dropout(settings['encoder_dropout']))
        self.mix = nn.Parameter(torch.zeros(LAYERS))
        wide = settings['row_width'] * len(rows) + width
        self.join_norm = nn.LayerNorm(wide)
        self.join = nn.Linear(wide, settings['width'])
        self.name = nn.Linear(settings['width'], names * len(NAME_SETS))
        self.other_names = None
        self.pieces = pieces
        self.read = None  # pieces of the batch at hand

    def look(self, forms):
        self.read = read_pieces(self.pieces, forms)

    def embed(self, bags, shape):
        pieces, cases, mask, words = self.read
        states = self.encoder(pieces, cases, mask)
        share = torch.softmax(self.mix, 0)
        state = sum(s * share[i] for i, s in enumerate(states)).flatten(0, 1)
        total = shape[0] * shape[1] + 1  # pieces that belong to no word go to the last row
        flat = words.flatten()
        sums = torch.zeros(total, state.shape[1]).index_add(0, flat, state)
        counts = torch.bincount(flat, minlength=total).clamp(min=1).to(sums.dtype)
        means = (sums / counts.unsqueeze(1))[:-1].view(*shape, -1)
        return torch.cat([super().embed(bags, shape), means], dim=-1)

    def all_names(self, state):
        return self.name(state)


def read_pieces(pieces, forms):
    """Arrays of a batch of sentences (lists of forms): pieces, cases, mask, and the flat word index of each piece."""
    longest = max(len(sentence) for sentence in forms)
    nowhere = len(forms) * longest
    rows = []
    for number, sentence in enumerate(forms):
        row = [(pieces.begin, 0, nowhere)]
        for position, form in enumerate(sentence):
            found = pieces.of(form)
            if len(row) + len(found) >= LONGEST:
                break
            case = case_of(form)
            row += [(piece, case, number * longest + position) for piece in found]
        rows.append(row + [(pieces.end, 0, nowhere)])
    length = max(len(row) for row in rows)
    out = np.zeros((3, len(rows), length), dtype=np.int64)
    out[2] = nowhere
    mask = np.zeros((len(rows), length), dtype=bool)
    for number, row in enumerate(rows):
        out[:, number, :len(row)] = np.array(row).T
        mask[number, :len(row)] = True
    return torch.from_numpy(out[0]), torch.from_numpy(out[1]), torch.from_numpy(mask), torch.from_numpy(out[2])
