"""Orders that are wrong in one thing: what it is, where it is, and the findings that it must get."""
