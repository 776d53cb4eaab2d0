"""``%%grade`` in a real kernel: the verdict below the cell, then the cell runs as any other."""

import json

import nbformat
import pytest
from support.kernels import RIGHT, WRONG, alive, started
from support.text_blocks import block

from grader.course.loading import Course
from grader.course.locate import builtin_root
from grader.judge.reading.submission import read

ENDLESS = "%%grade ex11\ndef softmax(x):\n    while True:\n        pass\n"


def test_a_right_answer_passes_and_is_defined_afterwards(kernel):
    ran = kernel.run(f"%%grade ex11\n{RIGHT}")
    assert ran.error is None
    assert "Points: 20 of 20" in ran.text
    assert "<p" in ran.html
    assert "20 of 20" in ran.html
    assert kernel.run("softmax(np.array([0.0, 0.0]))").result == "array([0.5, 0.5])"


def test_a_wrong_answer_is_explained_and_is_defined_afterwards(kernel):
    ran = kernel.run(f"%%grade ex11\n{WRONG}")
    assert "Your exponentials leave the range of floating-point numbers" in ran.text
    assert "Your exponentials leave the range of floating-point numbers" in ran.html
    assert "Points: 12 of 20" in ran.text
    assert kernel.run("softmax(np.array([0.0, 0.0]))").result == "array([0.5, 0.5])"


def test_the_value_of_a_graded_cell_is_shown_below_the_verdict(kernel):
    ran = kernel.run(f"%%grade ex11\n{RIGHT}\nsoftmax(np.zeros(2))")
    assert ran.result == "array([0.5, 0.5])"
    value = next(one for one in ran.outputs if one.output_type == "execute_result")
    assert value.execution_count == ran.number


def test_what_stops_a_graded_cell_stops_it_as_any_other_with_lines_counted_in_it(kernel):
    ran = kernel.run("%%grade ex11\ndef softmax(x):\n    raise ValueError('no!')\n\nsoftmax(1)")
    assert f"softmax stops in cell {ran.number}, line 3" in ran.text
    assert "raise ValueError('no!')" in ran.text
    name, shown = ran.error
    assert name == "ValueError"
    assert "----> 5 softmax(1)" in shown
    assert f"In[{ran.number}], line 5" in shown
    assert shown.rstrip().endswith("ValueError: no!")
    assert "run_cell_magic" not in shown


def test_a_cell_that_is_not_python_is_told_once_and_nothing_older_is_graded(kernel):
    kernel.run(f"%%grade ex11\n{RIGHT}")
    ran = kernel.run("%%grade ex11\ndef softmax(x)\n    return x\n")
    assert ran.error is None
    assert f"Cell {ran.number}, line 2: a `:` is missing here" in ran.text
    assert "Points: 0 of 20" in ran.text


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("%%grade ex99", "There is no exercise ex99."),
        ("%%grade softmaxx", "Did you mean ex11_softmax, "),
        ("%%grade", "EXERCISE is missing."),
        ("%%grade ex11 --nonsense", "There is no option --nonsense."),
        ("%%grade ex11 --device gpu", "--device is one of: auto, cpu, sim, cuda"),
        ("%%grade ex11 --check nothing", "ex11 has no check nothing. Name one of:"),
        ("%%grade ex11 'open", "There is one argument too many: 'open"),
        ("%%grade ex11 --course /nowhere", "There is no course in /nowhere"),
    ],
)
def test_wrong_use_is_a_sentence_and_the_cell_runs_all_the_same(kernel, line, said):
    ran = kernel.run(f"{line}\nused = {line!r}")
    assert said in ran.printed
    assert "Traceback" not in ran.printed
    assert ran.error is None
    assert kernel.run("used").result == repr(line)


@pytest.mark.parametrize(
    ("lang", "said"),
    [("fr", "Il n'y a pas d'exercice ex99."), ("ru", "Упражнения ex99 нет")],
)
def test_sentences_are_in_the_language_that_is_asked_for(kernel, lang, said):
    assert said in kernel.run(f"%%grade ex99 --lang {lang}\n").printed
    report = kernel.run(f"%%grade ex11 --lang {lang}\n{RIGHT}")
    assert f'lang="{lang}"' in report.html
    assert "Points: 20 of 20" not in report.text


