"""What signs are called."""

import unicodedata


def run():
    return [unicodedata.name("é"), len(unicodedata.normalize("NFD", "é"))]


EXPECTED = ["LATIN SMALL LETTER E WITH ACUTE", 2]
