"""A small assembler for classic BPF, the language of seccomp filters.

A filter reads the number and the arguments of a system call and returns an action (seccomp(2)).
Arguments are compared by their lower 32 bits: every argument that a policy tests is an ``int`` to
the kernel, which ignores the upper half as well.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from ctypes import Array, c_char
from dataclasses import dataclass, field

# SECCOMP_RET_ALLOW, SECCOMP_RET_KILL_PROCESS, SECCOMP_RET_ERRNO of linux/seccomp.h.
ALLOW = 0x7FFF0000
KILL_PROCESS = 0x80000000
_ERRNO = 0x00050000

# struct seccomp_data { int nr; __u32 arch; __u64 instruction_pointer; __u64 args[6]; }
_NUMBER_OFFSET = 0
_ARCH_OFFSET = 4
_ARGUMENTS_OFFSET = 16
_ARGUMENT_SIZE = 8

# BPF_LD|BPF_W|BPF_ABS, BPF_RET|BPF_K, BPF_JMP with BPF_JEQ, BPF_JGT and BPF_JSET, and
# BPF_ALU|BPF_AND|BPF_K of linux/bpf_common.h.
_LOAD = 0x20
_RETURN = 0x06
_JUMP_IF_EQUAL = 0x15
_JUMP_IF_GREATER = 0x25
_JUMP_IF_ANY_BIT = 0x45
_AND = 0x54
# The jump offsets of struct sock_filter are 8 bits wide.
_LONGEST_JUMP = 255

PID = object()
"""Placeholder for the process's own ID, known only when the program is installed."""


@dataclass(frozen=True)
class _Instruction:
    code: int
    operand: int | object
    if_true: int = 0
    if_false: int = 0


@dataclass(frozen=True)
class BpfProgram:
    """An assembled filter, complete but for the process's own ID."""

    length: int
    code: bytes
    _pid_offsets: tuple[int, ...]

    def insert(self, pid: int, code: Array[c_char] | bytearray) -> None:
        """Complete a copy of the code for the process ``pid``."""
        for offset in self._pid_offsets:
            struct.pack_into("=I", code, offset, pid)

    def for_process(self, pid: int) -> bytes:
        """Return the code of the filter for the process ``pid``."""
        code = bytearray(self.code)
        self.insert(pid, code)
        return bytes(code)


def error(number: int) -> int:
    """Return the action that makes a system call fail with this errno."""
    return _ERRNO | number


@dataclass
class Assembler:
    """Collects instructions in order; a failed test falls through to the next instruction."""

    _instructions: list[_Instruction] = field(default_factory=list)

    def load_number(self) -> None:
        """Load the number of the system call for the tests that follow."""
        self._add(_LOAD, _NUMBER_OFFSET)

    def load_architecture(self) -> None:
        """Load the architecture for the tests that follow."""
        self._add(_LOAD, _ARCH_OFFSET)

    def load_argument(self, index: int, mask: int | None = None) -> None:
        """Load the lower 32 bits of an argument for the tests that follow, masked if asked."""
        self._add(_LOAD, _ARGUMENTS_OFFSET + _ARGUMENT_SIZE * index)
        if mask is not None:
            self._add(_AND, mask)

    def ret(self, verdict: int) -> None:
        """Return this action."""
        self._add(_RETURN, verdict)

    def give_if_equal(self, values: Iterable[int | object], verdict: int) -> None:
        """Return this action if the loaded value is one of ``values``."""
        for value in values:
            self._add(_JUMP_IF_EQUAL, value, 0, 1)
            self.ret(verdict)

    def give_unless_equal(self, value: int, verdict: int) -> None:
        """Return this action if the loaded value is not ``value``."""
        self._add(_JUMP_IF_EQUAL, value, 1, 0)
        self.ret(verdict)

    def give_if_greater(self, value: int, verdict: int) -> None:
        """Return this action if the loaded value is greater, both unsigned."""
        self._add(_JUMP_IF_GREATER, value, 0, 1)
        self.ret(verdict)

    def give_if_any_bit(self, mask: int, verdict: int) -> None:
        """Return this action if the loaded value has one of these bits set."""
        self._add(_JUMP_IF_ANY_BIT, mask, 0, 1)
        self.ret(verdict)

    def only_if_equal(self, value: int, body: Assembler) -> None:
        """Run ``body``, which must end in an action, if the loaded value is ``value``."""
        size = len(body._instructions)
        if size > _LONGEST_JUMP:
            raise ValueError(f"{size} instructions are too many to jump over")
        self._add(_JUMP_IF_EQUAL, value, 0, size)
        self._instructions += body._instructions

    def assembled(self) -> BpfProgram:
        """Return the program."""
        code = b"".join(
            struct.pack("=HBBI", i.code, i.if_true, i.if_false, _word(i.operand))
            for i in self._instructions
        )
        size = struct.calcsize("=HBBI")
        operand = size - struct.calcsize("=I")
        places = tuple(
            size * index + operand
            for index, instruction in enumerate(self._instructions)
            if instruction.operand is PID
        )
        return BpfProgram(len(self._instructions), code, places)

    def _add(self, code: int, operand: int | object, if_true: int = 0, if_false: int = 0) -> None:
        self._instructions.append(_Instruction(code, operand, if_true, if_false))


def _word(operand: int | object) -> int:
    return operand if isinstance(operand, int) else 0
