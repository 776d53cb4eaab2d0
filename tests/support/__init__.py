"""What all tests share: reports, hostile bytes, pretended students, a database server."""
