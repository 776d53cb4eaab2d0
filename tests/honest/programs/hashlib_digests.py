"""Digests."""

import hashlib
import hmac
import zlib


def run():
    digest = hashlib.sha256(b"abc").hexdigest()[:8]
    code = hmac.new(b"key", b"text", "md5").hexdigest()[:8]
    return [digest, code, zlib.crc32(b"abc"), hashlib.blake2b(b"x", digest_size=4).hexdigest()]


EXPECTED = ["ba7816bf", "d0ca6177", 891568578, "b1ba07e5"]
