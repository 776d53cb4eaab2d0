"""Two hundred thousand hostile frames: each is read or refused, and none is remembered."""

import gc

import pytest
from support import hostile

EACH = 50_000
GROWTH = 16  # MiB


@pytest.mark.parametrize("seed", range(4))
def test_no_frame_surprises_the_reader_or_stays_in_memory(seed, soon):
    source = hostile.Hostile(seed)
    read = refused = 0
    with soon(60):
        before = hostile.memory()
        for _ in range(EACH):
            count, error = hostile.read(source.frames())
            read += count
            refused += type(error).__name__ == "ProtocolError"
        gc.collect()
        grown = hostile.memory() - before
    assert grown < GROWTH
    # The source is worth something: many frames are just right, and many just wrong.
    assert read > EACH // 10
    assert refused > EACH // 2


def test_honest_frames_are_read_one_after_the_other():
    frames = hostile.honest()
    assert hostile.read(b"".join(frames))[0] == len(frames)


def test_the_same_seed_makes_the_same_frames():
    one, other = hostile.Hostile(7), hostile.Hostile(7)
    assert [one.frames() for _ in range(50)] == [other.frames() for _ in range(50)]
