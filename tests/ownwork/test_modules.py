"""The files beside an answer are looked at where it imports them; broken cells are passed over."""

import pytest

from grader.ownwork.modules import Place, Sources, parsed, places
from grader.ownwork.policy import Policy

LIBRARY = "from torch.nn.functional import softmax\n\n\ndef other(x):\n    return x\n"
STARS = "from utils import *\ndef softmax(x): return relu(x)\n"


def found(answer, helpers=None, cells=(), given=()):
    sources = Sources(answer, cells, helpers or {})
    return places(sources, parsed(sources), ["softmax"], Policy([]), given)


@pytest.mark.parametrize(
    "answer",
    [
        "from utils import softmax\n",
        "from utils import *\n",
        "import utils\ndef softmax(x): return utils.softmax(x)\n",
        "from utils import softmax as mine\ndef softmax(x): return mine(x)\n",
        "def softmax(x):\n    import utils\n    return utils.softmax(x)\n",
        "from .utils import softmax as mine\ndef softmax(x): return mine(x)\n",
    ],
)
def test_a_helper_that_is_used_is_looked_at(answer):
    assert found(answer, {"utils.py": LIBRARY}) == [
        Place(1, "torch.nn.functional.softmax", "utils.py")
    ]


@pytest.mark.parametrize(
    "answer",
    [
        "from utils import other\ndef softmax(x): return other(x)\n",
        "from utils import *\ndef softmax(x): return other(x)\n",
        "import utils\ndef softmax(x): return utils.other(x)\n",
        "def softmax(x): return x\nif __name__ == '__main__':\n    from utils import softmax\n",
        "def softmax(x): return x\ndef test():\n    import utils\n",
    ],
)
def test_a_helper_that_is_not_used_is_not(answer):
    helpers = {"utils.py": LIBRARY, "test_softmax.py": "import torch\ntorch.softmax\n"}
    assert found(answer, helpers) == []


def test_what_a_star_may_bring_is_looked_at():
    assert found(STARS, {"utils.py": "from torch import relu\n"}) == [
        Place(1, "torch.relu", "utils.py")
    ]
    assert found(STARS, {"utils.py": "from torch import *\n"})
    assert found(STARS, {"utils.py": "def relu(x): return x\n"}) == []


def test_a_function_of_one_s_own_may_have_any_name():
    own = {"utils.py": "import math\ndef softmax(x): return math.exp(x)\n"}
    assert found("import utils\ndef softmax(x): return utils.softmax(x)\n", own) == []
    assert found("import utils\ndef softmax(x): return utils.torch.exp(x)\n", own)


def test_helpers_of_helpers_and_packages_are_found():
    helpers = {
        "pkg/__init__.py": "from .inner import f\n",
        "pkg/inner.py": "import more\ndef f(x): return more.g(x)\n",
        "inner.py": "import more\ndef f(x): return more.g(x)\n",
        "more.py": "import torch\ndef g(x): return torch.exp(x)\n",
    }
    answer = "from pkg.inner import f\ndef softmax(x): return f(x)\n"
    assert found(answer, helpers) == [Place(2, "torch.exp", "more.py")]


def test_a_helper_that_cannot_be_read_is_told_of_only_where_it_is_used():
    broken = {"utils.py": "def f(:\n"}
    assert found("def softmax(x): return x\n", broken) == []
    with pytest.raises(SyntaxError):
        found("from utils import f\ndef softmax(x): return f(x)\n", broken)


def test_given_files_are_nobody_s_library():
    answer = "from given import f\ndef softmax(x): return f(x)\n"
    assert found(answer, given=["given"]) == []
    assert found(answer) == [Place(2, "given.f")]


def test_a_cell_that_is_no_python_is_passed_over():
    answer = "import torch\nthis is no Python\ndef softmax(x):\n    return torch.exp(x)\n"
    assert found(answer, cells=[1, 2, 3]) == [Place(4, "torch.exp")]
    with pytest.raises(SyntaxError):
        found(answer)
