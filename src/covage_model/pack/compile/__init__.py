"""
The compiler of the spec language: it checks the shape of files and resolves names.

YAML files become a `SpecPack` and findings CM1xx (shape) and CM2xx (names).
"""
