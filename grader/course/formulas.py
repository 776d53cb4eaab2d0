r"""LaTeX formulas as a line of Unicode text, for terminals and comments.

pylatexenc parses and knows the symbols; this module decides on fractions, scripts and spaces:
``\frac{\partial L}{\partial W_1}`` reads ∂L/∂W₁. Letters stay plain letters, which fonts and screen
readers support.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SUBSCRIPTS = str.maketrans(
    "0123456789+-=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ"
)
_SUPERSCRIPTS = str.maketrans(
    "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW⊤'′*",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵀ′′*",
)
_RELATIONS = frozenset("=<>≤≥≠≈∈∉→←↦⇒⇔∝≡∼≪≫⊂⊆↔⟶≔≃≅⩽⩾")
_BINARY = frozenset("+-×±∓⊙⊗⊕∘÷∪∩∗")
_LARGE = frozenset("∑∏∫")
_MORE_MACROS = {"operatorname": "*{", "dfrac": "{{", "tfrac": "{{", "bm": "{", "texttt": "{"}
_PLAIN = frozenset({"mathbf", "boldsymbol", "bm", "mathit", "mathcal", "mathsf", "mathnormal"})
_WORDS = frozenset({"text", "textrm", "textbf", "textit", "texttt", "mathrm", "mathtt", "mbox"})
_SIZES = frozenset(
    {"left", "right", "middle", "displaystyle", "textstyle", "limits", "nolimits"}
    | {f"{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")}
)
_ACCENTS = {"hat": "\u0302", "widehat": "\u0302", "bar": "\u0304", "overline": "\u0304"} | {
    "tilde": "\u0303",
    "vec": "\u20d7",
    "dot": "\u0307",
}
_WIDE = "\t"
_SPACES = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "quad": _WIDE, "qquad": _WIDE}
_DOUBLE_STRUCK = str.maketrans("RNZQCEP", "ℝℕℤℚℂ𝔼ℙ")
_SYMBOLS = {"lbrace": "{", "rbrace": "}", "{": "{", "}": "}", "colon": ":", "mid": "|", "|": "‖"}
_SYMBOLS |= {"lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "coloneqq": "≔", "*": ""}
_SYMBOLS |= {char: char for char in "%&#_$"} | {"cdot": "·"}
_SYMBOLS |= {"le": "≤", "ge": "≥", "ne": "≠", "to": "→", "gets": "←", "prime": "′", "top": "⊤"}
# Operands of a fraction without brackets: a number, a name, a call, an absolute value. A product
# needs them: in Python 1/2h would be half of h.
_SCRIPTS = "′₀-₎ₐ-ₜᵢ-ᵪⱼ⁰-ⁿᴬ-ᶻⱽ"
_SIMPLE = re.compile(
    rf"[0-9]+(?:\.[0-9]+)?|[∂∇]?[^\W\d_][{_SCRIPTS}]*|[^\W\d_{_SCRIPTS}]{{3,}}"
    rf"|[^\W\d_]*\([^()]*\)|\|[^|]*\||‖[^‖]*‖"
)


class FormulaNotRenderableError(GraderError, ValueError):
    """The formula contains something that has no form as a line of text."""


class _Atom(NamedTuple):
    """A piece of a formula, and its class for the spaces around it."""

    text: str
    kind: str = "ordinary"


def latex_to_unicode(formula: str) -> str:
    """Return a LaTeX formula as text; its source if there is no good form.

    The rows of an aligned formula are lines.
    """
    try:
        nodes, symbols = _parse(formula)
        return _spaced(_Reader(symbols).atoms(nodes)).strip().replace(_WIDE, "    ")
    except Exception:  # noqa: BLE001 - the source of a formula serves better than any error
        return formula


def _parse(formula: str) -> tuple[Any, Any]:
    # Imported only if there is a formula.
    from pylatexenc.latexwalker import LatexWalker  # noqa: PLC0415

    macros, symbols = _tables()
    walker = LatexWalker(formula, latex_context=macros, tolerant_parsing=False)
    state = walker.make_parsing_state(in_math_mode=True)
    nodes, _, _ = walker.get_latex_nodes(parsing_state=state)
    return nodes, symbols


@lru_cache(maxsize=1)
def _tables() -> tuple[Any, Any]:
    """Return pylatexenc's macros, with a few more, and its symbols."""
    from pylatexenc import latex2text, latexwalker, macrospec  # noqa: PLC0415

    macros = latexwalker.get_default_latex_context_db()
    more = [macrospec.std_macro(name, spec) for name, spec in _MORE_MACROS.items()]
    macros.add_context_category("nn-grader", macros=more, prepend=True)
    return macros, latex2text.get_default_latex_context_db()


