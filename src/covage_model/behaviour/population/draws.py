"""
Random numbers by order and step, so that the same order draws the same numbers however the work is divided.

Each order has a stream: a counter that grows by a constant with each step, and a hash of it (SplitMix64). Nothing else
is remembered, so one order alone and a million orders at once draw the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Words = npt.NDArray[np.uint64]
Reals = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_STEP = np.uint64(0x9E3779B97F4A7C15)
_FIRST = np.uint64(0xBF58476D1CE4E5B9)
_SECOND = np.uint64(0x94D049BB133111EB)
_DURATIONS = np.uint64(0xD1B54A32D192ED03)
_OTHER_LAWS = np.uint64(0x8CB92BA72F3D8DD7)
_HALF = np.uint64(32)
_LOW = np.uint64(0xFFFFFFFF)
_UNIT = 2.0**-32


def mixed(words: Words) -> Words:
    """The hash of each word."""
    words = (words ^ (words >> np.uint64(30))) * _FIRST
    words ^= words >> np.uint64(27)
    words *= _SECOND
    words ^= words >> np.uint64(31)
    return words


def streams(seed: int, orders: Whole, purpose: int = 0) -> Words:
    """The beginning of each order's stream; streams of another `purpose` are independent."""
    key = mixed(np.array([seed & 0xFFFFFFFFFFFFFFFF, purpose], dtype=np.uint64) + _STEP)
    begun: Words = mixed(orders.astype(np.uint64) * _STEP + key[0]) ^ key[1]
    return begun


def advance(stream: Words) -> None:
    """Moves the streams on by one step, in place."""
    stream += _STEP


def choices(stream: Words) -> Words:
    """A word for each choice, evenly distributed over all words."""
    return mixed(stream)


def duration_words(stream: Words) -> Words:
    """The words from which durations are drawn."""
    return mixed(stream ^ _DURATIONS)


def normals(words: Words, *, both: bool) -> tuple[Reals, Reals]:
    """Two independent standard normal numbers from each word (Box and Muller); without `both`, the first twice."""
    radius = np.log(((words >> _HALF).astype(np.float64) + 0.5) * _UNIT)
    radius *= -2.0
    np.sqrt(radius, out=radius)
    angle = (words & _LOW).astype(np.float64)
    angle *= 2.0 * np.pi * _UNIT
    first = np.cos(angle)
    first *= radius
    if not both:
        return first, first
    np.sin(angle, out=angle)
    angle *= radius
    return first, angle


def uniforms(words: Words) -> tuple[Reals, Reals]:
    """Two independent numbers between 0 and 1, from words of `duration_words`; independent of their normals."""
    again = mixed(words ^ _OTHER_LAWS)
    return ((again >> _HALF).astype(np.float64) + 0.5) * _UNIT, ((again & _LOW).astype(np.float64) + 0.5) * _UNIT
