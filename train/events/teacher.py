"""The teacher: all-MiniLM-L6-v2 fine-tuned on the sentences, which labels pairs of names in open texts.

    python teacher.py --model DIR --work DIR          # reads written, joined, made, open; writes open.labels
"""
import argparse
import json
import os
import re
import sys
import time

import numpy as np
import torch
from torch import nn

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
from legation_train.encoder import CASES, Encoder, Pieces, read_safetensors  # noqa: E402
from network import KINDS, labels  # noqa: E402

LONGEST = 100
SIGNS = '§#'  # around the source and around the target


def pieces_of(item, pieces):
    """Numbers of the pieces, and where the signs before source and target stand."""
    marks = []
    for sign, side in zip(SIGNS, (item['source'], item['target'])):
        if side and side.get('start') is not None:
            marks += [(side['start'], 0, sign), (side['end'], -1, sign)]
    text, at = '', 0
    for place, _, sign in sorted(marks):
        text, at = f'{text}{item["text"][at:place]} {sign} ', place
    numbers, places = [pieces.begin], {sign: 0 for sign in SIGNS}
    for word in re.findall(r'\w+|[^\w\s]', text + item['text'][at:]):
        if places.get(word) == 0:
            places[word] = len(numbers)
        numbers += pieces.of(word)
    numbers = numbers[:LONGEST] + [pieces.end]
    return numbers, *(min(places[sign], len(numbers) - 1) for sign in SIGNS)


class Teacher(nn.Module):
    def __init__(self, weights):
        super().__init__()
        self.encoder = Encoder(weights, CASES, nn.Dropout(0.1))
        self.hidden = nn.Linear(384 * 4, 256)
        self.out = nn.Linear(256, 2 * (KINDS + 1))

    def forward(self, pieces, source, target, mask):
        state = self.encoder(pieces, torch.zeros_like(pieces), mask)[-1]
        row, kept = torch.arange(len(pieces)), mask.float()[:, :, None]
        seen = torch.cat([state[:, 0], (state * kept).sum(1) / kept.sum(1), state[row, source], state[row, target]], 1)
        hidden = nn.functional.dropout(torch.relu(self.hidden(seen)), 0.2, self.training)
        return self.out(hidden).view(-1, 2, KINDS + 1)


def batches(items, size, draw=None):
    order = sorted(range(len(items)), key=lambda index: len(items[index]['pieces'][0]) + (draw.random() * 4 if draw else 0))
    parts = [order[start:start + size] for start in range(0, len(order), size)]
    if draw:
        draw.shuffle(parts)
    for part in parts:
        rows = [items[index]['pieces'] for index in part]
        longest = max(len(numbers) for numbers, _, _ in rows)
        pieces = torch.tensor([numbers + [0] * (longest - len(numbers)) for numbers, _, _ in rows])
        mask = torch.tensor([[True] * len(numbers) + [False] * (longest - len(numbers)) for numbers, _, _ in rows])
        yield part, (pieces, torch.tensor([row[1] for row in rows]), torch.tensor([row[2] for row in rows]), mask)


def train(items, weights, epochs):
    torch.manual_seed(1)
    draw = np.random.default_rng(1)
    model = Teacher(weights)
    inner = [value for value in model.encoder.parameters() if value.requires_grad]
    outer = [*model.hidden.parameters(), *model.out.parameters()]
    optimiser = torch.optim.AdamW([dict(params=inner, lr=2e-4), dict(params=outer, lr=1e-3)], weight_decay=0.01)
    steps, started = epochs * -(-len(items) // 32), time.time()
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, step / 40) * max(0.02, 1 - step / steps))
    for epoch in range(epochs):
        model.train()
        total = 0
        for part, inputs in batches(items, 32, draw):
            scores, loss = model(*inputs), 0
            shares = torch.tensor([items[index]['weight'] for index in part])
            for head in range(2):
                gold = torch.tensor([items[index]['labels'][head] for index in part])
                each = nn.functional.cross_entropy(scores[:, head], gold, reduction='none', label_smoothing=0.05)
                loss = loss + (shares * each).sum() / shares.sum()
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(part)
        print(f'epoch {epoch}: loss {total / len(items):.4f}, {time.time() - started:.0f} s', flush=True)
    return model.eval()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--model', required=True)
    parser.add_argument('--work', required=True)
    parser.add_argument('--epochs', type=int, default=3)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    pieces = Pieces(f'{arguments.model}/vocab.txt')
    items, draw = [], np.random.default_rng(5)
    for name, weight, most in (('written', 1.0, None), ('joined', 0.7, None), ('made', 0.3, 900)):
        lines = list(map(json.loads, open(f'{arguments.work}/{name}.jsonl')))
        lines = [lines[index] for index in draw.permutation(len(lines))[:most]] if most else lines
        items += [{**line, 'weight': weight, 'labels': labels(line)} for line in lines]
    taught = list(map(json.loads, open(f'{arguments.work}/open.jsonl')))
    for item in items + taught:
        item['pieces'] = pieces_of(item, pieces)
    model = train(items, read_safetensors(f'{arguments.model}/model.safetensors'), arguments.epochs)
    rows = [None] * len(taught)
    with torch.no_grad():
        for part, inputs in batches(taught, 64):
            for index, row in zip(part, model(*inputs).softmax(2).tolist()):
                rows[index] = [[round(value, 3) for value in head] for head in row]
    with open(f'{arguments.work}/open.labels', 'w') as file:
        file.writelines(json.dumps(dict(id=item['id'], p=row)) + '\n' for item, row in zip(taught, rows))


if __name__ == '__main__':
    main()
