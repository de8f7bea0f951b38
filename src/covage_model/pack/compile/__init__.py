"""From spec files to a `SpecPack`: what files may look like, what their names mean, one value in the end."""
