"""Messages between the judge and the inspecting process: JSON preceded by its length."""

from __future__ import annotations

import json
import struct
from typing import Any

# Big-endian uint32.
LENGTH = struct.Struct("!I")


def packed(message: Any) -> bytes:
    """Return the encoded message."""
    data = json.dumps(message).encode("ascii")
    return LENGTH.pack(len(data)) + data
