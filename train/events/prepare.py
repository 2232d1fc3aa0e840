"""Marked sentences as JSON lines: `python prepare.py --sentences DIR --made DIR --out DIR` writes written, joined, made."""
import argparse
import json

from joined import joined
from marked import read


def write(path, items):
    with open(path, 'w', encoding='utf-8') as file:
        file.writelines(json.dumps(item) + '\n' for item in items)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ('sentences', 'made', 'out'):
        parser.add_argument(f'--{name}', required=True)
    arguments = parser.parse_args()
    items, faults = read(arguments.sentences)
    print('\n'.join(faults), len(items), 'sentences')
    first = {}
    for item in items:
        first.setdefault(item['text'].lower(), item)
    items = list(first.values())
    write(f'{arguments.out}/written.jsonl', items)
    write(f'{arguments.out}/joined.jsonl', joined(items, 1))
    write(f'{arguments.out}/made.jsonl', read(arguments.made)[0])


main()
