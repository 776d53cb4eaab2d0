"""Work handed from thread to thread."""

import queue
import threading


def run():
    work, done = queue.Queue(), queue.PriorityQueue()

    def serve():
        while (n := work.get()) is not None:
            done.put(n * n)
            work.task_done()

    thread = threading.Thread(target=serve)
    thread.start()
    for n in (3, 1, 2):
        work.put(n)
    work.join()
    work.put(None)
    thread.join()
    return [done.get(timeout=1) for _ in range(3)]


EXPECTED = [1, 4, 9]
