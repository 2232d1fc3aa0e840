"""The network: hashed embeddings, dilated convolutions, and linear, biaffine and pairwise heads.

Everything is written as the reader computes it, matrix by matrix (see ../models/README.md for the formulas).
"""
import torch
from torch import nn
from torch.nn import functional

from .encode import NAME_SETS

DISTANCES = 32  # arc biases are learned for head - dependent in -32..32, farther ones share the last


WEIGHTS = {'tag': 1.0, 'name': 1.5, 'head': 1.0, 'deprel': 1.0}  # of the tasks in the loss


def with_neighbours(states, dilation):
    """States (batch, words, 3 * width) of the word `dilation` before, the word itself, and the one as far behind."""
    before = functional.pad(states, (0, 0, dilation, 0))[:, :states.shape[1]]
    after = functional.pad(states, (0, 0, 0, dilation))[:, dilation:]
    return torch.cat([before, states, after], dim=-1)


def entropy(scores, target):
    """Mean cross entropy over the words that have a gold label."""
    if (target >= 0).any():
        return functional.cross_entropy(scores.flatten(0, 1), target.flatten(), ignore_index=-1)
    return torch.zeros(())


def soft_entropy(scores, index, share, mask):
    """Mean cross entropy with the teacher's likeliest labels `index` (batch, words, some) and their shares."""
    index = index.clamp(max=scores.shape[-1] - 1)  # heads behind the end of a short batch have no share
    likelihood = functional.log_softmax(scores, -1).gather(-1, index)
    return -(likelihood * share).sum() / mask.sum()


class Dropout(nn.Module):
    """Dropout whose masks are pieces of one long random mask, which is much cheaper on a CPU."""

    LENGTH = 1 << 23

    def __init__(self, rate):
        super().__init__()
        self.mask = (torch.rand(self.LENGTH) >= rate).float() / (1 - rate)

    def forward(self, value):
        if not self.training or value.numel() >= self.LENGTH:
            return value
        start = int(torch.randint(0, self.LENGTH - value.numel(), ()))
        return value * self.mask[start:start + value.numel()].view(value.shape)


