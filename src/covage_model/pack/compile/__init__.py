"""
The spec language: which keywords files may have and what names mean.

Files become a `SpecPack`, or findings CM1xx and CM2xx.
"""
