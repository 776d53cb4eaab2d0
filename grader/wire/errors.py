"""What can go wrong on the wire."""


class WireError(Exception):
    """Any fault of a conversation with a student process."""


class ProtocolError(WireError):
    """The other side sent something that no honest side sends."""


class ClosedError(WireError):
    """The other side is gone."""


class ExpiredError(WireError):
    """The deadline passed while bytes were still due."""


class TooLargeError(WireError):
    """A value exceeds a limit of the wire.

    ``what`` names the limit: ``values`` (too many or too deeply nested) or ``bytes``.
    """

    def __init__(self, what: str, size: int) -> None:
        super().__init__(f"too many {what}: {size}")
        self.what = what
        self.size = size
