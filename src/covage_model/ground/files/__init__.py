"""Reading files into documents, unaltered and with the line and column of every value; and writing files."""
