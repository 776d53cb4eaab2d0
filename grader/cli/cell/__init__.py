"""The command ``%%grade`` of a notebook, in a process beside its kernel."""
