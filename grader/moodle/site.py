"""The functions of a site that are used, each with its answer as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import TypeAdapter, ValidationError

from grader.course.phrases import phrase
from grader.moodle.answers import (
    Assignment,
    CourseOfAssignments,
    EnrolledUser,
    Feedback,
    Group,
    Participant,
    SiteInfo,
    StoredGrade,
    Submission,
    UserFlags,
)
from grader.moodle.errors import MoodleError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from grader.moodle.client import Client

T = TypeVar("T")

READ = (
    "mod_assign_get_assignments",
    "mod_assign_get_submissions",
    "mod_assign_get_grades",
    "mod_assign_get_user_flags",
    "mod_assign_list_participants",
    "core_enrol_get_enrolled_users",
    "core_group_get_course_groups",
)
WRITTEN = (*READ, "mod_assign_get_submission_status", "mod_assign_save_grade")


class Site:
    """A site with a token.

    Raises:
        MoodleError: in every method, if the site cannot be used.

    """

    def __init__(self, client: Client) -> None:
        self.client = client

    def info(self, needed: Sequence[str]) -> SiteInfo:
        """Return whose the token is.

        Raises:
            MoodleError: its service lacks one of the functions ``needed``.

        """
        info = self._read(SiteInfo, "core_webservice_get_site_info")
        missing = [name for name in needed if name not in {one.name for one in info.functions}]
        if missing:
            raise MoodleError(
                phrase(
                    "The token's service lacks functions: {{functions}}. The administrator can add "
                    "them to it.",
                    functions=", ".join(missing),
                )
            )
        return info

    def courses(self) -> list[CourseOfAssignments]:
        """Return the courses of the owner with the assignments that the owner may grade."""
        answer = self._call("mod_assign_get_assignments", capabilities=["mod/assign:grade"])
        return self._parsed(list[CourseOfAssignments], answer, "courses")

    def groups(self, course: int) -> list[Group]:
        """Return the groups of a course."""
        return self._read(list[Group], "core_group_get_course_groups", courseid=course)

    def participants(self, assignment: Assignment) -> list[Participant]:
        """Return all who can hand in."""
        function = "mod_assign_list_participants"
        return self._read(list[Participant], function, assignid=assignment.id, groupid=0, filter="")

    def enrolled(self, course: int) -> list[EnrolledUser]:
        """Return the people in a course with their ids; none where these may not be known."""
        try:
            return self._read(list[EnrolledUser], "core_enrol_get_enrolled_users", courseid=course)
        except RefusedError:
            return []

    def submissions(self, assignment: Assignment) -> list[Submission]:
        """Return the last attempt of each student or group."""
        return self._of(assignment, "mod_assign_get_submissions", Submission, "submissions")

    def grades(self, assignment: Assignment) -> list[StoredGrade]:
        """Return the grades that the site holds."""
        return self._of(assignment, "mod_assign_get_grades", StoredGrade, "grades")

    def flags(self, assignment: Assignment) -> list[UserFlags]:
        """Return extensions, locks and states of a workflow."""
        return self._of(assignment, "mod_assign_get_user_flags", UserFlags, "userflags")

    def feedback(self, assignment: Assignment, user: int) -> Feedback:
        """Return the feedback that a student has, texts as they are stored."""
        answer = self._call(
            "mod_assign_get_submission_status",
            assignid=assignment.id,
            userid=user,
            moodlewssettingraw=1,
        )
        found = answer.get("feedback") if isinstance(answer, dict) else None
        return self._parsed(Feedback, {} if found is None else found)

    def save_grade(
        self,
        assignment: Assignment,
        user: int,
        points: Decimal,
        *,
        attempt: int,
        workflow: str,
        to_team: bool,
        comment: tuple[str, int],
        draft: int | None,
    ) -> None:
        """Write grade and feedback of a student, or of the student's team.

        ``comment``: text and format. ``draft``: the draft area whose files replace those that are
        there; None: these stay.

        Raises:
            RefusedError: the site refuses this.
            UnknownOutcomeError: nobody knows whether it was written.

        """
        editor = {"text": comment[0], "format": comment[1]}
        plugins: dict[str, object] = {"assignfeedbackcomments_editor": editor}
        if draft is not None:
            plugins["files_filemanager"] = draft
        arguments = {
            "assignmentid": assignment.id,
            "userid": user,
            "grade": f"{points:f}",
            "attemptnumber": attempt,
            "addattempt": False,
            "workflowstate": workflow,
            "applytoall": to_team,
            "plugindata": plugins,
        }
        self.client.call("mod_assign_save_grade", arguments, writes=True)

    def _of(self, assignment: Assignment, function: str, model: type[T], name: str) -> list[T]:
        answer = self._call(function, assignmentids=[assignment.id])
        for part in answer.get("assignments", []) if isinstance(answer, dict) else ():
            if isinstance(part, dict) and part.get("assignmentid") == assignment.id:
                return self._parsed(list[model], part, name)  # type: ignore[valid-type]
        return []  # there are none yet

    def _call(self, function: str, **arguments: object) -> Any:
        return self.client.call(function, arguments)

    def _read(self, model: type[T], function: str, **arguments: object) -> T:
        return self._parsed(model, self._call(function, **arguments))

    @staticmethod
    def _parsed(model: type[T], answer: Any, name: str = "") -> T:
        try:
            found = answer[name] if name else answer
            return TypeAdapter(model).validate_python(found)
        except (ValidationError, KeyError, TypeError):
            raise MoodleError(
                phrase("The site's answer is not understood: its version may be another one.")
            ) from None
