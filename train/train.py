"""Trains the parser: `python train.py --treebanks DIR --names DIR --out DIR` (see README.md)."""
import argparse
import json
import os
import time

import numpy as np
import torch

from legation_train.corpus import attach_names, read_conllu, read_iob, read_re3d
from legation_train.encode import Batcher, Inventory, Vocabulary
from legation_train.evaluate import evaluate, spans, to_tensors
from legation_train.gum_names import gum_names
from legation_train.model import Network
from legation_train.nationalities import mark_nationalities
from legation_train.text import feature_hash

SETTINGS = {
    'row_width': 64, 'width': 128, 'arc_width': 96, 'label_width': 96, 'dilations': [1, 2, 4, 1, 2, 4], 'dropout': 0.2,
    'thresholds': [2, 3, 4, 1], 'batch_words': 1200, 'rate': 2e-3,
}


def load(data):
    """Training sentences with trees, training sentences with names alone, and the two dev sets."""
    ewt = read_conllu(f'{data}/parse/en_ewt-ud-train.conllu')
    attach_names(ewt, read_iob(f'{data}/ner/uner_ewt_train.iob2', 1, 2))
    gum = read_conllu(f'{data}/parse/en_gum_permissive-ud-train.conllu')
    gum_names(gum, [sentence.entities for sentence in gum])
    wikigold = read_iob(f'{data}/ner/wikigold.conll.txt', 0, 1)
    trees = ewt + gum
    places = {' '.join(s.forms[first:last + 1]) for s in ewt + wikigold if s.names
              for first, last, kind in spans(s.names) if kind == 'LOC'}
    named = wikigold + read_re3d(f'{data}/ner/re3d', places)
    dev = read_conllu(f'{data}/parse/en_ewt-ud-dev.conllu')
    attach_names(dev, read_iob(f'{data}/ner/uner_ewt_dev.iob2', 1, 2))
    gum_dev = read_conllu(f'{data}/parse/en_gum_permissive-ud-dev.conllu')
    mark_nationalities(trees + named, os.path.join(os.path.dirname(__file__), 'data', 'norp.txt'))
    return trees, named, {'ewt': dev, 'gum': gum_dev}


def set_vectors(network, vocabulary, vectors):
    """Fills the last table, which is not trained, so that words without training data stay comparable."""
    table = network.tables[-1].weight
    table.requires_grad_(False)
    for word, vector in zip(vectors['words'], vectors['vectors'].astype(np.float32)):
        table[vocabulary.rows[-1][feature_hash('v' + str(word))]] = torch.from_numpy(vector)


def go_on(network, vocabulary, saved):
    """Takes over what a checkpoint knows; new rows, and groups of features it did not have, begin small."""
    with torch.no_grad():
        for group, keys in enumerate(saved['vocabulary']):
            table, old = network.tables[group].weight, saved['network'][f'tables.{group}.weight']
            if not table.requires_grad:
                continue
            for row, key in enumerate(keys):
                if int(key) in vocabulary.rows[group]:
                    table[vocabulary.rows[group][int(key)]] = old[row]
        state = network.state_dict()
        for name, value in saved['network'].items():
            if name.startswith('tables.'):
                continue
            if name == 'join.weight':
                state[name] *= 0.1
                state[name][:, :value.shape[1]] = value
            elif name.startswith('join_norm.'):
                state[name][:len(value)] = value
            else:
                state[name].copy_(value)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--out', required=True)
    parser.add_argument('--epochs', type=int, default=20)
    parser.add_argument('--minutes', type=float, default=1e9, help='the schedule ends here, whatever --epochs says')
    parser.add_argument('--vectors', required=True, help='word vectors made by vectors.py')
    parser.add_argument('--start', help='a checkpoint to go on from, with a fresh schedule')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--set', default='{}', help='JSON that replaces entries of SETTINGS')
    arguments = parser.parse_args()
    settings = {**SETTINGS, **json.loads(arguments.set)}
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    generator = np.random.default_rng(arguments.seed)

    trees, named, dev = load(arguments.data)
    vectors = np.load(arguments.vectors)
    vocabulary = Vocabulary(trees + named, settings['thresholds'], vectors['words'])
    inventory = Inventory(trees)
    batcher = Batcher(vocabulary, inventory)
    network = Network([len(k) for k in vocabulary.keys], len(inventory.tags), len(inventory.deprels),
                      len(inventory.names), settings)
    set_vectors(network, vocabulary, vectors)
    if arguments.start:
        go_on(network, vocabulary, torch.load(arguments.start, weights_only=False))
    print('rows', [len(k) for k in vocabulary.keys], 'tags', len(inventory.tags), 'deprels', len(inventory.deprels),
          'weights', sum(p.numel() for p in network.parameters()), flush=True)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=settings['rate'], weight_decay=1e-4, betas=(0.9, 0.98), fused=True)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    os.makedirs(arguments.out, exist_ok=True)
    start, step = time.time(), 0
    for epoch in range(arguments.epochs):
        network.train()
        total, words = 0.0, 0
        batches = batcher.batches(trees + named, settings['batch_words'], generator)
        for index, batch in enumerate(batches):
            done = max((epoch + index / len(batches)) / arguments.epochs,
                       (time.time() - start) / 60 / arguments.minutes)
            warm = min(1.0, (step + 1) / 200)
            for group in optimizer.param_groups:
                group['lr'] = settings['rate'] * warm * max(0.01, 1 - done)
            loss = network.loss(*to_tensors(batcher.arrays(batch, generator)))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 2.0)
            optimizer.step()
            step += 1
            if step % 4 == 0:
                decay = min(0.998, 1 - 1 / (step / 4 + 1))
                with torch.no_grad():
                    for name, value in network.state_dict().items():
                        average[name].lerp_(value, 1 - decay)
            total += loss.item()
            words += sum(len(s.forms) for s in batch)
            if done >= 1:
                break
        if done < 1 and epoch % 3 != 2:
            continue
        kept = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average)
        scores = {name: evaluate(network, batcher, inventory, sentences) for name, sentences in dev.items()}
        torch.save({'network': network.state_dict(), 'settings': settings, 'vocabulary': vocabulary.keys,
                    'counts': vocabulary.counts, 'inventory': vars(inventory), 'seed': arguments.seed,
                    'minutes': round((time.time() - start) / 60, 1)}, f'{arguments.out}/checkpoint.pt')
        network.load_state_dict(kept)
        print(f'epoch {epoch + 1} loss {total / len(batches):.3f} minutes {(time.time() - start) / 60:.1f}',
              json.dumps(scores), flush=True)
        if done >= 1:
            break


if __name__ == '__main__':
    main()
