"""What the reports of the commands consist of: one file for each subject, for all formats."""
