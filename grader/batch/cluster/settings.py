"""Which cluster a batch is judged on, and how it is reached: as options say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from grader.batch.cluster.errors import ClusterError

WAIT_SECONDS = 60
_LOCAL = re.compile(r"local:([0-9]{1,4})")
_REMOTE = re.compile(r"(?:tcp|tls|ucx|ws|wss)://[^\s/]+:[0-9]{1,5}/?")


@dataclass(frozen=True)
class ClusterSettings:
    """The address of a scheduler, or the number of workers to start on this machine.

    ``ca``, ``certificate`` and ``key`` are files in PEM; without them Dask's own configuration
    says what is trusted. ``wait`` is in seconds: how long a cluster may be without a worker.
    """

    address: str
    local_workers: int = 0
    ca: Path | None = None
    certificate: Path | None = None
    key: Path | None = None
    wait: float = WAIT_SECONDS

    @property
    def has_certificates(self) -> bool:
        """Whether any file for TLS was given."""
        return any((self.ca, self.certificate, self.key))


def cluster_at(
    text: str,
    *,
    ca: Path | None = None,
    certificate: Path | None = None,
    key: Path | None = None,
    wait: float = WAIT_SECONDS,
) -> ClusterSettings:
    """Return the settings for ``tcp://HOST:PORT``, ``tls://HOST:PORT`` or ``local:N``.

    Raises:
        ClusterError: the text is none of these.

    """
    text = text.strip()
    local = _LOCAL.fullmatch(text)
    workers = int(local[1]) if local else 0
    if not workers and not _REMOTE.fullmatch(text):
        raise ClusterError("cluster_address", address=text)
    return ClusterSettings(text, workers, ca, certificate, key, wait)
