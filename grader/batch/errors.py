"""Messages about a batch that cannot be read or written, and about files that match nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.course.languages import msgid
from grader.course.phrases import Phrase
from grader.errors import GraderError

if TYPE_CHECKING:
    from grader.course.languages import Translator

# Reasons why a file of a source is listed as unmatched.
REASONS = {
    "batch.no_exercise": msgid("its name tells no exercise; name the exercise with --exercise"),
    "batch.unknown_exercise": msgid("its name tells an exercise that the course does not have"),
    "batch.other_exercise": msgid("it answers an exercise that was not asked for"),
    "batch.two_exercises": msgid("its name tells more than one exercise"),
    "batch.named_instead": msgid("another file of this student names the exercise"),
    "batch.same_upload": msgid("another file of the same upload is graded"),
    "batch.test_file": msgid("it holds tests, not the answer"),
    "batch.helper": msgid("it lies beside the answer, which may import it"),
    "batch.inactive_version": msgid("another version is the one that the student wants to count"),
    "batch.online_text": msgid("it is a text typed on the system's page, not a file"),
    "batch.inner_archive": msgid(
        "this archive inside an upload cannot be opened, or holds too much; unpack it yourself"
    ),
    "batch.too_many_files": msgid("this student handed in more files than are graded"),
    "batch.suffix": msgid("it is not a kind of file that the exercise asks for"),
    "batch.no_student": msgid("it is nobody's on the roster, or tells no student"),
    "batch.signs_disagree": msgid(
        "its number and its name are not those of one student: it may be of another assignment, or "
        "a team's"
    ),
    "batch.garbled": msgid("its name is garbled, and more than one character set may be meant"),
    "batch.no_group": msgid("a team without a group handed it in: who is in it cannot be told"),
    "batch.anonymous": msgid("it is anonymous; download it once more when names are shown"),
    "batch.long_student": msgid("its student's name is longer than a gradebook keeps"),
    "batch.ambiguous_student": msgid("more than one student may be meant"),
    "batch.unsafe_path": msgid("its path leads out of the archive"),
    "batch.long_path": msgid("its path is longer than any system allows"),
    "batch.link": msgid("it is a link, and links are not followed"),
    "batch.special": msgid("it is a device or a pipe, not a file"),
    "batch.compression": msgid("it is compressed in a way that is not read here"),
    "batch.system_file": msgid("an operating system or a tool left it there"),
    "batch.folder_unreadable": msgid("this folder may not be read"),
}

# Doubts that a person should check, although the file was graded.
DOUBTS = {
    "batch.several_answers": msgid("several files could be the answer; this one was graded"),
    "batch.online_text": msgid("a text typed on the system's page, not a file: it is not graded"),
    "batch.garbled": msgid(
        "Some names are garbled: nothing tells the character set that the zip was made with. With "
        "--roster they can be read."
    ),
    "batch.passing": msgid(
        "Moodle's participant numbers hold for one assignment alone, so students of other "
        "assignments are not recognised. Give the worksheet with --roster."
    ),
}

# Reasons why a whole batch cannot be read or written. Each gives advice.
PROBLEMS = {
    "batch.source_missing": msgid("There is no {{file}}. Give the path of a folder or of a zip."),
    "batch.source_kind": msgid(
        "{{file}} is neither a folder nor a zip. Give the folder or zip that the students' files "
        "are in."
    ),
    "batch.source_unreadable": msgid(
        "{{file}} cannot be read ({{detail}}). Check the rights on it and on its folder."
    ),
    "batch.empty": msgid(
        "There is no file in {{file}}. Give the folder or zip that the students' files are in."
    ),
    "batch.layout_mixed": msgid(
        "{{file}} looks like a download of {{systems}}, but too many of its files do not fit. Give "
        "the download alone, or say with --layout how the files lie."
    ),
    "batch.layout_several": msgid(
        "{{file}} holds several downloads of {{system}} side by side. Grade each alone: give its "
        "folder, or its zip."
    ),
    "batch.layout_unknown": msgid(
        "How the files in {{file}} lie is not known: of {{n}} students that it seems to name, "
        "{{known}} are on the roster. Say how they lie with --layout, or check the roster."
    ),
    "batch.layout_unfit": msgid(
        "The files in {{file}} do not lie as {{layout}} would have them. Name another --layout, or "
        "none."
    ),
    "batch.nobody": msgid(
        "Nothing in {{file}} is of anybody on the roster {{roster}}. Check that both are of the "
        "same class and assignment, and that the roster has the names. Nothing was graded."
    ),
    "batch.garbled_source": msgid(
        "The names in {{file}} are garbled, and nobody on the roster {{roster}} can be told for "
        "sure. Unpack it where it was made and zip it with names in UTF-8. Nothing was graded."
    ),
    "batch.too_many": msgid(
        "{{file}} holds more than {{limit}} files. Split it, or give the folder with the "
        "students' files alone."
    ),
    "batch.archive_broken": msgid(
        "The zip {{file}} is damaged or was not downloaded to its end. Download it once more."
    ),
    "batch.archive_encrypted": msgid(
        "The zip {{file}} is protected by a password. Unpack it and give the folder."
    ),
    "batch.archive_bomb": msgid(
        "The zip {{file}} unpacks to far more than it should: {{megabytes}} MiB. If you trust it, "
        "unpack it and give the folder."
    ),
    "batch.table_missing": msgid("The table {{file}} cannot be read ({{detail}}). Check its path."),
    "batch.table_encoding": msgid(
        'The encoding of {{file}} cannot be told for sure. Save it as "CSV UTF-8" and try again.'
    ),
    "batch.table_broken": msgid(
        "{{file}} is not a table in CSV: line {{line}}. Save it as CSV once more."
    ),
    "batch.table_large": msgid(
        "{{file}} is too large for the table of a class. Take out the lines and columns that are "
        "not needed."
    ),
    "batch.roster_columns": msgid(
        "No column of {{file}} holds student ids. It has: {{columns}}. Name the column id."
    ),
    "batch.roster_duplicate": msgid(
        "The roster {{file}} has the id {{student}} twice, in lines {{first}} and {{line}}. Each "
        "student needs an id of their own: correct one of the two."
    ),
    "batch.roster_no_id": msgid(
        "Line {{line}} of the roster {{file}} has no student id. Fill it in or delete the line."
    ),
    "batch.roster_empty": msgid("The roster {{file}} names no student. Add a line for each."),
    "batch.points": msgid(
        "{{points}} of {{maximum}} points for {{student}} in {{exercise}} cannot be right. "
        "Nothing was written."
    ),
    "batch.maximum": msgid(
        "{{file}} gives at most {{maximum}} points, and what is graded here is worth {{points}}. "
        "Set the assignment's maximum to {{points}} and download the file once more, or add "
        "--scale, which converts the grades."
    ),
    "batch.maximum_here": msgid(
        "{{file}} gives at most {{maximum}} points. What is graded here is worth {{whole}}, of "
        "which {{points}} can be reached on this machine. Set the assignment's maximum to one of "
        "the two and download the file once more, or add --scale, which converts the grades."
    ),
    "batch.template_columns": msgid(
        "{{file}} has no column {{missing}}. It has: {{columns}}. Download it from the system "
        "once more and leave its first line as it is."
    ),
    "batch.template_nobody": msgid(
        "Nobody who handed something in has a line in {{file}}: it belongs to another assignment "
        "or class, or the download does. Nothing was graded and nothing was written."
    ),
    "batch.template_several": msgid(
        "Several columns of {{file}} may be the assignment of {{exercise}}: {{columns}}. Name it "
        'with --title {{exercise}}="…".'
    ),
    "batch.report_unreadable": msgid(
        "The report {{file}} cannot be read back, so that no feedback can be made of it. Delete "
        "the folder reports beside it and run the same command again."
    ),
    "batch.not_written": msgid(
        "{{file}} cannot be written ({{detail}}). Check the disk and the rights on the folder."
    ),
}


class BatchError(GraderError):
    """A batch cannot be read or written: ``id`` of one of PROBLEMS, and its ``arguments``."""

    def __init__(self, id: str, **arguments: object) -> None:  # noqa: A002 - the catalogue's word
        """Store the id and the arguments of its sentence."""
        super().__init__(f"{id} {arguments}")
        self.id = id
        self.arguments = arguments

    @property
    def is_fault(self) -> bool:
        """Whether a machine is at fault, and not what was asked of it."""
        return False

    def sentence(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return Phrase(PROBLEMS[self.id], self.arguments).localised(t)


class LmsError(BatchError):
    """What the files of one learning system alone are refused for; it brings its own sentence."""

    def __init__(self, id: str, message: str, **arguments: object) -> None:  # noqa: A002 - as above
        """Keep the sentence, a ``msgid``, as well."""
        super().__init__(id, **arguments)
        self._message = message

    def sentence(self, t: Translator) -> str:
        """Return the sentence in a language."""
        return Phrase(self._message, self.arguments).localised(t)


def unmatched_reason(id_: str, t: Translator) -> str:
    """Return why a file is unmatched, in a language."""
    return t(REASONS[id_])


def doubt_sentence(id_: str, t: Translator) -> str:
    """Return why something should be checked, in a language."""
    return t(DOUBTS[id_])
