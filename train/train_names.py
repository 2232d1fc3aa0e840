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
from legation_train.naming import Naming, Store
from legation_train.sets import attach_soft, load, read_texts
from legation_train.swaps import Swaps
from legation_train.usage import Usage
from legation_train.weights import read
from restore import counts_of, network_of

SETTINGS = {
    'width': 64, 'usage_width': 32, 'dilations': [1, 2, 1, 4], 'dropout': 0.2, 'hidden': 0.3, 'batch_words': 1500,
    'rate': 2e-3, 'soft': 0.5, 'variants': 2,
}


def scored(network, store, variant, sentences):
    """(sentence, scores of its names by the conventions of the first name set) of sentences."""
    network.eval()
    with torch.no_grad():
        for batch in store.batcher.batches(sentences, 4000):
            scores = network(*store.inputs(variant, batch))[:, :, 0]
            for number, sentence in enumerate(batch):
                yield sentence, scores[number, :len(sentence.forms)]


def score(network, store, sentences, bonus=None):
    """Exact F1 over PER, LOC and ORG of sentences with gold names."""
    found = Found(bonus)
    for sentence, scores in scored(network, store, store.variant(0), sentences):
        found.add(scores.numpy(), sentence.names, NAME_TAGS)
    return found.score()


def arguments_of():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--weights', required=True, help='the weights that stay as they are')
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--usage', required=True, help='how words are used, made by usage.py')
    parser.add_argument('--lists', required=True, help='folder of the census lists of names')
    parser.add_argument('--written', required=True, help='folder of written sentences with their names marked')
    parser.add_argument('--written-words', required=True, help='CoNLL-U of the words of these sentences')
    parser.add_argument('--texts', help='CoNLL-U of further texts, of which only the words are read')
    parser.add_argument('--soft', help="a teacher's names of the same data and texts")
    parser.add_argument('--without', default='', help='a name set to leave out')
    parser.add_argument('--kept', help='folder that keeps what the parser computes for the next run')
    parser.add_argument('--out', required=True)
    parser.add_argument('--epochs', type=int, default=16)
    parser.add_argument('--minutes', type=float, default=1e9, help='the schedule ends here, whatever --epochs says')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--set', default='{}', help='JSON that replaces entries of SETTINGS')
    return parser.parse_args()


def main():
    arguments = arguments_of()
    settings = {**SETTINGS, **json.loads(arguments.set)}
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    generator = np.random.default_rng(arguments.seed)

    trees, named, dev = load(arguments.data, (arguments.written, arguments.written_words))
    texts = read_texts(arguments.texts)
    if arguments.soft:
        attach_soft(trees + named + texts, arguments.soft)
    allowed = [s for s in trees + named if s.source != arguments.without]
    sentences = [s for s in allowed if s.names] + (texts if arguments.soft else [])
    inventory = Inventory(trees)
    base, keys = network_of(*read(arguments.weights), inventory)
    base.eval()
    vocabulary, usage = Vocabulary.restore(keys, counts_of(keys, trees + named)), Usage(arguments.usage)
    batcher = Batcher(vocabulary, inventory, Swaps(allowed, arguments.lists))
    tests = [sentence for sentence in dev['ewt'] if sentence.names]
    seen = Store(base, batcher, usage, tests)
    store = Store(base, batcher, usage, [s for s in trees + named if s.names] + texts, arguments.kept)
    network = Naming(base.settings['row_width'] * len(keys), base.settings['width'], settings)
    print('sentences', len(sentences), 'words', sum(len(s.forms) for s in sentences),
          'weights', sum(p.numel() for p in network.parameters()), flush=True)
    optimizer = torch.optim.AdamW(network.parameters(), lr=settings['rate'], weight_decay=1e-2, betas=(0.9, 0.98),
                                  fused=True)
    average = {name: value.detach().clone() for name, value in network.state_dict().items()}
    os.makedirs(arguments.out, exist_ok=True)
    start, step = time.time(), 0
    for epoch in range(arguments.epochs):
        variant = store.variant(epoch % settings['variants'], generator)
        network.train()
        total = 0.0
        batches = batcher.batches(sentences, settings['batch_words'], generator)
        for index, batch in enumerate(batches):
            done = max((epoch + index / len(batches)) / arguments.epochs,
                       (time.time() - start) / 60 / arguments.minutes)
            for group in optimizer.param_groups:
                group['lr'] = settings['rate'] * min(1.0, (step + 1) / 200) * max(0.01, 1 - done)
            loss = network.loss(*store.inputs(variant, batch), tensors(batcher.labels(batch)))
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
        found = score(network, seen, tests)
        torch.save({'network': network.state_dict(), 'settings': settings, 'seed': arguments.seed,
                    'minutes': round((time.time() - start) / 60, 1)}, f'{arguments.out}/names.pt')
        print(f'epoch {epoch + 1} loss {total / (index + 1):.4f} minutes {(time.time() - start) / 60:.1f} names {found}',
              flush=True)
        network.load_state_dict(kept)
        if done >= 1:
            break


if __name__ == '__main__':
    main()
