"""Static word vectors out of all-MiniLM-L6-v2 and lists of names: `python vectors.py --model DIR --data DIR ...`.

A word alone is read by the encoder; its word pieces' embeddings and its last states, averaged, side by side and reduced
to principal components, are most of its vector.  The last numbers say in which lists of names it stands.  Words: the
whole words of the encoder's vocabulary (which come from Wikipedia and books), the words of the training data, and the
names of the lists and of Legation's own registers.
"""
import argparse
import collections
import math
import os
import unicodedata

import numpy as np
import torch
from torch.nn import functional

from legation_train.corpus import read_conllu, read_iob
from legation_train.encoder import CASES, Encoder, Pieces, read_safetensors
from legation_train.swaps import register
from legation_train.text import normalise

WIDTH = 64
LISTS = ('given', 'family', 'place', 'state', 'body', 'person', 'small', 'rank')
LOUDNESS = 2.0  # of what the lists say, against the components' standard deviation of 1
MOST = {'dist.male.first': 1219, 'dist.female.first': 3000, 'dist.all.last': 15000}  # names of the census lists


def census(folder):
    """(list, word, loudness) of the names in the US census of 1990, the commonest the loudest."""
    for name, most in MOST.items():
        kind = 'family' if name.endswith('last') else 'given'
        for rank, line in enumerate(open(os.path.join(folder, name), encoding='ascii')):
            if rank == most:
                break
            yield kind, line.split()[0].lower(), 1.3 - 0.8 * math.log(rank + 1) / math.log(most)


def registers():
    """(list, word, loudness) of the names in Legation's registers, with and without accents."""
    names = [('person', register('people/people.tsv', 'name', 'names', 'family')),
             ('place', register('places/places.tsv', 'name', 'names')),
             *(('state', register(f'states/{file}.tsv', 'name', 'names')) for file in ('states', 'former', 'capitals')),
             *(('body', register(path, 'name', 'names', 'abbreviations')) for path in ('bodies/bodies.tsv', 'groups/groups.tsv'))]
    for kind, word in ((kind, word) for kind, found in names for name in found for word in name.split()):
        word = word.strip('().,"“”')
        if len(word) > 1 and word[0].isupper():
            plain = ''.join(c for c in unicodedata.normalize('NFD', word) if unicodedata.category(c) != 'Mn')
            for form in {word, plain}:
                yield kind, normalise(form).lower(), 1.0


def components(words, model):
    """Principal components of what the encoder knows of each word alone, of standard deviation 1; zero where nothing."""
    pieces = Pieces(f'{model}/vocab.txt')
    encoder = Encoder(read_safetensors(f'{model}/model.safetensors'), CASES, torch.nn.Identity())
    groups = collections.defaultdict(list)
    for index, word in enumerate(words):
        found = pieces.of(word)
        if pieces.unknown not in found and len(found) <= 6:
            groups[len(found)].append((index, found))
    vectors = torch.zeros(len(words), 2 * encoder.words.shape[1])
    known = sorted(index for group in groups.values() for index, _ in group)
    with torch.no_grad():
        for length, group in sorted(groups.items()):
            for start in range(0, len(group), 256):
                part = group[start:start + 256]
                rows = torch.tensor([[pieces.begin, *found, pieces.end] for _, found in part])
                states = encoder(rows, torch.zeros_like(rows), torch.ones_like(rows, dtype=torch.bool))[-1][:, 1:-1].mean(1)
                inputs = encoder.words[rows[:, 1:-1]].mean(1)
                vectors[[index for index, _ in part]] = torch.cat(
                    [functional.normalize(inputs), functional.normalize(states)], dim=1)
    vectors[known] -= vectors[known].mean(0)
    _, _, basis = torch.linalg.svd(vectors[known][::4], full_matrices=False)
    reduced = vectors @ basis[:WIDTH - len(LISTS)].T
    print(len(known), 'words; variance kept', float(reduced.pow(2).sum() / vectors.pow(2).sum()))
    return (reduced / reduced[known].std()).numpy()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--model', required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--lists', required=True, help='folder of the census lists of names')
    parser.add_argument('--texts', help='CoNLL-U of further text, whose repeated words get vectors')
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    counts, small = collections.Counter(), collections.Counter()
    for sentence in (read_conllu(f'{arguments.data}/parse/en_ewt-ud-train.conllu')
                     + read_conllu(f'{arguments.data}/parse/en_gum_permissive-ud-train.conllu')
                     + read_iob(f'{arguments.data}/ner/wikigold.conll.txt', 0, 1)
                     + (read_conllu(arguments.texts) if arguments.texts else [])):
        forms = [normalise(form) for form in sentence.forms]
        counts.update(form.lower() for form in forms)
        small.update(form for form in forms if form == form.lower())
    listed = {}
    for kind, word, loudness in [*census(arguments.lists), *registers()]:
        entry = listed.setdefault(word, {})
        entry[kind] = max(loudness, entry.get(kind, 0.0))
    vocabulary = Pieces(f'{arguments.model}/vocab.txt').numbers
    ranks = {word: 1.5 - number / len(vocabulary) for word, number in vocabulary.items()}
    words = {word for word in vocabulary if word.isalpha() and len(word) > 1 and word.isascii()} | set(listed)
    words = sorted(words | {word for word, count in counts.items() if count >= 2 and word[0].isalpha()})
    marks = np.zeros((len(words), len(LISTS)), dtype=np.float32)
    for mark, word in zip(marks, words):
        for kind, loudness in listed.get(word, {}).items():
            mark[LISTS.index(kind)] = loudness
        mark[-2] = min(1.0, small[word] / 5)
        mark[-1] = ranks.get(word, 0.0)
    vectors = np.concatenate([components(words, arguments.model), LOUDNESS * marks], axis=1)
    print(len(words), 'words', {kind: int((marks[:, i] > 0).sum()) for i, kind in enumerate(LISTS)})
    np.savez(arguments.out, words=np.array(words), vectors=vectors.astype(np.float16))


if __name__ == '__main__':
    main()
