"""The controls of forms, a file for each form of step, named like its class in snake case."""
