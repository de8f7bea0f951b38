"""The report of each command: one file per command, for all formats."""
