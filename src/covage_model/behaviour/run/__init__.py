"""One order walked through its life by hand: where it is, what is possible, back and forth."""
