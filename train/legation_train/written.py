"""Sentences written for this project, with their names in brackets: `[PER Dana Whitcombe] moved to [LOC Tulsa].`"""
import glob
import os
import re

from .corpus import read_conllu

MARK = re.compile(r'\[(PER|LOC|ORG|NORP) ([^\[\]]+)\]')


def plain(line):
    """The line without marks, and its names as (begin, end, kind) in characters other than white space."""
    out, names, last = [], [], 0

    def dense():
        return sum(not character.isspace() for piece in out for character in piece)
    for match in MARK.finditer(line):
        out.append(line[last:match.start()])
        begin = dense()
        out.append(match.group(2))
        names.append((begin, dense(), match.group(1)))
        last = match.end()
    out.append(line[last:])
    return ''.join(out), names


def read_lines(folder):
    """(file, lines that are not empty) of the files in a folder."""
    for path in sorted(glob.glob(os.path.join(glob.escape(folder), '*.txt'))):
        with open(path, encoding='utf-8') as file:
            yield os.path.basename(path), [line.strip() for line in file if line.strip()]


def name_tags(forms, position, names):
    """BIO tags of words that begin at character `position`; None where a word and a name cross."""
    tags = []
    for form in forms:
        end = position + len(form)
        tag = 'O'
        for begin, close, kind in names:
            if position < close and end > begin:
                if position < begin or end > close:
                    return None
                tag = ('B-' if position == begin else 'I-') + kind
        tags.append(tag)
        position = end
    return tags


def read_written(folder, conllu):
    """Sentences with names of the marked lines in `folder`, in the words in which `conllu` has their plain text.

    A sentence whose words are not those of the lines, or cross the bounds of a name, is left out.
    """
    documents = {}
    for sentence in read_conllu(conllu):
        documents.setdefault(sentence.identifier.rsplit('-', 1)[0], []).append(sentence)
    out = []
    for name, lines in read_lines(folder):
        text, names = '', []
        for line in lines:
            found, marks = plain(line)
            names += [(len(text) + begin, len(text) + end, kind) for begin, end, kind in marks]
            text += ''.join(found.split())
        position = 0
        for sentence in documents.get(os.path.splitext(name)[0], []):
            dense = ''.join(''.join(sentence.forms).split())
            begin = text.find(dense, position)
            if begin < 0 or begin - position > 2000:
                continue
            position = begin + len(dense)
            within = [mark for mark in names if mark[0] < position and mark[1] > begin]
            sentence.names = name_tags([''.join(form.split()) for form in sentence.forms], begin, within)
            if sentence.names:
                sentence.tags = sentence.lemmas = sentence.heads = sentence.deprels = sentence.entities = None
                out.append(sentence)
    return out
