"""The command line, one file per command: a door, as a server or an editor protocol would be one beside it."""
