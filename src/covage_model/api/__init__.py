"""The functions behind the command line and the Python API: a `Workspace` (an opened pack) and one file per verb."""
