"""Tasks that wait for each other, run after run."""

import asyncio


async def double(n):
    await asyncio.sleep(0.001)
    return 2 * n


async def main():
    queue = asyncio.Queue()
    await queue.put(1)
    first = await asyncio.wait_for(queue.get(), 1)
    in_thread = await asyncio.to_thread(sum, [1, 2])
    return [first, in_thread, *await asyncio.gather(*map(double, range(3)))]


def run():
    for _ in range(12):
        found = asyncio.run(main())
    return found


EXPECTED = [1, 3, 0, 2, 4]
