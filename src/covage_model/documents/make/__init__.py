"""Documents made: valid ones, ones that are wrong in one thing, and the accounts that they need."""
