"""The terms, numbers and spaces of all texts, as teachers of the field write them."""

import re

import pytest
from support.languages import TRANSLATED
from support.prose import CODE, of_catalogue, of_exercises, texts, words

# What no text may hold outside of code, and why.
FORBIDDEN = {
    "en": {
        r"\b(?:relu|Relu|ReLu)\b": "the function is ReLU in prose, `relu` in code",
    },
    "fr": {
        r"\b(?:Relu|ReLu|RELU)\b": "the function is ReLU in prose, `relu` in code",
        r"\bredescend\w*|\bdescend\w* (?:le|ce|dans le) graphe": "a backward pass « remonte »",
        r"dernier bit": "« au bit près » for equality, « à la précision machine » for rounding",
        r"(?i)\b(?:mini-?)?batch(?:e?s)?\b": "a batch is a « lot », a « mini-lot »",
        r"(?i)cross[- ]entrop\w+|entropie-croisée": "cross-entropy is « entropie croisée »",
        r"(?:pas|vitesse|rythme) d'apprentissage": "learning rate is « taux d'apprentissage »",
        r"rétro-propagation|propagation arrière": "backpropagation is « rétropropagation »",
        r"(?i)encodage (?:one-hot|à chaud)": "one-hot encoding is « codage one-hot »",
        r"descente du gradient": "gradient descent is « descente de gradient »",
        r"\bNOTE\b|\bNota\b": "a note is « REMARQUE »: « note » is a mark",
        r"(?i)\b(?:tu|toi|tes)\b": "students are addressed as « vous »",
    },
    "ru": {
        r"\b(?:relu|Relu|ReLu|RELU|РеЛУ)\b": "the function is ReLU in prose, `relu` in code",
        r"(?i)\b(?:блокнот|тетрад|нотбук)\w*": "a notebook is «ноутбук»",
        r"(?i)(?:общ|полн|суммарн|взвешенн)\w+ вход\b": "total input is «взвешенная сумма»",
        r"(?i)пре-?активаци|предактиваци": "pre-activation is «взвешенная сумма»",
        r"(?i)\b(?:еще|ее|нее|причем|дает|идет|берет|ведет|трех|четырех)\b": "ё is kept",
        r"(?i)\b(?:ты|твой|твоя|твоё|твои|тебя|тебе)\b": "students are addressed as «вы»",
    },
}

# Where the English says the first, the translation must not hold the second, and why.
MEANT = {
    "fr": [
        (
            r"(?i)\bhints?\b",
            r"(?i)\bindices?\b",
            "a hint is « indication »; an index is « indice »",
        ),
        (
            r"(?i)\b(?:re|un)?grad(?:e|es|ed|ing|able)\b",
            r"(?i)\b(?:noter|notez|notée?s?|(?:re)?corriger|corrections?)\b",
            "to grade is « évaluer »",
        ),
    ],
    "ru": [(r"(?i)\bhints?\b", r"(?i)\b(?:намёк|указани)\w*", "a hint is «подсказка»")],
}
WRITE_DOWN = re.compile(r"(?i)\b(?:write|note) down\b")

DECIMAL_COMMA = re.compile(r"\d,\d")
SPACES = {
    "fr": (
        re.compile(
            r"[ \n][:;!?»]|[^\s\u00a0][;?!»](?=\s|$)|«[^\u00a0]|∞ |n° "
            r"|(?:\d|\}\}) (?:s(?!['’])|ms|[KMG]io|%)(?!\w)"
        ),
        "a no-break space before : ; ! ? », behind «, around a sign and before a unit",
    ),
    "ru": (
        re.compile(r"∞ −|− ∞|(?:\d|\}\}) (?:с(?=[).,;])|мс|[КМГ]иБ|%)(?!\w)"),
        "a no-break space around a sign and before a unit",
    ),
}

BATCH = re.compile(r"(?i)\bбатч")
FIRST_BATCH = re.compile(r"(?i)\bбатч\w* \(пакет\w*\)")
FIRST_CROSS_ENTROPY = re.compile(r"(?i)\bперекрёстн\w+\s+энтропи\w+\s+\(кросс-энтропи\w+\)")


