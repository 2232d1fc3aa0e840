"""Trains the layers for names on top of shipped weights: `python train_names.py --weights F --data DIR ... --out DIR`.

The weights stay as they are, and so do tags and trees (see README.md).
"""
import argparse
import json
import os
import time

import numpy as np
import torch

from legation_train.encode import NAME_TAGS, Batcher, Inventory, Vocabulary
from legation_train.evaluate import Found, tensors
from legation_train.naming import Naming, Store, inputs
from legation_train.sets import attach_soft, load, read_texts
from legation_train.swaps import Swaps
from legation_train.usage import Usage
from legation_train.weights import read
from restore import counts_of, network_of

SETTINGS = {
    'width': 128, 'usage_width': 32, 'dilations': [1, 2], 'dropout': 0.25, 'hidden': 0.3, 'batch_words': 1500,
    'rate': 2e-3, 'soft': 0.5, 'variants': 4,
}


def score(network, store, filled, sentences, bonus=None):
    """Exact F1 over PER, LOC and ORG of sentences with gold names."""
    network.eval()
    found = Found(bonus)
    with torch.no_grad():
        for batch in store.batcher.batches(sentences, 4000):
            scores = network(*inputs(store, filled, batch))[:, :, 0].numpy()
            for number, sentence in enumerate(batch):
                found.add(scores[number, :len(sentence.forms)], sentence.names, NAME_TAGS)
    return found.score()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--weights', required=True, help='the weights that stay as they are')
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--usage', required=True, help='how words are used, made by usage.py')
    parser.add_argument('--lists', required=True, help='folder of the census lists of names')
    parser.add_argument('--written', required=True, help='folder of written sentences with their names marked')
    parser.add_argument('--written-words', required=True, help='CoNLL-U of the words of these sentences')
    parser.add_argument('--texts', help='CoNLL-U of further texts, of which only the words are read')
    parser.add_argument('--soft', help="the teacher's names, made by soft.py with the same data and texts")
    parser.add_argument('--without', default='', help='a name set to leave out')
    parser.add_argument('--out', required=True)
    parser.add_argument('--epochs', type=int, default=16)
    parser.add_argument('--minutes', type=float, default=1e9, help='the schedule ends here, whatever --epochs says')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--set', default='{}', help='JSON that replaces entries of SETTINGS')
    arguments = parser.parse_args()
    settings = {**SETTINGS, **json.loads(arguments.set)}
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    generator = np.random.default_rng(arguments.seed)

    trees, named, dev = load(arguments.data, (arguments.written, arguments.written_words))
    texts = read_texts(arguments.texts)
    if arguments.soft:
        attach_soft(trees + named + texts, arguments.soft)
    sentences = [s for s in trees + named if s.names] + (texts if arguments.soft else [])
    sentences = [s for s in sentences if s.source != arguments.without]
    inventory = Inventory(trees)
    base, keys = network_of(*read(arguments.weights), inventory)
    base.eval()
    vocabulary = Vocabulary.restore(keys, counts_of(keys, trees + named))
    batcher = Batcher(vocabulary, inventory, Swaps([s for s in trees + named if s.source != arguments.without], arguments.lists))
    store = Store(base, batcher, Usage(arguments.usage))
    tests = [sentence for sentence in dev['ewt'] if sentence.names]
    seen = store.fill(tests)
    base_settings = base.settings
    network = Naming(base_settings['row_width'] * len(keys), base_settings['width'], settings)
    print('sentences', len(sentences), 'words', sum(len(s.forms) for s in sentences),
          'weights', sum(p.numel() for p in network.parameters()), flush=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings['rate'], weight_decay=1e-2, betas=(0.9, 0.98), fused=True)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    os.makedirs(arguments.out, exist_ok=True)
    start, step, variants = time.time(), 0, []
    for epoch in range(arguments.epochs):
        if len(variants) < settings['variants']:
            variants.append(store.fill(sentences, generator))
        filled = variants[epoch % len(variants)]
        network.train()
        total = 0.0
        batches = batcher.batches(sentences, settings['batch_words'], generator)
        for index, batch in enumerate(batches):
            done = max((epoch + index / len(batches)) / arguments.epochs,
                       (time.time() - start) / 60 / arguments.minutes)
            for group in optimizer.param_groups:
                group['lr'] = settings['rate'] * min(1.0, (step + 1) / 200) * max(0.01, 1 - done)
            loss = network.loss(*inputs(store, filled, batch), tensors(batcher.labels(batch)))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
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
        kept = {name: value.clone() for name, value in network.state_dict().items()}
        network.load_state_dict(average)
        found = score(network, store, seen, tests)
        torch.save({'network': network.state_dict(), 'settings': settings, 'usage': arguments.usage,
                    'seed': arguments.seed, 'minutes': round((time.time() - start) / 60, 1)},
                   f'{arguments.out}/names.pt')
        network.load_state_dict(kept)
        print(f'epoch {epoch + 1} loss {total / (index + 1):.4f} minutes {(time.time() - start) / 60:.1f} names {found}',
              flush=True)
        if done >= 1:
            break


if __name__ == '__main__':
    main()
