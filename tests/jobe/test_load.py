"""A class at once: nobody's answer is lost, and everybody gets their own."""

import asyncio
import json

import pytest
from support.jobe import jobe
from support.tree import ROOT


def answers():
    """Yield exercises and answers of two kinds, with the share that each has alone."""
    for number in range(12):
        for exercise in ("ex11", "ex15"):
            (folder,) = (ROOT / "tests" / "solutions").glob(exercise)
            right = sorted(folder.glob("*.py"))[number % 3].read_text("utf-8")
            yield exercise, f"{right}\n# {number}\n", 1.0
            yield exercise, f"# {number}\nraise SystemExit\n", 0.0


@pytest.mark.slow
def test_a_class_on_two_exercises_loses_nothing_and_mixes_nothing_up(tmp_path):
    expected = list(answers())
    with jobe(tmp_path / "log", "--jobs", "2", "--warm", "3") as server:

        async def whole_class():
            checks = (
                asyncio.to_thread(server.check, exercise, code) for exercise, code, _ in expected
            )
            return await asyncio.gather(*checks)

        found = asyncio.run(whole_class())
    assert [(status, answer["outcome"]) for status, answer in found] == [(200, 15)] * len(expected)
    shares = [json.loads(answer["stdout"])["fraction"] for _, answer in found]
    assert shares == [share for _, _, share in expected]
