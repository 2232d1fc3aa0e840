"""Writes a checkpoint as weights.bin, card.toml and agreement.toml: `python export.py --checkpoint F --data DIR --out DIR`."""
import argparse
import json
import os
import types

import numpy as np
import torch

from legation_train.corpus import Sentence
from legation_train.encode import Batcher, Vocabulary
from legation_train.evaluate import best_names, evaluate, to_tensors, transitions
from legation_train.lemma import Lemmatizer, read_verbs
from legation_train.model import Network
from legation_train.sets import load
from legation_train.weights import quantise, write
from vectors import LISTS

BONUS_WEIGHT = 0.1  # of the transitions between name tags; with a teacher's shares more of it only costs (dev set)

# Sentences of our own, on which the reader must give what Python gives.
AGREEMENT = [
    "Iceland 's foreign minister will travel to Lisbon on Monday , two officials said .",
    "“ We do n’t expect a deal this week , ” the spokeswoman told reporters in Geneva — and left .",
    "TALKS IN OSLO END WITHOUT AGREEMENT",
    "The delegation , led by Deputy Premier Amara Okoye , was received by the Kenyan president .",
    "Neither side has confirmed that 1,250 prisoners were exchanged near the border .",
    "No .",
    "The talks failed .",
    "Iceland and Norway signed a treaty in Reykjavik on Friday .",
    "Troops crossed the river at dawn .",
    "She denied it .",
]


def leave_out_once_seen(saved):
    """Drops the rows of words seen once: a checkpoint that went on from others keeps many, and they say little."""
    often = saved['counts'][0] > 1
    table = saved['network']['tables.0.weight']
    saved['network']['tables.0.weight'] = torch.cat([table[:-1][torch.from_numpy(often)], table[-1:]])
    for name in ('vocabulary', 'counts'):
        saved[name][0] = saved[name][0][often]


def restore(checkpoint, often=False):
    """The network of a checkpoint, its batcher and inventory; `often`: without the rows of words seen once."""
    saved = torch.load(checkpoint, weights_only=False)
    if often:
        leave_out_once_seen(saved)
    vocabulary = Vocabulary.restore(saved['vocabulary'], saved['counts'])
    inventory = types.SimpleNamespace(**saved['inventory'])
    network = Network([len(k) for k in vocabulary.keys], len(inventory.tags), len(inventory.deprels),
                      len(inventory.names), saved['settings'])
    network.load_state_dict(saved['network'])
    network.eval()
    return saved, network, Batcher(vocabulary, inventory), inventory


def agreement(network, batcher, inventory, lemmatizer, bonus):
    """TOML: the words, and what the network makes of them."""
    out = ['# Written by train/export.py: what the training code reads with these weights.\n']
    for text in AGREEMENT:
        forms = text.split()
        bags, mask, _ = to_tensors(batcher.arrays([Sentence(forms=forms)]))
        with torch.no_grad():
            state = network.encode(bags, mask)
            heads = network.arcs(state, mask).argmax(-1)
            labels = network.labels(state, heads)[0].argmax(-1)
            chosen = [inventory.tags[i] for i in network.tag(state)[0].argmax(-1)]
            names = best_names(network.name(state)[0].numpy(), bonus, inventory.names)
        out.append('\n[[sentences]]\n')
        for key, value in {
            'words': forms, 'upos': [tag.split('|')[0] for tag in chosen], 'best_heads': heads[0].tolist(),
            'best_deprels': [inventory.deprels[i] for i in labels],
            'best_names': names,
            'lemmas': [lemmatizer.lemma(form, i == 0, tag) for i, (form, tag) in enumerate(zip(forms, chosen))],
        }.items():
            out.append(f'{key} = {json.dumps(value, ensure_ascii=False)}\n')
    return ''.join(out)


def general_words(path):
    """The words in a file of vectors that are not only names."""
    saved = np.load(path)
    marks = saved['vectors'][:, -len(LISTS):]
    general = (marks[:, LISTS.index('small')] > 0) | (marks[:, LISTS.index('rank')] > 0)
    return saved['words'][general].tolist()


