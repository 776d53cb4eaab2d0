"""The report: its models and schema, its sentences in every language, its view in a terminal."""
