"""Judges are lent, kept, replaced and ended; an answer that takes too long is nobody's zero."""

import asyncio

import psutil
import pytest
from support.text_blocks import block
from support.tree import TINY

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.jobe import judges as judges_module
from grader.jobe.errors import RefusedError
from grader.jobe.judges import Judges
from grader.jobe.reply import FAULT, reply
from grader.wire.levels import OWN_CODE_ONLY

RIGHT = block("""
    def double(x):
        return 2 * x
""").encode()
SLOW = block("""
    import time


    def double(x):
        time.sleep(1.5)
        return 2 * x
""").encode()


@pytest.fixture
def exercise():
    return Course(TINY).exercise("ex01")


def workers():
    children = psutil.Process().children()
    return [one for one in children if "grader.batch.worker" in one.cmdline()]


def with_judges(act, **options):
    """Run a coroutine function with judges; afterwards none of their processes is left."""

    async def run():
        judges = Judges(OWN_CODE_ONLY, "cpu", **options)
        try:
            return await act(judges)
        finally:
            await judges.close()

    found = asyncio.run(run())
    assert workers() == []
    return found


def test_one_after_the_other_is_judged_by_one_judge(exercise):
    async def act(judges):
        before = set()
        for number in range(3):
            report = await judges.judge(exercise, RIGHT + b"# %d" % number)
            assert report.passed
            before |= {one.pid for one in workers()}
        return before

    assert len(with_judges(act)) == 1


def test_at_the_same_time_each_has_a_judge_and_there_are_no_more_than_may_be(exercise):
    other = Course(builtin_root()).exercise("ex11")

    async def act(judges):
        both = await asyncio.gather(*(judges.judge(exercise, RIGHT) for _ in range(2)))
        assert all(report.passed for report in both)
        assert len(workers()) == 2
        await judges.judge(other, b"x = 1")
        return len(workers())

    assert with_judges(act, most=2) == 2


def test_what_takes_too_long_is_a_fault_and_the_next_answer_is_judged(exercise, monkeypatch):
    async def act(judges):
        await judges.warm([exercise])
        monkeypatch.setattr(judges_module, "LONGEST", 0.5)
        late = await judges.judge(exercise, SLOW)
        monkeypatch.undo()
        return late, await judges.judge(exercise, RIGHT)

    late, right = with_judges(act)
    assert late.status == "ungraded"
    with pytest.raises(RefusedError) as caught:
        reply(late, exercise, "en")
    assert caught.value.status == FAULT
    assert right.passed


def test_who_gives_up_waiting_leaves_no_process_behind(exercise):
    async def act(judges):
        await judges.warm([exercise])
        judging = asyncio.create_task(judges.judge(exercise, SLOW))
        await asyncio.sleep(0.3)
        judging.cancel()
        await asyncio.gather(judging, return_exceptions=True)
        return len(workers())

    assert with_judges(act) == 0
