"""Each message is raised for real, by the Python, NumPy and torch that are installed."""

import pytest
from support.languages import LANGUAGES, TRANSLATED
from support.text_blocks import block

from grader.judge.feedback.exceptions import of_exception
from grader.judge.reading.submission import read_bytes
from grader.report.messages import CATALOGUE, sentence
from tests.judge.explained.raising import IMPORTS, described, text, told

PYTHON = [
    ("y = total + 1\n    total = 3", "unbound", "`total` has no value yet"),
    (
        block("""
            return summe(3)
            def summa(x): return x"""),
        "near_name",
        "but there is `summa`",
    ),
    ("from numpy import softmax", "import_name", "numpy has nothing called `softmax`"),
    ("return [1, 2][2]", "list_range", "list"),
    ("return (1, 2)[2]", "list_range", "tuple"),
    ("return [].pop()", "list_range", "list"),
    ("return {'W1': 1}['w1']", "key", "no key `'w1'`"),
    ("return None + 1", "none_operand", "`+` is to work with `None`"),
    ("return 1 < None", "none_operand", "`<` is to work with `None`"),
    ("return {} - [1]", "operands", "type dict and one of type list"),
    ("return '3' > 2", "operands", "type str and one of type int"),
    ("return -'3'", "operand", "type str"),
    ("return 'a' + 1", "sequence", "np.array"),
    ("return [1] + 1", "sequence", "np.array"),
    ("return [1] * 1.5", "sequence", "np.array"),
    ("x = 2.0\n    return x(3)", "not_callable", "type float"),
    ("return np.float64(2)(3)", "not_callable", "type float64"),
    ("return math(3)", "not_callable", "type module"),
    ("x = None\n    return x[0]", "none_subscript", "`return`"),
    ("x = 3\n    return x[0]", "not_subscriptable", "type int"),
    ("for i in 3: pass", "not_iterable", "type int"),
    ("a, b = 3", "not_iterable", "type int"),
    ("x = (1, 2)\n    x[0] = 3", "no_assignment", "type tuple"),
    ("x = np.float64(1)\n    x[0] = 3", "no_assignment", "type numpy.float64"),
    (
        block("""
            return g(1, 2)
            def g(x): return x"""),
        "too_many_arguments",
        "2 rather than 1",
    ),
    (
        block("""
            return g(1, 2, 3)
            def g(x, y=1): return x"""),
        "too_many_arguments",
        "3 rather than 1–2",
    ),
    (
        block("""
            return g()
            def g(x): return x"""),
        "missing_argument",
        "needs: 'x'",
    ),
    (
        block("""
            return g()
            def g(x, y): return x"""),
        "missing_argument",
        "needs: 'x', 'y'",
    ),
    (
        block("""
            return g(dim=1)
            def g(x): return x"""),
        "keyword",
        "no parameter called `dim`",
    ),
    ("return np.sum(np.ones(3), dim=0)", "keyword", "`sum` has no parameter called `dim`"),
    ("return sorted([1], revers=True)", "keyword", "called `revers`"),
    (
        block("""
            return g(1, x=1)
            def g(x): return x"""),
        "twice",
        "argument `x` twice",
    ),
    ("return range(2.5)", "integer", "type float"),
    ("return [1, 2, 3][: 3 / 2]", "integer", "type float"),
    ("return len(3.5)", "no_len", "`len`"),
    ("return len(np.array(3))", "no_len", "`len`"),
    ("return None.shape", "none_attribute", "`.shape` is asked of `None`"),
    ("return [1, 2].shape", "not_an_array", "type list has no `.shape`"),
    ("return (2.5).ndim", "not_an_array", "type float has no `.ndim`"),
    ("return np.zero(3)", "attribute_near", "but it has `zeros`"),
    ("return np.ones(3).shap", "attribute_near", "but it has `shape`"),
    ("return [1].apend(2)", "attribute_near", "but it has `append`"),
    ("return np.nothing_like_it", "attribute", "numpy has no `nothing_like_it`"),
    ("return 'x'.wholly_other", "attribute", "str has no `wholly_other`"),
    ("return float('abc')", "text", "`'abc'` cannot be read"),
    ("return int('2.5')", "text", "`'2.5'` cannot be read"),
    ("a, b = [1]", "unpack_few", "1 instead of 2"),
    ("a, b = [1, 2, 3]", "unpack_many", "there are 2"),
    ("return 1 / 0", "zero_division", "divided by 0"),
    ("return 1 % 0", "zero_division", "divided by 0"),
    ("return math.exp(1000)", "overflow", "too large"),
    ("return 10.0 ** 400", "overflow", "too large"),
    ("return math.log(-1)", "domain", "logarithm"),
    ("return max([])", "empty", "empty"),
    ("return next(iter([]))", "stop", "`next`"),
    ("raise OSError('no')", "own", "`raise` of your own"),
    ("assert 1 == 2", "assertion", "`assert` of your own"),
    ("d = {1: 1}\n    for k in d: d[k + 1] = 1", "changed", "`list(d)`"),
]
ARRAYS = [
    ("return np.ones((3, 5)) + np.ones(3)", "shapes", "shapes (3, 5) and (3,) do not"),
    ("x = np.ones((3, 1))\n    x += np.ones((3, 3))", "output_shape", "shape (3, 1)"),
    ("x = np.ones(2)\n    x[:] = np.ones(3)", "assigned_shape", "(3,) are to be written"),
    ("x = np.ones((3, 3))\n    x[[0, 1]] = np.ones(2)", "assigned_shape", "shape (2, 3)"),
    ("return np.ones((3, 5)) @ np.ones((4, 2))", "matmul_sizes", "first is 5"),
    ("return np.ones((3, 5)).dot(np.ones((4, 2)))", "matmul", "(3, 5) and (4, 2)"),
    ("return np.ones((3, 5)) @ 2", "matmul_scalar", "single number"),
    ("return np.ones(5)[5]", "index", "the last index is 4"),
    ("return np.ones((2, 5))[0, np.array([9])]", "index", "axis 1 has the size 5"),
    ("return np.take(np.ones(3), 7)", "index", "the last index is 2"),
    ("return np.ones(3)[0, 1]", "too_many_indices", "(`ndim`): 1"),
    ("return np.ones(3)[np.array([0.0])]", "index_type", "`astype(int)`"),
    ("return np.ones(3)[1.0]", "index_type", "`astype(int)`"),
    ("x = [1, 2]\n    return x[1.0]", "list_index", "type float"),
    ("x = [1, 2]\n    return x[0, 1]", "list_index", "type tuple"),
    ("return np.ones(3)[np.array([True] * 4)]", "mask", "has the size 4 on axis 0"),
    ("x = np.ones((9, 9))\n    return x[np.arange(3), np.arange(4)]", "index_shapes", "(3,) (4,)"),
    ("return math.exp(np.ones(3))", "one_number", "`np.exp` rather"),
    ("return [1, 2][np.array([0, 1])]", "one_number", "single number"),
    ("return float(np.ones(3))", "one_number", "single number"),
    ("return np.ones(3).item()", "one_number", "single number"),
    ("return np.float64(3)[0]", "scalar_index", "no entries"),
    ("return np.sum(np.ones(3), axis=1)", "axis", "no axis 1, since"),
    ("return [*np.array(3)]", "not_iterable", "array"),
    ("return 1 if np.ones(3) > 0 else 2", "truth", "`np.where`"),
    ("return np.array([[1, 2], [3]])", "ragged", "different lengths"),
    ("x = np.ones(3)\n    x[0] = [1, 2]", "ragged", "one number belongs"),
    ("return np.exp(np.array([1.0, None], dtype=object))", "object_dtype", "`np.exp` meets"),
    ("return np.exp('a')", "ufunc_types", "`np.exp` cannot"),
    ("return np.array(['a']) + 1", "ufunc_types", "`np.add` cannot"),
    ("x = np.arange(3)\n    x /= 2", "in_place_cast", "type float64"),
    ("x = np.arange(3)\n    x += 0.5", "in_place_cast", "type int64"),
    ("return np.zeros(3, 4)", "shape_argument", "`np.zeros((3, 4))`"),
    ("return np.concatenate([np.ones((2, 3)), np.ones((2, 4))])", "joined_shapes", "`stack`"),
    ("return np.stack([np.ones(3), np.ones(4)])", "joined_shapes", "`stack`"),
    ("return np.concatenate([np.ones(3), np.ones((1, 3))])", "joined_shapes", "`stack`"),
    ("return np.arange(6).reshape(4, 2)", "reshape", "6 entries cannot"),
    ("x = np.broadcast_to(1.0, 3)\n    x[0] = 2", "read_only", "`.copy()`"),
    ("return np.max(np.array([]))", "empty", "empty"),
    ("return np.argmax(np.array([]))", "empty", "empty"),
    ("return np.float(3)", "removed", "`np.float` is gone"),
    ("return np.float_(3)", "removed", "`np.float_` is gone"),
    ("return np.uint8(300)", "overflow", "too large"),
]
TENSORS = [
    ("return torch.ones(2, 6) + torch.ones(2, 5)", "sizes", "sizes 6 and 5 meet on axis 1"),
    ("return torch.ones(3, 5) @ torch.ones(4, 2)", "matmul", "(3, 5) and (4, 2)"),
    ("return torch.ones(3, 4) @ torch.ones(5)", "matmul_sizes", "first is 4"),
    ("return torch.ones(3) @ torch.ones(4)", "matmul_sizes", "3"),
    ("x = torch.ones(3, 1)\n    x += torch.ones(3, 3)", "output_shape", "shape [3, 1]"),
    ("return torch.ones(3).expand(4)", "sizes", "sizes 4 and 3"),
    ("return torch.ones(3)[5]", "index", "the last index is 2"),
    ("return torch.ones(3)[0, 1]", "too_many_indices", "(`ndim`): 1"),
    ("return torch.ones(3)[torch.tensor([0.5])]", "index_type", "whole numbers"),
    ("return torch.ones(3).sum(dim=1)", "axis_range", "from -1 to 0"),
    ("return 1 if torch.ones(3) > 0 else 2", "truth", "`np.where`"),
    ("return torch.ones(3).item()", "one_number", "single number"),
    ("return math.exp(torch.ones(3))", "one_number", "single number"),
    ("return torch.arange(6).reshape(4, 2)", "reshape", "6 entries"),
    ("return torch.cat([torch.ones(2, 3), torch.ones(2, 4)])", "joined_shapes", "`stack`"),
    ("return torch.stack([torch.ones(3), torch.ones(4)])", "joined_shapes", "`stack`"),
    ("x = torch.arange(3)\n    x /= 2", "in_place_cast", "type Long"),
    ("torch.ones(3).sum().backward()", "no_graph", "requires_grad=True"),
    ("x = torch.ones(3, requires_grad=True)\n    x += 1", "leaf_in_place", "no_grad"),
    (
        "x = torch.ones(3, requires_grad=True)\n    y = x.exp(); z = y.sum(); y += 1; z.backward()",
        "modified_in_place",
        "overwritten in the meantime",
    ),
    (
        "x = torch.ones(3, requires_grad=True)\n    z = x.exp().sum(); z.backward(); z.backward()",
        "graph_freed",
        "twice",
    ),
    (
        "x = torch.ones(3, requires_grad=True)\n    (x * 2).backward()",
        "backward_scalar",
        "`.sum()`",
    ),
    ("return torch.ones(3, requires_grad=True).numpy()", "detach", "`.detach().numpy()`"),
    ("return torch.ones(2, 2) @ torch.ones(2, 2).double()", "dtypes", "loat"),
    ("return torch.dot(torch.ones(2), torch.ones(2).double())", "dtypes", "Float and Double"),
    ("return torch.softmax(torch.tensor([1, 2]), 0)", "not_for_dtype", "type Long"),
    ("return torch.arange(3).mean()", "not_for_dtype", "type Long"),
    ("return torch.exp(np.ones(3))", "argument_type", "given one of type numpy.ndarray"),
    ("return torch.arange(3).requires_grad_()", "grad_dtype", "dtype=torch.float64"),
    (
        "x = torch.ones(3, 2)\n    return torch.embedding(x, torch.tensor([9]))",
        "index_outside",
        "larger",
    ),
]


