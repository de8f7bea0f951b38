"""What the report of each command consists of, for all formats."""
