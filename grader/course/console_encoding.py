"""Text for consoles that cannot show every sign."""

from __future__ import annotations

import codecs
import unicodedata

# Where the console's encoding lacks a sign, its nearest relative in ASCII stands in.
_RELATIVES = str.maketrans(
    {"✓": "+", "✗": "x", "│": "|", "…": "...", "–": "-", "—": "-", "−": "-", "·": "-", "∞": "inf"}
    | {"→": "->", "×": "x", "≥": ">=", "≤": "<=", "≠": "!=", "≈": "~", "’": "'", "○": "o", "─": "-"}
    | dict.fromkeys("“”«»", '"')
    | dict.fromkeys("\u00a0\u202f", " ")
)
# Russian in Latin letters, as it is commonly spelled where there are no others.
_SPELLED = """
    а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh
    ц=ts ч=ch ш=sh щ=shch ъ=' ы=y ь=' э=e ю=yu я=ya
"""
_CYRILLIC = {pair[0]: pair[2:] for pair in _SPELLED.split()}
_LATIN = str.maketrans(_CYRILLIC | {one.upper(): to.capitalize() for one, to in _CYRILLIC.items()})


def encodable(text: str, encoding: str) -> str:
    """Return the text with what ``encoding`` does not have replaced: printing never fails."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.encode(encoding, RELATIVE).decode(encoding)
    except LookupError:
        return encodable(text, "ascii")
    return text


def _relative(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    related = error.object[error.start : error.end].translate(_RELATIVES).translate(_LATIN)
    # A letter is still read as that letter without the sign above it: é is e.
    apart = unicodedata.normalize("NFKD", related)
    plain = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return plain.encode("ascii", "replace").decode("ascii"), error.end


RELATIVE = "grader.relative"
"""Name of the error handler that replaces so, for streams."""
codecs.register_error(RELATIVE, _relative)
