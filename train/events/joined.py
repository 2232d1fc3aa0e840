"""Longer sentences made of two written ones, of which only one keeps its marks: what names the event must be found."""
import random
import re

from marked import fold_of, item_of

LINKS = [', while ', ', a day after ', ' as ', ' and ', '; ', ', days before ', ' amid reports that ', ', a week after ',
         ', even though ', ' because ', ', hours after ', ' after ', ' when ', ', officials said, adding that ', ', and ']
HEADS = ['Officials said that ', 'According to the state news agency, ', 'The ministry said on Friday that ', 'Meanwhile, ',
         'The paper reported on Tuesday that ', 'Speaking to reporters, a spokesman said ', 'On the same day, ',
         'Diplomats say that ', 'In a sign of rising tension, ', 'Witnesses said ']


def inner(marked):
    """The sentence without its stop, its first letter small unless it begins a name."""
    marked = marked.rstrip('.')
    match = re.match(r'((?:\{[AR]:|\[)*)(The|A|An|In|On|At|Its|Two|Three|Hundreds|Thousands|After|Officials)\b', marked)
    return marked if not match else match[1] + marked[match.end(1)].lower() + marked[match.end(1) + 1:]


def plain(marked):
    return re.sub(r'\{[AR]:|[\[\]}]', '', marked)


def joined(items, seed):
    """Items like those given, of the same id; both parts are of the same fold, so that none is learned from that is held out."""
    draw = random.Random(seed)
    items = [item for item in items if not re.search(r'["“?!:;]', plain(item['marked'])) and len(item['text']) < 160]
    folds = {}
    for item in items:
        folds.setdefault(fold_of(item), []).append(item)
    for item in items:
        other = draw.choice(folds[fold_of(item)])
        this, that = item['marked'].strip(), plain(other['marked'].strip())
        shape = draw.random()
        if shape < 0.75 and other['kind'] == item['kind']:
            continue
        if shape < 0.4:
            made = this.rstrip('.') + draw.choice(LINKS) + inner(that) + '.'
        elif shape < 0.75:
            made = that.rstrip('.') + draw.choice(LINKS) + inner(this) + '.'
        else:
            made = draw.choice(HEADS) + inner(this) + '.'
        yield item_of(item['id'], item['kind'], item['status'], made)
