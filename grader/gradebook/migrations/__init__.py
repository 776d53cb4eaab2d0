"""The versions of a gradebook's tables, oldest first."""

VERSIONS = ("0001", "0002", "0003", "0004")
VERSION_TABLE = "gradebook_version"
