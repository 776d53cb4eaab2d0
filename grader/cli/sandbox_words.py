"""Messages of the student's side about missing protections, in the reader's language.

They are in English, since that side has no catalogue; many contain messages of the system.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from grader.course.languages import msgid
from grader.course.phrases import Phrase, beside, phrase
from grader.course.system_errors import REASONS

if TYPE_CHECKING:
    from grader.course.languages import Translator

# Patterns of messages; their groups are the arguments of the sentence.
_SAID = {
    r"version (?P<version>\d+); seccomp refuses truncation instead": msgid(
        "version {{version}}; seccomp refuses truncation instead"
    ),
    r"root has not the powers for it here": msgid("root has not the powers for it here"),
    r"this container knows no user but root": msgid("this container knows no user but root"),
    r"no other user can read (?P<path>.+)": msgid("no other user can read {{path}}"),
    r"capabilities cannot be changed on this architecture": msgid(
        "capabilities cannot be changed on this architecture"
    ),
    r"no table of system calls for this architecture": msgid(
        "there is no table of system calls for this architecture"
    ),
    r"a process cannot have a scratch folder of its own": msgid(
        "a process cannot have a scratch folder of its own"
    ),
    r"a closed folder could be opened": msgid("a closed folder could be opened"),
    r"a refused system call was made": msgid("a refused system call was made"),
    r"(?P<threads>\d+) threads run already": msgid("threads that run already: {{threads}}"),
    r"(?P<system>\w+), not Linux": msgid("{{system}}, not Linux"),
}
_OF_SYSTEM = re.compile(r"(?:\[Errno \d+\] )?(?:(?P<call>[^:]+): )?(?P<said>.+?)(?: \([^()]*\))?")
_NUMBERS = {os.strerror(number): number for number in REASONS}


def protection_sentence(said: str, t: Translator) -> str:
    """Return a message about a protection in a language; unknown ones are quoted."""
    if not said:
        return ""
    for pattern, message in _SAID.items():
        match = re.fullmatch(pattern, said)
        if match is not None:
            return Phrase(message, match.groupdict()).localised(t)
    match = _OF_SYSTEM.fullmatch(said)
    if match is not None and match["said"] in _NUMBERS:
        why = Phrase(REASONS[_NUMBERS[match["said"]]])
        return (beside(match["call"], why) if match["call"] else why).localised(t)
    return phrase("the system says: “{{said}}”", said=said).localised(t)
