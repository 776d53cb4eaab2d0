"""What is not one's own work is found under every spelling, and nobody's own work is accused."""

import ast
from pathlib import Path

import numpy as np
import pytest
import torch
from support.text_blocks import block

from grader.course.allowed_names import GROUPS, expand_groups
from grader.course.loading import Course
from grader.ownwork.array_attributes import ARRAY_ATTRIBUTES
from grader.ownwork.look import find_forbidden
from grader.ownwork.policy import Policy
from grader.ownwork.screen import nothing_to_report

ROOT = Path(__file__).resolve().parents[2]
COURSE = Course(ROOT)
HONEST = sorted((Path(__file__).parent / "honest").glob("*.py"))
LIBRARY = sorted((ROOT / "answers").glob("*/library/*.py"))
NUMPY = Policy(expand_groups(["numpy_arrays", "numpy_elementwise", "numpy_reductions"]))
TORCH = Policy(expand_groups(name for name in GROUPS if name.startswith("torch")))
NOTHING = Policy([])


def found(source, policy=NUMPY, asked=("softmax",), own=()):
    return [name for _, name in find_forbidden(ast.parse(source), asked, policy, own)]


HEAD = block("""
    import numpy as np
    import torch
""")


def answer(body, head=HEAD):
    function = block("""
        def softmax(x):
            {body}
    """)
    return f"{head}\n\n{function.format(body=body)}"


def looked(path, exercise):
    model = COURSE.exercise(exercise).code
    policy = Policy(expand_groups(model.allowed), model.forbidden)
    return find_forbidden(
        ast.parse(path.read_text(encoding="utf-8")), list(model.functions), policy
    )


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.stem)
def test_work_by_hand_is_accused_of_nothing(path):
    assert looked(path, path.name[:4]) == []


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: f"{path.parts[-3][:4]}-{path.stem}")
def test_what_a_library_answers_is_found(path):
    assert looked(path, path.parts[-3][:4])


def test_what_computes_nothing_accuses_nobody():
    policy = Policy([], (), ["matplotlib", "torch.manual_seed"])
    source = answer(
        "torch.manual_seed(plt.figure().x)",
        block("""
            import matplotlib.pyplot as plt
            import torch
        """),
    )
    assert found(source, policy) == []
    assert found(answer("return torch.softmax(x, 0)"), policy) == ["torch.softmax"]


@pytest.mark.parametrize("other", ["cupy", "jax.numpy"])
def test_a_library_like_numpy_is_looked_at_as_numpy_is(other):
    head = block(f"""
        try:
            import {other} as np
        except ImportError:
            import numpy as np
    """)
    assert found(answer("return np.exp(x) / np.exp(x).sum()", head)) == []
    assert found(answer("return np.linalg.norm(x)", head)) == [
        f"{other}.linalg.norm",
        "numpy.linalg.norm",
    ]


def test_a_course_s_own_tests_take_no_name_s_place():
    assert found(answer("return np.exp(x)") + "\n\nfrom public_tests import *\n") == []


