"""Trains the parser: `python train.py --data DIR --vectors F --lists DIR --out DIR` (see README.md)."""
import argparse
import json
import os
import time

import numpy as np
import torch

from legation_train.encode import Batcher, Inventory, Vocabulary
from legation_train.evaluate import evaluate, to_tensors
from legation_train.model import Network
from legation_train.sets import attach_soft, load, read_texts
from legation_train.swaps import Swaps
from legation_train.text import feature_hash

SETTINGS = {
    'row_width': 64, 'width': 192, 'arc_width': 96, 'label_width': 96, 'dilations': [1, 2, 4, 1, 2, 4], 'dropout': 0.2,
    'thresholds': [2, 3, 4, 1], 'batch_words': 1200, 'rate': 2e-3, 'soft': 0.6,
}


def set_table(network, vocabulary, group, words, vectors):
    """Fills a table that is not trained, so that words without training data stay comparable."""
    table = network.tables[group].weight
    table.requires_grad_(False)
    rows = [vocabulary.rows[group][feature_hash('v' + str(word))] for word in words]
    table[rows] = torch.from_numpy(vectors.astype(np.float32))


def go_on(network, vocabulary, saved):
    """Takes over what a checkpoint knows; what it did not have (rows, groups of features, width) begins small."""
    state, old = network.state_dict(), saved['network']
    shrink = (saved['settings']['width'] / network.settings['width']) ** 0.5  # norms then see as much variance
    with torch.no_grad():
        for group, keys in enumerate(saved['vocabulary']):
            rows = [vocabulary.rows[group][int(key)] for key in keys]
            network.tables[group].weight[rows] = old[f'tables.{group}.weight'][:len(keys)]
        for name, value in state.items():
            if name.startswith('tables.') or name not in old:
                continue
            if name.startswith(('norm', 'norms')) and name.endswith('weight'):
                value *= shrink
                value[:len(old[name])] = old[name] * shrink
            elif name.startswith('layers.') and name.endswith('weight'):
                value *= 0.3
                wide, narrow = network.settings['width'], saved['settings']['width']
                for tap in range(3):
                    value[:narrow, tap * wide:tap * wide + narrow] = old[name][:, tap * narrow:(tap + 1) * narrow]
            else:
                if value.dim() == 2:
                    value *= 0.3
                value[tuple(slice(0, size) for size in old[name].shape)] = old[name]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--out', required=True)
    parser.add_argument('--epochs', type=int, default=20)
    parser.add_argument('--minutes', type=float, default=1e9, help='the schedule ends here, whatever --epochs says')
    parser.add_argument('--vectors', required=True, help='word vectors made by vectors.py')
    parser.add_argument('--lists', required=True, help='folder of the census lists of names')
    parser.add_argument('--written', help='folder of written sentences with their names marked')
    parser.add_argument('--written-words', help='CoNLL-U of the words of these sentences')
    parser.add_argument('--without', default='', help='a name set to leave out')
    parser.add_argument('--texts', help='CoNLL-U of further texts, of which only the words are read')
    parser.add_argument('--soft', help="the teacher's labels, made by soft.py with the same data and texts")
    parser.add_argument('--start', help='a checkpoint to go on from, with a fresh schedule')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--set', default='{}', help='JSON that replaces entries of SETTINGS')
    arguments = parser.parse_args()
    settings = {**SETTINGS, **json.loads(arguments.set)}
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    generator = np.random.default_rng(arguments.seed)

    written = (arguments.written, arguments.written_words) if arguments.written else None
    trees, named, dev = load(arguments.data, written)
    texts = read_texts(arguments.texts)
    if arguments.soft:
        attach_soft(trees + named + texts, arguments.soft)
    named = [sentence for sentence in named if sentence.source != arguments.without]
    sentences = trees + named + (texts if arguments.soft else [])
    vectors = np.load(arguments.vectors)
    vocabulary = Vocabulary(trees + named + texts, settings['thresholds'], vectors['words'])
    saved = torch.load(arguments.start, weights_only=False) if arguments.start else None
    if saved:
        vocabulary.keep(saved['vocabulary'])
    inventory = Inventory(trees)
    batcher = Batcher(vocabulary, inventory, Swaps(trees + named, arguments.lists))
    network = Network([len(k) for k in vocabulary.keys], len(inventory.tags), len(inventory.deprels),
                      len(inventory.names), settings)
    with torch.no_grad():
        set_table(network, vocabulary, 3, vectors['words'], vectors['vectors'])
    if saved:
        go_on(network, vocabulary, saved)
    print('rows', [len(k) for k in vocabulary.keys], 'tags', len(inventory.tags), 'deprels', len(inventory.deprels),
          'weights', sum(p.numel() for p in network.parameters()), flush=True)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=settings['rate'], weight_decay=1e-4, betas=(0.9, 0.98), fused=True)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    os.makedirs(arguments.out, exist_ok=True)
    start, step = time.time(), 0
    for epoch in range(arguments.epochs):
        network.train()
        total = 0.0
        batches = batcher.batches(sentences, settings['batch_words'], generator)
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
