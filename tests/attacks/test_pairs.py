"""Two submissions of one batch cannot signal to each other, by anything that the machine counts."""

import json
import sys

import pytest
from arena.mounts import PRIVATE
from arena.pair import CHANNELS, HEARD, RECEIVER, SENDER
from arena.removal import without

from grader.wire.levels import FULL

WRITE = "import pathlib, sys; p = pathlib.Path(sys.argv[1]); p.parent.mkdir(parents=True); \
p.write_text(sys.argv[2])"
READ = "import glob, sys; print('\\n'.join(open(p).read() for p in glob.glob(sys.argv[1], \
recursive=True)))"
LAYERS = ["Namespaces", "Session", "Limits", "Files", "Descriptors", "Calls"]
# What else goes on may be louder than these: on a busy machine they are missed now and then.
FAINT = {"free memory", "free space", "inode numbers", "thread numbers", "socket cookies"}


def heard(arena, *, patched=False):
    """Judge the two at the same time; return the channels by which the one heard the other."""
    place = f"{PRIVATE}/temporary/pair"
    python = [sys.executable, "-P"]
    # Two workers take three each, in whatever order: three senders and three receivers cannot be
    # shared out so that no sender meets a receiver.
    both = {"Sender": SENDER, "Receiver": RECEIVER}
    names = {f"{who} {n}": f"{text}\n# {n}\n" for who, text in both.items() for n in "abc"}
    for name, source in names.items():
        [done] = arena.run([*python, "-c", WRITE, f"{place}/class/{name}/ex11_softmax.py", source])
        assert done["code"] == 0, done
    grader = [*python, "-m", "grader", "--course", f"{PRIVATE}/course"]
    batch, reports = arena.run(
        [*grader, "batch", f"{place}/class", "--out", f"{place}/out", "--jobs", "2"],
        [*python, "-c", READ, f"{place}/out/**/*.json"],
        environment={"PYTHONPATH": f"{PRIVATE}/patched"} if patched else {},
    )
    assert batch["code"] == 0, batch
    assert f"looked at {len(CHANNELS)}" in reports["stdout"], reports
    return {name for name in CHANNELS if json.dumps(HEARD + name)[1:-1] in reports["stdout"]}


@pytest.fixture(scope="module")
def heard_here(arenas):
    arena = arenas.get()
    if arena.hello["level"] < FULL:
        pytest.skip(f"two of these are closed at level full, here is {arena.hello['name']}")
    return heard(arena)


@pytest.mark.slow
@pytest.mark.parametrize("channel", CHANNELS)
def test_a_channel_is_closed(channel, heard_here):
    assert channel not in heard_here


@pytest.mark.slow
def test_without_any_layer_they_hear_each_other(arenas):
    assert heard(arenas.get(without(LAYERS)), patched=True) >= set(CHANNELS) - FAINT
