"""A `Workspace` (a pack with its judge and its tables), and one file per verb: what doors and other programs call."""
