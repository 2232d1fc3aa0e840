"""What the teacher says of the training data and of further texts: `python soft.py --teacher F --model DIR --data DIR ...`.

Writes, word after word, the likeliest labels of each task and their shares: first of the training data, then of the texts.
"""
import argparse
import os
import time
import types

import numpy as np
import torch
from torch.nn import functional

from legation_train.encode import Batcher, Vocabulary
from legation_train.evaluate import to_tensors
from legation_train.sets import load, read_texts
from legation_train.model import Network
from teach import build

KEPT = {'tag': 4, 'head': 4, 'deprel': 3, 'name': 4}  # labels of a word that are kept


def label(network, batcher, batch, tasks):
    """For each of the tasks (indices, shares) of a batch; relations are those to the gold head where there is one."""
    network.look([s.forms for s in batch])
    bags, mask, gold = to_tensors(batcher.arrays(batch))
    state = network.encode(bags, mask)
    arcs = network.arcs(state, mask)
    heads = torch.where(gold['head'] >= 0, gold['head'], arcs.argmax(-1))
    scores = {'tag': network.tag(state), 'head': arcs, 'deprel': network.labels(state, heads),
              'name': network.name_scores(state)}
    out = {}
    for name in tasks:
        values = scores[name]
        share, index = functional.softmax(values, -1).topk(min(KEPT[name], values.shape[-1]))
        short = (0, KEPT[name] - share.shape[-1])
        out[name] = tuple(functional.pad(found, short).numpy() for found in (index, share / share.sum(-1, keepdim=True)))
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--teacher', required=True)
    parser.add_argument('--model', help="folder of all-MiniLM-L6-v2; without it the labels are a student's own")
    parser.add_argument('--tasks', default=','.join(KEPT), help='what is labelled')
    parser.add_argument('--written', help='folder of written sentences with their names marked')
    parser.add_argument('--written-words', help='CoNLL-U of the words of these sentences')
    parser.add_argument('--data', required=True)
    parser.add_argument('--texts', help='CoNLL-U, of which only the words are read')
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    torch.set_num_threads(int(os.environ.get('OMP_NUM_THREADS', '1')))
    saved = torch.load(arguments.teacher, weights_only=False)
    inventory = types.SimpleNamespace(**saved['inventory'])
    vocabulary = Vocabulary.restore(saved['vocabulary'], saved['counts'])
    if arguments.model:
        network = build(arguments.model, vocabulary, inventory, saved['settings'])
    else:
        network = Network([len(k) for k in vocabulary.keys], len(inventory.tags), len(inventory.deprels),
                          len(inventory.names), saved['settings'])
    network.load_state_dict(saved['network'])
    network.eval()
    tasks = arguments.tasks.split(',')
    written = (arguments.written, arguments.written_words) if arguments.written else None
    trees, named, _ = load(arguments.data, written)
    sentences = trees + named + read_texts(arguments.texts)
    batcher = Batcher(vocabulary, inventory)
    found, start = {}, time.time()
    with torch.no_grad():
        for batch in batcher.batches(sentences, 2000):
            labels = label(network, batcher, batch, tasks)
            for row, sentence in enumerate(batch):
                found[id(sentence)] = {name: (index[row, :len(sentence.forms)], share[row, :len(sentence.forms)])
                                       for name, (index, share) in labels.items()}
    out = {}
    for name in tasks:
        pairs = [found[id(sentence)][name] for sentence in sentences]
        out[name] = np.concatenate([index for index, _ in pairs]).astype(np.int16)
        out[f'{name}_share'] = np.concatenate([share for _, share in pairs]).astype(np.float16)
    np.savez(arguments.out, **out)
    print('sentences', len(sentences), 'words', len(out[tasks[0]]), 'minutes', round((time.time() - start) / 60, 1))


if __name__ == '__main__':
    main()
