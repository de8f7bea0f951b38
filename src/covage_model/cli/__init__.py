"""The command line: one file per command. It imports `api`, `report` and `ground` only."""
