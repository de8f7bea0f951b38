"""What each statement of a source became: the definitions that cite it, and what of them was exercised."""
