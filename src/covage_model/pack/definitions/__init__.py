"""Every definition of a pack, found by one walk, under an id made of names that stays the same across versions."""
