"""The versions of a gradebook's tables, oldest first."""

VERSIONS = ("0001", "0002", "0003", "0004", "0005")
VERSION_TABLE = "gradebook_version"
