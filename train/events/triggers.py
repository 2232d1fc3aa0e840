"""Sentences made of the frames' triggers: "Kenya lodged a complaint with Sudan." Marked as the written ones are.

    python triggers.py DATA SEED > triggers.txt
"""
import glob
import os
import random
import sys
import tomllib

PARTICLES = set('up out off down back over away through along apart aside ahead forward together around home free'.split())
PREPOSITIONS = set('with to against on upon in into at for from of between among by over about toward towards around behind under '
                   'off onto within across alongside as near before after along out through inside outside'.split())
ACTORS = ['Kenya', 'Sudan', 'Norway', 'the Peruvian government', 'Hamas', 'the rebels', 'Prime Minister Modi', 'Turkey',
          'the foreign ministry', 'the United Nations', 'the opposition', 'Chilean police', 'the president', 'the army',
          'Georgia', 'Armenia', 'the European Union', 'Japan', 'the junta', 'Manila', 'the union', 'the Afghan Taliban',
          'protesters', 'the militia', 'Chad', 'President Boluarte', 'the coalition', 'Denmark', 'the parliament',
          'Hezbollah', 'the commission', 'the separatists', 'Canberra', 'the mayor', 'Vietnam', 'the court', 'Ghana']
TAILS = ['', '', ' on Tuesday', ' over the border dispute', ' after the vote', ', officials said', ' in March', ' this week',
         ', according to state television', ' at the weekend', ' despite warnings']
HEADS = ['', '', '', 'On Monday ', 'Officials said ', 'The paper reports that ', 'After long silence, ']


def past(verb, forms):
    if verb in forms:
        return forms[verb]
    if verb.endswith('e'):
        return verb + 'd'
    if verb.endswith('y') and verb[-2:-1] not in 'aeiou':
        return verb[:-1] + 'ied'
    return verb + 'ed'


def noun(word):
    if word.endswith('s') or word in ('aid', 'support', 'force', 'fire', 'help', 'anger', 'concern', 'responsibility'):
        return word
    return ('an ' if word[0] in 'aeiou' else 'a ') + word


def take_apart(trigger):
    first, *rest = trigger.split()
    particle = rest.pop(0).lstrip('+') if rest and (rest[0] in PARTICLES or rest[0].startswith('+')) else None
    thing = rest.pop(0) if rest and rest[0] not in PREPOSITIONS else None
    return first, particle, thing, rest


def slot_of(slots, draw):
    """How a recipient is hung on what is there: '' as object, a preposition, or None."""
    for slot in slots:
        if slot == 'object':
            return ''
        if slot in PREPOSITIONS:
            return slot
    return None


def of_verb(frame, trigger, forms, draw):
    first, particle, thing, rest = take_apart(trigger)
    words = [past(first, forms)] + [particle] * bool(particle)
    slots = frame.get('recipient', ['object'])
    if thing:
        words.append(noun(thing))
    elif frame.get('objects'):
        thing = draw.choice(frame['objects'])
        if thing.startswith('@'):
            return None
        words.append(noun(thing))
    target = '{R:%s}' % draw.choice(ACTORS)
    if rest:
        words += [rest[0]] + ([noun(rest[1])] if len(rest) > 1 else [])
        if len(rest) > 1:
            way = next((slot for slot in slots if slot in PREPOSITIONS), None)
            if not thing and 'object' in slots:
                words.insert(1 + bool(particle), target)
                return words
            return words + ([way, target] if way else [])
        return words + [target]
    way = slot_of([slot for slot in slots if not (thing and slot == 'object')], draw)
    if way is None:
        return words
    words += ([way] if way else []) + [target]
    if frame.get('near'):
        near = draw.choice(frame['near'])
        words += [near] if frame.get('clause') == 'required' else ['over', near]
    return words


def of_noun(frame, trigger, draw):
    words = trigger.split()
    target = '{R:%s}' % draw.choice(ACTORS)
    if words[-1] not in PREPOSITIONS:
        slots = frame.get('noun_recipient', frame.get('recipient', ['object']))
        way = next((slot for slot in slots if slot in PREPOSITIONS), 'of' if 'object' in slots else None)
        words += [way] if way else []
    return words + ([target] if words[-1] in PREPOSITIONS else [])


def sentences(data, seed):
    draw = random.Random(seed)
    irregular = tomllib.load(open(f'{data}/frames/forms.toml', 'rb'))['verbs']
    forms = {}
    for form, verb in irregular.items():
        if not form.endswith('ing'):
            forms.setdefault(verb, form)
    for path in sorted(glob.glob(f'{data}/frames/*/*.toml')):
        kind = path.split('/')[-2].upper()
        frame = tomllib.load(open(path, 'rb'))
        if frame.get('negated'):
            continue
        for trigger in frame.get('verbs', []):
            words = of_verb(frame, trigger, forms, draw)
            if words:
                cut = next((i for i, word in enumerate(words) if word.startswith('{R:')), len(words))
                words = ['[' + ' '.join(words[:cut]) + ']'] + words[cut:]
                head, tail = draw.choice(HEADS), draw.choice(TAILS)
                yield f'{kind}\thappened\t{head}{{A:{draw.choice(ACTORS)}}} {" ".join(words)}{tail}.'
        for trigger in frame.get('nouns', []):
            words = of_noun(frame, trigger, draw)
            cut = next((i for i, word in enumerate(words) if word.startswith('{R:')), len(words))
            words = ['[' + ' '.join(words[:cut]) + ']'] + words[cut:]
            end = draw.choice([' drew attention', ' came on Friday', ' went on', ' was reported by the agency'])
            yield f'{kind}\thappened\t{{A:{draw.choice(ACTORS)}}}\'s {" ".join(words)}{end}.'


if __name__ == '__main__':
    for sentence in sentences(sys.argv[1], int(sys.argv[2])):
        print(sentence)
