"""What a program asks of itself."""

import os


def run():
    asked = [os.getpid(), os.cpu_count(), os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_PHYS_PAGES")]
    asked += [os.sysconf("SC_AVPHYS_PAGES"), os.sysconf("SC_NPROCESSORS_ONLN")]
    asked += [len(os.sched_getaffinity(0)), os.getpgid(0) + 1, os.getpriority(os.PRIO_PROCESS, 0) + 1]
    return [all(number > 0 for number in asked), os.uname().sysname, len(os.urandom(8))]


EXPECTED = [True, "Linux", 8]
