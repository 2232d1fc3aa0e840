"""Trains the event model: `python train.py --features DIR --weights ../../models/en-1/weights.bin ...`."""
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
    soft = {line['id']: line['p'] for line in map(json.loads, open(settings.taught))}
    items = load(settings.open, 'open')
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
              dict(params=[p for n, p in model.named_parameters() if n not in ('sparse.weight', 'direct.weight')], lr=settings.rate)]
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


def predict(model, items, table):
    """(items, 2, KINDS + 1) logs."""
    out = []
    with torch.no_grad():
        for start in range(0, len(items), 256):
            batch = Batch(items[start:start + 256], table)
            scores = model(batch)
            out.append(torch.stack([over_items(scores[:, head], batch) for head in range(2)], 1))
    return torch.cat(out)


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
    parser.add_argument('--written', default='/tmp/ev/learn/s.jsonl')
    parser.add_argument('--made', default='/tmp/ev/learn/t.jsonl')
    parser.add_argument('--joined', default='/tmp/ev/learn/j.jsonl')
    parser.add_argument('--open', default='/tmp/ev/learn/o.jsonl')
    parser.add_argument('--taught', default='/tmp/ev/learn/T1.open')
    parser.add_argument('--weights', default='/tmp/wt/learn/models/en-1/weights.bin')
    parser.add_argument('--outside')
    parser.add_argument('--votes')
    parser.add_argument('--folds', type=int, default=4)
    parser.add_argument('--only-folds', type=int, default=4)
    parser.add_argument('--seeds', type=int, default=1)
    for name, value in dict(hidden=64, epochs=10, batch=64, least=2).items():
        parser.add_argument(f"--{name.replace(chr(95),chr(45))}", type=int, default=value)
    for name, value in dict(rate=0.003, decay=0.05, dropout=0.3, slot_dropout=0.1, bucket_dropout=0.15, drop_frames=0.2,
                            drop_made=0.9, made_weight=0.3, joined_weight=0.5, open_weight=0.5, alone=0.3).items():
        parser.add_argument(f"--{name.replace(chr(95),chr(45))}", type=float, default=value)
    parser.add_argument('--save')
    return parser.parse_args()


def main():
    torch.set_num_threads(1)
    settings = arguments()
    table = torch.from_numpy(vectors(settings.weights))
    written, made = load(settings.written, 'written'), load(settings.made, 'triggers') if settings.made_weight else []
    taught = teach(settings) if settings.open_weight else []
    joined = load(settings.joined, 'joined') if settings.joined_weight else []
    for item in written:
        item['weight'] = 1.0
    for item in made:
        item['weight'] = settings.made_weight
    for item in joined:
        item['weight'] = settings.joined_weight
    print(len(written), 'written', len(made), 'made', vars(settings))
    started, right, top, count = time.time(), 0, 0, 0
    for fold in range(min(settings.folds, settings.only_folds)):
        held = [item for item in written if fold_of(item, settings.folds) == fold]
        rest = [item for item in written if fold_of(item, settings.folds) != fold]
        model = train(rest + [item for item in joined if fold_of(item, settings.folds) != fold] + made + taught, table, settings, 1)
        logs = predict(model, held, table)
        p = merged(logs[:, 1])
        gold = [('CONCEDE' if TYPES[item['labels'][1]] == 'RETREAT' else TYPES[item['labels'][1]]) if item['labels'][1] < KINDS
                else 'NONE' for item in held]
        for item, row, label in zip(held, p, gold):
            item['logs'] = row
            if label != 'NONE' and item['source'] and item['target']:
                right += TYPES[int(row.argmax())] == label
                count += 1
        print(f'fold {fold}: {right / count:.4f} of {count}, {time.time() - started:.0f} s', flush=True)
    if settings.votes:
        votes = {line['id']: line for line in map(json.loads, open(settings.votes))}
        mix(written, votes)
    if settings.outside or settings.save:
        models = [train(written + joined + made + taught, table, settings, seed) for seed in range(1, 1 + settings.seeds)]
        if settings.outside:
            seen = list(map(json.loads, open(settings.outside)))
            full = [line for line in seen if line['words']]
            p = torch.stack([merged(predict(model, full, table)[:, 1]) for model in models]).mean(0)
            with open(f'{settings.outside}.p', 'w') as file:
                for line, row in zip(full, p):
                    file.write(json.dumps(dict(id=line['id'], root=TYPES[int(row.argmax())],
                                               p={kind: round(float(v), 4) for kind, v in zip(TYPES, row)})) + '\n')
        if settings.save:
            print(export.write(settings.save, models[0], [1.0, 1.0]))


main()
