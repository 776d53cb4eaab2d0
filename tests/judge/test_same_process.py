"""Programs of an author follow one another in one process, and find torch as it was."""

from grader.course.models import ExerciseLimits
from grader.judge.processes.open_factory import open_process_factory
from grader.judge.processes.sandboxed_program import FunctionCall, ProgramSource, SandboxedProgram
from grader.judge.processes.student_processes import SandboxOptions

LIMITS = ExerciseLimits(cpu_seconds=20, load_seconds=20, budget_seconds=60)
LEAVES = """
import torch

def run():
    torch.set_default_device("meta")
    torch.set_default_dtype(torch.float64)
    return [torch.zeros(1).device.type, str(torch.zeros(1).dtype)]
"""
FINDS = """
import torch

def run():
    return [torch.zeros(1).device.type, str(torch.zeros(1).dtype)]
"""


def test_what_a_program_makes_the_default_is_gone_for_the_next_one():
    call = FunctionCall("call", "run", (), {})
    factory = open_process_factory(SandboxOptions(("numpy", "torch"), ()))
    first, second = (ProgramSource("program.py", source, {"run": 0}) for source in (LEAVES, FINDS))
    program = SandboxedProgram(factory, first, LIMITS)
    try:
        program.load()
        assert program.call(call).value == ["meta", "torch.float64"]
        program.load_instead(second)
        assert program.call(call).value == ["cpu", "torch.float32"]
    finally:
        program.end()
        factory.close()
