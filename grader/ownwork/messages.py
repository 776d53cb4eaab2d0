"""How judge and looking process write to each other: JSON with its length in front."""

from __future__ import annotations

import json
import struct
from typing import Any

LENGTH = struct.Struct("!I")


def packed(message: Any) -> bytes:
    """Return a message as it is sent."""
    data = json.dumps(message).encode("ascii")
    return LENGTH.pack(len(data)) + data
