"""The paths of spec files in manifests: they do not depend on where the pack is installed."""

from __future__ import annotations

import os


def from_pack(file: str, root: str) -> str:
    """
    The path of a spec file relative to the parent of the pack folder `root`; only the file name if it lies elsewhere.

    >>> from_pack("/opt/lib/specs/library/orders/loan.yaml", "/opt/lib/specs/library")
    'library/orders/loan.yaml'
    """
    if not file or not root:
        return file
    path = os.path.relpath(os.path.abspath(file), os.path.dirname(os.path.abspath(root)))
    return os.path.basename(file) if path.split(os.sep)[0] == os.pardir else path.replace(os.sep, "/")
