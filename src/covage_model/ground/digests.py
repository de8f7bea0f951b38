"""BLAKE2, for digests of our own. `hashlib` also loads OpenSSL, which takes as long as judging an order."""

try:
    from _blake2 import blake2b as blake2b  # where `hashlib` has it from
except ImportError:  # another Python
    from hashlib import blake2b as blake2b
