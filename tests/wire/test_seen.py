"""What a process says of a call on its device: every forged account is refused."""

import pytest

from grader.wire.errors import ProtocolError
from grader.wire.seen import Event, Line, Part, TrafficRecord, Work, plain, seen_of

SEEN = TrafficRecord(
    (
        Event("synchronise", "item", "float", Part(3, None, 5, 3, 19), 4, 0),
        Event("to_host", "copy", "[...]", Part(7, "mine.py"), 1, 16),
        Event("made", "tensor", "tensor", None, 2, 8),
    ),
    (Work(Line(3), 9), Work(None, 1)),
    10,
    64,
)


def test_an_account_crosses_as_it_is():
    assert seen_of(plain(SEEN)) == SEEN
    assert seen_of(plain(TrafficRecord())) == TrafficRecord()


def changed(**parts):
    return plain(SEEN) | parts


def event(**parts):
    names = ["kind", "operation", "name", "count", "bytes", "place"]
    row = dict(zip(names, plain(SEEN)["events"][0], strict=True)) | parts
    return changed(events=[list(row.values())])


HUGE = 1 << 60
FORGED = [
    {},
    {"events": [], "work": [], "operations": 0},
    changed(more=1),
    changed(events=None),
    changed(events=[7]),
    changed(events=[[]]),
    changed(events=plain(SEEN)["events"] * 100),
    changed(work=[[1, None]] * 257),
    changed(work=[[1, 3]]),
    changed(work=[[1, [0, None]]]),
    changed(work=[["1", None]]),
    changed(work=[[1, [3, 5]]]),
    changed(operations=-1),
    changed(operations=HUGE),
    changed(operations=True),
    changed(operations="9"),
    changed(operations=9.0),
    changed(peak_bytes=-1),
    changed(peak_bytes=None),
    event(kind="passed"),
    event(kind=None),
    event(operation="rm -rf"),
    event(operation="A"),
    event(operation="a" * 200),
    event(name="no name"),
    event(name="x`\n"),
    event(name="\x1b[31m"),
    event(name="a" * 101),
    event(name=""),
    event(count=-1),
    event(count=HUGE),
    event(count=True),
    event(count="5"),
    event(bytes=-5),
    event(bytes=float("nan")),
    event(place=3),
    event(place=[3]),
    event(place=[-3, None, None, None, None]),
    event(place=[1 << 40, None, None, None, None]),
    event(place=[3, "x" * 300, None, None, None]),
    event(place=[3, None, 0, None, None]),
    event(place=[3, None, "1", None, None]),
    event(place=[3, None, None, None, None, None]),
]


@pytest.mark.parametrize("told", FORGED, ids=range(len(FORGED)))
def test_a_forged_account_is_refused(told):
    with pytest.raises(ProtocolError):
        seen_of(told)
