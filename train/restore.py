"""Makes a training checkpoint of shipped weights: `python restore.py --weights F --data DIR --vectors F --out DIR`.

Training goes on from it with `train.py --start`.  Vectors of words that the weights do not know are turned to the axes of
those that they know.  Heads for training alone are not stored in weights and begin anew.
"""
import argparse
import os

import numpy as np
import torch

from legation_train.encode import Inventory, Vocabulary
from legation_train.model import Network
from legation_train.sets import load
from legation_train.text import GROUPS, feature_hash
from legation_train.weights import read
from train import SETTINGS


def counts_of(keys, sentences):
    """How often the features of each group come in the sentences; once for those of other texts."""
    vocabulary = Vocabulary(sentences, [1] * len(GROUPS))
    out = []
    for group, known in enumerate(keys):
        found = dict(zip(vocabulary.keys[group].tolist(), vocabulary.counts[group].tolist()))
        out.append(np.array([found.get(key, 1) for key in known.tolist()]))
    return out


def turn(words, vectors, keys, rows):
    """The vectors on the axes of the rows of known words, which stay as they are; and the error of the others."""
    place = {key: index for index, key in enumerate(keys.tolist())}
    known = [(index, place[key]) for index, key in enumerate(feature_hash('v' + word) for word in words) if key in place]
    here, there = map(list, zip(*known))
    wide = np.concatenate([vectors, np.ones((len(vectors), 1))], axis=1)
    solution, *_ = np.linalg.lstsq(wide[here], rows[there], rcond=None)
    turned = wide @ solution
    error = np.sqrt(((turned[here] - rows[there]) ** 2).mean() / rows[there].var())
    turned[here] = rows[there]
    return turned, len(known), error


def network_of(header, tensors, inventory):
    """The network of weights that were read, and the keys of its features."""
    keys = [tensors[f'{group}.keys'].astype(np.uint32) for group in GROUPS]
    if [inventory.tags, inventory.deprels, inventory.names] != [header[name] for name in ('tags', 'deprels', 'names')]:
        raise ValueError('the labels of the weights are not those of the training data')
    settings = {**SETTINGS, **{name: value for name, value in header.items() if name in SETTINGS}}
    network = Network([len(known) for known in keys], len(inventory.tags), len(inventory.deprels),
                      len(inventory.names), settings)
    state = network.state_dict()
    for number, group in enumerate(GROUPS):
        rows = tensors[f'{group}.rows'].astype(np.float32) * tensors[f'{group}.scale'][:, None]
        state[f'tables.{number}.weight'][:len(rows)] = torch.from_numpy(rows)
    for name, value in state.items():
        if name in tensors:
            value.copy_(torch.from_numpy(tensors[name].astype(np.float32)))
    return network, keys


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--vectors', required=True, help='word vectors made by vectors.py')
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    header, tensors = read(arguments.weights)
    trees, named, _ = load(arguments.data)
    inventory = Inventory(trees)
    network, keys = network_of(header, tensors, inventory)
    os.makedirs(arguments.out, exist_ok=True)
    torch.save({'network': network.state_dict(), 'settings': network.settings, 'vocabulary': keys, 'counts': counts_of(keys, trees + named),
                'inventory': vars(inventory), 'seed': 0}, f'{arguments.out}/checkpoint.pt')
    vectors = np.load(arguments.vectors)
    rows = tensors['vector.rows'].astype(np.float32) * tensors['vector.scale'][:, None]
    turned, known, error = turn(vectors['words'].tolist(), vectors['vectors'].astype(np.float64), keys[-1], rows)
    np.savez(f'{arguments.out}/vectors.npz', words=vectors['words'], vectors=turned.astype(np.float32))
    print('vectors', len(vectors['words']), 'of known words', known, 'error', round(float(error), 4))


if __name__ == '__main__':
    main()
