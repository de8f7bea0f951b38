"""What a command found, as one `Report`; `formats/` has one file per report format."""
