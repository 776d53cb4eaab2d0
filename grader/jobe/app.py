"""The application: which address does what.

Whatever a student sends is an answer with a mark. A fault of the grader, of a question or of the
network is a status other than 200, or "overload": both leave no mark, and cost no attempt.
"""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from grader.course.errors import UnknownExerciseError
from grader.errors import GraderError
from grader.jobe.errors import OverloadedError, RefusedError
from grader.jobe.file_cache import FileCache
from grader.jobe.guard import LARGEST_BODY, Guard
from grader.jobe.judges import Judges
from grader.jobe.protocol import (
    BAD_REQUEST,
    LANGUAGE,
    VERSION,
    Outcome,
    read_file_body,
    read_run,
    result,
)
from grader.jobe.reply import FAULT, reply
from grader.jobe.settings import BODY_SECONDS, PATIENCE
from grader.jobe.turns import Turns
from grader.judge.reading.helper_modules import bundled

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from grader.course.loading import LoadedExercise
    from grader.jobe.protocol import Run
    from grader.jobe.settings import JobeSettings
    from grader.report.models import Report

ROOTS = ("/jobe/index.php/restapi", "/restapi")
"""Where Jobe's addresses begin: as CodeRunner asks for them, and as Jobe's own server has them."""
_TOO_SLOW, _TOO_LARGE = 408, 413
_log = logging.getLogger("grader.jobe")


def application(settings: JobeSettings, turns: Turns) -> Starlette:
    """Return the application that serves a course."""
    judges = Judges(settings.level, settings.device, settings.warm, practice=settings.practice)
    jobe = Jobe(settings, turns, judges)
    routes = [
        route
        for root in ROOTS
        for route in (
            Route(f"{root}/languages", jobe.languages),
            Route(f"{root}/languages/", jobe.languages),
            Route(f"{root}/runs", jobe.runs, methods=["POST"]),
            Route(f"{root}/runs/", jobe.runs, methods=["POST"]),
            Route(f"{root}/files/{{id}}", jobe.put_file, methods=["PUT"]),
            Route(f"{root}/files/{{id}}", jobe.has_file, methods=["HEAD"]),
        )
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, key=settings.key)],
        exception_handlers={
            HTTPException: refused,
            GraderError: refused,
            ClientDisconnect: gone,
            Exception: broken,
        },
        lifespan=jobe.running,
    )
    app.router.redirect_slashes = False
    return app


def turns_of(settings: JobeSettings) -> Turns:
    """Return the queue of a server."""
    return Turns(settings.jobs, settings.places, PATIENCE)


async def refused(_request: Request, error: Exception) -> Response:
    """Answer a request that gets no run with a status and a sentence."""
    match error:
        case OverloadedError():
            return JSONResponse(result(Outcome.OVERLOAD))
        case RefusedError():
            return JSONResponse(error.sentence, error.status)
        case HTTPException():
            return JSONResponse(error.detail, error.status_code, error.headers)
    return await broken(_request, error)


async def gone(_request: Request, _error: Exception) -> Response:
    """Answer nobody: the request was not sent to its end."""
    return Response(status_code=BAD_REQUEST)


async def broken(_request: Request, error: Exception) -> Response:
    """Say that it is the grader's fault."""
    return JSONResponse(f"The grader has failed ({type(error).__name__}).", FAULT)


@dataclass(frozen=True)
class Jobe:
    """What is done at each address."""

    settings: JobeSettings
    turns: Turns
    judges: Judges
    files: FileCache = field(default_factory=FileCache)

    @asynccontextmanager
    async def running(self, _app: Starlette) -> AsyncIterator[None]:
        """Warm up, and leave nothing running."""
        warming = asyncio.create_task(self._warm_up())
        try:
            yield
        finally:
            warming.cancel()
            await asyncio.gather(warming, return_exceptions=True)
            await self.judges.close()

    async def _warm_up(self) -> None:
        try:
            await self.judges.warm(self.settings.only)
        except GraderError as error:
            _log.warning("warming up has failed: %s", error)

    async def languages(self, _request: Request) -> Response:
        """Name the one language that there is."""
        return JSONResponse([[LANGUAGE, VERSION]])

    async def put_file(self, request: Request) -> Response:
        """Keep a file for a run to come."""
        with self.turns.place():
            body = await _body(request)
        self.files.put(request.path_params["id"], read_file_body(body))
        return Response(status_code=204)

    async def has_file(self, request: Request) -> Response:
        """Say whether a file is here."""
        there = request.path_params["id"] in self.files
        return Response(status_code=204 if there else 404)

    async def runs(self, request: Request) -> Response:
        """Judge an answer."""
        with self.turns.place():
            run = read_run(await _body(request))
            exercise = self._exercise(run)
            beside = {name: self.files.get(id_) for name, id_ in run.files.items()}
            data = bundled(run.code.encode("utf-8", "surrogatepass"), beside)
            with self.settings.admission(run.student, exercise.model.id):
                report = await self._judged(request, exercise, data)
                shown = await asyncio.to_thread(reply, report, exercise, run.lang)
        return JSONResponse(result(Outcome.SUCCESS, shown))

    async def _judged(self, request: Request, exercise: LoadedExercise, data: bytes) -> Report:
        """Return the report of an answer, once it is its turn.

        Raises:
            ClientDisconnect: nobody waits for it any more.

        """
        began = time.monotonic()
        async with self.turns.turn():
            waited = time.monotonic() - began
            if await request.is_disconnected():
                raise ClientDisconnect
            report = await self.judges.judge(exercise, data)
        took = time.monotonic() - began - waited
        _log.info(
            *("%s %s, waited %.1f s, took %.1f s", exercise.model.id, report.status),
            *(waited, took),
        )
        for fault in report.run.faults:
            _log.warning("%s: %s", exercise.model.id, fault)
        return report

    def _exercise(self, run: Run) -> LoadedExercise:
        """Return the exercise of a run.

        Raises:
            RefusedError: it is not served here, or has no code.

        """
        try:
            exercise = self.settings.course.exercise(run.exercise)
        except UnknownExerciseError:
            raise RefusedError(BAD_REQUEST, "There is no such exercise here.") from None
        only = self.settings.only
        if only and exercise not in only:
            raise RefusedError(BAD_REQUEST, f"{exercise.model.id} is not served here.")
        if exercise.model.kind != "code":
            raise RefusedError(BAD_REQUEST, f"{exercise.model.id} has no code to be judged.")
        return exercise


async def _body(request: Request) -> bytes:
    """Return the body of a request.

    Raises:
        RefusedError: it is too large, or does not come in time.

    """
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for piece in request.stream():
                body += piece
                if len(body) > LARGEST_BODY:
                    raise RefusedError(_TOO_LARGE, "The request is too large.")
    except TimeoutError:
        raise RefusedError(_TOO_SLOW, "The request did not arrive in time.") from None
    return bytes(body)