def faults(lang, pattern, found=None):
    """Return the places whose words hold a pattern, each with what stands there."""
    told = []
    for place, _, text in texts(lang) if found is None else found:
        plain = words(text)
        told += [
            f"{place}: …{plain[max(0, one.start() - 20) : one.end() + 20]}…"
            for one in re.finditer(pattern, plain)
        ]
    return told


@pytest.mark.parametrize(
    ("lang", "pattern", "reason"),
    [(lang, *one) for lang, table in FORBIDDEN.items() for one in table.items()],
)
def test_no_text_holds_another_word_for_a_term(lang, pattern, reason):
    assert faults(lang, pattern) == [], reason


@pytest.mark.parametrize(
    ("lang", "english", "other", "reason"), [(lang, *one) for lang in MEANT for one in MEANT[lang]]
)
def test_a_term_is_translated_by_one_word(lang, english, other, reason):
    found = [
        one
        for one in texts(lang)
        if re.search(english, words(one[1])) and not WRITE_DOWN.search(one[1])
    ]
    assert found
    assert faults(lang, other, found) == [], reason


@pytest.mark.parametrize("lang", TRANSLATED)
def test_values_keep_the_point_of_python(lang):
    assert faults(lang, DECIMAL_COMMA) == [], "0.25 in every language: see docs/author.md"


@pytest.mark.parametrize("lang", SPACES)
def test_what_belongs_together_stays_in_one_line(lang):
    pattern, reason = SPACES[lang]
    assert faults(lang, pattern) == [], reason


def prompts():
    return [one for one in of_exercises("ru") if one[0].endswith(" prompt")]


def test_a_russian_task_says_once_what_a_batch_is():
    for place, _, text in prompts():
        first = BATCH.search(text)
        if first is not None:
            flat = " ".join(text[first.start() :].split())
            assert FIRST_BATCH.match(flat), f"{place}: «батч (пакет)» where it is named first"


def test_a_russian_packet_is_named_beside_its_batch_alone():
    left = [
        (place, english, FIRST_BATCH.sub("", " ".join(text.split())))
        for place, english, text in of_exercises("ru")
    ]
    assert faults("ru", r"(?i)пакет", left) == []


def test_a_russian_text_says_cross_entropy_in_full_once_and_short_from_then_on():
    for place, _, text in texts("ru"):
        plain = words(text)
        full = FIRST_CROSS_ENTROPY.search(plain)
        rest = plain if full is None else plain[: full.start()] + plain[full.end() :]
        assert not re.search(r"(?i)перекрёстн", rest), place
        if full is None and place.endswith(" prompt"):
            assert not re.search(r"(?i)кросс-энтропи", plain), f"{place}: in full where named first"
        elif full is not None:
            assert not re.search(r"(?i)кросс-энтропи", plain[: full.start()]), place


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "Cherchez l'erreur : elle est là."),
        ("fr", "Pourquoi?"),
        ("fr", "« lot\u00a0»"),
        ("fr", "plus de {{megabytes}} Mio"),
        ("ru", "больше {{megabytes}} МиБ"),
        ("ru", "({{seconds}} с)"),
        ("ru", "∞ − ∞"),
    ],
)
def test_a_space_that_breaks_is_found(lang, text):
    assert faults(lang, SPACES[lang][0], [("here", "", text)])


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("fr", "{{function}} s'arrête\u00a0: {{type}}: {{detail}}"),
        ("fr", "`x if y else z ;` vaut 3\u00a0%"),
        ("ru", "в строке {{line}} с исключением; 3\u00a0%"),
    ],
)
def test_what_is_right_is_let_be(lang, text):
    assert faults(lang, SPACES[lang][0], [("here", "", text)]) == []


def test_code_is_nobodys_prose():
    assert words("`relu` and $x, 0{,}5$\n```\n0,5\n```") == f"{CODE} and {CODE}\n{CODE}"


def test_the_catalogue_is_read():
    assert all(len(of_catalogue(lang)) > 1000 for lang in ("en", *TRANSLATED))
