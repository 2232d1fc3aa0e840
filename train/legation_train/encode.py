"""Sentences as arrays: feature vocabularies, label inventories, word dropout and case augmentation."""
import collections

import numpy as np

from .text import GROUPS, feature_hash, features

NAME_TAGS = ['O'] + [f'{prefix}-{kind}' for kind in ('PER', 'ORG', 'LOC', 'NORP') for prefix in 'BI']


NAME_SETS = ('uner', 'gum', 'wikigold', 're3d')  # their conventions differ; the reader follows the first


class Vocabulary:
    """Known features of each group: sorted 32-bit hashes, whose position is the embedding row."""

    def __init__(self, sentences, thresholds, vector_words=(), groups=len(GROUPS)):
        tokens = collections.Counter()
        for sentence in sentences:
            tokens.update(sentence.forms)
        counts = [collections.Counter() for _ in GROUPS]
        counts[-1].update({'v' + word: 1 for word in vector_words})
        for form, count in tokens.items():
            for group, names in enumerate(features(form)[:-1]):
                for name in set(names):
                    counts[group][name] += count if group == 0 else 1
        self.keys, self.counts, self.rows = [], [], []
        for group in range(groups):
            kept = {}
            for name, count in counts[group].items():
                if count >= thresholds[group]:
                    key = feature_hash(name)
                    kept[key] = kept.get(key, 0) + count
            keys = sorted(kept)
            self.keys.append(np.array(keys, dtype=np.uint32))
            self.counts.append(np.array([kept[key] for key in keys]))
            self.rows.append({key: row for row, key in enumerate(keys)})
        self.cache = {}

    def keep(self, old):
        """Takes in the features of a checkpoint that these sentences do not have, as if seen once."""
        for group, keys in enumerate(old):
            counts = dict(zip(self.keys[group].tolist(), self.counts[group].tolist()))
            counts = {**dict.fromkeys(keys.tolist(), 1), **counts}
            merged = sorted(counts)
            self.keys[group] = np.array(merged, dtype=np.uint32)
            self.counts[group] = np.array([counts[key] for key in merged])
            self.rows[group] = {key: row for row, key in enumerate(merged)}

    @classmethod
    def restore(cls, keys, counts):
        """The vocabulary of a checkpoint."""
        vocabulary = cls([], [1] * len(GROUPS))
        vocabulary.keys, vocabulary.counts = keys, counts
        vocabulary.rows = [{int(key): row for row, key in enumerate(group)} for group in keys]
        return vocabulary

    def encode(self, form):
        """For each group the rows of the known features of `form`."""
        found = self.cache.get(form)
        if found is None:
            found = []
            for group, names in enumerate(features(form)[:len(self.keys)]):
                rows = [self.rows[group].get(feature_hash(name)) for name in names]
                found.append(np.array([row for row in rows if row is not None], dtype=np.int64))
            self.cache[form] = found
        return found


class Inventory:
    """The labels of each task, commonest first; arcs labels and tags seen once are kept too."""

    def __init__(self, sentences):
        def ordered(lists):
            counts = collections.Counter(label for labels in lists for label in labels)
            return [label for label, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]
        self.tags = ordered(s.tags for s in sentences if s.tags)
        self.deprels = ordered(s.deprels for s in sentences if s.deprels)
        self.names = NAME_TAGS


def augment(forms, generator):
    """The sentence as it is (mostly), or as a headline, in capitals, in small letters, or with typographic marks."""
    draw = generator.random()
    if draw < 0.85:
        return forms
    if draw < 0.89:
        return [form.upper() for form in forms]
    if draw < 0.93:
        return [form.lower() for form in forms]
    if draw < 0.97:
        return [form[:1].upper() + form[1:] if len(form) > 3 or i == 0 else form for i, form in enumerate(forms)]
    return [forms[0]] + [form.lower() if generator.random() < 0.5 else form for form in forms[1:]]


def soft_arrays(sentences, size, longest):
    """The teacher's labels of a batch, padded: for each task the indices of the likeliest labels and their shares."""
    out = {}
    for name, (index, _) in sentences[0].soft.items():
        out[f'soft_{name}'] = np.zeros((size, longest, index.shape[1]), dtype=np.int64)
        out[f'share_{name}'] = np.zeros((size, longest, index.shape[1]), dtype=np.float32)
    for row, sentence in enumerate(sentences):
        for name, (index, share) in sentence.soft.items():
            out[f'soft_{name}'][row, :len(index)] = index
            out[f'share_{name}'][row, :len(index)] = share
    return out