class _Reader:
    """Turns parsed LaTeX into atoms."""

    def __init__(self, symbols: Any) -> None:
        self.symbols = symbols

    def atoms(self, nodes: Iterable[Any]) -> list[_Atom]:
        """Return the atoms of a list of nodes, with scripts attached to their bases."""
        found: list[_Atom] = []
        script = ""
        for atom in self._stream(nodes):
            if atom.kind == "script":
                script = atom.text
            elif script and atom.kind == "space":
                continue
            elif script:
                base = found.pop() if found else _Atom("")
                found.append(_with_script(base, script, atom.text))
                script = ""
            else:
                found.append(atom)
        if script:
            raise FormulaNotRenderableError(script)
        return found

    def text(self, node: Any) -> str:
        """Return a single node, an argument for instance, as text."""
        nodes = node.nodelist if hasattr(node, "nodelist") else [node]
        return _spaced(self.atoms(nodes)).strip()

    def _stream(self, nodes: Iterable[Any]) -> Iterator[_Atom]:
        for node in nodes:
            match type(node).__name__:
                case "LatexCharsNode":
                    yield from (_character(char) for char in node.chars if not char.isspace())
                case "LatexGroupNode":
                    yield _Atom(self.text(node))
                case "LatexMacroNode":
                    yield from self._macro(node)
                case "LatexEnvironmentNode":
                    yield _Atom(self._environment(node))
                case "LatexSpecialsNode" if node.specials_chars in {"&", "~"}:
                    yield _Atom("" if node.specials_chars == "&" else " ", "space")
                case "LatexSpecialsNode" if set(node.specials_chars) == {"'"}:
                    yield _Atom("′" * len(node.specials_chars), "prime")
                case _:
                    raise FormulaNotRenderableError(str(node))

    def _macro(self, node: Any) -> Iterator[_Atom]:
        name = node.macroname
        arguments = [a for a in (node.nodeargd.argnlist if node.nodeargd else ()) if a is not None]
        if name in _SIZES:
            return
        if name in _SPACES:
            yield _Atom(_SPACES[name], "space")
        elif name == "\\":
            yield _Atom("\n", "space")
        elif name in {"frac", "dfrac", "tfrac"}:
            top, bottom = (_grouped(self.text(argument)) for argument in arguments)
            yield _Atom(f"{top}/{bottom}", "fraction")
        elif name == "sqrt" and len(arguments) == 1:
            yield _Atom(f"√{_grouped(self.text(arguments[0]))}")
        elif name in _WORDS or name == "operatorname":
            yield _word(self._verbatim(arguments[-1]), function=name == "operatorname")
        elif name in _PLAIN:
            yield _Atom(self.text(arguments[0]))
        elif name == "mathbb":
            yield _Atom(self.text(arguments[0]).translate(_DOUBLE_STRUCK))
        elif name in _ACCENTS:
            yield _Atom(_accented(self.text(arguments[0]), name))
        else:
            yield self._symbol(name)

    def _symbol(self, name: str) -> _Atom:
        spec = self.symbols.get_macro_spec(name)
        known = getattr(spec, "simplify_repl", None)
        text = _SYMBOLS.get(name, None if "%" in str(known) else known)
        if not isinstance(text, str):
            raise FormulaNotRenderableError(name)
        return _word(text, function=True) if text.isalpha() and len(text) > 1 else _character(text)

    def _verbatim(self, node: Any) -> str:
        source = str(node.latex_verbatim())
        source = source[1:-1] if source.startswith("{") else source
        return re.sub(r"\\([,%&#_$])", lambda match: _SPACES.get(match[1], match[1]), source)

    def _environment(self, node: Any) -> str:
        """Return a matrix in NumPy's notation, cases in braces, aligned rows as lines."""
        rows: list[list[list[Any]]] = [[[]]]
        for child in node.nodelist:
            if getattr(child, "macroname", None) == "\\":
                rows.append([[]])
            elif getattr(child, "specials_chars", None) == "&":
                rows[-1].append([])
            else:
                rows[-1][-1].append(child)
        texts = [[_spaced(self.atoms(cell)).strip() for cell in row] for row in rows]
        texts = [row for row in texts if any(row)]
        name = node.environmentname.rstrip("*")
        if name.endswith("matrix"):
            inner = ", ".join(f"[{', '.join(row)}]" for row in texts)
            return inner if len(texts) == 1 else f"[{inner}]"
        if name == "cases":
            return f"{{{'; '.join(', '.join(cell.strip(',') for cell in row) for row in texts)}}}"
        if name in {"aligned", "align", "split", "gathered"}:
            return "\n".join(" ".join(cell for cell in row if cell) for row in texts)
        raise FormulaNotRenderableError(name)


