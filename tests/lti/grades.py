"""A grades.csv as `grader batch` writes it."""

from grader.batch.outputs.csv_file import write_table
from grader.batch.outputs.grades import COLUMNS


def write_grades(path, *rows):
    """Write rows of student, exercise, status, entered, maximum; and attempt and report, if any."""
    lines = []
    for student, exercise, status, entered, maximum, *rest in rows:
        attempt, report = [*rest, "1", ""][:2] if len(rest) < 2 else rest
        cells = dict.fromkeys(COLUMNS, "") | {
            "student_id": student,
            "exercise": exercise,
            "status": status,
            "points": entered,
            "entered": entered,
            "maximum": maximum,
            "reachable": maximum,
            "attempt": str(attempt or 1),
            "report": report,
        }
        lines.append([cells[name] for name in COLUMNS])
    write_table([COLUMNS, *lines], path)
    return path
