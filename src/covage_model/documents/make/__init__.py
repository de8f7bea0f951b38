"""Documents made from a sheet: valid orders (`valid`), and orders with one defect (`defects`)."""
