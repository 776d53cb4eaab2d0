"""Keys of questions, sealed: each part of an answer opens what the key says of that part.

A part is put through scrypt with a salt of the question: 16 bytes of the result are the tag under
which the fact is found, the others encrypt it. Each part has its own, so none is used twice. What
can be answered in few ways can be found by trying them all, here as by grading again and again:
a seal keeps a key from being read, and makes each trial cost some hundredths of a second.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from functools import cache
from typing import TYPE_CHECKING

from grader.course.models import Key
from grader.course.sealed import SealedQuestion
from grader.questions.answers import is_blank
from grader.questions.seals.number import NumericSeal
from grader.questions.seals.one import OrderingSeal, ShortTextSeal, SingleSeal
from grader.questions.seals.several import ClozeSeal, LinesSeal, MatchingSeal, MultipleSeal

if TYPE_CHECKING:
    from grader.course.models import Question
    from grader.questions.answers import Answer
    from grader.questions.seals.seal import Fact, Seal

SEALS: dict[str, type[Seal]] = {
    "single": SingleSeal,
    "multiple": MultipleSeal,
    "matching": MatchingSeal,
    "ordering": OrderingSeal,
    "numeric": NumericSeal,
    "lines": LinesSeal,
    "cloze": ClozeSeal,
    "short_text": ShortTextSeal,
}
"""The seals of the kinds that a key scores; a free text is for a teacher to read."""
UNREAD = Key(answer="")
"""The key of a question that no key scores."""
_TAG, _SALT, _BLOCK = 16, 16, 32
# 16 MiB and some hundredths of a second for a part.
_COST, _WIDTH, _MEMORY = 1 << 14, 8, 1 << 26


def sealed_question(question: Question, key: Key, listing: str = "") -> SealedQuestion:
    """Return the seal that a kit holds in the place of a question's key."""
    seal = SEALS[question.kind]() if question.kind in SEALS else None
    facts = {} if seal is None else seal.facts(question, key, listing)
    plain = {part: json.dumps(fact, separators=(",", ":")).encode() for part, fact in facts.items()}
    # All have one length, by which none differs from the others.
    longest = max(map(len, plain.values()), default=1)
    size = -(-longest // _BLOCK) * _BLOCK
    salt = secrets.token_bytes(_SALT)
    sealed = dict(_sealed(part, data.ljust(size), salt) for part, data in plain.items())
    return SealedQuestion(
        salt=salt.hex(),
        size=size,
        facts=dict(sorted(sealed.items())),
        public={} if seal is None else seal.public(question, key),
    )


def opened_key(
    question: Question, sealed: SealedQuestion, answer: Answer, listing: str = ""
) -> Key:
    """Return a key that scores this answer as the key does that was sealed.

    Raises:
        ValueError: the seal is broken.

    """
    if is_blank(answer) or question.kind not in SEALS:
        return UNREAD
    seal = SEALS[question.kind]()
    parts = seal.parts(question, answer, listing, sealed.public)
    salt = bytes.fromhex(sealed.salt)
    found = {part: fact for part in parts if (fact := _opened(part, sealed, salt)) is not None}
    return seal.key(question, answer, found)


def _sealed(part: str, data: bytes, salt: bytes) -> tuple[str, str]:
    derived = _derived(part, salt, len(data))
    return derived[:_TAG].hex(), _joined(data, derived[_TAG:]).hex()


def _opened(part: str, sealed: SealedQuestion, salt: bytes) -> Fact | None:
    derived = _derived(part, salt, sealed.size)
    kept = sealed.facts.get(derived[:_TAG].hex())
    if kept is None:
        return None
    fact: Fact = json.loads(_joined(bytes.fromhex(kept), derived[_TAG:]))
    return fact


@cache
def _derived(part: str, salt: bytes, size: int) -> bytes:
    return hashlib.scrypt(
        part.encode("utf-8", "surrogatepass"),
        salt=salt,
        n=_COST,
        r=_WIDTH,
        p=1,
        maxmem=_MEMORY,
        dklen=_TAG + size,
    )


def _joined(data: bytes, stream: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(data, stream, strict=True))
