"""Readers of the training data: UD treebanks (CoNLL-U) and named-entity sets, as lists of Sentence."""
import dataclasses
import glob
import json
import os
import re

from .gum_names import without_title

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
    entities: list = None   # GUM's Entity values
    source: str = 'uner'    # the name set whose conventions the names keep
    soft: dict = None       # what the teacher says: task -> (indices, shares), see soft.py


def joint_tag(upos, feats):
    kept = [pair for pair in feats.split('|') if pair.split('=')[0] in KEPT_FEATURES]
    return '|'.join([upos] + kept)


def entity_of(misc):
    return next((part[7:] for part in misc.split('|') if part.startswith('Entity=')), '')


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
                    entities=[entity_of(r[9]) for r in rows], identifier=identifier))
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


def read_re3d(folder, places):
    """re3d documents as sentences with names, as far as they agree with the other sets.

    Nominals (no capital) are passed over, a government named by its country is a place where the form is in
    `places`, and capitalised words in no kept name are None: not known.
    """
    sentences = []
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), '*', 'documents.json'))):
        entities = {}
        for line in open(os.path.join(os.path.dirname(path), 'entities.json'), encoding='utf-8'):
            entity = json.loads(line)
            entities.setdefault(entity['documentId'], []).append(entity)
        for line in open(path, encoding='utf-8'):
            document = json.loads(line)
            sentences.extend(_re3d_sentences(document['text'], entities.get(document['_id'], []), places))
    return sentences


def _re3d_sentences(text, entities, places):
    starts, ends = {}, {}
    tokens = [(m.start(), m.end()) for m in WORD.finditer(text)]
    forms = [text[start:end] for start, end in tokens]
    for index, (start, end) in enumerate(tokens):
        starts[start], ends[end] = index, index
    tags = [None if form[0].isupper() else 'O' for form in forms]
    for entity in sorted(entities, key=lambda e: e['end'] - e['begin']):
        kind = RE3D_TYPES.get(entity['type'])
        span = starts.get(entity['begin']), ends.get(entity['end'])
        if kind is None or None in span:
            continue
        span = without_title(*span, forms)
        if span is None or not all(forms[index][0].isupper() for index in span) or len(forms[span[0]]) < 2:
            continue
        first, last = span
        name = ' '.join(forms[first:last + 1])
        if kind == 'ORG' and name in places:
            kind = 'LOC'
        if name in ('We', 'They', 'It', 'He', 'She', 'Our', 'This', 'These') or "'" in name or '’' in name:
            continue
        for index in range(first, last + 1):
            tags[index] = ('B-' if index == first else 'I-') + kind
    out, first = [], 0
    for index, (start, end) in enumerate(tokens):
        final = index + 1 == len(tokens)
        if final or (text[start:end] in '.?!' and text[tokens[index + 1][0]].isupper() and ' ' in
                     text[end:tokens[index + 1][0]]) or '\n' in text[end:tokens[index + 1][0]]:
            piece = slice(first, index + 1)
            out.append(Sentence(forms=[text[s:e] for s, e in tokens[piece]], names=tags[piece], source='re3d'))
            first = index + 1
    return out
