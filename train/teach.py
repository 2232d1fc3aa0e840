"""Fine-tunes the teacher: `python teach.py --model DIR --data DIR --out DIR` (see README.md)."""
import argparse
import json
import os
import time

import numpy as np
import torch

from legation_train.encode import Batcher, Inventory, Vocabulary
from legation_train.encoder import Pieces, read_safetensors
from legation_train.evaluate import evaluate, to_tensors
from legation_train.model import WEIGHTS
from legation_train.sets import load
from legation_train.teacher import Teacher

SETTINGS = {
    'row_width': 48, 'width': 256, 'arc_width': 256, 'label_width': 160, 'dilations': [1, 1, 2], 'dropout': 0.25,
    'encoder_dropout': 0.1, 'thresholds': [2, 3, 4], 'batch_words': 900, 'rate': 1.2e-3, 'encoder_rate': 2e-4,
    'layer_decay': 0.85,
}
WARM = 150  # steps


def build(model, vocabulary, inventory, settings):
    """A teacher on the encoder in the folder `model`."""
    return Teacher([len(k) for k in vocabulary.keys], len(inventory.tags), len(inventory.deprels),
                   len(inventory.names), settings, read_safetensors(f'{model}/model.safetensors'),
                   Pieces(f'{model}/vocab.txt'))


def groups(network, settings):
    """Parameter groups: the deeper in the encoder, the lower the rate; no decay of biases and norms."""
    found = {}
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        rate = settings['rate']
        if name.startswith('encoder.') and not name.startswith('encoder.cases'):
            depth = int(name.split('.')[2]) if name.startswith('encoder.layers.') else -1
            rate = settings['encoder_rate'] * settings['layer_decay'] ** (5 - depth)
        found.setdefault((rate, parameter.dim() > 1), []).append(parameter)
    return [{'params': parameters, 'lr': rate, 'rate': rate, 'weight_decay': 0.01 * matrix}
            for (rate, matrix), parameters in found.items()]


def arrays(batcher, batch, network, generator=None):
    """The tensors of a batch, which the teacher is shown as pieces too."""
    varied = batcher.varied(batch, generator)
    network.look(varied)
    return to_tensors(batcher.arrays(batch, generator, varied))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--model', required=True, help='folder of all-MiniLM-L6-v2')
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--out', required=True)
    parser.add_argument('--epochs', type=int, default=4)
    parser.add_argument('--minutes', type=float, default=1e9, help='the schedule ends here, whatever --epochs says')
    parser.add_argument('--start', help='a checkpoint to go on from, with a fresh schedule')
    parser.add_argument('--tasks', default=','.join(WEIGHTS), help='what is learned')
    parser.add_argument('--written', help='folder of written sentences with their names marked')
    parser.add_argument('--written-words', help='CoNLL-U of the words of these sentences')
    parser.add_argument('--without', default='', help='a name set to leave out')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--set', default='{}', help='JSON that replaces entries of SETTINGS')
    arguments = parser.parse_args()
    settings = {**SETTINGS, 'tasks': arguments.tasks.split(','), **json.loads(arguments.set)}
    torch.set_num_threads(int(os.environ.get('OMP_NUM_THREADS', '1')))
    torch.manual_seed(arguments.seed)
    generator = np.random.default_rng(arguments.seed)

    written = (arguments.written, arguments.written_words) if arguments.written else None
    trees, named, dev = load(arguments.data, written)
    sentences = [s for s in trees + named if s.source != arguments.without and (s.names or settings['tasks'] != ['name'])]
    vocabulary, inventory = Vocabulary(sentences, settings['thresholds'], groups=3), Inventory(trees)
    batcher = Batcher(vocabulary, inventory)
    network = build(arguments.model, vocabulary, inventory, settings)
    if arguments.start:
        network.load_state_dict(torch.load(arguments.start, weights_only=False)['network'])
    optimizer = torch.optim.AdamW(groups(network, settings), betas=(0.9, 0.98), fused=True)
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    print('sentences', len(sentences), 'words', sum(len(s.forms) for s in sentences), flush=True)
    os.makedirs(arguments.out, exist_ok=True)
    start, step = time.time(), 0
    for epoch in range(arguments.epochs):
        network.train()
        total = 0.0
        batches = batcher.batches(sentences, settings['batch_words'], generator)
        for index, batch in enumerate(batches):
            done = max((epoch + index / len(batches)) / arguments.epochs,
                       (time.time() - start) / 60 / arguments.minutes)
            for group in optimizer.param_groups:
                group['lr'] = group['rate'] * min(1.0, (step + 1) / WARM) * max(0.0, 1 - done)
            loss = network.loss(*arrays(batcher, batch, network, generator))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 2.0)
            optimizer.step()
            step += 1
            total += loss.item()
            if step % 50 == 0:
                print(f'step {step} of {len(batches) * arguments.epochs} loss {total / (index + 1):.3f} '
                      f'minutes {(time.time() - start) / 60:.1f}', flush=True)
            if done >= 1:
                break
        scores = {name: evaluate(network, batcher, inventory, found) for name, found in dev.items()}
        torch.save({'network': network.state_dict(), 'settings': settings, 'vocabulary': vocabulary.keys,
                    'counts': vocabulary.counts, 'inventory': vars(inventory)}, f'{arguments.out}/teacher-{epoch + 1}.pt')
        print(f'epoch {epoch + 1} loss {total / len(batches):.3f} minutes {(time.time() - start) / 60:.1f}',
              json.dumps(scores), flush=True)
        if done >= 1:
            break


if __name__ == '__main__':
    main()
