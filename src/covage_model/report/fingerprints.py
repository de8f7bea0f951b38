"""
Fingerprints of findings: the same for the same fault in the next run, in any folder and in any words.

A fingerprint is made of the code, the rule, what names the order (its key, else the digest of its document) and the
pointer. A finding about something else than an order is known by the arguments of its message instead.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import Any

from covage_model.ground.diagnostics import Diagnostic
from covage_model.ground.digests import blake2b

_SIZE = 16  # bytes
_FAIL_UNDER = "CM526"


def digest(value: Any) -> str:
    """The digest of a JSON value, whatever the order of its members; 32 hexadecimal digits."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), default=repr)
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_SIZE).hexdigest()


def identity_of_part(finding: Diagnostic) -> str:
    """
    What a finding about a part of a pack is about: the `id` that its arguments give.

    What `--fail-under` asks for is one thing, whatever was measured. "": the arguments say it.
    """
    return finding.form if finding.code == _FAIL_UNDER else str(finding.arguments.get("id", ""))


def fingerprints(found: Sequence[Diagnostic], identity: str) -> list[str]:
    """The fingerprint of each finding about one order; those that are alike are numbered in their order."""
    seen: Counter[str] = Counter()
    prints = []
    for finding in found:
        about: Any = identity or {name: str(value) for name, value in finding.arguments.items()}
        alike = digest([finding.code, str(finding.arguments.get("rule", "")), about, finding.location.pointer])
        seen[alike] += 1
        prints.append(alike if seen[alike] == 1 else digest([alike, seen[alike]]))
    return prints
