"""Processes: functions run in worker processes, and other people's commands. Knows nothing of what they do."""
