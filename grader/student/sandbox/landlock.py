"""Landlock: only granted files can be opened; needs no privilege.

A rule on a folder grants everything below it, and no rule can revoke a part again: a grant must not
contain a secret (see `readable_paths`). Landlock holds for the calling thread and those it creates
(landlock(7)), so it is applied while there is only one.
"""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterable
from ctypes import Array, c_char, create_string_buffer
from dataclasses import dataclass
from enum import IntFlag
from itertools import chain

from grader.student.sandbox.errors import SandboxError
from grader.student.sandbox.syscalls import PreparedCall, call

LAYER = "landlock"
CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same number on every architecture
# LANDLOCK_CREATE_RULESET_VERSION and LANDLOCK_RULE_PATH_BENEATH of linux/landlock.h.
RULESET_VERSION = 1
RULE_PATH_BENEATH = 1

Rule = Array[c_char]
"""A struct landlock_path_beneath_attr."""


class Access(IntFlag):
    """Accesses to files: LANDLOCK_ACCESS_FS_… of linux/landlock.h."""

    EXECUTE = 1 << 0
    WRITE_FILE = 1 << 1
    READ_FILE = 1 << 2
    READ_DIR = 1 << 3
    REMOVE_DIR = 1 << 4
    REMOVE_FILE = 1 << 5
    MAKE_CHAR = 1 << 6
    MAKE_DIR = 1 << 7
    MAKE_REG = 1 << 8
    MAKE_SOCK = 1 << 9
    MAKE_FIFO = 1 << 10
    MAKE_BLOCK = 1 << 11
    MAKE_SYM = 1 << 12
    REFER = 1 << 13
    TRUNCATE = 1 << 14
    IOCTL_DEV = 1 << 15


# By landlock(7): ABI 2 is of Linux 5.19, 3 of 6.2, 4 of 6.7, 5 of 6.10, 6 of 6.12. A kernel refuses
# a ruleset with a bit that its ABI does not know.
FIRST_ABI_OF = {Access.REFER: 2, Access.TRUNCATE: 3, Access.IOCTL_DEV: 5}
ABI_OF_NETWORK = 4
ABI_OF_SCOPES = 6
BIND_AND_CONNECT_TCP = 3
ABSTRACT_SOCKETS_AND_SIGNALS = 3

READING = Access.READ_FILE | Access.READ_DIR
# In its scratch folder a submission may make files and folders, but nothing that can be executed or
# connected to, and no link that could lead the deletion of the folder elsewhere.
WORKING = (
    READING
    | Access.WRITE_FILE
    | Access.REMOVE_DIR
    | Access.REMOVE_FILE
    | Access.MAKE_DIR
    | Access.MAKE_REG
    | Access.REFER
    | Access.TRUNCATE
)
# A card's device nodes are read and written, never created or removed.
OF_DEVICES = Access.READ_FILE | Access.WRITE_FILE
# The accesses that a rule on a file may name; the kernel refuses those on folders there.
OF_FILES = (
    Access.EXECUTE | Access.WRITE_FILE | Access.READ_FILE | Access.TRUNCATE | Access.IOCTL_DEV
)


def abi() -> int:
    """Return the version of Landlock that the kernel offers.

    Raises:
        OSError: the kernel has no Landlock, or it is disabled.

    """
    # Without attributes, the flag makes the call return the version.
    return call("landlock_create_ruleset", CREATE_RULESET, 0, 0, RULESET_VERSION)


@dataclass(frozen=True)
class PathRules:
    """Opened paths and the access to grant on them, ready to be added to a ruleset."""

    descriptors: tuple[int, ...]
    rules: tuple[Rule, ...]

    def close(self) -> None:
        """Close the descriptors; the grants cannot be used afterwards."""
        for descriptor in self.descriptors:
            os.close(descriptor)


def open_grants(paths: Iterable[str], access: Access = READING) -> PathRules:
    """Open the granted paths once, so that no process needs to resolve them; skip missing ones.

    Raises:
        SandboxError: a path exists and cannot be opened.

    """
    descriptors, rules = [], []
    for path in paths:
        try:
            descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
        except (FileNotFoundError, NotADirectoryError, PermissionError):
            continue
        except OSError as problem:
            raise SandboxError(LAYER, str(problem)) from problem
        descriptors.append(descriptor)
        folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
        rules.append(_rule(descriptor, access if folder else access & OF_FILES))
    return PathRules(tuple(descriptors), tuple(rules))


class Ruleset:
    """A ruleset that denies all files but those granted, ready to restrict processes.

    Restrictions on a process add up: an access needs the grant of each of them.
    """

    def __init__(self, version: int, *grants: PathRules) -> None:
        """A ``version`` below the kernel's leaves out later accesses."""
        network = BIND_AND_CONNECT_TCP if version >= ABI_OF_NETWORK else 0
        scopes = ABSTRACT_SOCKETS_AND_SIGNALS if version >= ABI_OF_SCOPES else 0
        # struct landlock_ruleset_attr has grown with the versions; its size tells the kernel which
        # fields are known here.
        packed = struct.pack("=QQQ", supported_access(version), network, scopes)
        size = 24 if version >= ABI_OF_SCOPES else 16 if version >= ABI_OF_NETWORK else 8
        attributes = create_string_buffer(packed, 24)
        self._create = PreparedCall.of_kernel(
            "landlock_create_ruleset", CREATE_RULESET, attributes, size, 0
        )
        self._rules = [rule for grant in grants for rule in grant.rules]

    def impose(self, *more: PathRules) -> None:
        """Restrict this process irrevocably. Needs no_new_privs.

        ``more`` are grants of this process alone.

        Raises:
            SandboxError: the kernel refuses it.

        """
        ruleset = self._ruleset(more)
        try:
            impose(_restricting(ruleset))
        finally:
            os.close(ruleset)

    def imposing(self) -> PreparedCall:
        """Return the prepared call that restricts the process that makes it: see `impose`.

        It holds a descriptor that stays open.

        Raises:
            SandboxError: the ruleset cannot be made.

        """
        return _restricting(self._ruleset(()))

    def _ruleset(self, more: Iterable[PathRules]) -> int:
        try:
            ruleset = self._create()
            for rule in chain(self._rules, *(grant.rules for grant in more)):
                call("landlock_add_rule", ADD_RULE, ruleset, RULE_PATH_BENEATH, rule, 0)
        except OSError as problem:
            raise SandboxError(LAYER, str(problem)) from problem
        return ruleset


def impose(call: PreparedCall) -> None:
    """Restrict this process irrevocably. Needs no_new_privs.

    Raises:
        SandboxError: the kernel refuses it.

    """
    try:
        call()
    except OSError as problem:
        raise SandboxError(LAYER, str(problem)) from problem


def _restricting(ruleset: int) -> PreparedCall:
    return PreparedCall.of_kernel("landlock_restrict_self", RESTRICT_SELF, ruleset, 0)


def supported_access(version: int) -> Access:
    """Return all accesses that this version can deny."""
    known = Access(0)
    for access in Access:
        if version >= FIRST_ABI_OF.get(access, 1):
            known |= access
    return known


def _rule(descriptor: int, access: Access) -> Rule:
    # struct landlock_path_beneath_attr is packed.
    return create_string_buffer(struct.pack("=Qi", access, descriptor), 12)
