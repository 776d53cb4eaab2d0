"""The commands: one file each, no logic; imported by nobody."""
