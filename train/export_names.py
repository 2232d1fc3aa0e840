"""Adds layers for names to weights: `python export_names.py --checkpoint F --weights F --data DIR --usage F --out DIR --date D`.

All else that is in the weights, but for the bonus between neighbouring names, stays as it is, and so do the model's card and its sentences on which the reader must
agree, but for what they say of names.
"""
import argparse
import json
import re
import tomllib

import numpy as np
import torch

from legation_train.corpus import Sentence
from legation_train.encode import NAME_TAGS, Batcher, Inventory, Vocabulary
from legation_train.evaluate import best_names
from legation_train.naming import Naming, Store
from legation_train.sets import load
from legation_train.text import feature_hash
from legation_train.usage import Usage
from legation_train.weights import quantise_layers, quantise_rows, read, write_file
from restore import counts_of, network_of
from train_names import score, scored

ADDED = ('naming.', 'usage.')  # how the names of the added tensors begin

# Sentences of our own with many names, on which the reader must find those that Python finds.
AGREEMENT = [
    "Okoye told the Lagos Herald that Zentara Holdings had bought a mine near Kivumba .",
    "The Reform Council of Northport sent Lena Marsh to Geneva .",
    "Officials of the Delta Water Authority and of Unicorp met in Port Said .",
    "the eu and nato met in brussels , said anna berg",
    "WORLD BANK LENDS MALI TWO BILLION",
    "Mr. Tadesse left Addis Ababa for Paris with the Kenyan minister .",
    "A spokesman for Human Rights Watch , Peter Lindqvist , criticised Riyadh and the Houthis .",
]

CARD = '''
# Layers for names alone: exact F1 over PER, LOC and ORG of EWT, as above, without them and with them.
[naming]
log = "train/logs/naming-1.txt"
seed = {seed}
minutes = {minutes}
outside = {outside}
without = {before}
names = {after}
'''


def settle(network, usage):
    """The tensor of what the layers know of the use of words; network and usage take on the stored values."""
    place = {feature_hash('v' + word): row for row, word in enumerate(usage.words)}
    keys = np.array(sorted(place), np.uint32)
    order = [place[key] for key in keys.tolist()]
    with torch.no_grad():
        rows = network.use(usage.vectors).numpy()
        stored, rounded = quantise_rows('usage', keys, rows[order])
        rows[order] = rounded
    usage.vectors, network.use = torch.from_numpy(rows), torch.nn.Identity()
    return stored


def names_of(network, store):
    """The best names of the sentences of a store."""
    found = {id(sentence): best_names(scores.numpy(), np.float32(0), NAME_TAGS)
             for sentence, scores in scored(network, store, store.variant(0), store.sentences)}
    return [found[id(sentence)] for sentence in store.sentences]


def renew_agreement(path, naming_of):
    """Writes the names that are found now into the file of sentences on which the reader must agree, and AGREEMENT below
    them."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    sentences = [Sentence(forms=sentence['words']) for sentence in tomllib.loads(text)['sentences']]
    names = iter(naming_of(sentences))
    text = re.sub(r'(?m)^best_names = .*$', lambda _: f'best_names = {json.dumps(next(names))}', text)
    text = text.split('\n[[names]]')[0]
    forms = [sentence.split() for sentence in AGREEMENT]
    for words, found in zip(forms, naming_of([Sentence(forms=words) for words in forms])):
        text += f'\n[[names]]\nwords = {json.dumps(words)}\nbest_names = {json.dumps(found)}\n'
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def renew_card(path, digest, date, naming):
    """Writes the digest, the date and what the layers for names are into the card."""
    with open(path, encoding='utf-8') as file:
        text = file.read()
    text = re.sub(r'(?m)^sha256 = .*$', f'sha256 = "{digest}"', text)
    text = re.sub(r'(?m)^date = .*$', f'date = {date}', text)
    text = re.sub(r'(?s)\n# Layers for names alone.*', '', text) + naming
    with open(path, 'w', encoding='utf-8') as file:
        file.write(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--checkpoint', required=True, help='names.pt of train_names.py')
    parser.add_argument('--weights', required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--usage', required=True, help='how words are used, as in training')
    parser.add_argument('--out', required=True, help='folder of the model, which has its card')
    parser.add_argument('--outside', type=float, default=0.0, help='added to the score of being outside of names')
    parser.add_argument('--date', required=True, help='for the card, as 2025-01-31')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    header, tensors = read(arguments.weights)
    tensors = {name: array for name, array in tensors.items() if not name.startswith(ADDED)}
    trees, named, dev = load(arguments.data)
    inventory = Inventory(trees)
    base, keys = network_of(header, tensors, inventory)
    base.eval()
    batcher = Batcher(Vocabulary.restore(keys, counts_of(keys, trees + named)), inventory)
    saved, usage = torch.load(arguments.checkpoint), Usage(arguments.usage)
    settings = saved['settings']
    network = Naming(base.settings['row_width'] * len(keys), base.settings['width'], settings)
    network.load_state_dict(saved['network'])
    network.eval()
    with torch.no_grad():
        network.name.bias[NAME_TAGS.index('O')] += arguments.outside
    tensors.update(settle(network, usage))
    layers = quantise_layers(network, ('other_names.', 'use.'))
    tensors.update({f'naming.{name}': array for name, array in layers.items()})
    header['naming'] = {name: settings[name] for name in ('usage_width', 'width', 'dilations')}
    tensors['name_bonus'] = np.zeros_like(tensors['name_bonus'])  # it only costs where names have layers of their own
    digest = write_file(f'{arguments.out}/weights.bin', header, tensors)

    tests = [sentence for sentence in dev['ewt'] if sentence.names]
    after = score(network, Store(base, batcher, usage, tests), tests)
    with open(f'{arguments.out}/card.toml', encoding='utf-8') as file:
        before = tomllib.loads(file.read())['scores']['ewt']['names']
    renew_card(f'{arguments.out}/card.toml', digest, arguments.date,
               CARD.format(seed=saved['seed'], minutes=saved['minutes'], outside=arguments.outside, before=before, after=after))
    renew_agreement(f'{arguments.out}/agreement.toml',
                    lambda sentences: names_of(network, Store(base, batcher, usage, sentences)))
    print('sha256', digest, 'names', after)


if __name__ == '__main__':
    main()
