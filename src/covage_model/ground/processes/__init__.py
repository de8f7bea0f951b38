"""How work is spread. Takes functions; knows nothing of what they do."""
