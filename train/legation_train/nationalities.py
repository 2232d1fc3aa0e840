"""NORP marks for name sets that have none, from a list of forms."""


def mark_nationalities(sentences, path):
    """Tags listed forms NORP in sentences with name tags, where they stand outside other names."""
    listed = {line.strip() for line in open(path, encoding='utf-8') if line.strip() and not line.startswith('#')}
    for sentence in sentences:
        if sentence.names:
            sentence.names = ['B-NORP' if tag in ('O', None) and form in listed else tag
                              for form, tag in zip(sentence.forms, sentence.names)]
