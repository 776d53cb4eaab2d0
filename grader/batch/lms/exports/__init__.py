"""What learning systems import, a module for each; its name is that of ``--format``."""
