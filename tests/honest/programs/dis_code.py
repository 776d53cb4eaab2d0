"""What Python makes of a function."""

import dis


def run():
    return any(step.opname.startswith("RETURN") for step in dis.get_instructions(lambda x: x))


EXPECTED = True
