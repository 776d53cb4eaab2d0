"""Reports as pages: HTML in one file, with nothing to fetch."""
