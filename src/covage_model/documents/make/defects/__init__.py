"""Orders that are wrong in one thing, with the findings that they must get."""