def checked(body, explained, piece, imports=IMPORTS):
    source = f"{imports}def f():\n    {body}\n"
    finding, code, said = told(source)
    assert finding.args.get("explained") == explained, finding
    assert piece in text(finding)
    assert text(finding).startswith("f stops in line ")
    assert code.args["code"] in source
    assert said.args["said"].startswith(finding.args["type"])
    for lang in TRANSLATED:
        other = text(finding, lang)
        assert "{{" not in other
        assert other != text(finding)


@pytest.mark.parametrize(("body", "explained", "piece"), PYTHON + ARRAYS)
def test_a_message_of_python_or_numpy_is_explained(body, explained, piece):
    checked(body, explained, piece)


@pytest.mark.parametrize(("body", "explained", "piece"), TENSORS)
def test_a_message_of_torch_is_explained(body, explained, piece):
    checked(body, explained, piece, f"{IMPORTS}import torch\n")


SYNTAX = [
    ("x = (1 +\ny = 2\n", "never_closed", "`(`"),
    ("x = 1)\n", "unmatched", "`)`"),
    ("x = (1]\n", "mismatched", "`]` stands where the `(`"),
    ("x = 'abc\n", "unterminated", "quotation mark"),
    ("x = '''abc\n", "unterminated_triple", "three"),
    (
        block("""
            def f()
                pass
        """),
        "colon",
        "a `:` is missing",
    ),
    (
        block("""
            if x = 1:
                pass
        """),
        "compare",
        "write `==`",
    ),
    ("f() = 1\n", "compare", "write `==`"),
    ("1 + x += 1\n", "target", "left of the `=`"),
    ("x = [1 2]\n", "comma", "comma"),
    ("x = 2x\n", "number", "`2 * x`"),
    (
        block("""
            def f():
            return 1
        """),
        "block",
        "four spaces",
    ),
    ("x = 1\n  y = 2\n", "indent", "Align"),
    (
        block("""
            if 1:
                    x = 1
                y = 2
        """),
        "unindent",
        "four spaces",
    ),
    ("if 1:\n        x = 1\n\ty = 2\n", "tabs", "mixed"),
    ("return 1\n", "outside", "`return` stands outside"),
    ("break\n", "outside", "`break` stands outside"),
    ("continue\n", "outside", "`continue` stands outside"),
    ("x =\u00a01\n", "invisible", "(U+00A0)"),
    ("x = 3 − 1\n", "sign", "− (U+2212)"),
    ("print 'x'\n", "print", "`print(x)`"),
    ("f(a=1, 2)\n", "keyword_first", "last"),
]


