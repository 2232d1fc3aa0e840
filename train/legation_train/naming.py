"""The layers for names alone, which read what the parser has computed and leave it as it is.

Written as the reader computes it (see ../../models/README.md for the formulas).
"""
import os

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .encode import NAME_SETS, NAME_TAGS
from .evaluate import to_tensors
from .model import Dropout, with_neighbours
from .usage import NUMBERS

UNUSED = 0.08  # share of words in training of whose use nothing is known


class Naming(nn.Module):
    """Scores of names from a word's embeddings, how it is used, and the parser's last states."""

    def __init__(self, features, states, settings):
        super().__init__()
        self.settings = settings
        width, used = settings['width'], settings['usage_width']
        self.use = nn.Linear(NUMBERS, used, bias=False)
        nn.init.orthogonal_(self.use.weight, gain=2.0)
        self.join_norm = nn.LayerNorm(features + used)
        self.join = nn.Linear(features + used, width)
        self.read = nn.Linear(states, width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in settings['dilations'])
        self.layers = nn.ModuleList(nn.Linear(3 * width, width) for _ in settings['dilations'])
        self.norm = nn.LayerNorm(width)
        self.name = nn.Linear(width, len(NAME_TAGS))
        self.other_names = nn.Linear(width, len(NAME_TAGS) * (len(NAME_SETS) - 1))  # for training alone
        self.dropout = Dropout(settings['dropout'])

    def forward(self, features, used, states, mask):
        """Scores (batch, words, sets, names); `used` are the numbers of each word's use."""
        keep = mask.unsqueeze(-1)
        known = torch.cat([features, self.use(used)], dim=-1)
        state = self.join(self.join_norm(self.dropout(known))) + self.read(self.hidden(states))
        for norm, layer, dilation in zip(self.norms, self.layers, self.settings['dilations']):
            value = norm(state) * keep
            value = functional.relu(layer(with_neighbours(value, dilation)))
            state = state + self.dropout(value)
        state = self.dropout(self.norm(state))
        scores = torch.cat([self.name(state), self.other_names(state)], dim=-1)
        return scores.view(*state.shape[:2], len(NAME_SETS), len(NAME_TAGS))

    def hidden(self, states):
        """The parser's states, hidden now and then in whole sentences: it has seen the training data itself and is
        surer there than elsewhere."""
        if not self.training:
            return states
        shown = (torch.rand(states.shape[0], 1, 1) >= self.settings['hidden']).float()
        return self.dropout(states) * shown

    def loss(self, features, used, states, mask, gold):
        """Mean cross entropy with the gold labels by the conventions of each sentence's name set and, where there are
        some, with the teacher's by those of the first."""
        scores = functional.log_softmax(self(features, used, states, mask), -1)
        own = scores[torch.arange(len(scores)), :, gold['set']]
        known = gold['name'] >= 0
        total = -own.gather(-1, gold['name'].clamp(min=0).unsqueeze(-1)).squeeze(-1) * known
        if 'soft_name' in gold:
            soft = -(scores[:, :, 0].gather(-1, gold['soft_name']) * gold['share_name']).sum(-1)
            share = self.settings['soft']
            total = torch.where(known, (1 - share) * total + share * soft, share * soft)
        return (total * mask).sum() / mask.sum()


class Store:
    """What the parser computes of sentences, word after word in half precision, once for each way they are varied."""

    def __init__(self, base, batcher, usage, sentences, folder=None):
        self.base, self.batcher, self.usage, self.sentences, self.folder = base, batcher, usage, sentences, folder
        starts = np.cumsum([0] + [len(s.forms) for s in sentences])
        self.words = int(starts[-1])
        self.place = {id(sentence): start for sentence, start in zip(sentences, starts)}
        self.variants = []

    def variant(self, number, generator=None):
        """(features, states, rows of usage) of all words, with a row for words that are not there at the end; out of the
        folder where it was kept before."""
        path = f'{self.folder}/{number}.pt' if self.folder else None
        if number == len(self.variants):
            if path and os.path.exists(path):
                self.variants.append(torch.load(path))
            else:
                self.variants.append(self.fill(generator))
                if path:
                    os.makedirs(self.folder, exist_ok=True)
                    torch.save(self.variants[-1], path)
        return self.variants[number]

    def fill(self, generator):
        settings = self.base.settings
        features = torch.zeros(self.words + 1, settings['row_width'] * len(self.base.tables), dtype=torch.float16)
        states = torch.zeros(self.words + 1, settings['width'], dtype=torch.float16)
        rows = torch.full((self.words + 1,), len(self.usage.words))
        with torch.no_grad():
            for batch in self.batcher.batches(self.sentences, 4000):
                varied = self.batcher.varied(batch, generator)
                bags, mask, _ = to_tensors(self.batcher.arrays(batch, generator, varied))
                embedded = self.base.embed(bags, mask.shape)
                state, used = self.base.states(embedded, mask), self.usage.rows(varied)
                for number, sentence in enumerate(batch):
                    start, length = self.place[id(sentence)], len(sentence.forms)
                    features[start:start + length] = embedded[number, :length]
                    states[start:start + length] = state[number, :length]
                    rows[start:start + length] = used[number, :length]
        if generator is not None:
            rows[torch.from_numpy(generator.random(len(rows)) < UNUSED)] = len(self.usage.words)
        return features, states, rows

    def inputs(self, variant, batch):
        """The tensors that the network reads of a batch of sentences."""
        features, states, rows = variant
        longest = max(len(sentence.forms) for sentence in batch)
        index = np.full((len(batch), longest), self.words)
        for number, sentence in enumerate(batch):
            start, length = self.place[id(sentence)], len(sentence.forms)
            index[number, :length] = np.arange(start, start + length)
        index = torch.from_numpy(index)
        mask = (index < self.words).float()
        return features[index].float(), self.usage.vectors[rows[index]], states[index].float(), mask
