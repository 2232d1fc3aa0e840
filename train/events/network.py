"""The event model: features of each word in, scores of the types out; the twin of crates/legation-read/src/code/event/learned."""
import torch
from torch import nn

from marked import TYPES, as_reported

BUCKETS, SLOTS, WIDTH = 1 << 14, 8, 64
KINDS = len(TYPES)


class Batch:
    """Words of some items, flattened."""

    def __init__(self, items, table, drop_frames=None, bucket_dropout=0.0, draw=None):
        buckets, starts, rows = [], [], []
        bag_rows, bag_starts = [[] for _ in range(SLOTS)], [[] for _ in range(SLOTS)]
        self.of, self.trigger = [], []
        for number, item in enumerate(items):
            frameless = drop_frames is not None and drop_frames[number]
            for word in item['words']:
                found = word['buckets'][:word['plain']] if frameless else word['buckets']
                if bucket_dropout:
                    keep = draw.random(len(found)) >= bucket_dropout
                    found = [bucket for bucket, kept in zip(found, keep) if kept]
                starts.append(len(buckets))
                buckets.extend(found)
                for slot in range(SLOTS):
                    bag_starts[slot].append(len(bag_rows[slot]))
                    bag_rows[slot].extend(word['rows'][slot])
                self.of.append(number)
                self.trigger.append(word['trigger'])
        self.buckets, self.starts = torch.tensor(buckets, dtype=torch.long), torch.tensor(starts, dtype=torch.long)
        self.slots = torch.cat([nn.functional.embedding_bag(
            torch.tensor(bag_rows[slot], dtype=torch.long), table, torch.tensor(bag_starts[slot], dtype=torch.long), mode='mean')
            for slot in range(SLOTS)], dim=1)
        self.of, self.trigger = torch.tensor(self.of), torch.tensor(self.trigger)
        self.items = len(items)


class Network(nn.Module):
    def __init__(self, hidden, known=None):
        super().__init__()
        self.sparse = nn.EmbeddingBag(BUCKETS, hidden, mode='sum')
        nn.init.normal_(self.sparse.weight, std=0.02)
        if known is not None:
            with torch.no_grad():
                self.sparse.weight[~known] = 0
        self.slots = nn.Linear(SLOTS * WIDTH, hidden)
        nn.init.normal_(self.slots.weight, std=0.02)
        self.out = nn.Linear(hidden, 2 * KINDS)

    def forward(self, batch, dropout=0.0, slot_dropout=0.0):
        slots = batch.slots
        if slot_dropout and self.training:
            keep = (torch.rand(len(slots), SLOTS, 1) >= slot_dropout).float()
            slots = (slots.view(-1, SLOTS, WIDTH) * keep).view(len(slots), -1)
        hidden = torch.relu(self.sparse(batch.buckets, batch.starts) + self.slots(slots))
        hidden = nn.functional.dropout(hidden, dropout, self.training)
        return self.out(hidden).view(-1, 2, KINDS)


def over_items(scores, batch):
    """Log of the mass of each type over an item's words and of none: (items, KINDS + 1)."""
    size = batch.items
    top = torch.zeros(size).scatter_reduce(0, batch.of, scores.max(1).values, 'amax')
    sums = torch.zeros(size, KINDS).index_add(0, batch.of, torch.exp(scores - top[batch.of, None]))
    none = torch.exp(-top)[:, None]
    mass = torch.cat([sums, none], 1)
    return torch.log(mass + 1e-12) - torch.log(mass.sum(1, keepdim=True))


def kind_number(kind):
    return TYPES.index(kind) if kind in TYPES else KINDS


def labels(item):
    kind = item['kind']
    reported = kind if kind == 'NONE' else as_reported(kind, item['status'])
    return kind_number(kind), kind_number(reported)
