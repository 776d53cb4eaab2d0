"""Which answers of a class are alike beyond what their exercise forces: a hint, never a verdict."""
