"""Sentences with marks: `TYPE<TAB>STATUS<TAB>sentence`, the acting party as {A:...}, the recipient as {R:...}, triggers as [...]."""
import glob
import os

TYPES = ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT', 'REQUEST', 'ACCUSE', 'REJECT',
         'THREATEN', 'PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')
COOPERATION = ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE', 'COOPERATE', 'AID', 'RETREAT')
FORCE = ('PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT')
STATUSES = ('happened', 'ongoing', 'planned', 'conditional', 'negated', 'denied', 'cancelled')


def as_reported(kind, status):
    """The type under which PLOVER reports what is to come or was not done; the twin of `as_reported` in given.rs."""
    if status in ('planned', 'conditional'):
        return 'AGREE' if kind in COOPERATION else 'THREATEN' if kind in FORCE else kind
    if status in ('negated', 'cancelled'):
        return 'REJECT' if kind in COOPERATION else 'RETREAT' if kind in FORCE else kind
    return kind


def parse(marked):
    """The plain sentence and [(mark, start, end)] with marks A, R and T."""
    text, marks, open_marks, at = '', [], [], 0
    while at < len(marked):
        if marked[at] == '{' and marked[at + 1:at + 3] in ('A:', 'R:'):
            open_marks.append((marked[at + 1], len(text)))
            at += 3
        elif marked[at] == '[':
            open_marks.append(('T', len(text)))
            at += 1
        elif marked[at] in '}]':
            if not open_marks:
                raise ValueError('a mark ends that never began')
            mark, start = open_marks.pop()
            if (mark == 'T') != (marked[at] == ']'):
                raise ValueError('marks cross')
            marks.append((mark, start, len(text)))
            at += 1
        else:
            text += marked[at]
            at += 1
    if open_marks:
        raise ValueError('a mark does not end')
    return text, marks


def fold_of(item, folds=4, block=15):
    """Neighbouring lines, which are alike, fall into the same fold."""
    group, number = item['id'].rsplit(':', 1)
    return (int(number) // block + sum(map(ord, group))) % folds


def item_of(name, kind, status, marked):
    """A dict with id, kind, status, text, source, target, triggers; ValueError if marks or labels are wrong."""
    text, marks = parse(marked)
    if kind not in (*TYPES, 'NONE') or status not in STATUSES:
        raise ValueError(f'{kind} {status} is no label')
    of = {mark: [dict(start=start, end=end) for m, start, end in marks if m == mark] for mark in 'ART'}
    if kind != 'NONE' and not of['T']:
        raise ValueError('no trigger is marked')
    return dict(id=name, kind=kind, status=status, marked=marked, text=text, source=(of['A'] or [None])[0],
                target=(of['R'] or [None])[0], triggers=of['T'])


def read(folder):
    """(items, faults) of all files of a folder."""
    items, faults = [], []
    for path in sorted(glob.glob(os.path.join(folder, '*.txt'))):
        name = os.path.splitext(os.path.basename(path))[0]
        for number, line in enumerate(open(path, encoding='utf-8'), 1):
            line = line.rstrip('\n')
            if not line.strip() or line.startswith('#'):
                continue
            try:
                kind, status, marked = line.split('\t')
                items.append(item_of(f'{name}:{number}', kind, status, marked.strip()))
            except ValueError as fault:
                faults.append(f'{name}:{number}: {fault}: {line[:90]}')
    return items, faults
