"""What the parser is trained on and measured with, and the teacher's labels of it."""
import os

import numpy as np

from .corpus import attach_names, read_conllu, read_iob, read_re3d
from .evaluate import spans
from .gum_names import gum_names
from .nationalities import mark_nationalities
from .written import read_written

NATIONALITIES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'data', 'norp.txt')
LONGEST = 120  # words of a sentence of the further texts
SOFT = ('tag', 'head', 'deprel', 'name')  # tasks that the teacher labels


def load(data, written=None):
    """Training sentences with trees, training sentences with names alone, and the two dev sets.

    `written` is a pair: the folder of sentences with marks, and the CoNLL-U of their words.
    """
    ewt = read_conllu(f'{data}/parse/en_ewt-ud-train.conllu')
    attach_names(ewt, read_iob(f'{data}/ner/uner_ewt_train.iob2', 1, 2))
    gum = read_conllu(f'{data}/parse/en_gum_permissive-ud-train.conllu')
    gum_names(gum, [sentence.entities for sentence in gum])
    wikigold = read_iob(f'{data}/ner/wikigold.conll.txt', 0, 1)
    for source, sentences in (('gum', gum), ('wikigold', wikigold)):
        for sentence in sentences:
            sentence.source = source
    trees = ewt + gum
    places = {' '.join(s.forms[first:last + 1]) for s in ewt + wikigold if s.names
              for first, last, kind in spans(s.names) if kind == 'LOC'}
    named = wikigold + read_re3d(f'{data}/ner/re3d', places)
    dev = read_conllu(f'{data}/parse/en_ewt-ud-dev.conllu')
    attach_names(dev, read_iob(f'{data}/ner/uner_ewt_dev.iob2', 1, 2))
    gum_dev = read_conllu(f'{data}/parse/en_gum_permissive-ud-dev.conllu')
    mark_nationalities(trees + named, NATIONALITIES)
    if written:
        named += read_written(*written)
    return trees, named, {'ewt': dev, 'gum': gum_dev}


def read_texts(path):
    """The sentences of a CoNLL-U file without its annotation; none without a path."""
    sentences = [s for s in read_conllu(path) if 3 <= len(s.forms) <= LONGEST] if path else []
    for sentence in sentences:
        sentence.tags = sentence.lemmas = sentence.heads = sentence.deprels = None
    return sentences


def attach_soft(sentences, path):
    """Gives the sentences the teacher's labels in a file that soft.py wrote for the same sentences."""
    saved = np.load(path)
    arrays = {name: (saved[name], saved[f'{name}_share'].astype(np.float32)) for name in SOFT if name in saved}
    words = sum(len(sentence.forms) for sentence in sentences)
    labelled = len(next(iter(arrays.values()))[0])
    if labelled != words:
        raise ValueError(f'{path} is about {labelled} words, not {words}: make it anew with soft.py')
    start = 0
    for sentence in sentences:
        end = start + len(sentence.forms)
        sentence.soft = {name: (index[start:end], share[start:end]) for name, (index, share) in arrays.items()}
        start = end
