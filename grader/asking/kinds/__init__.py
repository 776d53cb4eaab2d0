"""How each kind of question is asked, a file each, named like the kind."""
