"""Opens files and wires the rooms: what the command line and other programs call."""
