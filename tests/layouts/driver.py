"""Judges files at one isolation level after the other, in whatever Python it is started with.

Takes one JSON argument: ``course`` or null, ``levels``, ``files``. Prints a list of what became of
each file at each level.
"""

import json
import sys
from pathlib import Path

from grader.course.loading import Course
from grader.course.root import course_root
from grader.judge.checking.bare_reports import fault_report
from grader.judge.reading.submission import read_bytes
from grader.judge.run import Judge, Options

told = json.loads(sys.argv[1])
course = Course(course_root(told["course"] and Path(told["course"])))
exercise = course.exercise("ex11")
done = []
for level in told["levels"]:
    with Judge(exercise, Options(max_level=level)) as judge:
        for file in told["files"]:
            submission = read_bytes(Path(file).read_bytes(), "ex11.py", "code")
            try:
                report = judge.judge(submission)
            except Exception as error:  # noqa: BLE001 - what became of it is the answer
                report = fault_report(exercise, error)
            done.append(
                {
                    "asked": level,
                    "file": file,
                    "level": report.isolation and report.isolation.level,
                    "missing": report.isolation and report.isolation.missing,
                    "status": report.status,
                    "reached": float(report.reached),
                    "output": report.output.text,
                    "faults": report.run.faults,
                }
            )
sys.stdout.write(json.dumps(done))