@pytest.mark.parametrize(("source", "explained", "piece"), SYNTAX)
def test_what_python_cannot_read_is_explained(source, explained, piece):
    raised = described(source)
    findings = of_exception("load", raised, read_bytes(source.encode(), "ex01.py", "code"))
    finding, code, said = findings
    assert finding.args["explained"] == explained
    assert text(finding).startswith("Line ")
    assert piece in text(finding)
    assert set(code.args["mark"].strip()) == {"^"}
    assert said.args["said"].startswith(finding.args["type"])


def test_every_sentence_has_a_message_that_is_raised():
    used = {case[1] for case in PYTHON + ARRAYS + TENSORS + SYNTAX}
    known = {id_.removeprefix("raised.") for id_ in CATALOGUE if id_.startswith("raised.")}
    known = {id_ for id_ in known if not id_.endswith("_nowhere")}
    # No GPU here; what a library lacks; names without a near one, told in other words in a call.
    of_a_card = {"card", "devices", "index_on_card", "no_gpu", "to_cpu"}
    elsewhere = of_a_card | {"library", "no_name", "unimported"}
    assert known - used == elsewhere


@pytest.mark.parametrize(("lang", "line"), [("en", "line"), ("fr", "ligne"), ("ru", "строк")])
def test_without_a_place_nobody_is_sent_to_a_line(lang, line):
    kinds = {"sign": "*", "left": "Value", "right": "Value"}
    args = {"function": "Value", "explained": "operands", **kinds}
    assert line in sentence("call.raised", args | {"line": 3}, lang)
    assert line not in sentence("call.raised", args, lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_place_a_sentence_stands_alone(lang):
    alone = sentence("raised.zero_division", {}, lang)
    assert alone[0].isupper()
    nowhere = sentence("call.raised_nowhere", {"function": "f", "explained": "zero_division"}, lang)
    assert nowhere.startswith("f ")
