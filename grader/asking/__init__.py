"""Questions asked one by one in a terminal; answers are kept in the answer file."""
