"""Lives of orders as values: what was done, where it led, and how that is written down to be played again."""
