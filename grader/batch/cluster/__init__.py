"""A batch on several machines, by Dask: docs/architecture.md shows its parts."""
