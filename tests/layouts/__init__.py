"""Every way of installing the grader: what a submission can reach there."""
