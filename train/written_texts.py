"""Writes the plain text of the marked sentences, a paragraph each: `python written_texts.py --out DIR`.

`legation read --format conllu` then parts them into sentences and words.
"""
import argparse
import os

from legation_train.written import plain, read_lines

SENTENCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'names', 'sentences')


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--sentences', default=SENTENCES)
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    os.makedirs(arguments.out, exist_ok=True)
    for name, lines in read_lines(arguments.sentences):
        with open(os.path.join(arguments.out, name), 'w', encoding='utf-8') as file:
            file.write('\n\n'.join(plain(line)[0] for line in lines) + '\n')


if __name__ == '__main__':
    main()
