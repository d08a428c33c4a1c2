"""Results of unchanged notes, kept without their words, so that a second run need not read them."""
