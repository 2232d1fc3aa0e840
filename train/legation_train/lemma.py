"""Lemmas by rule table: the longest known ending of a word, with its tag and case, gives an edit script.

A script is `OPERATION CUT ADDED`: operation `k` keeps the form's case, `l` lowers it; then CUT characters are cut
off the end and ADDED is put on.  Keys are hashed; the reader asks for the whole word first, then for endings.
"""
import collections

from .text import feature_hash

LONGEST_ENDING = 5
APOSTROPHES = '’‘‛′`´'
DEFAULT = ('l', 0, '')


def plain(form):
    """`form` with the apostrophe of typewriters, so that ’s and 's are one word."""
    return ''.join("'" if character in APOSTROPHES else character for character in form)


def lemma_class(tag):
    """The part of a joint tag that inflection shows."""
    upos, *features = tag.split('|')
    kept = [f for f in features if f.split('=')[0] in ('Degree', 'Number', 'Poss', 'Tense', 'VerbForm')]
    if upos in ('NOUN', 'PROPN'):
        kept = [f for f in kept if f.startswith('Number')]
    if upos in ('VERB', 'AUX'):
        kept = [f for f in kept if not f.startswith('Number')]
    return '|'.join([upos] + kept)


def case_class(form, first):
    """`l` no capital, `i` a capital at the head of the first word, `t` at the head of another, `u` all, `m` mixed."""
    if not any(character.isupper() for character in form):
        return 'l'
    if len(form) > 1 and not any(character.islower() for character in form):
        return 'u'
    if form[0].isupper() and not any(character.isupper() for character in form[1:]):
        return 'i' if first else 't'
    return 'm'


def script(form, lemma):
    """The edit script of the fewest characters that makes `lemma` of `form`."""
    best = None
    for operation, base in (('k', form), ('l', form.lower())):
        common = 0
        while common < min(len(base), len(lemma)) and base[common] == lemma[common]:
            common += 1
        found = (operation, len(base) - common, lemma[common:])
        cost = found[1] + len(found[2])
        if best is None or cost < best[0]:
            best = (cost, found)
    return best[1]


def apply(form, edit):
    operation, cut, added = edit
    base = form.lower() if operation == 'l' else form
    if cut > len(base):
        return base
    return base[:len(base) - cut] + added


def keys(form, first, group):
    """Keys from the whole word to the empty ending."""
    lower = form.lower()
    prefix = f'{group}\t{case_class(form, first)}\t'
    out = [prefix + '^' + lower]
    for length in range(min(LONGEST_ENDING, len(lower)), -1, -1):
        out.append(prefix + (lower[-length:] if length else ''))
    return out


def spellings(lemma):
    """A verb's lemma as the endings give it, with a silent e, with its last letter doubled, and without an e or one of two letters."""
    if not lemma:
        return
    yield lemma
    yield lemma + 'e'
    yield lemma + lemma[-1:]
    if len(lemma) > 3 and lemma[-1] in 'e' + lemma[-2]:
        yield lemma[:-1]


def read_verbs(path):
    """Lines of base, past forms and participles, or of a base alone."""
    return [line.split() for line in open(path, encoding='utf-8') if line.strip() and not line.startswith('#')]


def count_verb(words, base, forms, verbs):
    """Counts the forms of an irregular verb in each case they come in: above what a stray annotation attests for the
    tag they have, and a little for those that a tagger may mistake it for, unless the form is a verb of its own."""
    past, participle, others = 'Tense=Past|VerbForm=Fin', 'Tense=Past|VerbForm=Part', ('VerbForm=Inf', 'Tense=Pres|VerbForm=Fin')
    for variants, tag in zip(forms, (past, participle)):
        for form in variants.split('/'):
            weights = {past: 0.5, participle: 0.5} if form in verbs else dict.fromkeys((past, participle, *others), 0.5)
            for group, weight in {**weights, tag: 10.0}.items():
                for cased, first in ((form, False), (form.capitalize(), True), (form.capitalize(), False), (form.upper(), False)):
                    words[cased, first, 'VERB|' + group, base] += weight


class Lemmatizer:
    """Rules counted from treebank sentences and lines of `read_verbs`; `words` are words known to exist."""

    def __init__(self, sentences, words=(), verbs=()):
        self.words = set(words)
        attested = collections.Counter(
            lemma for sentence in sentences for lemma, tag in zip(sentence.lemmas, sentence.tags)
            if tag.startswith('VERB') and lemma.isalpha())
        self.verbs = {verb[0] for verb in verbs} | {lemma for lemma, count in attested.items() if count > 2}
        words = collections.Counter()
        for base, *forms in verbs:
            count_verb(words, base, forms, self.verbs)
        for sentence in sentences:
            for index, (form, lemma, tag) in enumerate(zip(sentence.forms, sentence.lemmas, sentence.tags)):
                if lemma == '_':
                    continue
                form, group = plain(form), lemma_class(tag)
                words[form, index == 0, group, lemma] += 1.0
                if group.split('|')[0] != 'PROPN' and form.islower():
                    words[form.upper(), False, group, lemma] += 0.1
                    words[form.capitalize(), True, group, lemma] += 0.1
                    words[form.capitalize(), False, group, lemma] += 0.02
        counts = collections.defaultdict(collections.Counter)
        for (form, first, group, lemma), count in words.items():
            edit = script(form, lemma)
            for key in keys(form, first, group):
                ending = key.split('\t')[2]
                if ending.startswith('^'):
                    counts[key][edit] += count
                elif edit[1] <= 4 and len(edit[2]) <= 2 and edit[2] == edit[2].lower():
                    counts[key][edit] += min(count, 1.0)
        self.rules = {}
        for key in sorted(counts, key=lambda k: (k.split('\t')[2].startswith('^'), len(k.split('\t')[2]), k)):
            self.add_rule(key, counts[key])
        self.scripts = sorted(set(self.rules.values()))

    def add_rule(self, key, edits):
        """Keeps the commonest script of a key where it is well attested and the shorter endings give another."""
        edit, count = min(edits.items(), key=lambda item: (-item[1], item[0]))
        total = sum(edits.values())
        ending = key.split('\t')[2]
        whole = ending.startswith('^')
        shorter = None
        if ending:
            shorter = self.look(key[:len(key) - len(ending)], ending[1:][-LONGEST_ENDING:] if whole else ending[1:])
        seldom = total < 0.3 if whole else (total < 2 or count < 0.6 * total) and ending
        if not seldom and edit != shorter:
            self.rules[key] = edit

    def look(self, head, ending):
        for start in range(len(ending) + 1):
            found = self.rules.get(head + ending[start:])
            if found is not None:
                return found
        return None

    def lemma(self, form, first, tag):
        """The lemma of a form; of a verb the first of `spellings` that is a verb, or else a word."""
        form, group = plain(form), lemma_class(tag)
        if group.startswith('NUM') and form[:1].isdigit():
            return form.replace(',', '')
        for key in keys(form, first, group):
            found = self.rules.get(key)
            if found is not None:
                lemma = apply(form, found)
                if group.startswith('VERB') and '^' not in key:
                    for known in (self.verbs, self.words):
                        for word in spellings(lemma):
                            if word in known:
                                return word
                return lemma
        return apply(form, DEFAULT)

    def table(self):
        """Sorted key hashes, and for each the number of its script."""
        number = {edit: index for index, edit in enumerate(self.scripts)}
        table = {feature_hash(key): number[edit] for key, edit in self.rules.items()}
        return sorted(table), [table[key] for key in sorted(table)]
