"""What each statement of a source became: the definitions that cite it, and which of them are exercised."""
