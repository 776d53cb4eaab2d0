"""What a call does on its device, as its own process counts it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.text_blocks import block

WATCHER = Path(__file__).with_name("watcher.py")
HEAD = block("""
    import math
    import torch
    import torch.nn.functional as F

    def f(x, d):
""")
FIRST = HEAD.count("\n") + 1  # the line of the first statement


@pytest.fixture(scope="module")
def watcher():
    root = str(WATCHER.parents[2])
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", WATCHER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"PYTHONPATH": root, "OMP_NUM_THREADS": "1"},
    )

    def watch(source, device="sim", **more):
        process.stdin.write(json.dumps({"source": source, "device": device, **more}) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        assert "raised" not in answer, answer
        return answer

    yield watch
    process.stdin.close()
    process.stdout.close()
    process.wait(20)


def program(*lines):
    return HEAD + "".join(f"    {line}\n" for line in lines)


def events(answer):
    """Return kind, name and count of each event."""
    return [(kind, name, count) for kind, _, name, count, _, _ in answer["events"]]


WAITS = {
    "x.sum().item()": "item",
    "float(x.sum())": "float",
    "int(d[0])": "int",
    "y = 1 if x.sum() > 0 else 0": "bool",
    "if x.sum() > 0: pass": "if",
    "while x.sum() < 0: pass": "while",
    "assert x.sum() > -9": "assert",
    "not x.sum()": "bool",
    "x.sum() > 0 and 1": "bool",
    "print(x)": "print",
    "str(x)": "str",
    "f'{x}'": 'f"..."',
    "f'{x.sum():.2f}'": 'f"..."',
    "x[x > 0]": "[...]",
    "x[x > 0] = x[0, 0]": "[...]",
    "x[d[0]]": "[...]",
    "x.nonzero()": "nonzero",
    "x.argwhere()": "argwhere",
    "torch.where(x > 0)": "where",
    "torch.masked_select(x, x > 0)": "masked_select",
    "torch.unique(d)": "unique",
    "torch.unique_consecutive(d)": "unique_consecutive",
    "torch.equal(x, x)": "equal",
    "torch.allclose(x, x)": "allclose",
    "torch.bincount(d)": "bincount",
    "torch.histc(x)": "histc",
    "torch.multinomial(x.abs(), 1)": "multinomial",
    "d.repeat_interleave(d)": "repeat_interleave",
    "F.one_hot(d)": "one_hot",
    "range(d[1])": "range",
    "math.sqrt(x[0, 0])": "sqrt",
    "max(x[0, 0], x[0, 1])": "max",
    "torch.linalg.inv(x + torch.eye(2, device=x.device))": "inv",
    "torch.Tensor.item(x.sum())": "item",
    "torch.accelerator.synchronize()": "synchronize",
}


@pytest.mark.parametrize("line", WAITS)
def test_a_wait_has_the_name_that_the_student_has_written(watcher, line):
    assert events(watcher(program(line))) == [("synchronise", WAITS[line], 1)]


@pytest.mark.parametrize(
    ("line", "expected", "size"),
    [
        ("x.cpu()", ("to_host", "cpu", 1), 16),
        ("x.to('cpu')", ("to_host", "to", 1), 16),
        ("x.tolist()", ("to_host", "tolist", 1), 16),
        ("torch.zeros(2, 2).copy_(x)", ("to_host", "copy_", 1), 16),
        ("x.cpu().numpy()", ("to_host", "cpu", 1), 16),
        ("torch.zeros(2, 2).to(x.device)", ("to_device", "to", 1), 16),
        ("x.copy_(torch.zeros(2, 2))", ("to_device", "copy_", 1), 16),
        ("x[torch.arange(2), d]", ("to_device", "[...]", 1), 16),
        ("x[torch.arange(2), d] -= 1", ("to_device", "[...]", 2), 32),
        ("torch.tensor([1.0, 2.0], device=x.device)", ("made", "tensor", 1), 8),
        ("x.new_tensor([1.0])", ("made", "new_tensor", 1), 4),
        ("x[[0, 1]]", ("made", "[...]", 1), 16),
        ("x[0, 0] = 1.0", ("made", "[...]", 1), 4),
    ],
)
def test_what_travels_is_counted_with_its_bytes(watcher, line, expected, size):
    answer = watcher(program(line))
    assert events(answer) == [expected]
    assert answer["events"][0][4] == size


@pytest.mark.parametrize(
    "line",
    [
        "x.to(x.device)",
        "x.to(torch.float64)",
        "len(x), x.shape[0], x.size(1), x.numel(), x.dtype, x.device",
        "F.one_hot(d, num_classes=4)",
        "x[torch.arange(len(x), device=x.device), d]",
        "torch.where(x > 0, x, 0.0)",
        "torch.zeros(3, device=x.device), torch.ones_like(x), x.new_zeros(2)",
        "x[x > 0] = 0.0",  # filled in where the mask says so, however many there are
        "x.masked_fill(x > 0, 0.0)",
        "x * torch.tensor(2.0)",  # a number, which goes along with the operation
        "d.repeat_interleave(d, output_size=1)",
        "a, b = x",
        "torch.histc(x, min=-4, max=4)",
        "(x @ x.T).softmax(1).argmax(1)",
        "torch.nn.functional.cross_entropy(x, d)",
        "x is d, x is not None",
    ],
)
def test_work_on_the_device_is_no_traffic(watcher, line):
    assert events(watcher(program(line))) == []


def test_each_number_of_a_list_is_asked_for(watcher):
    assert events(watcher(program("torch.tensor([x[0, 0], x[1, 1]])"))) == [
        ("synchronise", "tensor", 2)
    ]


def test_on_the_cpu_nothing_travels_and_nobody_waits(watcher):
    lines = [line for line in WAITS if "sqrt" not in line]
    answer = watcher(program(*lines, "x.cpu().numpy()", "torch.tensor([1.0])"), "cpu")
    assert [e for e in events(answer) if e[1] != "synchronize"] == []
    assert answer["operations"] > len(WAITS)


def test_operations_and_memory_are_those_of_the_cpu(watcher):
    source = program("y = torch.relu(x @ x) + x", "z = y.sum(0)", "return y * z")
    cpu, sim = watcher(source, "cpu"), watcher(source)
    assert cpu["operations"] == sim["operations"] == 5
    assert cpu["peak_bytes"] == sim["peak_bytes"]


@pytest.mark.parametrize("device", ["cpu", "sim"])
@pytest.mark.parametrize(
    ("lines", "peak"),
    [
        (["y = torch.zeros(100, device=x.device)"], 400),
        (["y = torch.zeros(100, device=x.device)", "z = y.view(10, 10)[2:].T"], 400),
        (["y = x.new_zeros(100)", "y = None", "y = x.new_zeros(50)"], 400),
        (["y = torch.zeros(100, device=x.device)", "z = y + 1"], 800),
        (["y = torch.zeros(100, device=x.device)", "y += 1"], 400),
        (["y = x.view(4)", "x += 1"], 0),
        (["y = torch.empty(0, device=x.device)", "torch.cat([x, x, x], out=y)"], 48),
        (["y = torch.zeros(100, dtype=torch.float64, device=x.device)"], 800),
        (["for i in range(5): y = torch.zeros(100, device=x.device); del y"], 400),
    ],
)
def test_memory_is_that_of_storages_alive_at_one_time(watcher, device, lines, peak):
    assert watcher(program(*lines), device)["peak_bytes"] == peak


def test_a_loop_is_counted_at_its_line(watcher):
    answer = watcher(program("for i in range(7):", "    y = x * i + 1", "    print(y)"))
    assert events(answer) == [("synchronise", "print", 7)]
    place = answer["events"][0][5]
    assert place == [FIRST + 2, None, 9, FIRST + 2, 17]
    assert answer["work"] == [[14, [FIRST + 1, None]]]


def test_the_innermost_line_of_the_students_is_told_also_in_a_helper(watcher):
    helper = block("""
        def ask(x):
            return x.sum().item()
    """)
    source = "import mine\n" + program("return mine.ask(x)")
    answer = watcher(source, helpers={"mine.py": helper})
    assert answer["events"][0][5][:2] == [2, "mine.py"]


def test_the_marks_reach_over_lines(watcher):
    answer = watcher(program("y = (x", "     .sum()", "     .item())"))
    assert events(answer) == [("synchronise", "item", 1)]


def test_the_drive_is_not_counted_and_what_it_calls_is(watcher):
    drive = block("""
        def run(module, x, d):
            x.sum().item()
            y = x * 2
            return module.f(y, d)
    """)
    answer = watcher(program("return (x + 1).tolist()"), drive=drive)
    assert events(answer) == [("to_host", "tolist", 1)]
    assert answer["operations"] == 2


def test_threads_of_autograd_are_counted_at_the_line_that_waits_for_them(watcher):
    lines = [
        "w = torch.ones(2, 2, device=x.device, requires_grad=True)",
        "y = (x @ w)[x > 0].sum()",
        "y.backward()",
    ]
    answer = watcher(program(*lines))
    names = [("synchronise", "[...]", 1), ("synchronise", "backward", 1)]
    assert events(answer) == names
    assert next(count for count, line in answer["work"] if line == [FIRST + 2, None]) > 3


def test_a_backward_of_the_students_own_is_told_by_its_own_line(watcher):
    own = block("""
        class Own(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                return x * 2
            @staticmethod
            def backward(ctx, grad):
                grad.sum().item()
                return grad * 2
    """)
    source = program("w = x.clone().requires_grad_()", "Own.apply(w).sum().backward()") + own
    answer = watcher(source)
    assert events(answer) == [("synchronise", "item", 1)]
    assert answer["events"][0][5][0] == source[: source.index("grad.sum()")].count("\n") + 1


MODE = block("""
    from torch.utils._python_dispatch import TorchDispatchMode
    from torch.overrides import TorchFunctionMode
    class Theirs(TorchDispatchMode):
        def __torch_dispatch__(self, func, types, args=(), kwargs=None):
            return func(*args, **(kwargs or {}))
    class Functions(TorchFunctionMode):
        def __torch_function__(self, func, types, args=(), kwargs=None):
            return func(*args, **(kwargs or {}))
""")


def test_modes_of_the_students_own_change_nothing(watcher):
    lines = ["with Theirs(), Functions():", "    y = x.sum().item()", "print(x)"]
    answer = watcher(MODE + program(*lines))
    assert events(answer) == [("synchronise", "item", 1), ("synchronise", "print", 1)]
    assert answer["events"][0][5][0] == MODE.count("\n") + FIRST + 1
    assert answer["modes_left"] == [0, 0]


def test_a_mode_that_is_never_left_does_not_stop_the_count(watcher):
    answer = watcher(MODE + program("Theirs().__enter__()", "x.sum().item()"))
    assert events(answer) == [("synchronise", "item", 1)]
    assert answer["modes_left"] == [1, 0]


def test_catching_everything_changes_nothing(watcher):
    lines = ["try:", "    x.sum().item()", "    x.numpy()", "except BaseException:", "    print(x)"]
    assert events(watcher(program(*lines))) == [
        ("synchronise", "item", 1),
        ("synchronise", "print", 1),
    ]


def test_a_value_that_resists_being_looked_at_is_still_returned(watcher):
    odd = block("""
        class Odd(torch.Tensor):
            @property
            def device(self):
                raise ValueError('no')
    """)
    watcher(program("return x.as_subclass(Odd) + 1") + odd)


def test_many_places_stay_bounded_and_none_is_lost(watcher):
    answer = watcher(program(*["x.sum().item()"] * 400))
    assert sum(count for _, _, count in events(answer)) == 400
    assert len(answer["events"]) <= 256
    assert len(answer["work"]) <= 256
    assert sum(count for count, _ in answer["work"]) == answer["operations"] == 800
