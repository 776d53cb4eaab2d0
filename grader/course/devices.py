"""The devices on which answers compute, and which of them a command may be asked for."""

from __future__ import annotations

from typing import Literal, get_args

Device = Literal["cpu", "sim", "cuda"]
One = Literal["auto", "cpu", "sim", "cuda"]
Wanted = Literal["auto", "cpu", "sim", "cuda", "both"]
ONE: tuple[One, ...] = get_args(One)
WANTED: tuple[Wanted, ...] = get_args(Wanted)
