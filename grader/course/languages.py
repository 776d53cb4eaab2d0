"""The languages in which the grader speaks: English, and each folder of i18n/ with a catalogue.

Messages are written in English in the code, with ``{{name}}`` for what is filled in: as the
first argument of a translator (``t("…")``, ``t.plural("…", "…", n)``), or marked by ``msgid``
where they are translated later (see phrases.py). Babel extracts them with ``-k t -k plural:1,2
-k msgid -k phrase -k phrases:1,2``.
"""

from __future__ import annotations

import io
import locale
import os
import re
from decimal import Decimal
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from numbers import Rational, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.course.locate import builtin_root
from grader.course.markup import PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from grader.course.models import Text

SOURCE = "en"
"""The language of the code."""
CATALOGUE = Path("LC_MESSAGES", "grader.po")
"""Where the messages of a language stand in its folder."""
WORKSPACE = ".grader.yaml"
_SEVERAL = 2  # whose form serves where a language has none for a number: 1,5 балла
_WHOLE = 200  # numbers below it show every plural form that whole numbers have
_CODE = 3  # letters of a language's code, at most
_WORKSPACE_LANG = re.compile(r"""^lang:\s*["']?([A-Za-z_-]+)""", re.MULTILINE)
_NO_LOCALE = {"C", "POSIX"}
_LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def folder_of(lang: str) -> Path:
    """Return the folder of a language: its catalogue, its words, its prose."""
    return builtin_root() / "i18n" / lang


def _languages() -> tuple[str, ...]:
    found = sorted(file.parents[1].name for file in builtin_root().glob(f"i18n/*/{CATALOGUE}"))
    return (SOURCE, *(lang for lang in found if lang != SOURCE))


LANGUAGES = _languages()


def language_of_locale(name: str | None) -> str | None:
    """Return the supported language of a locale's name (``fr_CA.UTF-8``: fr), if any."""
    whole = re.split(r"[.@]", name or "", maxsplit=1)[0].replace("-", "_")
    if whole in LANGUAGES:  # pt_BR, where there are texts for that
        return whole
    stem = whole.partition("_")[0].lower()
    if len(stem) > _CODE:
        stem = _code_of(stem)
    return stem if stem in LANGUAGES else None


def _code_of(name: str) -> str:
    """Return the code of a language that is called so in English, as Windows does."""
    from babel import Locale  # noqa: PLC0415 - elsewhere locales begin with a code

    called = Locale(SOURCE).languages
    return next((lang for lang in LANGUAGES if called.get(lang, "").lower() == name), "")


def choose_language(explicit: str | None = None, workspace: Path | None = None) -> str:
    """Return the language: the requested one, GRADER_LANG, the workspace's, the locale's, en.

    ``workspace``: a folder of it, if not the current one.
    """
    return (
        language_of_locale(explicit)
        or language_of_locale(os.environ.get("GRADER_LANG"))
        or language_of_locale(_workspace_language(workspace))
        or language_of_locale(_locale_name())
        or SOURCE
    )


def _workspace_language(workspace: Path | None) -> str | None:
    match = _WORKSPACE_LANG.search(workspace_text(workspace))
    return match[1] if match else None


def workspace_text(workspace: Path | None = None) -> str:
    """Return the settings by ``grader init`` in a folder or a parent; empty if there are none.

    ``workspace``: the folder, if not the current one.
    """
    for folder in upwards(workspace):
        try:
            return (folder / WORKSPACE).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            continue
    return ""


def upwards(folder: Path | None = None) -> tuple[Path, ...]:
    """Return a folder and its parents, nearest first; none if it is gone.

    ``folder``: by default the current one.
    """
    try:
        here = Path.cwd() if folder is None else folder.resolve()
    except (OSError, RuntimeError):  # deleted meanwhile, or a cycle of links
        return ()
    return (here, *here.parents)


def _locale_name() -> str | None:
    """Return the name of the locale: the first variable that is set decides, as in gettext.

    As there, LANGUAGE has priority, unless the locale is C.
    """
    values = (os.environ.get(variable) for variable in _LOCALE_VARIABLES)
    name = next(filter(None, values), None) or locale.getlocale()[0]
    if name is None or name.partition(".")[0] in _NO_LOCALE:
        return name
    wished = os.environ.get("LANGUAGE", "").split(":")
    return next(filter(language_of_locale, wished), name)


