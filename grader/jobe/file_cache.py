"""Files beside an answer: sent before the run that needs them, and kept for a while."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections import OrderedDict

from grader.jobe.errors import RefusedError
from grader.jobe.protocol import BAD_REQUEST, NOT_FOUND

LARGEST_IN_ALL = 64 << 20  # bytes


class FileCache:
    """Files by the MD5 of their contents; those used longest ago are forgotten first."""

    def __init__(self, largest: int = LARGEST_IN_ALL) -> None:
        self._largest = largest
        self._size = 0
        self._files: OrderedDict[str, bytes] = OrderedDict()

    def __contains__(self, id_: str) -> bool:
        return id_ in self._files

    def put(self, id_: str, coded: str) -> None:
        """Keep a file whose contents come in base64.

        Raises:
            RefusedError: that is no base64, or the id is not the MD5 of the contents.

        """
        try:
            contents = base64.b64decode(coded, validate=True)
        except (binascii.Error, ValueError):
            raise RefusedError(BAD_REQUEST, "The contents of the file are no base64.") from None
        if hashlib.md5(contents, usedforsecurity=False).hexdigest() != id_:
            raise RefusedError(BAD_REQUEST, "The id of a file is the MD5 of its contents.")
        self._size += len(contents) - len(self._files.pop(id_, b""))
        self._files[id_] = contents
        while self._size > self._largest and self._files:
            _, forgotten = self._files.popitem(last=False)
            self._size -= len(forgotten)

    def get(self, id_: str) -> bytes:
        """Return the contents of a file.

        Raises:
            RefusedError: it was never sent, or is forgotten; CodeRunner then sends it.

        """
        try:
            self._files.move_to_end(id_)
        except KeyError:
            raise RefusedError(NOT_FOUND, "A file of this run is not here.") from None
        return self._files[id_]
