"""How orders live, one or many: lifecycles explored, run, verified, explained, drawn."""
