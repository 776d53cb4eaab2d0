"""What learning systems give for download, a module for each; its name is that of ``--layout``."""
