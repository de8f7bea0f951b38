"""Work spread over worker processes, and other people's commands."""
