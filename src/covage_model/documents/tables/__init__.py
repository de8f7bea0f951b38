"""What the documents of a variant hold, row by row, and the rules over them: a sheet as a table."""
