"""Writes the open texts that the teacher labels for the student as plain files: `python texts.py --data DIR --out DIR`.

WikiWars and MEANTIME (Wikipedia, Wikinews), GeoVirus (Wikinews), re3d (reports of governments), and Legation's own
examples.  `legation read --format conllu` then parts them into sentences and words.
"""
import argparse
import glob
import html
import json
import os
import re
import xml.etree.ElementTree as tree

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'examples')


def wikiwars(data):
    for path in sorted(glob.glob(f'{data}/time/wikiwars/*.tml')):
        text = re.search(r'<TEXT>(.*?)</TEXT>', open(path, encoding='utf-8', errors='replace').read(), re.S).group(1)
        yield html.unescape(re.sub(r'<[^>]+>', '', text))


def meantime(data):
    for path in sorted(glob.glob(f'{data}/time/meantime/intra-doc_annotation/*/*.xml')):
        sentences = {}
        for token in tree.parse(path).getroot().iter('token'):
            sentences.setdefault(int(token.get('sentence')), []).append(token.text)
        text = '\n\n'.join(' '.join(words) for _, words in sorted(sentences.items()))
        yield re.sub(r"(?<=\() | (?=[.,;:!?)%]|'s\b|n't\b)", '', text)


def geovirus(data):
    for text in tree.parse(f'{data}/geo/GeoVirus.xml').getroot().iter('text'):
        yield text.text


def re3d(data):
    for path in sorted(glob.glob(f'{data}/ner/re3d/*/documents.json')):
        for line in open(path, encoding='utf-8'):
            yield json.loads(line)['text']


def examples(_):
    for path in sorted(glob.glob(f'{EXAMPLES}/*/report.*')):
        text = open(path, encoding='utf-8').read()
        yield html.unescape(re.sub(r'<[^>]+>', ' ', text)) if path.endswith(('html', 'htm')) else text


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True)
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    for source in (wikiwars, meantime, geovirus, re3d, examples):
        for number, text in enumerate(source(arguments.data)):
            with open(f'{arguments.out}/{source.__name__}-{number:03}.txt', 'w', encoding='utf-8') as file:
                file.write(text)


if __name__ == '__main__':
    main()