def test_options_are_those_of_the_command_line(kernel):
    whole = kernel.run(f"%%grade --all ex11  # it's all right\n{RIGHT}")
    assert whole.text.count("PASS") > 10
    one = kernel.run(f"%%grade ex11 --check 'One sample' --device cpu\n{RIGHT}")
    assert "Points: 2 of 2" in one.text
    plain = kernel.run(f"%%grade ex11 --plain\n{RIGHT}")
    assert plain.html == ""
    report = json.loads(kernel.run(f"%%grade ex11 --json\n{RIGHT}").printed)
    assert report["reached"] == report["maximum"] == 20
    assert "Usage: %%grade [OPTIONS] EXERCISE" in kernel.run("%grade --help").printed


def test_other_cells_count_and_those_for_other_exercises_do_not(new_kernel):
    kernel = new_kernel
    kernel.run("def helper(x):\n    return np.exp(x - x.max(axis=-1, keepdims=True))")
    kernel.run("%%grade ex13\ndef softmax(x):\n    raise RuntimeError\n")
    using = RIGHT.replace("np.exp(x - x.max(axis=-1, keepdims=True))", "helper(x)")
    assert "Points: 20 of 20" in kernel.run(f"%%grade ex11\n{using}").text


def test_a_cell_that_was_changed_and_run_again_counts_as_it_is_now(new_kernel):
    kernel = new_kernel
    kernel.run("import scipy_is_not_here\nscale = 2", id_="a")
    kernel.run("shown = scale", id_="b")
    kernel.run("scale = 1", id_="a")
    ran = kernel.run(f"%%grade ex11\n{RIGHT.replace('x.max', 'scale * x.max')}", id_="c")
    assert "Points: 20 of 20" in ran.text
    assert "scipy_is_not_here" not in ran.text


def test_magics_above_and_below_and_lines_that_only_ipython_reads(kernel):
    timed = kernel.run(f"%%time\n%%grade ex11\n{RIGHT}")
    assert "Points: 20 of 20" in timed.text
    assert "Wall time" in timed.printed
    below = kernel.run(f"%%grade ex11\n%%time\n{RIGHT}")
    assert "Points: 20 of 20" in below.text
    assert "Wall time" in below.printed
    kept = kernel.run(f"%%capture kept\n%%grade ex11\n{RIGHT}")
    assert kept.text == ""
    assert kernel.run("len(kept.outputs)").result == "1"
    lines = f"%matplotlib inline\n!true\n{RIGHT}%time y = softmax(np.ones(2))"
    magics = kernel.run(f"%%grade ex11\n{lines}")
    assert "Points: 20 of 20" in magics.text
    assert kernel.run("y").result == "array([0.5, 0.5])"


def test_the_line_magic_grades_what_was_run_so_far(kernel):
    kernel.run(RIGHT)
    assert "Points:" in kernel.run("%grade ex11").text


def test_a_mark_above_nothing_grades_what_was_run_so_far_too(kernel):
    kernel.run(f"%%grade ex11\n{RIGHT}")
    ran = kernel.run("%%grade ex11 --lang fr\n")
    assert "Points\xa0: 20 sur 20" in ran.text
    assert ran.error is None
    assert ran.printed == ""


def test_answers_to_questions_are_graded_and_not_run(kernel):
    ran = kernel.run("%%grade ex14\nloss_first: 1,140\nloss_second: -1.428\nloss_mean:\n")
    assert "The size of your number is right, its sign is not." in ran.text
    assert "Points: 1 of 4" in ran.text
    assert ran.error is None
    assert ran.printed == ""


def test_a_cell_that_awaits_is_graded_and_says_how_to_run_it(kernel):
    ran = kernel.run(f"%%grade ex11\nimport asyncio\nawait asyncio.sleep(0)\n{RIGHT}")
    assert "Points: 20 of 20" in ran.text
    assert "it awaits something" in ran.printed
    assert ran.error is None


def test_nothing_of_the_students_text_is_markup(kernel):
    raising = block("""
        def softmax(x):
            raise ValueError('<img src=x> $x$ </div>')
    """)
    ran = kernel.run(f"%%grade ex11\n{raising}")
    assert "<img" not in ran.html
    assert "&lt;img src=x&gt; $x$ &lt;/div&gt;" in ran.html
    assert "tex2jax_ignore" in ran.html


