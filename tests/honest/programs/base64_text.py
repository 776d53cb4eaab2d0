"""Bytes as text."""

import base64
import binascii
import codecs


def run():
    text = base64.b64encode(b"abc").decode()
    return [text, binascii.hexlify(b"\x01\xff").decode(), codecs.encode("abc", "rot13")]


EXPECTED = ["YWJj", "01ff", "nop"]
