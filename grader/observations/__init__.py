"""General observations: facts about wrong arrays of any exercise, one in each file."""
