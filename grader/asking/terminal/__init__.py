"""Questions with arrows, space and typing, below each other in a terminal: prompt_toolkit."""
