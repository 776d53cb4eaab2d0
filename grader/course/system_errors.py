"""Errors of the operating system, in the reader's language.

Its own texts come in the language of the system, or in English. The reasons here are parts of a
sentence that names the file: "… cannot be read: the disk is full".
"""

from __future__ import annotations

import errno

from grader.course.languages import msgid
from grader.course.phrases import Phrase, phrase

REASONS = {
    errno.ENOENT: msgid("there is no such file or folder"),
    errno.EACCES: msgid("access is denied"),
    errno.EPERM: msgid("the system does not permit it"),
    errno.EISDIR: msgid("it is a folder, not a file"),
    errno.ENOTDIR: msgid("a part of the path is a file, not a folder"),
    errno.EEXIST: msgid("something of this name is there already"),
    errno.ENOTEMPTY: msgid("the folder is not empty"),
    errno.ENAMETOOLONG: msgid("the name is too long"),
    errno.ELOOP: msgid("its links lead in a circle"),
    errno.EROFS: msgid("the disk can only be read"),
    errno.ENOSPC: msgid("the disk is full"),
    errno.EDQUOT: msgid("your share of the disk is used up"),
    errno.EFBIG: msgid("the file would become too large"),
    errno.EIO: msgid("the disk reports an error"),
    errno.EBUSY: msgid("it is in use"),
    errno.ETXTBSY: msgid("it is a program that is running"),
    errno.EXDEV: msgid("it lies on another disk"),
    errno.ENXIO: msgid("there is no such device"),
    errno.ENODEV: msgid("there is no such device"),
    errno.EINVAL: msgid("the system knows no such name or value"),
    errno.EMFILE: msgid("too many files are open"),
    errno.ENFILE: msgid("too many files are open"),
    errno.ENOMEM: msgid("there is not enough memory"),
    errno.EAGAIN: msgid("the system is too busy"),
    errno.ENOSYS: msgid("this system cannot do it"),
    errno.EOPNOTSUPP: msgid("this system cannot do it"),
    errno.ECONNREFUSED: msgid("the connection was refused"),
    errno.ECONNRESET: msgid("the connection was broken off"),
    errno.EADDRINUSE: msgid("another program is using it"),
    errno.EPIPE: msgid("the connection was broken off"),
    errno.ETIMEDOUT: msgid("there was no answer in time"),
    errno.EHOSTUNREACH: msgid("the other machine cannot be reached"),
    errno.ESTALE: msgid("the network drive has lost it"),
}


def reason(error: OSError | ValueError) -> Phrase:
    """Return the reason of a system error, as part of a sentence.

    Python raises ValueError for a path that is invalid on every system.
    """
    number = getattr(error, "errno", None)
    if number in REASONS:
        return Phrase(REASONS[number])
    if number is not None:
        return phrase("the system reports the error {{number}}", number=number)
    if isinstance(error, ValueError):
        return phrase("no system has such a name")
    return phrase("the system reports {{type}}", type=type(error).__name__)