CARD = '''# Written by train/export.py.
name = "en-1"
language = "en"
format = 1
sha256 = "{digest}"
date = {date}
licence = "CC-BY-SA-4.0"
inputs = "words of a sentence, segmented as Universal Dependencies does"
labels = ["UPOS", "features", "lemma", "head", "deprel with subtype", "names PER ORG LOC NORP"]
seed = {seed}
minutes = {minutes}
log = "train/logs/en-1.txt"

[[data]]
name = "UD English EWT 2.16, train"
for = "tags, lemmas, trees"
licence = "CC-BY-SA-4.0"

[[data]]
name = "UD English GUM, genres of permissive licence, train"
for = "tags, lemmas, trees, names (from its entities)"
licence = "CC-BY-4.0 (annotation); CC-BY, CC-BY-SA (texts)"

[[data]]
name = "Universal NER English EWT, train"
for = "names"
licence = "CC-BY-SA-4.0"

[[data]]
name = "WikiGold"
for = "names"
licence = "CC-BY-4.0"

[[data]]
name = "re3d: US State Department, CENTCOM, UK Government, Australian DFAT"
for = "names"
licence = "public domain; OGL-UK-3.0; CC-BY"

[[data]]
name = "WikiWars, MEANTIME (not its held-out topic), GeoVirus: texts alone, labelled by the teacher"
for = "tags, trees, names"
licence = "CC-BY-SA-3.0; CC-BY-4.0; CC-BY-2.5"

[[data]]
name = "US Census 1990, lists of names; Legation's registers (places from GeoNames)"
for = "vectors of words; names put in the places of others"
licence = "public domain; CC-BY-4.0"

[[data]]
name = "Sentences written for this project (train/names/sentences)"
for = "names"
licence = "as this project"

[[data]]
name = "all-MiniLM-L6-v2"
for = "static vectors of words; the teacher, fine-tuned on the sets above"
licence = "Apache-2.0"

[[data]]
name = "GloVe, 6 billion words of Wikipedia and newspapers, 100 numbers a word"
for = "static vectors of words: usage (layers for names alone)"
licence = "PDDL-1.0"

# Percent, on gold words, of the training code's own evaluation: UPOS, joint tag, UAS, LAS without and with
# subtypes; names are exact F1 over PER, LOC and ORG.
{scores}'''


def card(saved, digest, date, scores):
    """The model card as TOML."""
    tables = [f'[scores.{name}]\n' + ''.join(f'{key} = {value}\n' for key, value in found.items())
              for name, found in scores.items()]
    return CARD.format(digest=digest, date=date, seed=saved['seed'], minutes=saved.get('minutes', 0),
                       scores='\n'.join(tables))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--checkpoint', required=True)
    parser.add_argument('--data', required=True)
    parser.add_argument('--vectors', required=True)
    parser.add_argument('--out', required=True)
    parser.add_argument('--often', action='store_true', help='leave out words seen once, where training went on from weights')
    parser.add_argument('--date', required=True, help='for the card, as 2025-01-31')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    saved, network, batcher, inventory = restore(arguments.checkpoint, arguments.often)
    trees, named, dev = load(arguments.data)
    bonus = transitions(inventory.names, trees + named, BONUS_WEIGHT)
    verbs = read_verbs(os.path.join(os.path.dirname(__file__), 'data', 'verbs.txt'))
    lemmatizer = Lemmatizer(trees, general_words(arguments.vectors), verbs)
    tensors = {**quantise(network, batcher.vocabulary.keys), 'name_bonus': bonus}
    digest = write(f'{arguments.out}/weights.bin', tensors, saved['settings'], saved['inventory'], lemmatizer)
    scores = {name: evaluate(network, batcher, inventory, sentences, bonus) for name, sentences in dev.items()}
    with open(f'{arguments.out}/card.toml', 'w', encoding='utf-8') as file:
        file.write(card(saved, digest, arguments.date, scores))
    with open(f'{arguments.out}/agreement.toml', 'w', encoding='utf-8') as file:
        file.write(agreement(network, batcher, inventory, lemmatizer, bonus))
    print('sha256', digest, scores)


if __name__ == '__main__':
    main()
