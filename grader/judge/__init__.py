"""The trusted side: pytest, checks, references, the clock and the verdict."""
