"""The commands: one file each, no logic; no other package imports them."""
