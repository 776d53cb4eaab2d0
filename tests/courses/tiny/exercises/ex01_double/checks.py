import ast

from grader import assert_close, hidden, needs


def test_number(student, reference, rng, submission, remark):
    x = round(float(rng.uniform(3, 4)), 3)
    assert_close(student.double(x), reference.double(x))
    if any(ast.unparse(node) == "x + x" for node in ast.walk(submission.tree)):
        remark("added_to_itself")


@needs("test_number")
def test_array(student, reference, rng):
    x = rng.normal(size=5).astype("float32")
    assert_close(student.double(x), reference.double(x))


@hidden
def test_large(student, reference, rng):
    x = rng.normal(scale=1000, size=(2, 3)).astype("float32")
    assert_close(student.double(x), reference.double(x))
