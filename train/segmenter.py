"""Trains the table of sentence ends: which words the rules leave together belong to two sentences all the same.

    python segmenter.py convert --data DATA > raw.jsonl
    legation-eval sentence-rules raw.jsonl > rules.jsonl
    python segmenter.py train --data DATA --rules rules.jsonl --out ../models/en-1/sentences.bin

A logistic regression over hashed features of the three words before and after a blank at which the rules see no end.
Its twin is `crates/legation-read/src/segment/learned.rs`; whoever changes one changes the other.
"""
import argparse
import hashlib
import json
import struct
import sys

import numpy as np
import torch

SETS = ['en_ewt-ud-train', 'en_gum_permissive-ud-train']
BUCKETS = 1 << 15
MAGIC = b'LEGSENTS'
FORMAT = 1
EPOCHS = 10
RATE = 0.05
DECAY = 1e-5
BIAS = 0.5  # added: a sentence end missed is dearer than one too many; chosen on the dev sets
START, PRIME, MASK = 0xcbf29ce484222325, 0x100000001b3, (1 << 64) - 1


def documents(path):
    """Raw text of each document and the offsets where its sentences end, as the benchmark's scorer joins them."""
    text, ends, space, paragraph, words, skip = '', [], False, True, [], 0
    for line in open(path, encoding='utf-8'):
        line = line.rstrip('\n')
        if line.startswith('# newdoc'):
            if text:
                yield text, ends
            text, ends, space, paragraph = '', [], False, True
        elif line.startswith('# newpar'):
            paragraph = True
        elif line and not line.startswith('#'):
            cells = line.split('\t')
            if '-' in cells[0]:
                skip = int(cells[0].split('-')[1])
            elif '.' in cells[0] or int(cells[0]) <= skip:
                continue
            words.append((cells[1], 'SpaceAfter=No' not in cells[9].split('|')))
        elif words:
            text += '' if not text else '\n\n' if paragraph else ' ' if space else ''
            for form, space in words:
                text += form + (' ' if space else '')
            text = text.removesuffix(' ')
            ends.append(len(text))
            paragraph, words, skip = False, [], 0
    if text:
        yield text, ends


def mix(parts):
    """One step of FNV-1a a part, folded to a bucket."""
    value = START
    for part in parts:
        value = ((value ^ part) * PRIME) & MASK
    return ((value >> 32) ^ value) & (BUCKETS - 1)


def string_hash(text):
    value = START
    for byte in text.encode('utf-8', 'surrogatepass'):
        value = ((value ^ byte) * PRIME) & MASK
    return (value ^ (value >> 32)) & 0xffffffff


def plain(word):
    """At most 16 characters, in small letters, digits as 0."""
    return ''.join('0' if '0' <= character <= '9' else character for character in word.lower()[:16])


def shape(word):
    """Letters as X or x, digits as 0; a run of one class is cut after two, the whole after six."""
    out = []
    for character in word:
        if character.isupper():
            character = 'X'
        elif character.islower():
            character = 'x'
        elif '0' <= character <= '9':
            character = '0'
        elif ord(character) > 127:
            character = '?'
        if out[-2:] != [character] * 2:
            out.append(character)
        if len(out) == 6:
            break
    return ''.join(out)


def length_class(count):
    """Words of the sentence so far."""
    return next((index for index, most in enumerate([1, 2, 3, 4, 7, 13, 24]) if count <= most), 7)


def features(block, index, count):
    """Buckets of the gap after word `index` of a block of (plain hash, shape hash, ...), `count` words after its start."""
    outside = (string_hash('^'),) * 2
    (a3, x3), (a2, x2), (a1, x1), (b1, y1), (b2, y2), (b3, y3) = (
        block[place][:2] if 0 <= place < len(block) else outside for place in range(index - 2, index + 4))
    length = length_class(count)
    parts = [
        (a1,), (b1,), (a2,), (b2,), (a3,), (b3,), (x1, y1), (x2, x1, y1), (x1, y1, y2), (x2, x1, y1, y2), (a1, y1),
        (x1, b1), (a2, a1), (b1, b2), (a1, b1), (x3, x2, x1), (y1, y2, y3), (length,), (length, x1, y1), (a1, y1, y2),
        (x2, x1, b1),
    ]
    return [mix((number, *part)) for number, part in enumerate(parts)]


def is_candidate(before, after):
    return not (after[0].islower() and before[-1].isalnum())


def examples(data, rules):
    """Features and truth of all gaps that the rules leave open."""
    lines = iter(open(rules, encoding='utf-8'))
    rows, truth = [], []
    for name in SETS:
        for text, ends in documents(f'{data}/parse/{name}.conllu'):
            ends, found = set(ends), json.loads(next(lines))
            for words in found['blocks']:
                forms = [text[start:end] for start, end, _ in words]
                block = [(string_hash(plain(form)), string_hash(shape(form))) for form in forms]
                count = 0
                for index, (_, end, rule) in enumerate(words[:-1]):
                    count += 1
                    spaced = words[index + 1][0] > end
                    if not rule and spaced and is_candidate(forms[index], forms[index + 1]):
                        rows.append(features(block, index, count))
                        truth.append(end in ends)
                    if rule or end in ends:
                        count = 0
    return torch.tensor(rows), torch.tensor(truth, dtype=torch.float32)


def fit(rows, truth):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    weights = torch.zeros(BUCKETS, requires_grad=True)
    bias = torch.tensor(-3.0, requires_grad=True)
    optimizer = torch.optim.Adagrad([weights, bias], lr=RATE)
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in torch.randperm(len(rows)).split(256):
            scores = weights[rows[batch]].sum(1) + bias
            loss = torch.nn.functional.binary_cross_entropy_with_logits(scores, truth[batch])
            total += loss.item() * len(batch)
            optimizer.zero_grad()
            (loss + DECAY * (weights * weights).sum()).backward()
            optimizer.step()
        print(f'epoch {epoch + 1} loss {total / len(rows):.4f}', file=sys.stderr)
    return weights.detach().numpy(), bias.item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('command', choices=['convert', 'train'])
    parser.add_argument('--data', required=True)
    parser.add_argument('--rules')
    parser.add_argument('--out')
    arguments = parser.parse_args()
    if arguments.command == 'convert':
        for name in SETS:
            for number, (text, _) in enumerate(documents(f'{arguments.data}/parse/{name}.conllu')):
                print(json.dumps({'id': f'{name}-{number}', 'text': text}))
        return
    rows, truth = examples(arguments.data, arguments.rules)
    print(f'{len(rows)} gaps, {int(truth.sum())} ends', file=sys.stderr)
    weights, bias = fit(rows, truth)
    scale = float(np.abs(weights).max() / 127)
    stored = np.rint(weights / scale).astype(np.int8)
    body = struct.pack('<ffI', bias + BIAS, scale, BUCKETS) + stored.tobytes()
    with open(arguments.out, 'wb') as file:
        file.write(MAGIC + struct.pack('<I', FORMAT) + hashlib.sha256(body).digest() + body)


if __name__ == '__main__':
    main()
