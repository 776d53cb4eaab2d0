"""A server that speaks Jobe's protocol, so that CodeRunner in Moodle has answers judged here."""
