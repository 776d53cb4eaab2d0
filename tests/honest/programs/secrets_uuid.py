"""Numbers that nobody guesses."""

import secrets
import uuid


def run():
    return [len(secrets.token_hex(4)), uuid.uuid4().version, uuid.uuid5(uuid.NAMESPACE_DNS, "a").version]


EXPECTED = [8, 4, 5]
