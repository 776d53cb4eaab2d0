"""The connection to a Dask scheduler, and calls of single workers through it.

Each call is a task of its own name for one worker: Dask moves none of them, and repeats none on
another worker.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import ssl
import tempfile
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dask
from distributed import Client, LocalCluster, wait
from distributed.client import FuturesCancelledError
from distributed.security import Security
from distributed.versions import VersionMismatchWarning

from grader.batch.cluster.errors import ClusterError
from grader.errors import GraderError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from grader.batch.cluster.settings import ClusterSettings

CONNECT_SECONDS = 20.0
# Dask serves pages over HTTP, whatever is asked for: here on no fixed port, and none of them.
_ANY_PORT = "127.0.0.1:0"
_NO_PAGES: dict[str, list[str]] = {
    f"distributed.{role}.http.routes": [] for role in ("scheduler", "worker")
}
_TLS_WORDS = ("encryption required", "TLS expects")  # Dask has no type for these errors


class CallFailedError(GraderError):
    """A call of a worker has failed, or the worker is gone."""


class SchedulerGoneError(GraderError):
    """The connection to the scheduler has broken off."""


@dataclass(frozen=True)
class Endpoint:
    """A scheduler, and with what one connects to it."""

    address: str
    security: Security | None


@dataclass(frozen=True)
class SeenWorker:
    """A worker as its scheduler knows it; ``heartbeat`` is when it last reported, by its clock."""

    address: str
    threads: int
    heartbeat: float
    running: bool


@contextlib.contextmanager
def endpoint(settings: ClusterSettings) -> Iterator[Endpoint]:
    """Yield the scheduler that settings name; one for this machine is started, and ended.

    Raises:
        ClusterError: the files for TLS cannot be used, or no workers can be started.

    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # we report what matters
    warnings.filterwarnings("ignore", category=VersionMismatchWarning)  # the same
    if not settings.local_workers:
        yield Endpoint(settings.address, _security(settings))
        return
    with (
        _quiet_loop(),
        tempfile.TemporaryDirectory(prefix="grader-cluster-") as folder,
        _cluster_here(settings.local_workers, folder) as cluster,
    ):
        yield Endpoint(cluster.scheduler_address, cluster.security)


@contextlib.contextmanager
def _cluster_here(workers: int, folder: str) -> Iterator[LocalCluster]:
    """Run workers on this machine, which nobody else can connect to.

    Raises:
        ClusterError: they cannot be started.

    """
    try:
        with dask.config.set(_NO_PAGES):
            cluster = _started_here(workers, folder)
    except (RuntimeError, OSError) as error:
        raise ClusterError("cluster_local", why=_line(error)) from error
    with cluster:
        yield cluster


def _started_here(workers: int, folder: str) -> LocalCluster:
    return LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        # Certificates of its own: else other users of this machine could send it programs.
        security=True,
        dashboard_address=_ANY_PORT,
        worker_dashboard_address=_ANY_PORT,
        memory_limit=0,  # judges are processes of their own, which have limits
        local_directory=folder,
        silence_logs=logging.CRITICAL,
    )


@contextlib.contextmanager
def _quiet_loop() -> Iterator[None]:
    """Keep asyncio from printing what Dask leaves behind where a worker was killed."""
    logger = logging.getLogger("asyncio")
    level = logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logger.setLevel(level)


def _security(settings: ClusterSettings) -> Security | None:
    """Return the certificates that were given; without any, Dask's own configuration decides."""
    if not settings.has_certificates:
        return None
    names = (settings.ca, settings.certificate, settings.key)
    ca, certificate, key = (None if name is None else str(name) for name in names)
    security = Security(
        tls_ca_file=ca,
        tls_client_cert=certificate,
        tls_client_key=key,
        require_encryption=True,
    )
    try:
        security.get_connection_args("client")
    except (OSError, ValueError, TypeError) as error:  # a damaged file is an SSLError: an OSError
        raise ClusterError("cluster_tls_file", why=_line(error)) from error
    return security


class Link:
    """An open connection to a scheduler."""

    def __init__(self, client: Client) -> None:
        self._client = client

    async def workers(self) -> dict[str, SeenWorker]:
        """Return the workers of the cluster, by address.

        Raises:
            SchedulerGoneError: the scheduler does not answer.

        """
        try:
            async with asyncio.timeout(CONNECT_SECONDS):
                known = await self._client.scheduler.identity()
        except (OSError, TimeoutError, AttributeError) as error:
            raise SchedulerGoneError(_line(error)) from error
        return {
            address: SeenWorker(
                address, one["nthreads"], one["last_seen"], one["status"] == "running"
            )
            for address, one in known["workers"].items()
        }

    async def call(
        self, worker: str, function: Callable[..., Any], *arguments: object, key: str
    ) -> bytes:
        """Have one worker call a function that returns bytes, and return these.

        Raises:
            CallFailedError: it has raised something, or was cancelled.

        """
        future = self._client.submit(
            function,
            *arguments,
            key=key,
            workers=[worker],
            allow_other_workers=False,
            pure=False,
            retries=0,
        )
        try:
            await wait([future])
            if future.status != "finished":
                raise CallFailedError(_line(await future.exception()))
            result = await self._client.gather(future)
        except FuturesCancelledError as error:
            raise CallFailedError(_line(error)) from error
        finally:
            future.release()
        if not isinstance(result, bytes):
            raise CallFailedError(f"{type(result).__name__}")
        return result

    async def tell(self, workers: list[str], function: Callable[..., Any], *arguments: str) -> None:
        """Have workers call a function at once, beside their tasks; errors are ignored."""
        with contextlib.suppress(OSError, TimeoutError, FuturesCancelledError):
            async with asyncio.timeout(CONNECT_SECONDS):
                await self._client.run(function, *arguments, workers=workers, on_error="ignore")

    @property
    def broken(self) -> bool:
        """Whether the connection has broken off."""
        return str(self._client.status) != "running"


@contextlib.asynccontextmanager
async def connected(at: Endpoint) -> AsyncIterator[Link]:
    """Connect to a scheduler.

    Raises:
        ClusterError: it does not answer, or one does not trust the other.

    """
    # Results are bytes: no pickle of a worker's is opened here.
    client = Client(
        at.address,
        asynchronous=True,
        security=at.security,
        set_as_default=False,
        timeout=CONNECT_SECONDS,
        name="nn-grader",
        serializers=["dask", "msgpack", "pickle"],
        deserializers=["dask", "msgpack"],
    )
    try:
        try:
            await client
        except (OSError, TimeoutError, TypeError, ValueError, RuntimeError) as error:
            id_ = "cluster_tls" if _is_about_tls(error) else "cluster_unreachable"
            raise ClusterError(id_, address=at.address, why=_line(error)) from error
        with client.as_current():
            yield Link(client)
    finally:
        with contextlib.suppress(OSError, TimeoutError, RuntimeError):
            async with asyncio.timeout(CONNECT_SECONDS):
                await client.close()


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError) or any(word in str(error) for word in _TLS_WORDS):
            return True
        error = error.__cause__ or error.__context__
    return False


def _line(error: BaseException | None) -> str:
    """Return an error on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]
