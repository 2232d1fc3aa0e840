"""Names out of GUM's entity annotation: proper names of persons, places and organisations, without their modifiers."""
import re

KINDS = {'person': 'PER', 'place': 'LOC', 'organization': 'ORG'}
INSIDE = {'of', 'the', 'and', 'for', 'de', 'la', 'von', 'van', 'al', 'bin', '-', "'s", '&', 'on', 'del', 'du', 'in'}
TITLES = set('president vice prime deputy minister premier chancellor ambassador senator sen. congressman congresswoman '
             'representative rep. governor gov. mayor king queen prince princess general gen. colonel col. major captain '
             'lieutenant sergeant sir lord lady dame mr. mrs. ms. mr mrs ms dr. dr professor prof. judge justice pope '
             'bishop archbishop secretary speaker chairman director commander admiral foreign defence defense chief '
             'attorney minister of the'.split())
EVENT = re.compile(r'\((\d+)-([a-z]+)-[^()]*?(\)?)(?=\(|\d+\)|$)|(\d+)\)')


def mentions(entities):
    """(first, last, type) of the mentions of a sentence, from the Entity values of its words."""
    out, opened = [], {}
    for index, value in enumerate(entities):
        for match in EVENT.finditer(value or ''):
            number, kind, closed, closing = match.groups()
            if closing:
                if opened.get(closing):
                    first, kind = opened[closing].pop()
                    out.append((first, index, kind))
            elif closed:
                out.append((index, index, kind))
            else:
                opened.setdefault(number, []).append((index, kind))
    return out


def head_of(first, last, heads):
    for index in range(first, last + 1):
        if not first <= heads[index] - 1 <= last:
            return index
    return last


def name_within(first, last, forms, tags, heads):
    """The run of proper nouns around the mention's head, or None where the head is no proper noun."""
    head = head_of(first, last, heads)

    def proper(index):
        return tags[index].startswith('PROPN') or (
            forms[index][0].isupper() and tags[index].split('|')[0] in ('NUM', 'NOUN', 'ADJ', 'X') and index > 0)
    if not tags[head].startswith('PROPN'):
        return None
    start = end = head
    while start > first:
        step = start - 1
        while step > first and forms[step].lower() in INSIDE and step >= start - 2:
            step -= 1
        if not proper(step):
            break
        start = step
    while end < last:
        step = end + 1
        while step < last and forms[step].lower() in INSIDE and step <= end + 2:
            step += 1
        if not proper(step):
            break
        end = step
    return start, end


def without_title(first, last, forms):
    """The span of a person's name without the titles before it, or None where nothing else is there."""
    while first <= last and forms[first].lower() in TITLES:
        first += 1
    return (first, last) if first <= last else None


def one_person(first, last, sentence):
    """Whether the span names one person: not "Americans", not "Lee and Park"."""
    return 'Number=Plur' not in sentence.tags[last] and 'and' not in sentence.forms[first:last]


def gum_names(sentences, entities):
    """Gives GUM sentences BIO name tags; None (not known) for proper nouns that are in no name that was found."""
    for sentence, values in zip(sentences, entities):
        tags = ['O'] * len(sentence.forms)
        found = []
        for first, last, kind in mentions(values):
            if kind in KINDS:
                span = name_within(first, last, sentence.forms, sentence.tags, sentence.heads)
                if span is not None and kind == 'person':
                    span = without_title(*span, sentence.forms)
                if span is not None and (kind != 'person' or one_person(*span, sentence)):
                    found.append((*span, KINDS[kind]))
        for first, last, kind in sorted(found, key=lambda name: (name[0] - name[1], name[0])):
            if all(tag == 'O' for tag in tags[first:last + 1]):
                tags[first] = 'B-' + kind
                tags[first + 1:last + 1] = ['I-' + kind] * (last - first)
        sentence.names = [None if tag == 'O' and gold.startswith('PROPN') else tag
                          for tag, gold in zip(tags, sentence.tags)]
