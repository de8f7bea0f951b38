"""Statements about all behaviours decided over explored tables, with runs that show it."""