def test_a_loop_without_end_in_a_function_ends_in_a_verdict_and_defines_it(new_kernel):
    ran = new_kernel.run(ENDLESS)
    assert "TIMEOUT" in ran.text
    assert "softmax was not done after 2 s of computing" in ran.text
    assert new_kernel.run("callable(softmax)").result == "True"


def test_a_loop_without_end_outside_functions_does_not_block_the_kernel(new_kernel):
    ran = new_kernel.run("%%grade ex11\nwhile True:\n    pass\n")
    assert "The cell was not run here: it does not end." in ran.printed
    assert new_kernel.run("1 + 1").result == "2"


def test_an_interrupt_leaves_no_process_and_the_next_cell_is_graded(new_kernel):
    with new_kernel.interrupted_while_judging() as seen:
        ran = new_kernel.run(ENDLESS)
    assert ran.error == ("KeyboardInterrupt", "Grading was interrupted; the cell was not run.")
    assert len(seen) > 1
    assert alive(seen) == []
    assert new_kernel.judging() == []
    assert "Points: 20 of 20" in new_kernel.run(f"%%grade ex11\n{RIGHT}").text


def test_the_judge_is_kept_warm_and_ends_with_the_kernel(new_kernel):
    new_kernel.run(f"%%grade ex11\n{WRONG}")
    first = new_kernel.judging()[:2]
    new_kernel.run(f"%%grade ex11\n{RIGHT}")
    assert new_kernel.judging()[:2] == first, "the judge and its fork server are still the same"
    every = new_kernel.judging()
    new_kernel.shut_down()
    assert alive(every) == []


def test_the_judge_ends_with_a_kernel_that_is_killed(tmp_path):
    with started(tmp_path, {}) as kernel:
        kernel.run(f"%%grade ex11\n{RIGHT}")
        every = kernel.judging()
        assert len(every) > 1
        kernel.process.kill()
        assert alive(every) == []


def test_the_extension_can_be_taken_away_and_loaded_again(new_kernel):
    new_kernel.run(f"%%grade ex11\n{RIGHT}")
    every = new_kernel.judging()
    new_kernel.run("%unload_ext grader")
    assert alive(every) == []
    assert "not found" in new_kernel.run("%grade ex11").printed
    new_kernel.run("%load_ext grader")
    assert "Points: 20 of 20" in new_kernel.run("%grade ex11").text


def test_a_judge_that_was_killed_is_the_graders_fault_and_the_next_one_is_new(new_kernel):
    new_kernel.run(f"%%grade ex11\n{RIGHT}")
    judge, *rest = new_kernel.judging()
    judge.kill()
    assert alive([judge, *rest]) == []
    assert "Points: 20 of 20" in new_kernel.run(f"%%grade ex11\n{RIGHT}").text


def test_a_judge_that_cannot_start_is_the_graders_fault_and_the_cell_runs(new_kernel):
    broken = "import grader.notebook.judge_process as one; one.BOOT = 'raise SystemExit(\"no\")'"
    ran = new_kernel.run(broken, f"%%grade ex11\n{RIGHT}")
    assert ran.printed == "This is the grader's own fault, not yours: `no`\n"
    assert new_kernel.run("softmax(np.zeros(2))").result == "array([0.5, 0.5])"


def test_what_a_graded_cell_prints_comes_below_the_verdict(new_kernel):
    ran = new_kernel.run(f"%%grade ex11\n{RIGHT}print('printed here')")
    assert [one.output_type for one in ran.outputs] == ["display_data", "stream"]
    assert ran.printed == "printed here\n"


def test_in_a_workspace_the_verdict_is_recorded_and_its_language_is_used(new_kernel):
    (new_kernel.folder / ".grader.yaml").write_text("lang: ru\norder: 7\n", encoding="utf-8")
    new_kernel.run("%env GRADER_LANG=")
    ran = new_kernel.run(f"%%grade ex11\n{RIGHT}")
    assert 'lang="ru"' in ran.html
    recorded = json.loads((new_kernel.folder / ".grader-progress.json").read_text("utf-8"))
    [(hash_, attempt)] = recorded["courses"]["neural_network_foundations"]["ex11"].items()
    assert (attempt["reached"], attempt["passed"]) == (20.0, True)
    saved = new_kernel.folder / "answers.ipynb"
    nbformat.write(new_kernel.client.nb, saved)
    called = Course(builtin_root()).exercise("ex11").is_called
    assert read(saved, "code", called=called).own_hash == hash_, "as it will be graded when saved"
