"""How orders live, explored: one step at a time (`step`), or all that can ever happen (`explore`)."""
