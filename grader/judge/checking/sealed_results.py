"""Results of the author's programs in a students' kit: data in the place of their sources.

One .npz file for each device: `index` lists, as JSON, whose result each one is, the key of its call
and the tree of its value (`grader.wire.values`); `buffers` holds the arrays, one after the other.
Nothing is pickled.
"""

from __future__ import annotations

import io
import json
import math
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import numpy as np

from grader.course.errors import CourseError
from grader.course.phrases import phrase
from grader.judge.checking.datasets import read_arrays
from grader.judge.failures import Finding, SystemFaultError
from grader.judge.processes.outcomes import Malformed, Outcome, Raised, Returned
from grader.judge.processes.sandboxed_program import REFERENCE, FunctionCall, SandboxedProgram
from grader.wire.errors import ProtocolError
from grader.wire.seen import plain, seen_of
from grader.wire.values import decode, encode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

SealedKey = tuple[str, bytes]
"""The name of a program, empty for the reference, and the key of a call."""
SealedResults = dict[SealedKey, Outcome]


def is_sealable(call: FunctionCall) -> bool:
    """Return True if a call has a key that it has in every run, and its result is no duration."""
    return call.expressed is not None and not call.stopwatch


def result_bytes(outcome: Outcome) -> float:
    """Return the bytes of the arrays of a result; infinite if the call neither returned nor raised.

    Only what returned or raised can be stored.
    """
    if not isinstance(outcome, Returned | Raised):
        return math.inf
    return encode(_as_data(outcome)).size


def packed_results(results: Mapping[SealedKey, Outcome]) -> bytes:
    """Return the .npz file of results; each of them `Returned` or `Raised`."""
    index: list[Any] = []
    buffers: list[NDArray[np.uint8]] = []
    size = 0
    for (name, key), outcome in sorted(results.items(), key=lambda item: item[0]):
        encoded = encode(_as_data(outcome))
        pieces = [np.frombuffer(one, np.uint8) for one in encoded.buffers]
        index.append([name, key.hex(), encoded.tree, size, encoded.size])
        buffers += pieces
        size += encoded.size
    text = np.frombuffer(json.dumps(index, separators=(",", ":")).encode(), np.uint8)
    stream = io.BytesIO()
    joined = np.concatenate(buffers) if buffers else np.zeros(0, np.uint8)
    np.savez_compressed(stream, index=text, buffers=joined)
    return stream.getvalue()


def read_results(file: Path) -> SealedResults:
    """Return the results in a file; none where a kit has no file for the device.

    Raises:
        CourseError: it is broken.

    """
    if not file.is_file():
        return {}
    arrays = read_arrays(file)
    try:
        buffers = memoryview(arrays["buffers"].tobytes())
        return {
            (str(name), bytes.fromhex(key)): _outcome(decode(tree, buffers[start : start + size]))
            for name, key, tree, start, size in json.loads(arrays["index"].tobytes())
        }
    except (KeyError, TypeError, ValueError, ProtocolError):
        what = phrase("holds no results that can be read")
        raise CourseError(file, "", what, phrase("unpack the kit again")) from None


def _as_data(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Raised):
        return {"raised": asdict(outcome)}
    assert isinstance(outcome, Returned)  # noqa: S101 - the recorder has seen to it
    seen = None if outcome.seen is None else plain(outcome.seen)
    return {"value": outcome.value, "changed": dict(outcome.changed), "seen": seen}


def _outcome(data: Any) -> Outcome:
    match data:
        case {"raised": dict(fields)}:
            return Raised(**fields)
        case {"value": value, "changed": dict(changed), "seen": seen}:
            return Returned(value, changed, None if seen is None else seen_of(seen))
    raise ValueError("no outcome")


class SealedProgram(SandboxedProgram):
    """A program of the author's of which a kit holds results alone: it answers the calls it knows.

    The kit judges with it by the very path on which the author's programs are run elsewhere.
    """

    name = REFERENCE
    results: Mapping[SealedKey, Outcome] = {}

    def load(self) -> Outcome:
        """Return that every function is there."""
        functions = {name: {"fits": True} for name in self.program.functions}
        return Returned({"functions": functions})

    def begin_check(self, seed: int) -> None:
        """Do nothing: a result does not depend on when it is asked for."""

    def call(self, call: FunctionCall) -> Outcome:
        """Return the result of a call.

        Raises:
            SystemFaultError: the kit does not hold it.

        """
        key = call.expressed if is_sealable(call) else None
        known = None if key is None else self.results.get((self.name, key))
        if known is None and self.name == REFERENCE:
            raise SystemFaultError(Finding("system.sealed"), f"{call.name}: not in this kit")
        return Malformed("not in this kit") if known is None else known
