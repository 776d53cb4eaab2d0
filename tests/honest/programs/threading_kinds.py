"""Threads, locks and events."""

import threading


def run():
    total = []
    lock, ready = threading.Lock(), threading.Event()

    def work(n):
        ready.wait()
        with lock:
            total.append(n)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    ready.set()
    for thread in threads:
        thread.join()
    timer = threading.Timer(0.01, total.append, [9])
    timer.start()
    timer.join()
    threading.Barrier(1).wait()
    condition = threading.Condition()
    with threading.Semaphore(2), condition:
        condition.notify_all()
    return sorted(total)


EXPECTED = [0, 1, 2, 3, 9]
