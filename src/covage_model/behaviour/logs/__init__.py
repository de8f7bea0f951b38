"""Logs of events: written as others read them, and read back, replayed and fitted."""
