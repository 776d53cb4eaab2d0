"""What the process has used."""

import resource


def run():
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    return [used.ru_maxrss > 0, used.ru_utime >= 0, soft == hard]


EXPECTED = [True, True, True]
