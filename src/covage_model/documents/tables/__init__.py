"""The tables of fields that people read."""
