"""The secret of this machine's user, from which grading for marks derives its seeds."""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.judge.reading.submission import Submission

# 256 bits: the secret cannot be guessed from seeds that reports disclose.
_BYTES = 32
_SEED_BITS = 53  # JSON readers represent such integers exactly


def seed_for(exercise: str, submission: Submission) -> int:
    """Return the seed of a submission: always the same here, and different for different ones.

    A report may disclose the inputs, printed. They do not help a later submission.
    """
    answer = f"{exercise}:{submission.hash}".encode()
    digest: bytes = hmac.digest(_secret(), answer, "sha256")
    return int.from_bytes(digest) % (1 << _SEED_BITS)


def _secret() -> bytes:
    """Return the user's secret, created if needed; if none can be stored, one for this run."""
    try:
        path = _place() / "secret"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            _keep(path)
        kept = path.read_bytes()
    except (OSError, RuntimeError):  # not writable, or no home folder
        kept = b""
    return kept if len(kept) == _BYTES else secrets.token_bytes(_BYTES)


def _place() -> Path:
    """Return the folder for a user's persistent data: of the XDG Base Directory Specification."""
    given = os.environ.get("XDG_STATE_HOME", "")
    state = Path(given) if os.path.isabs(given) else Path.home() / ".local" / "state"  # noqa: PTH117
    return state / "nn-grader"


def _keep(path: Path) -> None:
    """Write a new secret completely or not at all; one that another run has written first stays."""
    temporary = path.with_name(f".secret.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        with contextlib.suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        temporary.unlink()