def msgid(message: str) -> str:
    """Mark a message for later translation, and return it."""
    return message


def format_value(value: object) -> str:
    """Return a value in Python notation, floats with up to six significant digits."""
    if isinstance(value, bool) or not isinstance(value, Real) or isinstance(value, Rational):
        return str(value)
    return repr(float(f"{float(value):.6g}"))


def amount(value: float | Decimal, lang: str) -> str:
    """Return a quantity in prose, such as points or seconds, in a language's notation: 12,5.

    Values of a computation keep Python's notation in every language: see ``format_value``.
    """
    exact = Decimal(f"{value:.6g}") if isinstance(value, float) else Decimal(value)
    text = format(exact.normalize() + 0, "f")
    if lang == SOURCE or "." not in text:
        return text
    from babel.numbers import format_decimal  # noqa: PLC0415 - most amounts are whole numbers

    return format_decimal(
        Decimal(text), locale=lang, decimal_quantization=False, group_separator=False
    )


def interpolate(text: Text, args: Mapping[str, object], lang: str) -> str:
    """Fill the placeholders of a text; the argument ``n`` selects the plural form.

    A Decimal is an amount, any other number a value. A placeholder without an argument stays.
    """
    form = text if isinstance(text, str) else _plural_form(text, args.get("n"), lang)

    def value(match: re.Match[str]) -> str:
        if match[1] not in args:
            return match[0]
        given = args[match[1]]
        return amount(given, lang) if isinstance(given, Decimal) else format_value(given)

    return PLACEHOLDER.sub(value, form)


def _plural_form(forms: Mapping[Any, str], n: object, lang: str) -> str:
    """Return the plural form for ``n``, or the nearest existing one."""
    name = _plural_name(n, lang) if isinstance(n, int | float | Decimal) else "other"
    names = (name, "other", _plural_name(_SEVERAL, lang))
    return next((forms[form] for form in names if form in forms), "")


def _plural_name(n: float | Decimal, lang: str) -> str:
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - most texts have no plural forms

    try:
        return Locale.parse(lang).plural_form(n)
    except (ValueError, UnknownLocaleError):  # a course may be in any language
        return Locale(SOURCE).plural_form(n)


@lru_cache
def plural_names(lang: str) -> Mapping[str, int]:
    """Return the plural forms that whole numbers have, each with the first that has it."""
    numbers = reversed(range(_WHOLE))
    return {_plural_name(number, lang): number for number in numbers}


class Translator:
    """Translates English messages of the code into one language."""

    def __init__(self, lang: str) -> None:
        """Use ``lang``; its catalogue is loaded at the first message."""
        self.lang = lang

    def __call__(self, message: str, /, **args: object) -> str:
        """Return the message in this language, with its arguments."""
        # gettext returns the header of the catalogue for an empty text.
        text = self._catalogue.gettext(message) if message else ""
        return interpolate(text, args, self.lang)

    def plural(self, one: str, other: str, n: float | Decimal, /, **args: object) -> str:
        """Return the plural form for ``n``, with its arguments; ``n`` is one of them."""
        form = self._catalogue.ngettext(one, other, self._counted(n))
        return interpolate(form, {"n": amount(n, self.lang), **args}, self.lang)

    def template(self, context: str, message: str) -> str:
        """Return the message under a context in the catalogue, with its placeholders."""
        return self._catalogue.pgettext(context, message)

    def plural_template(self, context: str, one: str, other: str, n: float | Decimal) -> str:
        """Return the plural form for ``n`` under a context, with its placeholders."""
        return self._catalogue.npgettext(context, one, other, self._counted(n))

    def _counted(self, n: float | Decimal) -> int:
        """Return an integer with the plural form of ``n``: gettext supports no fractions."""
        if n == int(n):
            return int(n)
        # 1,5 point, 1.5 points, 1,5 балла: in French a fraction below 2 is a singular.
        return plural_names(self.lang).get(_plural_name(n, self.lang), _SEVERAL)

    @cached_property
    def _catalogue(self) -> NullTranslations:
        return _catalogue(self.lang)


@lru_cache
def _catalogue(lang: str) -> NullTranslations:
    """Return the messages of a language; English, or a missing catalogue, translates nothing."""
    path = folder_of(lang) / CATALOGUE
    if lang == SOURCE or not path.is_file():
        return NullTranslations()
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English needs none of it
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = io.BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=lang))
    compiled.seek(0)
    return GNUTranslations(compiled)