class Network(nn.Module):
    def __init__(self, rows, tags, deprels, names, settings):
        super().__init__()
        self.settings = settings
        row_width, width = settings['row_width'], settings['width']
        self.tables = nn.ModuleList(nn.EmbeddingBag(count + 1, row_width, mode='sum') for count in rows)
        for table in self.tables:
            nn.init.normal_(table.weight, std=0.3)
        self.join_norm = nn.LayerNorm(row_width * len(rows))
        self.join = nn.Linear(row_width * len(rows), width)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in settings['dilations'])
        self.layers = nn.ModuleList(nn.Linear(3 * width, width) for _ in settings['dilations'])
        self.norm = nn.LayerNorm(width)
        self.tag = nn.Linear(width, tags)
        self.name = nn.Linear(width, names)
        self.other_names = nn.Linear(width, names * (len(NAME_SETS) - 1))  # for training alone
        self.names = names
        self.arc_dependent = nn.Linear(width, settings['arc_width'])
        self.arc_head = nn.Linear(width, settings['arc_width'])
        self.arc_product = nn.Linear(settings['arc_width'], settings['arc_width'] + 1, bias=True)
        self.arc_root = nn.Parameter(torch.zeros(settings['arc_width']))
        self.arc_distance = nn.Parameter(torch.zeros(2 * DISTANCES + 1))
        self.label_dependent = nn.Linear(width, settings['label_width'])
        self.label_head = nn.Linear(width, settings['label_width'], bias=False)
        self.label_root = nn.Parameter(torch.zeros(settings['label_width']))
        self.label = nn.Linear(settings['label_width'], deprels)
        self.dropout = Dropout(settings['dropout'])

    def embed(self, bags, shape):
        pieces = []
        for table, (rows, offsets, lengths) in zip(self.tables, bags):
            total = table(rows, offsets)
            pieces.append(total / lengths.clamp(min=1).to(total.dtype).sqrt().unsqueeze(1))
        return torch.cat(pieces, dim=1).view(*shape, -1)

    def look(self, forms):
        """Shows the network the forms of the batch that comes next; the student knows them by their features alone."""

    def all_names(self, state):
        """Scores of the names by the conventions of each name set, side by side."""
        return torch.cat([self.name(state), self.other_names(state)], dim=-1)

    def name_scores(self, state, which=None):
        """Scores (batch, words, names) by the name set of each sentence, `which` (batch); by the first without it."""
        scores = self.all_names(state).view(*state.shape[:2], len(NAME_SETS), self.names)
        return scores[:, :, 0] if which is None else scores[torch.arange(len(which)), :, which]

    def encode(self, bags, mask):
        """States (batch, words, width) of the words."""
        return self.states(self.embed(bags, mask.shape), mask)

    def states(self, embedded, mask):
        """States of words whose features are embedded."""
        keep = mask.unsqueeze(-1)
        state = self.join(self.join_norm(self.dropout(embedded)))
        for norm, layer, dilation in zip(self.norms, self.layers, self.settings['dilations']):
            value = norm(state) * keep
            value = functional.relu(layer(with_neighbours(value, dilation)))
            state = state + self.dropout(value)
        return self.dropout(self.norm(state) * keep)

    def arcs(self, state, mask):
        """Scores (batch, dependent, head), head 0 being the root; -inf for padding and for the word itself."""
        size, length, _ = state.shape
        dependent = self.dropout(functional.relu(self.arc_dependent(state)))
        head = self.dropout(functional.relu(self.arc_head(state)))
        head = torch.cat([self.arc_root.expand(size, 1, -1), head], dim=1)
        product = self.arc_product(dependent)
        scores = product[..., :-1] @ head.transpose(1, 2)
        position = torch.arange(length)
        distance = (position[None, :] - position[:, None]).clamp(-DISTANCES, DISTANCES) + DISTANCES
        scores = scores + torch.cat([product[..., -1:], self.arc_distance[distance].expand(size, -1, -1)], dim=-1)
        blocked = torch.cat([torch.zeros(size, 1), 1 - mask], dim=1).bool().unsqueeze(1)
        itself = torch.cat([torch.zeros(length, 1), torch.eye(length)], dim=1).bool().unsqueeze(0)
        return scores.masked_fill(blocked | itself, -1e9)

    def labels(self, state, heads):
        """Scores (batch, words, labels) of the relation of each word to its head (0 the root)."""
        size = state.shape[0]
        head = torch.cat([self.label_root.expand(size, 1, -1), self.label_head(state)], dim=1)
        chosen = head.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        return self.label(self.dropout(functional.relu(self.label_dependent(state) + chosen)))

    def loss(self, bags, mask, gold):
        """The sum of the tasks' cross entropies with the gold labels and, where the batch has them, the teacher's."""
        state = self.encode(bags, mask)
        tasks = self.settings.get('tasks', WEIGHTS)
        scores = {'tag': self.tag(state), 'name': self.name_scores(state, gold['set'])}
        targets = {name: gold[name] for name in ('tag', 'name', 'head', 'deprel')}
        heads = gold['head']
        if 'soft_head' in gold:
            heads = torch.where(heads >= 0, heads, gold['soft_head'][..., 0])
        if 'head' in tasks and (heads >= 0).any():
            scores['head'], scores['deprel'] = self.arcs(state, mask), self.labels(state, heads)
        total = 0.0
        for name in (name for name in scores if name in tasks):
            weight = self.settings.get('name_weight', WEIGHTS[name]) if name == 'name' else WEIGHTS[name]
            found = entropy(scores[name], targets[name])
            if f'soft_{name}' in gold:
                own = self.name_scores(state) if name == 'name' else scores[name]
                soft = soft_entropy(own, gold[f'soft_{name}'], gold[f'share_{name}'], mask)
                found = (1 - self.settings['soft']) * found + self.settings['soft'] * soft
            total = total + weight * found
        return total