def test_many_styles_are_tried():
    assert len([path for path in HONEST if path.stem.startswith("ex42")]) >= 20


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("return torch.softmax(x, -1)", "torch.softmax"),
        ("return torch.special.softmax(x, -1)", "torch.special.softmax"),
        ("return x.softmax(-1)", ".softmax"),
        ("return getattr(x, 'softmax')(-1)", ".softmax"),
        ("return getattr(x, 'soft' + 'max')(-1)", "getattr"),
        ("return getattr(torch, 'softmax')(x, -1)", "torch.softmax"),
        ("return __import__('torch').softmax(x, -1)", "torch.softmax"),
        ("import importlib\n    return importlib.import_module('torch.nn').Softmax()(x)",
         "torch.nn.Softmax"),
        ("import sys\n    return sys.modules['torch'].softmax(x, -1)", "torch.softmax"),
        ("return (torch if x.size else np).softmax(x, -1)", "torch.softmax"),
        ("return (t := torch).softmax(x, -1)", "torch.softmax"),
        ("t, n = torch, np\n    return t.softmax(x, -1)", "torch.softmax"),
        ("from torch import nn as mine\n    return mine.Softmax(-1)(x)", "torch.nn.Softmax"),
        ("return eval('torch.softmax')(x, -1)", "eval"),
        ("exec('y = torch.softmax(x, -1)')\n    return y", "exec"),
        ("return globals()['torch'].softmax(x, -1)", "globals"),
        ("return vars(torch)['softmax'](x, -1)", "vars"),
        ("return torch.__dict__['softmax'](x, -1)", "torch.__dict__"),
        ("return np.exp.__self__", "numpy.exp.__self__"),
        ("return [torch][0].relu(x)", "torch"),
        ("return softmax.__globals__['torch'].relu(x)", ".__globals__"),
        ("import operator\n    return operator.methodcaller('softmax', -1)(x)", ".softmax"),
        ("return np.exp(np.longdouble(x))", "numpy.longdouble"),
        ("return np.exp(x.astype('float128'))", '"float128"'),
        ("return np.exp(x.astype('g'))", '"g"'),
        ("kind = 'longdouble'\n    return np.exp(x.astype(kind))", '"longdouble"'),
        ("return np.exp(x.astype('float' + '128'))", '"float128"'),
        ("return np.exp(x.astype(f'float{128}'))", '"float128"'),
        ("return np.exp(x.astype('f' + '16'))", '"f16"'),
        ("return next(map(getattr, [x], ['softmax']))(-1)", "getattr"),
        ("import os\n    return os.sys.modules", "os.sys.modules"),
        (block("""
            class A:
                    n = np
                return A.n.longdouble(x)"""), "numpy"),
        ("import decimal\n    return decimal.Decimal(x).exp()", "decimal.Decimal"),
        ("return np.logaddexp.reduce(x)", "numpy.logaddexp.reduce"),
        ("return np.testing.nulp_diff(x, x) + np.emath.log(x)", "numpy.emath.log"),
        ("import inspect\n    return inspect.currentframe()", "inspect.currentframe"),
    ],
)  # fmt: skip
def test_a_use_is_found_however_it_is_spelt(body, name):
    assert name in found(answer(body))


@pytest.mark.parametrize(
    "source",
    [
        "from torch.nn.functional import softmax\n",
        "from torch.nn.functional import *\n",
        block("""
            def softmax(x):
                return x
            from torch.nn.functional import softmax
        """),
        block("""
            def softmax(x):
                return x
            from torch.nn.functional import *
        """),
        block("""
            import torch
            softmax = torch.nn.Softmax(dim=-1)
        """),
        block("""
            import torch
            table = {}
            table['f'] = torch.softmax
            def softmax(x): return table['f'](x)
        """),
        block("""
            import torch
            kept = []
            kept.append(torch.softmax)
            def softmax(x): return kept[0](x)
        """),
        block("""
            import torch
            def keep(f):
                global g
                g = f
            keep(torch.softmax)
            def softmax(x): return g(x)
        """),
        block("""
            import torch
            kept = []
            def keep(f): kept.append(f)
            keep(torch.softmax)
            def softmax(x): return kept[0](x)
        """),
        block("""
            import torch
            def softmax(x): return softmax.library(x)
            softmax.library = torch.softmax
        """),
        block("""
            import torch
            def softmax(x): return softmax.f(x)
            setattr(softmax, 'f', torch.softmax)
        """),
        block("""
            import torch
            def put(f, g): f.inner = g
            def softmax(x): return softmax.inner(x)
            put(softmax, torch.softmax)
        """),
        block("""
            import torch
            kept = []
            class Keeper:
                def keep(self, f): kept.append(f)
            keeper = Keeper()
            keeper.keep(torch.softmax)
            def softmax(x): return kept[0](x)
        """),
        block("""
            import torch
            import numpy as np
            np.exp = torch.softmax
            def softmax(x): return np.exp(x)
        """),
        block("""
            import torch
            def softmax(x, f=torch.softmax): return f(x)
        """),
        block("""
            import torch
            def wrap(f): return torch.softmax
            @wrap
            def softmax(x): return x
        """),
        block("""
            import torch
            __name__ = '__main__'
            def softmax(x): return x
            if __name__ == '__main__':
                softmax = torch.softmax
        """),
        block("""
            import torch
            def softmax(x): return x
            if True:
                softmax = torch.softmax
        """),
        block("""
            import torch
            def softmax(x): return x
            globals()['softmax'] = torch.softmax
        """),
        block("""
            import torch
            class Other:
                softmax = staticmethod(torch.softmax)
            def softmax(x): return Other.softmax(x, -1)
        """),
    ],
)
def test_what_bears_on_the_asked_function_is_found_wherever_it_stands(source):
    assert found(source)


