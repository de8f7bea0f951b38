"""What the doors and other programs call: one file per verb. It opens files and wires the rooms."""
