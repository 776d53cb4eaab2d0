"""``grader watch`` at a real terminal: saves as editors make them, keys, and its end."""

import json
import os
import shutil
import signal
import subprocess
import sys
import termios
import threading
import time

import pytest
from support.documents import blocks
from support.text_blocks import block
from support.tree import TINY
from support.watching import Terminal, alive, descendants, unstyled

from grader.progress.progress_file import PROGRESS, read

# -- saves, as editors make them ------------------------------------------------------------------


def in_place(path, text):
    with path.open("r+", encoding="utf-8") as file:
        file.truncate()
        file.write(text)


def truncated_then_written(path, text):
    """As editors on slow disks do: empty for a moment, then half, then whole."""
    descriptor = os.open(path, os.O_WRONLY | os.O_TRUNC)
    time.sleep(0.02)
    data = text.encode()
    os.write(descriptor, data[: len(data) // 2])
    time.sleep(0.02)
    os.write(descriptor, data[len(data) // 2 :])
    os.fsync(descriptor)
    os.close(descriptor)


def renamed_over(path, text):
    """As VS Code, gedit and sed do."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)


def as_vim(path, text):
    """4913 to try the folder, the file moved to a backup, written anew, the backup removed."""
    trial = path.with_name("4913")
    trial.touch()
    trial.unlink()
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o644)
    backup.unlink()


def as_emacs(path, text):
    """A link as a lock, a copy as a backup, then in place."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("somebody@nowhere.1")
    path.with_name(f"{path.name}~").write_bytes(path.read_bytes())
    path.write_text(text, encoding="utf-8")
    lock.unlink()


def as_jetbrains(path, text):
    """Two temporary names: the new text in one, the old text in the other."""
    new, old = (path.with_name(f"{path.name}___jb_{name}___") for name in ("tmp", "old"))
    new.write_text(text, encoding="utf-8")
    path.rename(old)
    new.rename(path)
    old.unlink()


def removed_and_created(path, text):
    path.unlink()
    time.sleep(0.02)
    path.write_text(text, encoding="utf-8")


def touched_again(path, text):
    """Several events for one save."""
    path.write_text(text, encoding="utf-8")
    os.utime(path)
    path.chmod(0o600)
    os.utime(path)


EDITORS = [
    *(in_place, truncated_then_written, renamed_over, as_vim, as_emacs, as_jetbrains),
    *(removed_and_created, touched_again),
]


def test_saves_of_every_editor_are_seen(watch, workspace, double):
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer into ex01_double.py")
        for number, save in enumerate(EDITORS):
            before = len(terminal.printed)
            save(path, double(number + 3))
            # What came back is of this save, and not of the one before.
            terminal.on_screen(f"got       {3.298 * (number + 3):.6g}", "Points: 0 of 4", "q quit")
            shown = unstyled(terminal.printed[before:])
            assert "cannot be read" not in shown, save.__name__
            assert "is gone" not in shown, save.__name__
        terminal.press("q")
        assert terminal.end() == 0
    attempts = read(workspace)[0].courses["tiny"]["ex01"]
    assert len(attempts) == len(EDITORS), "each save was judged, and nothing between two"


VIM = ["vim", "-N", "-u", "NONE", "-i", "NONE", "-es"]
PROGRAMS = {
    "sed": ["sed", "-i", "s/return .*/return FACTOR * x/"],
    "perl": ["perl", "-pi", "-e", "s/return .*/return FACTOR * x/"],
    "ed": ["ed", "-s"],
    "vim, renaming": [*VIM, "--cmd", "set backupcopy=no"],
    "vim, in place": [*VIM, "--cmd", "set backupcopy=yes backup"],
}


def run_editor(name, path, factor):
    """Have a real editor put another factor into an answer and save it."""
    command = [word.replace("FACTOR", str(factor)) for word in PROGRAMS[name]]
    change, typed = f"s/return .*/return {factor} * x/", None
    if name == "ed":
        typed = f",{change}\nw\nq\n"
    elif name.startswith("vim"):
        command += ["-c", f"%{change}", "-c", "wq"]
    subprocess.run([*command, path.name], cwd=path.parent, input=typed, text=True, check=True)


def test_saves_of_real_programs_are_seen(watch, workspace, double):
    path = workspace / "ex01_double.py"
    path.write_text(double(3), encoding="utf-8")
    installed = [name for name, command in PROGRAMS.items() if shutil.which(command[0])]
    with watch("ex01") as terminal:
        terminal.on_screen("Points: 0 of 4")
        for factor, name in enumerate(installed, start=4):
            run_editor(name, path, factor)
            terminal.on_screen(f"got       {3.298 * factor:.6g}", "Points: 0 of 4", "q quit")


def test_after_a_pass_comes_the_next_exercise(watch, workspace, double):
    with watch() as terminal:
        terminal.on_screen("ex01 · Twice as much", "Write your answer")
        (workspace / "ex01_double.py").write_text(double(2), encoding="utf-8")
        shown = terminal.on_screen("All right: 4 of 4 points.", "Next: ex02 · One of each kind")
        assert "Solved so far: 1 of 3" in shown
        (workspace / "ex02_everything.yaml").write_text("smallest: one\n", encoding="utf-8")
        terminal.on_screen("1 of 9 points", "ex02_everything.yaml is graded each time you save it.")
        terminal.press("q")
        assert terminal.end() == 0
    done = read(workspace)[0].courses["tiny"]
    assert [attempt.solved for attempt in done["ex01"].values()] == [True]
    assert set(done) == {"ex01", "ex02"}


def test_keys_after_a_pass_start_from_what_is_on_the_screen(watch, workspace, double):
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        (workspace / "ex01_double.py").write_text(double(2), encoding="utf-8")
        terminal.on_screen("Next: ex02")
        terminal.press("p")
        # Looking at it again goes on to nothing.
        terminal.on_screen("All right: 4 of 4 points.", "is graded each time", without="Next: ")
        (workspace / "ex01_double.py").write_text(f"{double(2)}# again\n", encoding="utf-8")
        terminal.on_screen("Next: ex02")
        terminal.press("n")
        terminal.on_screen("ex02 · One of each kind", "Write your answer", without="Next: ")


def test_a_file_of_another_exercise_makes_it_the_current_one(watch, workspace):
    with watch("ex01") as terminal:
        terminal.on_screen("ex01 · Twice as much", "Write your answer")
        (workspace / "ex02_everything.yaml").write_text("smallest: one\n", encoding="utf-8")
        terminal.on_screen("ex02 · One of each kind", "1 of 9 points")


def test_several_files_that_are_saved_at_once_all_get_a_verdict(watch, workspace, double):
    with watch("ex01") as terminal:
        terminal.on_screen("ex01 · Twice as much", "Write your answer")
        for name, text in (
            ("ex02_everything.yaml", "smallest: one\n"),
            ("ex03_lines.yaml", "update_line: 1\n"),
            ("ex01_double.py", double(3)),
        ):
            (workspace / name).write_text(text, encoding="utf-8")
        terminal.on_screen("ex03  ", "ex02  1 of 9", "ex01 · Twice as much", "Points: 0 of 4")
        terminal.press("q")
        assert terminal.end() == 0
    assert set(read(workspace)[0].courses["tiny"]) == {"ex01", "ex02", "ex03"}


def notebook(source):
    cell = {"cell_type": "code", "source": source, "metadata": {}, "outputs": [], "id": "a"}
    return json.dumps({"cells": [cell], "nbformat": 4, "nbformat_minor": 5, "metadata": {}})


def test_a_notebook_is_watched_too(watch, workspace, double):
    (workspace / "ex01_double.py").unlink()
    with watch("ex01") as terminal:
        terminal.on_screen("There is no file for it yet: grader init . ex01")
        file = workspace / "ex01.ipynb"
        renamed_over(file, notebook(double(3)))
        terminal.on_screen("Points: 0 of 4", "ex01.ipynb is graded each time")
        file.write_text(notebook(double(2))[:50], encoding="utf-8")
        time.sleep(0.05)
        file.write_text(notebook(double(2)), encoding="utf-8")
        shown = terminal.on_screen("All right: 4 of 4 points.")
        assert "cannot be read" not in shown


def test_a_file_can_be_named(watch, workspace, double):
    (workspace / "double.py").write_text(double(3), encoding="utf-8")
    with watch("double.py") as terminal:
        terminal.on_screen("Points: 0 of 4", "double.py is graded each time")
        (workspace / "double.py").write_text(double(2), encoding="utf-8")
        terminal.on_screen("All right: 4 of 4 points.")


def test_a_thousand_saves_in_a_second_end_in_the_verdict_of_the_last(watch, workspace, double):
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        for number in range(1000):
            path.write_text(f"{double(3)}# {number}\n", encoding="utf-8")
        path.write_text(double(2), encoding="utf-8")
        terminal.on_screen("All right: 4 of 4 points.")
        terminal.press("q")
        assert terminal.end() == 0
    attempts = read(workspace)[0].courses["tiny"]["ex01"]
    assert len(attempts) < 32, "most of them were never judged"


def test_an_answer_that_hangs_is_given_up_for_the_next_save(watch, workspace, double):
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        path.write_text(
            block("""
            def double(x):
                while True:
                    pass
        """),
            encoding="utf-8",
        )
        terminal.on_screen("ex01_double.py is being graded")
        time.sleep(2.2)  # longer than the watch waits for the verdict of what was saved again
        path.write_text(double(2), encoding="utf-8")
        shown = terminal.on_screen("All right: 4 of 4 points.")
        assert "TIMEOUT" not in unstyled(terminal.printed) + shown


# -- bad input --------------------------------------------------------------------------------


def test_a_file_that_vanishes_is_said_and_waited_for(watch, workspace, double):
    path = workspace / "ex01_double.py"
    path.write_text(double(3), encoding="utf-8")
    with watch("ex01") as terminal:
        terminal.on_screen("Points: 0 of 4")
        path.unlink()
        terminal.on_screen("ex01_double.py is gone. Save it again, and it is graded.")
        path.write_text(double(2), encoding="utf-8")
        shown = terminal.on_screen("All right: 4 of 4 points.")
        assert "is gone" not in shown


def test_a_file_that_stays_half_written_is_judged_as_it_is(watch, workspace, double):
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        path.write_text("def double(x):\n    return (2 * x\n", encoding="utf-8")
        terminal.on_screen("'(' was never closed")
        path.write_text(double(2), encoding="utf-8")
        terminal.on_screen("All right: 4 of 4 points.")


def test_a_file_that_cannot_be_read_is_said(watch, workspace):
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        path.write_bytes(b"\xff\xfe\x00\x80")
        terminal.on_screen("Line 1 of ex01_double.py cannot be read", "is graded each time")


def test_a_folder_that_is_gone_ends_the_watch_with_a_sentence(watch, workspace):
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        for path in workspace.iterdir():
            path.unlink()
        workspace.rmdir()
        assert terminal.end() == 2
        assert "is gone." in unstyled(terminal.printed)


def test_a_progress_file_of_a_newer_version_is_said_once_and_kept(watch, workspace, double):
    newer = json.dumps({"version": 99})
    (workspace / PROGRESS).write_text(newer, encoding="utf-8")
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        path.write_text(double(3), encoding="utf-8")
        terminal.on_screen("Points: 0 of 4", "newer version")
        path.write_text(double(2), encoding="utf-8")
        terminal.on_screen("All right: 4 of 4 points.")
    assert (workspace / PROGRESS).read_text(encoding="utf-8") == newer


def test_what_cannot_be_recorded_costs_no_verdict(watch, workspace, double):
    (workspace / f"{PROGRESS}.tmp").mkdir()
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        (workspace / "ex01_double.py").write_text(double(3), encoding="utf-8")
        terminal.on_screen("Points: 0 of 4", "Your progress is not recorded in")


def test_two_watches_of_one_folder_do_not_disturb_each_other(watch, workspace, double):
    path = workspace / "ex01_double.py"
    with watch("ex01") as one, watch("ex01") as other:
        one.on_screen("Write your answer")
        other.on_screen("Write your answer")
        path.write_text(double(3), encoding="utf-8")
        one.on_screen("Points: 0 of 4")
        other.on_screen("Points: 0 of 4")
        path.write_text(double(2), encoding="utf-8")
        one.on_screen("All right: 4 of 4 points.")
        other.on_screen("All right: 4 of 4 points.")
        for terminal in (one, other):
            terminal.press("q")
            assert terminal.end() == 0
    progress, told = read(workspace)
    assert told is None
    assert len(progress.courses["tiny"]["ex01"]) == 2


# -- keys ---------------------------------------------------------------------------------------


def test_keys(watch, workspace, double):
    (workspace / "ex01_double.py").write_text(double(3), encoding="utf-8")
    with watch("ex01") as terminal:
        terminal.on_screen("Points: 0 of 4", "n next   p previous   h hint   a all checks   q quit")
        terminal.press("h")
        terminal.on_screen("Hint 1 of ")
        terminal.press("n")
        terminal.on_screen("ex02 · One of each kind")
        terminal.press("p")
        terminal.on_screen("ex01 · Twice as much", "Points: 0 of 4")
        terminal.press("a")
        terminal.on_screen("0/1", "0/2")
        terminal.press("p")
        terminal.on_screen("ex03 · ")
        terminal.press("\x1b[A")  # an arrow means nothing
        terminal.press("т")  # the key of n on a Russian keyboard
        terminal.on_screen("ex01 · Twice as much")
        terminal.press("\x04")
        assert terminal.end() == 0


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("fr", "n suivant   p précédent   h indication   a tout   q quitter"),
        ("ru", "n вперёд   p назад   h подсказка   a всё   q выход"),
    ],
)
def test_the_letters_are_the_same_in_every_language(watch, lang, words):
    with watch("ex01", "--lang", lang) as terminal:
        terminal.on_screen(words)


# -- its end -----------------------------------------------------------------------------------


@pytest.fixture
def left(tmp_path):
    """Return what a watch has left in the folder of its temporary files."""
    return lambda: sorted(path.name for path in (tmp_path / "temporary").iterdir())


def interrupt(terminal):
    terminal.press("\x03")
    return 130


def interrupt_twice(terminal):
    for _ in range(2):
        terminal.press("\x03")
        time.sleep(0.02)
    return 130


def terminate(terminal):
    terminal.process.terminate()
    return 143


def close_the_window(terminal):
    terminal.hang_up()
    return 129


def press_q(terminal):
    terminal.press("q")
    return 0


ENDS = [interrupt_twice, close_the_window]
MORE_ENDS = [pytest.param(end, marks=pytest.mark.slow) for end in (interrupt, terminate, press_q)]
HANGS = block("""
    def double(x):
        while True:
            pass
""")


@pytest.mark.parametrize("end", [*ENDS, *MORE_ENDS])
@pytest.mark.parametrize("busy", [False, True], ids=["idle", "judging"])
def test_nothing_is_left_running(watch, workspace, left, end, busy):
    path = workspace / "ex01_double.py"
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        path.write_text(
            HANGS
            if busy
            else block("""
            def double(x):
                return 3 * x
        """),
            encoding="utf-8",
        )
        terminal.on_screen("is being graded" if busy else "Points: 0 of 4")
        started = descendants(terminal.process.pid)
        assert started, "a worker, its fork server, a student's process"
        expected = end(terminal)
        code = terminal.end()
        if end is not close_the_window:
            # The second Ctrl-C may come when all is over: then it ends the interpreter itself.
            assert (code if code >= 0 else 128 - code) == expected, "as a shell reports it"
            now = termios.tcgetattr(terminal.main)
            assert now[3] & (termios.ICANON | termios.ECHO) == terminal.settings[3] & (
                termios.ICANON | termios.ECHO
            ), "the terminal is as it was"
    until = time.monotonic() + 60
    while any(map(alive, started)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in started if alive(pid)]
    assert left() == []


def test_a_watch_that_is_killed_leaves_no_process(watch, workspace):
    with watch("ex01") as terminal:
        terminal.on_screen("Write your answer")
        (workspace / "ex01_double.py").write_text("def double(x): return 3 * x\n", "utf-8")
        terminal.on_screen("Points: 0 of 4")
        started = descendants(terminal.process.pid)
        terminal.process.send_signal(signal.SIGKILL)
        terminal.process.wait()
    until = time.monotonic() + 120
    while any(map(alive, started)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in started if alive(pid)]


# -- without a terminal -------------------------------------------------------------------------


@pytest.fixture
def piped(workspace):
    """Start a watch whose input and output are pipes."""
    started = []

    def start(*arguments):
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "grader", "watch", "--course", str(TINY), *arguments],
            cwd=workspace,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env={**os.environ, "GRADER_LANG": "en", "COLUMNS": "80"},
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def lines_until(process, text):
    lines = []
    for line in process.stdout:
        lines.append(line)
        if text in line:
            return "".join(lines)
    raise AssertionError("".join(lines))


def test_a_pipe_gets_plain_lines_and_gives_keys_as_lines(piped, workspace, double, unblocked):
    with unblocked(300):
        process = piped("ex01")
        told = lines_until(process, "Keys, each followed by Enter: n next")
        assert "ex01 · Twice as much" in told
        lines_until(process, "Write your answer into ex01_double.py")
        (workspace / "ex01_double.py").write_text(double(3), encoding="utf-8")
        told = lines_until(process, "Begin with")
        assert "\x1b" not in told
        assert "FAIL" in told
        process.stdin.write("h\n")
        process.stdin.flush()
        lines_until(process, "Hint 1 of ")
        process.stdin.write("next\n")
        process.stdin.flush()
        lines_until(process, "ex02 · One of each kind")
        process.stdin.write("what?\n")
        process.stdin.flush()
        lines_until(process, "Keys, each followed by Enter")
        process.stdin.write("q\n")
        process.stdin.flush()
        assert process.wait() == 0


def test_the_end_of_its_input_is_the_end(piped, unblocked):
    with unblocked(300):
        process = piped("ex01")
        lines_until(process, "Keys, each followed by Enter")
        started = descendants(process.pid)
        process.stdin.close()
        assert process.wait() == 0
        while any(map(alive, started)):
            time.sleep(0.05)


def test_without_any_input_it_watches_on(workspace, double, unblocked):
    command = [sys.executable, "-P", "-m", "grader", "watch", "--course", str(TINY), "ex01"]
    with (
        unblocked(300),
        subprocess.Popen(
            command,
            cwd=workspace,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "GRADER_LANG": "en", "COLUMNS": "80"},
        ) as process,
    ):
        lines_until(process, "Write your answer into ex01_double.py")
        (workspace / "ex01_double.py").write_text(double(3), encoding="utf-8")
        lines_until(process, "Points: 0 of 4")
        process.terminate()
        assert process.wait() == 143