@pytest.mark.parametrize(
    "source",
    [
        block("""
            import torch
            def softmax(x): return x
            print(torch.softmax(x, 0))
        """),
        block("""
            import torch
            def softmax(x): return x
            assert (softmax(1) == torch.softmax(1, 0)).all()
        """),
        block("""
            import torch
            def softmax(x): return x
            y = torch.softmax(x, 0)
            z = softmax(x)
        """),
        block("""
            import torch
            def softmax(x): return x
            def test(): torch.softmax(x, 0)
            test()
        """),
        block("""
            import torch
            def same(f, g): assert f(1) == g(1)
            def softmax(x): return x
            same(softmax, torch.softmax)
        """),
        block("""
            import torch
            def softmax(x): return x
            if __name__ == '__main__':
                from torch.nn.functional import softmax
                exec('softmax(1)')
        """),
        block("""
            import torch
            def softmax(x): return x
            if '__main__' == __name__ and x:
                torch.softmax
        """),
        block("""
            from torch.nn.functional import softmax
            def softmax(x): return softmax(x)
        """),
        block("""
            from numpy import *
            def softmax(x): return exp(x) / sum(exp(x))
        """),
        block("""
            import torch
            def softmax(x: torch.Tensor) -> 'torch.softmax':
                y: torch.nn.Module = x
                return y
        """),
        block("""
            import torch
            def softmax(x):
                if isinstance(x, torch.Tensor): raise TypeError
                return x
        """),
        block("""
            from mine import softmax as help
            def softmax(x): return help(x)
        """),
        block("""
            from .torch import exp
            def softmax(x): return exp(x)
        """),
        block("""
            def softmax(x):
                'torch.softmax(x)'  # torch.softmax(x)
                return x
        """),
        block("""
            torch = 1
            def softmax(x): return torch
        """),
        block("""
            import numpy as np
            def softmax(x): return np.exp(x) / np.add.reduce(np.exp(x))
        """),
        block("""
            import numpy as np
            def softmax(x):
                print('{:g}'.format(1.0), np.__version__)
                return x.T.astype(np.float64)
        """),
        block("""
            import sys
            if 'google.colab' in sys.modules: pass
            if 'x' not in globals(): x = 1
            def softmax(x): return x if 'torch' in sys.modules else -x
        """),
        block("""
            import re, os, sys
            def softmax(x):
                m = re.match('a', 'a')
                print(m.group(), os.sep, sys.float_info.max, sys.maxsize)
                return x
        """),
    ],
)
def test_what_does_not_is_nobody_s_fault(source):
    assert found(source, own=("mine",)) == []


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("x.requires_grad = True", ".requires_grad"),
        ("x = torch.tensor(x, requires_grad=True)", "requires_grad"),
        ("x = torch.tensor(x, **dict(requires_grad=True))", "requires_grad"),
        ("setattr(x, 'requires_grad', True)", ".requires_grad"),
        ("x.requires_grad_()", ".requires_grad_"),
        ("x = torch.zeros(2, **{'requires_grad': True})", "requires_grad"),
        ("options = {'requires_' + 'grad': 1}", "requires_grad"),
        ("x.backward()", ".backward"),
        ("torch.func.grad(f)(x)", "torch.func.grad"),
        ("torch.nn.functional.torch.func.grad(f)(x)", "torch.nn.functional.torch.func.grad"),
        ("torch.Tensor.backward(x)", "torch.Tensor.backward"),
    ],
)
def test_autograd_is_found_where_tensors_may_be_used(body, name):
    assert name in found(answer(f"{body}\n    return x"), TORCH)


def test_a_method_of_one_s_own_class_is_one_s_own():
    own = block("""
        class Relu:
            def backward(self, g): return g
    """)
    use = "def softmax(x): return Relu().backward(x)\n"
    assert found(own + use, TORCH) == []
    assert found(use, TORCH) == [".backward"]
    unused = own.replace("Relu", "Unused")
    assert found(unused + use, TORCH) == [".backward"]
    derived = f"import torch\n{own.replace('Relu', 'Relu(torch.Tensor)')}".replace(
        "return g", "return super().backward(g)"
    )
    assert found(derived + use, TORCH) == [".backward"]


