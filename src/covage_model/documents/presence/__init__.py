"""What the pack says about each path of a document, by variant, status and role. All other rooms use this."""
