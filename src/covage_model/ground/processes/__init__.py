"""Running tasks in worker processes, and running external commands."""
