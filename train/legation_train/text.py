"""Word forms as the parser sees them: normalisation, shape and the hashed features of a word.

The Rust reader (`crates/legation-read/src/parse/features.rs`) computes the same; the fixture test compares them.
"""

REPLACEMENTS = {
    '’': "'", '‘': "'", '‛': "'", '′': "'", '`': "'", '´': "'",
    '“': '"', '”': '"', '„': '"', '«': '"', '»': '"', '″': '"',
    '–': '-', '‐': '-', '‑': '-', '−': '-', '—': '--', '―': '--', '…': '...',
}
LONGEST = 32  # characters of a word that are looked at: the first and last half of them
GROUPS = ('word', 'affix', 'gram', 'vector')  # the rows of the last come from before training: one a word form in small letters


def normalise(form):
    """`form` with typographic marks in plain type, digits as 0, addresses as one word, at most LONGEST characters."""
    if form in ("``", "''"):
        return '"'
    if '://' in form or form.startswith('www.'):
        return '<url>'
    if '@' in form and len(form) > 3 and not form.startswith('@'):
        return '<mail>'
    characters = []
    for character in form:
        if '0' <= character <= '9':
            characters.append('0')
        else:
            characters.extend(REPLACEMENTS.get(character, character))
    if len(characters) > LONGEST:
        characters = characters[:LONGEST // 2] + characters[-LONGEST // 2:]
    return ''.join(characters)


def shape(form):
    """`form` with letters as X or x; a run of one class is cut after three, the whole after twelve."""
    out = []
    for character in form:
        if character.isupper():
            character = 'X'
        elif character.islower():
            character = 'x'
        elif character == '0':
            character = '0'
        elif ord(character) > 127:
            character = '?'
        if out[-3:] != [character] * 3:
            out.append(character)
        if len(out) == 12:
            break
    return ''.join(out)


def features(form):
    """For each of GROUPS the feature strings of a word form."""
    normal = normalise(form)
    lower = normal.lower()
    word = ['w' + lower]
    if normal != lower:
        word.append('c' + normal)
    affix = ['s' + shape(normal)]
    for length in range(1, 5):
        if length < len(lower):
            affix.append('p' + lower[:length])
    for length in range(1, 6):
        if length < len(lower):
            affix.append('e' + lower[-length:])
    bounded = '^' + lower + '$'
    gram = ['g' + bounded[i:i + n] for n in (3, 4) for i in range(len(bounded) - n + 1)]
    return word, affix, gram, ['v' + lower]


def feature_hash(feature):
    """FNV-1a over the UTF-8 bytes, 64 bits folded to 32."""
    value = 0xcbf29ce484222325
    for byte in feature.encode('utf-8', 'surrogatepass'):
        value = ((value ^ byte) * 0x100000001b3) & 0xffffffffffffffff
    return (value ^ (value >> 32)) & 0xffffffff