def _character(char: str) -> _Atom:
    if char in "_^":
        return _Atom(char, "script")
    if char in "'′":
        return _Atom("′", "prime")
    for kind, members in (
        ("relation", _RELATIONS),
        ("binary", _BINARY),
        ("large", _LARGE),
        ("times", "·⋅"),
        ("open", "([{"),
        ("close", ")]}"),
        ("comma", ",;"),
        ("bar", "|‖"),
    ):
        if char in members:
            return _Atom(char, kind)
    return _Atom(char)


def _word(text: str, *, function: bool) -> _Atom:
    return _Atom(text, "function" if function else "word" if len(text) > 1 else "ordinary")


def _grouped(text: str) -> str:
    """Put an expression in brackets unless it is a name or a number."""
    return text if _SIMPLE.fullmatch(text) else f"({text})"


def _accented(text: str, accent: str) -> str:
    if len(text) != 1:
        raise FormulaNotRenderableError(text)
    return unicodedata.normalize("NFC", text + _ACCENTS[accent])


def _with_script(base: _Atom, mark: str, text: str) -> _Atom:
    """Attach a sub- or superscript, by Unicode characters if all of them exist."""
    table = _SUBSCRIPTS if mark == "_" else _SUPERSCRIPTS
    tight = text.replace(" ", "")
    word = mark == "_" and len(tight) > 2 and tight.isalpha()  # noqa: PLR2004 - ij, not a word
    if tight and not word and all(ord(char) in table for char in tight):
        return _Atom(base.text + tight.translate(table), base.kind)
    kind = "word" if base.kind == "ordinary" else base.kind
    return _Atom(f"{base.text}{mark}{_grouped(text)}", kind)


def _spaced(atoms: list[_Atom]) -> str:
    """Join atoms with the spaces that typesetting requires."""
    line = ""
    before = "open"
    bars = 0
    for (text, kind), following in zip(atoms, [*atoms[1:], _Atom("")], strict=False):
        now = kind
        if kind == "bar":
            bars += 1
            now = "open" if bars % 2 else "close"
        elif kind == "binary" and before in {
            "open",
            "relation",
            "binary",
            "comma",
            "function",
            "large",
            "times",
        }:
            now = "sign"
        elif kind == "times" and "fraction" in {before, following.kind}:
            now = "binary"
        if _needs_space(before, now) and line and not line.endswith((" ", "\n", _WIDE)):
            line += " "
        line += text
        before = now if kind != "prime" else before
    return re.sub(r"(?<=\S) +", " ", line)


def _needs_space(before: str, now: str) -> bool:
    tight = {"space", "open", "sign"}
    if now == "space" or before in tight or now in {"close", "comma", "prime"}:
        return False
    if "times" in {before, now}:
        return False
    if {before, now} & {"relation", "binary"} or before == "comma":
        return True
    if now == "open":
        return before in {"fraction", "large"}
    names = {"function", "large", "word", "fraction"}
    return before in names or now in names
