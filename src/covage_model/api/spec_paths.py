"""Files of a pack as manifests name them: the same wherever the pack lies."""

from __future__ import annotations

import os


def from_pack(file: str, root: str) -> str:
    """
    A file of the pack in the folder `root`, beginning with that folder's name; the bare name of a file elsewhere.

    >>> from_pack("/opt/lib/specs/library/orders/loan.yaml", "/opt/lib/specs/library")
    'library/orders/loan.yaml'
    """
    if not file or not root:
        return file
    path = os.path.relpath(os.path.abspath(file), os.path.dirname(os.path.abspath(root)))
    return os.path.basename(file) if path.split(os.sep)[0] == os.pardir else path.replace(os.sep, "/")
