"""What is observed of wrong arrays in any exercise: true and helpful facts, a file each."""
