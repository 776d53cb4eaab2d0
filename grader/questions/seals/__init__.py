"""How the key of a question is sealed: the parts of an answer open what the key says of them."""
