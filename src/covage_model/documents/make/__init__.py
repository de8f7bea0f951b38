"""Documents made from a sheet: valid orders (`valid`), and orders wrong in one thing (`defects`)."""
