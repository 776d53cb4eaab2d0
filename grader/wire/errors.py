"""Errors of the wire."""


class WireError(Exception):
    """Any error in the conversation with a student process."""


class ProtocolError(WireError):
    """The other side sent something that no correct implementation sends."""


class ClosedError(WireError):
    """The other side has closed the connection."""


class ExpiredError(WireError):
    """The deadline passed before all bytes had arrived."""


class TooLargeError(WireError):
    """A value exceeds a limit of the wire.

    ``what`` names the limit: ``values`` (too many or too deeply nested) or ``bytes``.
    """

    def __init__(self, what: str, size: int) -> None:
        super().__init__(f"too many {what}: {size}")
        self.what = what
        self.size = size
