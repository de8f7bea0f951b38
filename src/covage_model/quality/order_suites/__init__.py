"""Few order files, valid and invalid, of which none can be dropped: what anyone's validator is held against."""
