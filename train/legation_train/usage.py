"""How words are used: rows of numbers by word form, made by ../usage.py."""
import numpy as np
import torch

from .text import normalise

NUMBERS = 100  # of a word


class Usage:
    """Rows of the known words; one more row of zeros for all others."""

    def __init__(self, path):
        saved = np.load(path)
        self.words = saved['words'].tolist()
        self.vectors = torch.from_numpy(np.concatenate([saved['vectors'], np.zeros((1, NUMBERS), np.float32)]))
        self.place = {word: row for row, word in enumerate(self.words)}
        self.cache = {}

    def row(self, form):
        found = self.cache.get(form)
        if found is None:
            found = self.cache[form] = self.place.get(normalise(form).lower(), len(self.words))
        return found

    def rows(self, sentences):
        """The rows (batch, words) of sentences of forms."""
        longest = max(len(forms) for forms in sentences)
        out = np.full((len(sentences), longest), len(self.words), dtype=np.int64)
        for number, forms in enumerate(sentences):
            out[number, :len(forms)] = [self.row(form) for form in forms]
        return torch.from_numpy(out)
