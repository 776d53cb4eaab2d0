"""The files beside an answer are looked at where it imports them; broken cells are passed over."""

import pytest
from support.text_blocks import block

from grader.ownwork.modules import Place, Sources, parsed, places
from grader.ownwork.policy import Policy

LIBRARY = block("""
    from torch.nn.functional import softmax


    def other(x):
        return x
""")
STARS = block("""
    from utils import *
    def softmax(x): return relu(x)
""")


def found(answer, helpers=None, cells=(), given=()):
    sources = Sources(answer, cells, helpers or {})
    return places(sources, parsed(sources), ["softmax"], Policy([]), given)


@pytest.mark.parametrize(
    "answer",
    [
        "from utils import softmax\n",
        "from utils import *\n",
        block("""
            import utils
            def softmax(x): return utils.softmax(x)
        """),
        block("""
            from utils import softmax as mine
            def softmax(x): return mine(x)
        """),
        block("""
            def softmax(x):
                import utils
                return utils.softmax(x)
        """),
        block("""
            from .utils import softmax as mine
            def softmax(x): return mine(x)
        """),
    ],
)
def test_a_helper_that_is_used_is_looked_at(answer):
    assert found(answer, {"utils.py": LIBRARY}) == [
        Place(1, "torch.nn.functional.softmax", "utils.py")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        block("""
            from utils import other
            def softmax(x): return other(x)
        """),
        block("""
            from utils import *
            def softmax(x): return other(x)
        """),
        block("""
            import utils
            def softmax(x): return utils.other(x)
        """),
        block("""
            def softmax(x): return x
            if __name__ == '__main__':
                from utils import softmax
        """),
        block("""
            def softmax(x): return x
            def test():
                import utils
        """),
    ],
)
def test_a_helper_that_is_not_used_is_not(answer):
    helpers = {
        "utils.py": LIBRARY,
        "test_softmax.py": block("""
            import torch
            torch.softmax
        """),
    }
    assert found(answer, helpers) == []


def test_what_a_star_may_bring_is_looked_at():
    assert found(STARS, {"utils.py": "from torch import relu\n"}) == [
        Place(1, "torch.relu", "utils.py")
    ]
    assert found(STARS, {"utils.py": "from torch import *\n"})
    assert found(STARS, {"utils.py": "def relu(x): return x\n"}) == []


def test_a_function_of_one_s_own_may_have_any_name():
    own = {
        "utils.py": block("""
            import math
            def softmax(x): return math.exp(x)
        """)
    }
    assert (
        found(
            block("""
                import utils
                def softmax(x): return utils.softmax(x)
            """),
            own,
        )
        == []
    )
    assert found(
        block("""
            import utils
            def softmax(x): return utils.torch.exp(x)
        """),
        own,
    )


def test_helpers_of_helpers_and_packages_are_found():
    helpers = {
        "pkg/__init__.py": "from .inner import f\n",
        "pkg/inner.py": block("""
            import more
            def f(x): return more.g(x)
        """),
        "inner.py": block("""
            import more
            def f(x): return more.g(x)
        """),
        "more.py": block("""
            import torch
            def g(x): return torch.exp(x)
        """),
    }
    answer = block("""
        from pkg.inner import f
        def softmax(x): return f(x)
    """)
    assert found(answer, helpers) == [Place(2, "torch.exp", "more.py")]


def test_a_helper_that_cannot_be_read_is_told_of_only_where_it_is_used():
    broken = {"utils.py": "def f(:\n"}
    assert found("def softmax(x): return x\n", broken) == []
    with pytest.raises(SyntaxError):
        found(
            block("""
                from utils import f
                def softmax(x): return f(x)
            """),
            broken,
        )


def test_given_files_are_nobody_s_library():
    answer = block("""
        from given import f
        def softmax(x): return f(x)
    """)
    assert found(answer, given=["given"]) == []
    assert found(answer) == [Place(2, "given.f")]


def test_a_cell_that_is_no_python_is_passed_over():
    answer = block("""
        import torch
        this is no Python
        def softmax(x):
            return torch.exp(x)
    """)
    assert found(answer, cells=[1, 2, 3]) == [Place(4, "torch.exp")]
    with pytest.raises(SyntaxError):
        found(answer)
