"""Documents and accounts drawn from the model: the sheets of presence are read, the printed schema never is."""
