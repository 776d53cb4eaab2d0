"""A private key for tests, and its public half."""

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def make_keys(folder):
    """Write tool.key, which its owner alone can read, and tool.pub."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    (folder / "tool.key").write_bytes(private)
    (folder / "tool.key").chmod(0o600)
    (folder / "tool.pub").write_bytes(public)
    return public.decode()
