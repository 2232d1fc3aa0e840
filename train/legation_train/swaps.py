"""Other names in the places of names: the same sentence about somebody else keeps its tree."""
import collections
import csv
import os

from .evaluate import spans

REGISTERS = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'data', 'registers')
CHANCE = 0.35   # of a sentence with names
LONGEST = 3     # words of a name that is swapped


def register(path, *columns):
    """The names in some columns of one of Legation's registers."""
    with open(os.path.join(REGISTERS, path), encoding='utf-8') as file:
        for row in csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE):
            for column in columns:
                yield from filter(None, (name.strip() for name in (row[column] or '').split(';')))


def blend(word, other):
    """A name nobody bears: the beginning of one and the end of another."""
    begin, end = word[:(len(word) + 1) // 2], other[len(other) // 2:]
    return begin + end if end.islower() else word


class Swaps:
    """Names by kind and number of words: those of the training data, of the registers, and of the census lists."""

    def __init__(self, sentences, lists):
        found = collections.defaultdict(set)
        for sentence in sentences:
            for first, last, kind in spans([tag or 'O' for tag in sentence.names or []]):
                found[kind, last + 1 - first].add(tuple(sentence.forms[first:last + 1]))
        for kind, names in (('PER', register('people/people.tsv', 'name', 'names', 'family')),
                            ('LOC', register('places/places.tsv', 'name')),
                            ('LOC', register('states/states.tsv', 'name')),
                            ('ORG', register('bodies/bodies.tsv', 'name', 'abbreviations')),
                            ('ORG', register('groups/groups.tsv', 'name', 'abbreviations'))):
            for name in names:
                words = tuple(name.split())
                if not any(mark in name for mark in "-'’.(,&") and words[0][0].isupper():
                    found[kind, len(words)].add(words)
        given, family = ([line.split()[0].capitalize() for name in names for line in
                          list(open(os.path.join(lists, name), encoding='ascii'))[:most]]
                         for names, most in ((('dist.male.first', 'dist.female.first'), 1000), (('dist.all.last',), 8000)))
        self.given, self.family = given, family
        self.names = {key: sorted(names) for key, names in found.items() if key[1] <= LONGEST and key[0] != 'NORP'}

    def draw(self, kind, length, generator):
        """A name of some kind and number of words."""
        if kind == 'PER' and length <= 2 and generator.random() < 0.3:
            first, last = (names[generator.integers(len(names))] for names in (self.given, self.family))
            return (first, last) if length == 2 else (first if generator.random() < 0.5 else last,)
        names = self.names.get((kind, length))
        if not names:
            return None
        name, other = (names[generator.integers(len(names))] for _ in range(2))
        if kind == 'PER' and generator.random() < 0.4:
            return tuple(map(blend, name, other))
        return name

    def swap(self, sentence, generator):
        """The forms of a sentence, now and then with other names of as many words."""
        if not sentence.names or generator.random() > CHANCE:
            return sentence.forms
        forms = list(sentence.forms)
        for first, last, kind in spans([tag or 'O' for tag in sentence.names]):
            if kind == 'NORP' or not forms[first][0].isupper():
                continue
            name = self.draw(kind, last + 1 - first, generator)
            if name:
                forms[first:last + 1] = name
        return forms
