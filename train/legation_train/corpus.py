"""Readers of the training data: UD treebanks (CoNLL-U) and named-entity sets, as lists of Sentence."""
import dataclasses
import glob
import json
import os
import re

KEPT_FEATURES = frozenset('Case Definite Degree Gender Mood Number NumType Person Polarity Poss PronType Reflex Tense '
                          'VerbForm Voice'.split())
NAME_TYPES = {'PER': 'PER', 'LOC': 'LOC', 'ORG': 'ORG', 'NORP': 'NORP'}


@dataclasses.dataclass
class Sentence:
    """Words with gold annotation; a layer that the source does not have is None."""
    forms: list
    tags: list = None       # "UPOS|Feature=Value|..." a word
    lemmas: list = None
    heads: list = None      # 1-based, 0 the root
    deprels: list = None
    names: list = None      # BIO tags
    identifier: str = ''


def joint_tag(upos, feats):
    kept = [pair for pair in feats.split('|') if pair.split('=')[0] in KEPT_FEATURES]
    return '|'.join([upos] + kept)


def read_conllu(path):
    """The sentences of a CoNLL-U file; multi-word token lines and empty nodes are passed over."""
    sentences, rows, identifier = [], [], ''
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('# sent_id'):
            identifier = line.split('=', 1)[1].strip()
        elif not line:
            if rows:
                sentences.append(Sentence(
                    forms=[r[1] for r in rows], tags=[joint_tag(r[3], r[5]) for r in rows],
                    lemmas=[r[2] for r in rows], heads=[int(r[6]) for r in rows], deprels=[r[7] for r in rows],
                    identifier=identifier))
            rows = []
        elif line[0].isdigit():
            row = line.split('\t')
            if row[0].isdigit():
                rows.append(row)
    return sentences


def to_bio(tags):
    """IO or BIO tags over PER LOC ORG NORP as BIO; MISC, OTH and the like become O."""
    out, previous = [], None
    for tag in tags:
        prefix, _, kind = tag.partition('-')
        kind = NAME_TYPES.get(kind)
        if kind is None:
            out.append('O')
        else:
            out.append(('I-' if prefix == 'I' and previous == kind else 'B-') + kind)
        previous = kind
    return out


def read_iob(path, form_column, tag_column):
    """Sentences of a column file with name tags in IOB or IO."""
    sentences, rows, identifier = [], [], ''
    for line in list(open(path, encoding='utf-8')) + ['\n']:
        line = line.rstrip('\n')
        if line.startswith('# '):
            if line.startswith('# sent_id'):
                identifier = line.split('=', 1)[1].strip()
        elif not line.strip():
            if rows:
                sentences.append(Sentence(forms=[r[form_column] for r in rows],
                                          names=to_bio([r[tag_column] for r in rows]), identifier=identifier))
            rows = []
        else:
            rows.append(line.split('\t') if '\t' in line else line.split(' '))
    return sentences


def attach_names(sentences, named):
    """Gives treebank sentences the name tags of the same sentence in `named`; returns how many were found."""
    by_identifier = {s.identifier: s for s in named}
    found = 0
    for sentence in sentences:
        other = by_identifier.get(sentence.identifier)
        if other is not None and other.forms == sentence.forms:
            sentence.names = other.names
            found += 1
    return found


WORD = re.compile(r"\w+(?:[.,]\d+)*(?:\.(?=\w\.))?|[^\w\s]")
RE3D_TYPES = {'Person': 'PER', 'Organisation': 'ORG', 'Location': 'LOC', 'Nationality': 'NORP'}


def read_re3d(folder):
    """re3d documents as one-paragraph sentences with names; nominals (no capital) are passed over."""
    sentences = []
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), '*', 'documents.json'))):
        entities = {}
        for line in open(os.path.join(os.path.dirname(path), 'entities.json'), encoding='utf-8'):
            entity = json.loads(line)
            entities.setdefault(entity['documentId'], []).append(entity)
        for line in open(path, encoding='utf-8'):
            document = json.loads(line)
            sentences.extend(_re3d_sentences(document['text'], entities.get(document['_id'], [])))
    return sentences


def _re3d_sentences(text, entities):
    starts, ends = {}, {}
    tokens = [(m.start(), m.end()) for m in WORD.finditer(text)]
    for index, (start, end) in enumerate(tokens):
        starts[start], ends[end] = index, index
    tags = ['O'] * len(tokens)
    for entity in sorted(entities, key=lambda e: e['end'] - e['begin']):
        begin, end = entity['begin'], entity['end']
        kind = RE3D_TYPES.get(entity['type'])
        first, last = starts.get(begin), ends.get(end)
        if kind is None or first is None or last is None:
            continue
        while first <= last and text[tokens[first][0]:tokens[first][1]].lower() in ('the', 'a', 'an'):
            first += 1
        if first > last or not text[tokens[first][0]].isupper() or not text[tokens[last][0]].isupper():
            continue
        for index in range(first, last + 1):
            tags[index] = ('B-' if index == first else 'I-') + kind
    out, first = [], 0
    for index, (start, end) in enumerate(tokens):
        final = index + 1 == len(tokens)
        if final or (text[start:end] in '.?!' and text[tokens[index + 1][0]].isupper() and ' ' in
                     text[end:tokens[index + 1][0]]) or '\n' in text[end:tokens[index + 1][0]]:
            piece = slice(first, index + 1)
            out.append(Sentence(forms=[text[s:e] for s, e in tokens[piece]], names=tags[piece]))
            first = index + 1
    return out
