"""A PostgreSQL server of our own: a folder, a socket in it, no network, gone afterwards."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Any, LiteralString


def binaries() -> Path | None:
    """Return the folder of initdb and pg_ctl, None where PostgreSQL's server is not installed."""
    places = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda path: int(path.parts[-3])
    )
    found = shutil.which("pg_ctl")
    if places:
        return places[-1].parent
    return Path(found).resolve().parent if found else None


class Server:
    """PostgreSQL refuses to run as root, so there it runs as another user."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.emptied: list[str] = []
        self.folder = Path(tempfile.mkdtemp(prefix="pg"))
        self.identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = next(name for name in ("postgres", "nobody") if _known(name))
            entry = pwd.getpwnam(user)
            os.chown(self.folder, entry.pw_uid, entry.pw_gid)
            self.identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._run("initdb", "-A", "trust", "-U", "grader", "-E", "UTF8", "--no-sync")
        self.start()

    def _run(self, program: str, *arguments: str | Path) -> None:
        subprocess.run(
            [self.programs / program, "-D", self.folder / "data", *arguments],
            cwd=self.folder,
            check=True,
            stdout=subprocess.DEVNULL,
            env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
            **self.identity,
        )

    def start(self) -> None:
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -F"
        self._run("pg_ctl", "start", "-w", "-l", self.folder / "log", "-o", options)

    def kill(self) -> None:
        """End it as a power cut would."""
        self._run("pg_ctl", "stop", "-m", "immediate")

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)

    def database(self) -> str:
        """Return the URL of an empty database: one that was emptied, else a new one."""
        if self.emptied:
            return self.emptied.pop()
        name = f"t{uuid.uuid4().hex}"
        url = f"postgresql://grader@/{{}}?host={self.folder}"
        self._execute(url.format("postgres"), f"CREATE DATABASE {name}")
        return url.format(name)

    def empty(self, url: str) -> None:
        """Empty a database for the next test: much faster than making one."""
        self._execute(url, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public")
        self.emptied.append(url)

    @staticmethod
    def _execute(url: str, *statements: LiteralString) -> None:
        import psycopg  # noqa: PLC0415

        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("SET lock_timeout = '10s'")
            for statement in statements:
                connection.execute(statement)


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True
