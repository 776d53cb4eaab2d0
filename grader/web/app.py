"""The application: which address shows what."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sse_starlette import EventSourceResponse
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from grader.course.errors import UnknownExerciseError
from grader.course.languages import LANGUAGES, Translator
from grader.course.system_errors import reason
from grader.course.workspace import create_workspace
from grader.errors import GraderError
from grader.web.course_page import course_page
from grader.web.exercise_page import exercise_page
from grader.web.files import answer_of
from grader.web.guard import Guard
from grader.web.quiz_form import Quiz
from grader.web.rendering import render, said, static, verdict_event, verdict_values
from grader.web.source_form import NotEdited, save_source, source_form
from grader.web.verdicts import JUDGING, Verdicts

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.requests import Request

    from grader.course.loading import LoadedExercise
    from grader.web.quiz_form import QuizForm
    from grader.web.settings import Serving

_NOT_FOUND = 404
_PING = 15  # seconds between signs of life, by which a browser that went away is noticed


def application(serving: Serving) -> Starlette:
    """Return the application that serves a course and a folder."""
    pages = Pages(serving, Verdicts(serving.course, serving.folder))
    exercise = "/{lang}/{exercise}"
    routes = [
        Route("/static/{name}", pages.static),
        Route("/", pages.begin),
        Route("/{lang}/", pages.course),
        Route(exercise, pages.exercise),
        Route(f"{exercise}/events", pages.events),
        Route(f"{exercise}/grade", pages.grade, methods=["POST"]),
        Route(f"{exercise}/begin", pages.write_starter, methods=["POST"]),
        Route(f"{exercise}/answers", pages.answers, methods=["POST"]),
    ]
    if serving.edit:
        routes.append(Route(f"{exercise}/source", pages.source, methods=["POST"]))
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Guard, serving=serving)],
        exception_handlers={HTTPException: pages.refused, GraderError: pages.broken},
        lifespan=pages.running,
    )
    app.router.redirect_slashes = False
    return app


@dataclass(frozen=True)
class Pages:
    """What is shown at each address."""

    serving: Serving
    verdicts: Verdicts

    @asynccontextmanager
    async def running(self, _app: Starlette) -> AsyncIterator[None]:
        """Watch the folder as long as the server runs; afterwards nothing is left running."""
        watching = asyncio.create_task(self.verdicts.watch())
        try:
            yield
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)
            await self.verdicts.close()

    async def static(self, request: Request) -> Response:
        """Send a file that pages fetch."""
        try:
            kind, text = static(request.path_params["name"])
        except KeyError:
            raise HTTPException(404) from None
        return Response(text, media_type=kind)

    async def begin(self, _request: Request) -> Response:
        """Lead to the course in the language of the run."""
        return RedirectResponse(f"/{self.serving.token}/{self.serving.lang}/", 303)

    async def course(self, request: Request) -> Response:
        """Show the course, with progress."""
        lang = _lang(request)
        page = await asyncio.to_thread(course_page, self.serving.course, self.serving.folder, lang)
        return HTMLResponse(render(self.serving, lang, "course.html", "", page=page))

    async def exercise(self, request: Request) -> Response:
        """Show an exercise: task, hints, form, and the verdict on its file."""
        lang, exercise = _lang(request), self._exercise(request)
        return await self._page(request, exercise, lang)

    async def events(self, request: Request) -> Response:
        """Send the verdicts on the file of an exercise as they come."""
        lang, exercise = _lang(request), self._exercise(request)
        return EventSourceResponse(self._news(exercise, lang), ping=_PING)

    async def grade(self, request: Request) -> Response:
        """Grade the file as it is, and show its page."""
        lang, exercise = _lang(request), self._exercise(request)
        await self.verdicts.verdict(exercise)
        return self._back(exercise, lang, "verdict")

    async def write_starter(self, request: Request) -> Response:
        """Write the file that a student starts from."""
        lang, exercise = _lang(request), self._exercise(request)
        try:
            create_workspace(self.serving.folder, [exercise], lang)
        except OSError as error:
            t = Translator(lang)
            why = reason(error).localised(t)
            told = t("{{file}} cannot be written: {{reason}}", file=exercise.stub_name, reason=why)
            return await self._page(request, exercise, lang, told=(told,), status=500)
        return self._back(exercise, lang, "answer")

    async def answers(self, request: Request) -> Response:
        """Write answers to questions into their file, and grade it."""
        lang, exercise = _lang(request), self._exercise(request)
        if exercise.model.kind == "code":
            raise HTTPException(404)
        async with request.form(max_files=0) as sent:
            quiz = Quiz(exercise, self.serving.folder, lang)
            form = await asyncio.to_thread(quiz.send, sent)
        await self.verdicts.verdict(exercise)
        if form.complete and not form.told:
            return self._back(exercise, lang, "verdict")
        return await self._page(request, exercise, lang, form=form)

    async def source(self, request: Request) -> Response:
        """Write code that was typed in the browser into its file, and grade it."""
        lang, exercise = _lang(request), self._exercise(request)
        if exercise.model.kind != "code":
            raise HTTPException(404)
        async with request.form(max_files=0) as sent:
            refused = await asyncio.to_thread(
                save_source, self.serving.folder, exercise, lang, sent
            )
        if refused is not None:
            return await self._page(request, exercise, lang, not_edited=refused)
        await self.verdicts.verdict(exercise)
        return self._back(exercise, lang, "verdict")

    async def refused(self, request: Request, error: Exception) -> Response:
        """Say that there is no such page."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        lang = self._known_lang(request)
        heading = said(lang, "not_found" if status == _NOT_FOUND else "broken")
        html = render(self.serving, lang, "message.html", "", heading=heading, text="")
        return HTMLResponse(html, status)

    async def broken(self, request: Request, error: Exception) -> Response:
        """Say what is wrong with the course."""
        lang = self._known_lang(request)
        localised = getattr(error, "localised", None)
        text = localised(Translator(lang)) if localised else str(error)
        heading = said(lang, "broken")
        html = render(self.serving, lang, "message.html", "", heading=heading, text=text)
        return HTMLResponse(html, 500)

    async def _page(
        self,
        request: Request,
        exercise: LoadedExercise,
        lang: str,
        *,
        form: QuizForm | None = None,
        not_edited: NotEdited | None = None,
        told: tuple[str, ...] = (),
        status: int = 200,
    ) -> Response:
        values = await asyncio.to_thread(
            self._values, exercise, lang, _hints(request), form, not_edited
        )
        values["told"] = (*told, *values["told"])
        place = exercise.model.id
        html = render(self.serving, lang, "exercise.html", place, **values)
        return HTMLResponse(html, status)

    def _values(
        self,
        exercise: LoadedExercise,
        lang: str,
        hints: int,
        form: QuizForm | None,
        not_edited: NotEdited | None,
    ) -> dict[str, Any]:
        """Return the values of the page of an exercise."""
        folder = self.serving.folder
        told: tuple[str, ...] = ()
        source, path = None, answer_of(folder, exercise)
        if exercise.model.kind != "code":
            form = form or Quiz(exercise, folder, lang).form()
            unsaved = () if form.complete else (said(lang, "unsaved"),)
            told = (*form.told, *unsaved)
        elif self.serving.edit:
            source = not_edited.form if not_edited else source_form(folder, exercise, lang)
            told = (not_edited.why,) if not_edited else ()
        verdict = self.verdicts.last(exercise)
        return {
            "page": exercise_page(exercise, lang, hints),
            "form": form,
            "source": source,
            "file": "" if path is None else path.name,
            "told": told,
            **verdict_values(verdict, exercise, lang),
        }

    async def _news(self, exercise: LoadedExercise, lang: str) -> AsyncIterator[dict[str, str]]:
        """Yield the events of an exercise: the verdict as it is now, then each that follows."""
        with self.verdicts.listening(exercise) as news:
            if self.verdicts.last(exercise) is None:
                self.verdicts.judge_soon(exercise)
            while True:
                yield await self._event(await news.get(), exercise, lang)

    async def _event(self, news: str, exercise: LoadedExercise, lang: str) -> dict[str, str]:
        if news == JUDGING:
            return {"event": "judging", "data": json.dumps({"sentence": said(lang, "judging")})}
        verdict = self.verdicts.latest(exercise)
        data = await asyncio.to_thread(verdict_event, verdict, exercise, lang)
        return {"event": "verdict", "data": data}

    def _exercise(self, request: Request) -> LoadedExercise:
        try:
            exercise = self.serving.course.exercise(request.path_params["exercise"])
        except UnknownExerciseError:
            raise HTTPException(404) from None
        if exercise.model.id != request.path_params["exercise"]:
            raise HTTPException(404)
        return exercise

    def _back(self, exercise: LoadedExercise, lang: str, anchor: str) -> Response:
        address = f"/{self.serving.token}/{lang}/{exercise.model.id}#{anchor}"
        return RedirectResponse(address, 303)

    def _known_lang(self, request: Request) -> str:
        lang = str(request.path_params.get("lang", ""))
        return lang if lang in LANGUAGES else self.serving.lang


def _lang(request: Request) -> str:
    lang = str(request.path_params["lang"])
    if lang not in LANGUAGES:
        raise HTTPException(404)
    return lang


def _hints(request: Request) -> int:
    asked = request.query_params.get("hints", "")
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 4 else 0  # noqa: PLR2004 - digits of any number of hints
