"""What belongs to one learning system alone: how its downloads are read, what it imports."""
