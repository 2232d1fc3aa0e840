"""Pairs of names in sentences of open texts: `python open_texts.py --data DIR --names NAMES.jsonl --out open.jsonl`.

Without NAMES.jsonl the sentences are written, for `legation-eval ner` to find the names in.
"""
import argparse
import json
import os
import random
import re
import sys

sys.path.append(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..'))
import texts  # noqa: E402

MOST = 9000


def sentences(data):
    for source in (texts.wikiwars, texts.meantime, texts.geovirus, texts.re3d):
        for text in source(data):
            for part in re.split(r'\n+', text or ''):
                for sentence in re.split(r'(?<=[.!?”"])\s+(?=[A-Z“"])', part.strip()):
                    yield re.sub(r'\s+', ' ', sentence)
    for treebank in ('en_ewt-ud-train', 'en_gum_permissive-ud-train'):
        for line in open(f'{data}/parse/{treebank}.conllu', encoding='utf-8'):
            if line.startswith('# text = '):
                yield line[9:].strip()


def pairs(found, names, draw):
    for sentence, entities in zip(found, names):
        near = [(one, other) for index, one in enumerate(entities) for other in entities[index + 1:]
                if other['start'] - one['end'] < 120 and re.search('[a-z]{3}', sentence[one['end']:other['start']])]
        draw.shuffle(near)
        for source, target in near[:2]:
            if draw.random() < 0.25:
                source, target = target, source
            yield dict(text=sentence, kind='NONE', status='happened', triggers=[],
                       source={key: source[key] for key in ('start', 'end')}, target={key: target[key] for key in ('start', 'end')})


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True)
    parser.add_argument('--names')
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    draw = random.Random(1)
    found = [sentence for sentence in sentences(arguments.data) if 40 < len(sentence) < 350]
    if arguments.names:
        names = [json.loads(line)['entities'] for line in open(arguments.names)]
        items = list(pairs(found, names, draw))
        draw.shuffle(items)
    else:
        items = [dict(text=sentence) for sentence in found]
    with open(arguments.out, 'w') as file:
        for number, item in enumerate(items[:MOST] if arguments.names else items):
            file.write(json.dumps({'id': f'open:{number}', **item}) + '\n')


main()
