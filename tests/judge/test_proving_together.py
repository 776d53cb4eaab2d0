"""Exercises are proved several at a time, and each has its own proof."""

import multiprocessing
import threading
import time

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.judge.validation.exercise import prove
from grader.judge.validation.together import prove_all


def exercises_called(*names):
    course = Course(builtin_root())
    return [course.exercise(name) for name in names]


def test_the_proofs_are_those_of_one_at_a_time_in_order():
    exercises = exercises_called("ex14", "ex30", "ex04")
    alone = [prove(exercise) for exercise in exercises]
    assert list(prove_all(exercises, 2)) == alone
    assert list(prove_all(exercises, 1)) == alone


def test_a_process_that_is_ended_from_outside_is_told():
    exercises = exercises_called("ex22", "ex11")
    told = []

    def prove_them():
        for proof in prove_all(exercises, 2):
            told.extend(map(str, proof.problems))

    proving = threading.Thread(target=prove_them)
    proving.start()
    while proving.is_alive():
        for process in multiprocessing.active_children():
            process.kill()
        time.sleep(0.05)
    proving.join()
    assert [line.partition(":")[0] for line in told] == ["ex22_autograd", "ex11_softmax"]
    assert all("ended from outside" in line for line in told)
