"""What learning systems take to hand feedback back: a module each, found by its name."""