class Batcher:
    """Turns sentences into padded arrays; in training drops rare words so that the affixes learn to stand in."""

    def __init__(self, vocabulary, inventory, swaps=None):
        self.vocabulary = vocabulary
        self.swaps = swaps
        self.tag = {label: i for i, label in enumerate(inventory.tags)}
        self.deprel = {label: i for i, label in enumerate(inventory.deprels)}
        self.name = {label: i for i, label in enumerate(inventory.names)}

    def batches(self, sentences, words, generator=None):
        """Lists of sentences of like length with about `words` words; shuffled where a generator is given."""
        noise = generator.random(len(sentences)) if generator is not None else np.zeros(len(sentences))
        order = sorted(range(len(sentences)), key=lambda i: (len(sentences[i].forms) * (1 + 0.2 * noise[i]), i))
        out, current, longest = [], [], 0
        for index in order:
            longest = max(longest, len(sentences[index].forms))
            if current and longest * (len(current) + 1) > words:
                out.append(current)
                current, longest = [], len(sentences[index].forms)
            current.append(sentences[index])
        out.append(current)
        if generator is not None:
            generator.shuffle(out)
        return out

    def varied(self, sentences, generator):
        """The forms of each sentence, for training with other names now and then, and varied by `augment`."""
        if generator is None:
            return [s.forms for s in sentences]
        return [augment(self.swaps.swap(s, generator) if self.swaps else s.forms, generator) for s in sentences]

    def arrays(self, sentences, generator=None, varied=None):
        """Arrays of a batch: bags (rows, offsets) a group, mask, and gold labels with -1 where there are none."""
        varied = varied or self.varied(sentences, generator)
        size, longest = len(sentences), max(len(s.forms) for s in sentences)
        bags = [[] for _ in self.vocabulary.keys]
        mask = np.zeros((size, longest), dtype=np.float32)
        nothing = [np.empty(0, dtype=np.int64)] * len(bags)
        for row, sentence in enumerate(sentences):
            length = len(sentence.forms)
            mask[row, :length] = 1
            forms = varied[row]
            draws = generator.random((length, 3)).tolist() if generator is not None else None
            for position in range(longest):
                known = self.vocabulary.encode(forms[position]) if position < length else nothing
                if draws and position < length:
                    known = self.drop(known, draws[position], forms[position][:1].isupper())
                for group, rows in enumerate(known):
                    bags[group].append(rows)
        packed = []
        for rows in bags:
            lengths = np.array([len(r) for r in rows])
            offsets = np.concatenate([[0], np.cumsum(lengths)[:-1]])
            packed.append((np.concatenate(rows), offsets, lengths))
        return packed, mask, self.labels(sentences)

    def labels(self, sentences):
        """Gold labels of a batch, with -1 where there are none, and the teacher's."""
        size, longest = len(sentences), max(len(s.forms) for s in sentences)
        gold = {name: np.full((size, longest), -1, dtype=np.int64) for name in ('tag', 'head', 'deprel', 'name')}
        gold['set'] = np.array([NAME_SETS.index(s.source) for s in sentences])
        if sentences[0].soft is not None:
            gold.update(soft_arrays(sentences, size, longest))
        for row, sentence in enumerate(sentences):
            self.fill(gold, row, sentence)
        return gold

    def drop(self, known, draws, capital):
        """What is left of a word's features, by three numbers between 0 and 1; words with a capital are oftener names
        that nothing is known of but their spelling."""
        word, affix, gram, *vector = known
        if draws[2] < (0.15 if capital else 0.03):
            return word[:0], affix, gram, *(rows[:0] for rows in vector)
        if draws[2] > 0.93:
            vector = [rows[:0] for rows in vector]
        if len(word):
            rarest = self.vocabulary.counts[0][word[0]]
            if draws[0] < 0.02 + 0.5 / (0.5 + rarest):
                word = word[:0]
            elif len(word) > 1 and draws[0] > 0.9:
                word = word[:1]
        if draws[1] < 0.05:
            affix = affix[:1]
        elif draws[1] < 0.15:
            gram = gram[:0]
        return word, affix, gram, *vector

    def fill(self, gold, row, sentence):
        length = len(sentence.forms)
        if sentence.tags:
            gold['tag'][row, :length] = [self.tag.get(tag, -1) for tag in sentence.tags]
            gold['head'][row, :length] = sentence.heads
            gold['deprel'][row, :length] = [self.deprel.get(label, -1) for label in sentence.deprels]
        if sentence.names:
            gold['name'][row, :length] = [self.name.get(tag, -1) for tag in sentence.names]