def test_a_closed_input_is_none(workspace, unblocked):
    command = f"exec {sys.executable} -P -m grader watch --course {TINY} ex01 <&-"
    with (
        unblocked(300),
        subprocess.Popen(
            ["bash", "-c", command],
            cwd=workspace,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "GRADER_LANG": "en", "COLUMNS": "80"},
        ) as process,
    ):
        lines_until(process, "Write your answer into ex01_double.py")
        process.terminate()
        assert process.wait() == 143


def test_programs_get_a_report_on_each_line(piped, workspace, double, unblocked):
    with unblocked(300):
        process = piped("ex01", "--json")
        saving = threading.Timer(2, (workspace / "ex01_double.py").write_text, (double(3),))
        saving.start()
        report = json.loads(process.stdout.readline())
        saving.join()
        assert report["exercise"]["id"] == "ex01"
        assert report["audience"] == "student"


def test_a_folder_without_answers_is_a_wrong_use(grader):
    done = grader.run("watch")
    assert done.returncode == 2
    assert "There is no answer in" in done.stderr
    assert "grader init my-course" in done.stderr


def test_an_unknown_exercise_is_a_wrong_use(grader):
    done = grader.run("watch", "ex98")
    assert done.returncode == 2
    assert "There is no exercise ex98." in done.stderr


def test_the_page_for_students_shows_what_is_on_the_screen(tmp_path):
    folder = tmp_path / "my-course"
    program = [sys.executable, "-P", "-m", "grader"]
    command = [*program, "init", str(folder), "ex11", "--lang", "en"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    (shown,) = [block.body for block in blocks("student.md") if "q quit" in block.body]
    with Terminal(folder, "watch", "ex11") as terminal:
        assert " ".join(terminal.on_screen("Write your answer").split()) == " ".join(shown.split())


# -- the same verdict ------------------------------------------------------------------------------


def test_a_warm_judge_says_what_grade_says(piped, grader, workspace, double, unblocked):
    (workspace / "ex01_double.py").write_text(double(3), encoding="utf-8")
    with unblocked(300):
        watched = json.loads(piped("ex01", "--json").stdout.readline())
    grader.folder = workspace
    graded = json.loads(grader.run("grade", "--course", TINY, "ex01", "--json").stdout)
    for report in (watched, graded):
        del report["run"]
    assert watched == graded
