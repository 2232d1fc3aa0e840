"""Trains the event model: `python train.py --work DIR --weights ../../models/en-1/weights.bin --save weights.bin`."""
import argparse
import json
import time

import numpy as np
import torch

import export
import network
from marked import TYPES, fold_of
from network import KINDS, Batch, Network, labels, over_items
from vectors import vectors


def load(path, source):
    seen = {line['id']: line['words'] for line in map(json.loads, open(f'{path}.features'))}
    items = []
    for item in map(json.loads, open(path)):
        words = seen[item['id']]
        marked = any(word['trigger'] for word in words)
        if not words or not marked and item['kind'] != 'NONE':
            continue
        item.update(words=words, labels=labels(item), origin=source)
        items.append(item)
    return items


def teach(settings):
    """Pairs of names in open texts with the teacher's probabilities."""
    soft = {line['id']: line['p'] for line in map(json.loads, open(f'{settings.work}/open.labels'))}
    items = load(f'{settings.work}/open.jsonl', 'open')
    for item in items:
        item.update(soft=soft[item['id']], weight=settings.open_weight)
    return items


NOTHING = [[0.0] * (KINDS + 1)] * 2


def loss_of(model, batch, items, settings):
    scores = model(batch, settings.dropout, settings.slot_dropout)
    total = 0
    weights = torch.tensor([item['weight'] for item in items])
    taught = torch.tensor([item['origin'] == 'open' for item in items])
    soft = torch.tensor([item.get('soft', NOTHING) for item in items])
    for head in range(2):
        gold = torch.tensor([item['labels'][head] for item in items])
        logs = over_items(scores[:, head], batch)
        whole = -logs.gather(1, gold[:, None])[:, 0]
        # Each word by itself: the marked ones are of the type, the others of none.
        wanted = torch.where(batch.trigger, gold[batch.of], torch.tensor(KINDS))
        alone = torch.log_softmax(torch.cat([scores[:, head], torch.zeros(len(scores), 1)], 1), 1)
        alone = -alone.gather(1, wanted[:, None])[:, 0] * torch.where(batch.trigger, 1.0, 0.3)
        alone = torch.zeros(batch.items).index_add(0, batch.of, alone)
        whole = torch.where(taught, -(soft[:, head] * logs).sum(1), whole)
        alone = torch.where(taught, torch.zeros_like(alone), alone)
        total = total + (weights * (whole + settings.alone * alone)).sum() / weights.sum()
    return total


