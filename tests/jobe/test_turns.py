"""First come, first served; who finds no room is told so at once."""

import asyncio

import pytest

from grader.jobe.errors import OverloadedError
from grader.jobe.turns import Turns

LONG = 60.0


async def hold(turns, name, done, until):
    """Take a place and a turn, and hold it; note what came of it."""
    try:
        with turns.place():
            async with turns.turn():
                done.append(f"{name} has it")
                await until.wait()
    except OverloadedError:
        done.append(f"{name} refused")


def started(turns, names, done, until):
    return [asyncio.create_task(hold(turns, name, done, until)) for name in names]


async def settle():
    for _ in range(20):
        await asyncio.sleep(0)


def test_those_who_wait_come_in_their_order_and_the_surplus_is_refused():
    async def run():
        turns, done, until = Turns(2, 3, LONG), [], asyncio.Event()
        tasks = started(turns, "abcdefg", done, until)
        await settle()
        assert done == ["a has it", "b has it", "f refused", "g refused"]
        until.set()
        await asyncio.gather(*tasks)
        assert done[4:] == ["c has it", "d has it", "e has it"]
        assert await last(turns) == ["z has it"]

    async def last(turns):
        done, until = [], asyncio.Event()
        until.set()
        await asyncio.gather(*started(turns, "z", done, until))
        return done

    asyncio.run(run())


def test_nobody_waits_for_ever():
    async def run():
        turns, done, until = Turns(1, 5, 0.01), [], asyncio.Event()
        tasks = started(turns, "ab", done, until)
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        assert done == ["a has it", "b refused"]
        until.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())


def test_who_waits_when_the_server_ends_is_told_and_who_is_judged_finishes():
    async def run():
        turns, done, until = Turns(1, 5, LONG), [], asyncio.Event()
        tasks = started(turns, "abc", done, until)
        await settle()
        turns.close()
        tasks += started(turns, "d", done, until)
        await settle()
        assert sorted(done) == ["a has it", "b refused", "c refused", "d refused"]
        until.set()
        await asyncio.gather(*tasks)

    asyncio.run(run())


@pytest.mark.parametrize("moment", ["waiting", "when its turn has come"])
def test_a_turn_of_who_went_away_is_not_lost(moment):
    async def run():
        turns, done, until = Turns(1, 5, LONG), [], asyncio.Event()
        tasks = started(turns, "abc", done, until)
        await settle()
        if moment == "waiting":
            tasks[1].cancel()
            until.set()
        else:
            until.set()
            await asyncio.sleep(0)
            tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert "c has it" in done
        assert turns._free == 1

    asyncio.run(run())