def test_where_nothing_may_be_used_python_and_math_still_may():
    plain = block("""
        import math, itertools, functools
        from dataclasses import dataclass
    """)
    body = block("""
        @dataclass
        class V:
            data: float
            grad: float = 0.0
    """)
    use = "def softmax(x): return math.exp(V(x).data) + V(x).grad\n"
    assert found(plain + body + use, NOTHING) == []
    assert found(
        block("""
            import numpy as np
            def softmax(x): return np.exp(x)
        """),
        NOTHING,
    ) == ["numpy.exp"]


def test_forbidden_names_are_found_although_a_group_holds_them():
    policy = Policy(expand_groups(["numpy_arrays"]), ["numpy.where", ".take"])
    assert found(answer("return np.where(x, x, x.take(0))"), policy) == [".take", "numpy.where"]
    assert found(answer("return np.zeros(3)"), policy) == []
    alone = Policy(None, ["torch.softmax", ".backward"])
    assert found(answer("return torch.softmax(x.backward())"), alone) == [
        ".backward",
        "torch.softmax",
    ]
    assert found(answer("return torch.exp(x.relu())"), alone) == []


def test_every_line_is_told_once_and_in_order():
    source = answer("torch.relu(torch.relu(x))\n    return torch.exp(torch.relu(x))")
    assert find_forbidden(ast.parse(source), ["softmax"], NUMPY) == [
        (6, "torch.relu"),
        (7, "torch.exp"),
        (7, "torch.relu"),
    ]


def test_the_quick_reading_is_never_the_milder_one():
    for path in (*HONEST, *LIBRARY, *(ROOT / "answers").glob("*/*.py")):
        name = path.name[:4] if path in HONEST else path.relative_to(ROOT).parts[1][:4]
        model = COURSE.exercise(name).code
        if model.allowed is None:  # everything may be used
            continue
        policy = Policy(expand_groups(model.allowed), model.forbidden)
        tree = ast.parse(path.read_text(encoding="utf-8"))
        if nothing_to_report(tree, list(model.functions), policy):
            assert path not in LIBRARY


def test_the_methods_of_the_installed_libraries_are_known():
    kinds = (np.ndarray, np.generic, torch.Tensor)
    names = {name for kind in kinds for name in dir(kind) if not name.startswith("_")}
    assert names <= ARRAY_ATTRIBUTES


def test_groups_hold_what_there_is():
    old_or_new = {"asfarray", "float_", "in1d", "numpy"}
    for entry in {name for group in GROUPS.values() for name in group}:
        if entry.startswith("."):
            assert entry[1:] in ARRAY_ATTRIBUTES, entry
            continue
        parts = entry.removesuffix(".*").split(".")
        value = {"numpy": np, "torch": torch}[parts[0]]
        for part in parts[1:]:
            assert hasattr(value, part) or part in old_or_new, entry
            value = getattr(value, part, value)


@pytest.mark.parametrize(
    ("aside", "names"),
    [
        (block("""
            import sys
            print(sys.modules, globals())
        """), []),
        (block("""
            import gc
            for thing in gc.get_objects(): print(thing)
        """), []),
        (block("""
            for name in ('a', 'b'):
                __import__(name)
        """), []),
        ("exec('x = 1')\n", ["exec"]),
        ("globals()['softmax'] = print\n", ["globals"]),
        ("globals().update(softmax=print)\n", ["globals"]),
        (block("""
            import sys
            m = sys.modules
            n = m['np']
            n.exp = print
        """), ["sys.modules"]),
        (block("""
            import sys
            def got(): return sys.modules
            got()['np'].exp = print
        """), ["sys.modules"]),
        (block("""
            import sys
            sys._getframe().f_globals['softmax'] = print
        """),
         [".f_globals", "sys._getframe", "sys._getframe"]),
        (block("""
            import grader.student.process as p
            p.StudentProcess.x = 1
        """),
         ["grader.student.process"]),
        ("table = {}\ntable['a'] = 1\n", []),
    ],
)  # fmt: skip
def test_what_is_run_besides_may_look_at_everything_and_write_nothing_with_it(aside, names):
    heard = found(f"def softmax(x): return x\n{aside}")
    assert sorted({name.split(".StudentProcess")[0] for name in heard}) == sorted(set(names))
