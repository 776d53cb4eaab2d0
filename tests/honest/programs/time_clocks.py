"""Clocks and short waits."""

import time


def run():
    began, used = time.perf_counter(), time.process_time()
    time.sleep(0.01)
    clocks = (time.CLOCK_MONOTONIC, time.CLOCK_PROCESS_CPUTIME_ID, time.CLOCK_THREAD_CPUTIME_ID)
    told = [time.clock_gettime(clock) > 0 for clock in clocks]
    waited = time.perf_counter() - began >= 0.01
    return [waited, time.process_time() >= used, time.gmtime(0).tm_year, all(told)]


EXPECTED = [True, True, 1970, True]
