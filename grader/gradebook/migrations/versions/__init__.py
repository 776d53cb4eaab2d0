"""One file for each version. A released version is never edited."""