def train(items, table, settings, seed, log=None):
    torch.manual_seed(seed)
    draw = np.random.default_rng(seed)
    count = np.zeros(network.BUCKETS, int)
    for item in items:
        for word in item['words']:
            count[np.unique(word['buckets'])] += 1
    model = Network(settings.hidden, torch.from_numpy(count >= settings.least))
    groups = [dict(params=[model.sparse.weight], lr=settings.rate, weight_decay=settings.decay),
              dict(params=[p for n, p in model.named_parameters() if n != "sparse.weight"], lr=settings.rate)]
    optimiser = torch.optim.AdamW(groups, weight_decay=settings.decay)
    steps = settings.epochs * -(-len(items) // settings.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: min(1, step / 30) * max(0.02, 1 - step / steps))
    known = torch.from_numpy(count >= settings.least)[:, None].float()
    for epoch in range(settings.epochs):
        model.train()
        order, sums = draw.permutation(len(items)), 0
        for start in range(0, len(order), settings.batch):
            part = [items[index] for index in order[start:start + settings.batch]]
            dropped = [item['origin'] == 'triggers' and draw.random() < settings.drop_made or draw.random() < settings.drop_frames
                       for item in part]
            batch = Batch(part, table, dropped, settings.bucket_dropout, draw)
            loss = loss_of(model, batch, part, settings)
            optimiser.zero_grad()
            loss.backward()
            model.sparse.weight.grad.mul_(known)
            optimiser.step()
            schedule.step()
            sums += loss.item() * len(part)
        if log:
            log(f'epoch {epoch}: loss {sums / len(items):.4f}')
    model.eval()
    return model


def scored(models, items, table):
    """The mean scores of some models of the words of each item: [(words, 2, KINDS)]."""
    out = []
    with torch.no_grad():
        for start in range(0, len(items), 256):
            batch = Batch(items[start:start + 256], table)
            scores = torch.stack([model(batch) for model in models]).mean(0)
            out += [scores[batch.of == number] for number in range(batch.items)]
    return out


def of_item(scores, head, temperature=1.0):
    """Logs of the types and of none, over the words of an item."""
    flat = torch.cat([scores[:, head] / temperature, torch.full((len(scores), 1), float('-inf'))], 1)
    flat[0, KINDS] = 0
    return torch.logsumexp(flat, 0) - torch.logsumexp(flat.reshape(-1), 0)


def merged(logs):
    """Probabilities with CONCEDE and RETREAT as one, without none."""
    p = logs[:, :KINDS].exp().clone()
    concede, retreat = TYPES.index('CONCEDE'), TYPES.index('RETREAT')
    p[:, concede] += p[:, retreat]
    p[:, retreat] = 0
    return p / p.sum(1, keepdim=True)


def gold_of(item):
    kind = TYPES[item['labels'][1]] if item['labels'][1] < KINDS else 'NONE'
    return 'CONCEDE' if kind == 'RETREAT' else kind


def mix(items, votes):
    """How right the frames are, and the model with a bonus for the frames' type that grows with their confidence."""
    items = [item for item in items if 'logs' in item and item['source'] and item['target'] and gold_of(item) != 'NONE']
    vote = [votes[item['id']] for item in items]
    for one in vote:
        one['root'] = 'CONCEDE' if one['root'] == 'RETREAT' else one['root']
    gold = [gold_of(item) for item in items]
    print('frames', np.mean([one['root'] == right for one, right in zip(vote, gold)]))
    logs = torch.stack([item['logs'] for item in items]).clamp(1e-6).log()
    for bonus in (0, 0.5, 1, 1.5, 2, 3, 4):
        sums = logs.clone()
        for row, one in zip(sums, vote):
            if one['root']:
                row[TYPES.index(one['root'])] += bonus * (one['confidence'] or 0)
        print('bonus', bonus, np.mean([TYPES[int(row.argmax())] == right for row, right in zip(sums, gold)]))


def arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument('--work', required=True)
    parser.add_argument('--weights', required=True)
    parser.add_argument('--outside')
    parser.add_argument('--folds', type=int, default=4)
    parser.add_argument('--only-folds', type=int, default=4)
    parser.add_argument('--seeds', type=int, default=1)
    for name, value in dict(hidden=64, epochs=8, batch=64, least=2).items():
        parser.add_argument(f'--{name.replace("_", "-")}', type=int, default=value)
    for name, value in dict(rate=0.002, decay=0.05, dropout=0.3, slot_dropout=0.1, bucket_dropout=0.15, drop_frames=0.2,
                            drop_made=0.9, made_weight=0.3, joined_weight=0.5, open_weight=0.5, alone=0.3).items():
        parser.add_argument(f'--{name.replace("_", "-")}', type=float, default=value)
    parser.add_argument('--save')
    return parser.parse_args()


def reliability(said, right, edges=(0, 0.2, 0.4, 0.6, 0.8, 0.9, 1.01)):
    """[(from, to, number, mean said, share right)]."""
    said, right = np.array(said), np.array(right)
    rows = []
    for low, high in zip(edges, edges[1:]):
        of = (said >= low) & (said < high)
        if of.any():
            rows.append((low, min(high, 1.0), int(of.sum()), round(float(said[of].mean()), 3), round(float(right[of].mean()), 3)))
    return rows


def calibrate(items):
    """Temperatures of both sets, found on what was held out, and tables of how right words and items are."""
    grid = [0.6, 0.7, 0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0]
    words = torch.cat([item['scores'][:, 0] for item in items])
    gold = torch.tensor([item['labels'][0] if word['trigger'] else KINDS for item in items for word in item['words']])

    def alone(temperature):
        return torch.log_softmax(torch.cat([words / temperature, torch.zeros(len(words), 1)], 1), 1)

    def loss(temperature):
        return float(-alone(temperature).gather(1, gold[:, None]).mean())

    own = min(grid, key=loss)
    labelled = [item for item in items if item['labels'][1] < KINDS]

    def whole(temperature):
        return [of_item(item['scores'], 1, temperature) for item in labelled]

    reported = min(grid, key=lambda temperature: float(-sum(
        row[item['labels'][1]] for row, item in zip(whole(temperature), labelled))))
    p = alone(own).exp()
    best = p[:, :KINDS].max(1)
    of = best.values >= 0.1
    table_own = reliability(best.values[of].tolist(), (best.indices == gold)[of].tolist())
    rows = [row[:KINDS].exp() / row[:KINDS].exp().sum() for row in whole(reported)]
    table_reported = reliability([float(row.max()) for row in rows],
                                 [int(row.argmax()) == item['labels'][1] for row, item in zip(rows, labelled)])
    print('temperatures', own, reported)
    print('words', table_own)
    print('items', table_reported, flush=True)
    return own, reported, table_own, table_reported


def main():
    torch.set_num_threads(1)
    settings = arguments()
    table = torch.from_numpy(vectors(settings.weights))
    written, made = load(f'{settings.work}/written.jsonl', 'written'), load(f'{settings.work}/made.jsonl', 'triggers') if settings.made_weight else []
    taught = teach(settings) if settings.open_weight else []
    joined = load(f'{settings.work}/joined.jsonl', 'joined') if settings.joined_weight else []
    for item in written:
        item['weight'] = 1.0
    for item in made:
        item['weight'] = settings.made_weight
    for item in joined:
        item['weight'] = settings.joined_weight
    shown = {name: value for name, value in vars(settings).items() if isinstance(value, (int, float))}
    print(len(written), 'written', len(made), 'made', len(joined), 'joined', len(taught), 'open', shown)
    started, right, top, count = time.time(), 0, 0, 0
    for fold in range(min(settings.folds, settings.only_folds)):
        held = [item for item in written if fold_of(item, settings.folds) == fold]
        rest = [item for item in written if fold_of(item, settings.folds) != fold]
        rest += [item for item in joined if fold_of(item, settings.folds) != fold] + made + taught
        models = [train(rest, table, settings, seed) for seed in range(1, 1 + settings.seeds)]
        for item, scores in zip(held, scored(models, held, table)):
            item['scores'] = scores
        p = merged(torch.stack([of_item(item['scores'], 1) for item in held]))
        gold = [('CONCEDE' if TYPES[item['labels'][1]] == 'RETREAT' else TYPES[item['labels'][1]]) if item['labels'][1] < KINDS
                else 'NONE' for item in held]
        for item, row, label in zip(held, p, gold):
            item['logs'] = row
            if label != 'NONE' and item['source'] and item['target']:
                right += TYPES[int(row.argmax())] == label
                count += 1
        print(f'fold {fold}: {right / count:.4f} of {count}, {time.time() - started:.0f} s', flush=True)
    tested = [item for item in written if 'scores' in item]
    temperatures = [1.0, 1.0]
    if tested:
        mix(tested, {line['id']: line for line in map(json.loads, open(f'{settings.work}/written.jsonl.features'))})
        *temperatures, _, _ = calibrate(tested)
    models = [train(written + joined + made + taught, table, settings, seed) for seed in range(1, 1 + settings.seeds)]
    if settings.save:
        print(export.write(settings.save, models, temperatures))
    if settings.outside:
        full = [line for line in map(json.loads, open(settings.outside)) if line['words']]
        p = merged(torch.stack([of_item(scores, 1, temperatures[1]) for scores in scored(models, full, table)]))
        with open(f'{settings.outside}.p', 'w') as file:
            for line, row in zip(full, p):
                file.write(json.dumps(dict(id=line['id'], root=TYPES[int(row.argmax())],
                                           p={kind: round(float(v), 4) for kind, v in zip(TYPES, row)})) + '\n')


main()
