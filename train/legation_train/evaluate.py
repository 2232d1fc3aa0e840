"""Scores on gold words while training; the published figures come from the Rust reader and the public scorers."""
import numpy as np
import torch


def tensors(arrays):
    return {name: torch.from_numpy(array) for name, array in arrays.items()}


def to_tensors(arrays):
    bags, mask, gold = arrays
    return [tuple(torch.from_numpy(a) for a in bag) for bag in bags], torch.from_numpy(mask), tensors(gold)


def spans(tags):
    """Spans (first, last, kind) of BIO tags; an I that continues nothing begins a span."""
    out, first, kind = [], None, None
    for index, tag in enumerate(list(tags) + ['O']):
        prefix, _, now = tag.partition('-')
        if first is not None and (prefix != 'I' or now != kind):
            out.append((first, index - 1, kind))
            first = None
        if tag != 'O' and first is None:
            first, kind = index, now
    return out


def follows(tag, before):
    """Whether a name tag may stand after another: I-X only after B-X or I-X."""
    return tag[0] != 'I' or before[1:] == tag[1:]


def transitions(tags, sentences, weight):
    """Bonus of each pair of name tags: `weight` times the log of how much oftener it comes than by chance."""
    number = {tag: i for i, tag in enumerate(tags)}
    pairs = np.full((len(tags), len(tags)), 0.5)
    for sentence in sentences:
        if sentence.names:
            before = 'O'
            for tag in sentence.names:
                if tag is not None and before is not None:
                    pairs[number[before], number[tag]] += 1
                before = tag
    joint = pairs / pairs.sum()
    chance = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
    return (weight * np.log(joint / chance)).astype(np.float32)


def best_names(scores, bonus, tags):
    """The best sequence of name tags for the scores (words, tags) of a sentence."""
    allowed = np.array([[0 if follows(tag, before) else -np.inf for tag in tags] for before in tags])
    bonus = bonus + allowed
    total, back = bonus[0] + scores[0], []
    for row in scores[1:]:
        sums = total[:, None] + bonus
        back.append(sums.argmax(0))
        total = sums.max(0) + row
    path = [int(total.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return [tags[index] for index in reversed(path)]


class Found:
    """Counts of names found: exact, over PER, LOC and ORG."""

    def __init__(self, bonus=None):
        self.bonus = np.float32(0) if bonus is None else bonus
        self.hit = self.predicted = self.wanted = 0

    def add(self, scores, gold, tags):
        """Counts the names of a sentence by the scores (words, tags) and its gold tags."""
        got, want = ({span for span in spans(found) if span[2] != 'NORP'}
                     for found in (best_names(scores, self.bonus, tags), gold))
        self.hit, self.predicted, self.wanted = (
            self.hit + len(got & want), self.predicted + len(got), self.wanted + len(want))

    def score(self):
        return round(2 * self.hit / max(1, self.predicted + self.wanted), 4)


def evaluate(network, batcher, inventory, sentences, bonus=None):
    """UPOS, joint tag, UAS, LAS (without subtype), LAS-sub in percent; F1 of PER, LOC and ORG where there is gold."""
    network.eval()
    words = upos = tag = uas = las = full = 0
    found = Found(bonus)
    with torch.no_grad():
        for batch in batcher.batches(sentences, 3000):
            network.look([sentence.forms for sentence in batch])
            bags, mask, gold = to_tensors(batcher.arrays(batch))
            state = network.encode(bags, mask)
            heads = network.arcs(state, mask).argmax(-1)
            tags, labels = network.tag(state).argmax(-1), network.labels(state, heads).argmax(-1)
            names = network.name_scores(state).numpy()
            for row, sentence in enumerate(batch):
                for i in range(len(sentence.forms)):
                    got, label = inventory.tags[tags[row, i]], inventory.deprels[labels[row, i]]
                    words += 1
                    tag += got == sentence.tags[i]
                    upos += got.split('|')[0] == sentence.tags[i].split('|')[0]
                    right = int(heads[row, i]) == sentence.heads[i]
                    uas += right
                    las += right and label.split(':')[0] == sentence.deprels[i].split(':')[0]
                    full += right and label == sentence.deprels[i]
                if sentence.names:
                    found.add(names[row, :len(sentence.forms)], sentence.names, inventory.names)
    scores = {'upos': upos, 'tag': tag, 'uas': uas, 'las': las, 'las_sub': full}
    scores = {name: round(100 * value / words, 2) for name, value in scores.items()}
    if found.wanted:
        scores['names'] = found.score()
    return scores
