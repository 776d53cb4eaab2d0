"""Execution of an exercise's pictures.py: the author's code, on the author's side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.course.errors import CourseError
from grader.course.phrases import phrase
from grader.course.yaml_files import read_text
from grader.pictures.picture import Picture

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.course.loading import LoadedExercise


def makers(exercise: LoadedExercise) -> dict[str, Callable[..., Any]]:
    """Return the functions of pictures.py that make the pictures of exercise.yaml, by id.

    Raises:
        CourseError: the file is missing or broken, or lacks one of them.

    """
    wanted = [picture.id for picture in exercise.model.pictures]
    if not wanted:
        return {}
    file = exercise.pictures_file
    space: dict[str, Any] = {"__name__": file.stem, "__file__": str(file)}
    try:
        exec(compile(read_text(file), str(file), "exec"), space)  # noqa: S102 - as checks.py is run
    except CourseError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever an author's file may do
        error_text = f"{type(error).__name__}: {error}"
        line = error.lineno if isinstance(error, SyntaxError) else None
        raise CourseError(file, "", error_text, phrase("mend it"), line=line) from None
    for name in wanted:
        if not callable(space.get(name)):
            what = phrase("is listed in exercise.yaml and is no function here")
            raise CourseError(file, name, what, phrase("write it, or take it out there"))
    return {name: space[name] for name in wanted}


def of_task(exercise: LoadedExercise, lang: str) -> dict[str, Picture]:
    """Return the pictures of the task itself, by id, in a language.

    Raises:
        CourseError: pictures.py is broken, or makes something else.

    """
    words = exercise.prose(lang).front.pictures
    made = makers(exercise)
    ids = [one.id for one in exercise.model.pictures if not one.check]
    return {id_: _made(exercise, id_, made[id_], words.get(id_, {})) for id_ in ids}


def _made(
    exercise: LoadedExercise, id_: str, make: Callable[..., Any], words: dict[str, str]
) -> Picture:
    try:
        picture = make(words)
    except Exception as error:  # noqa: BLE001 - the author's code
        error_text = f"{type(error).__name__}: {error}"
        raise CourseError(exercise.pictures_file, id_, error_text, phrase("mend it")) from None
    if not isinstance(picture, Picture):
        what = phrase("it returns {{type}}, not a Picture", type=type(picture).__name__)
        raise CourseError(exercise.pictures_file, id_, what, phrase("mend it"))
    return picture
