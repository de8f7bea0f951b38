"""The profile that a call names, with the numbers that it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from covage_model.api.beginnings import CannotSimulate
from covage_model.ground.diagnostics import Diagnostic, Severity
from covage_model.ground.nearest import nearest

if TYPE_CHECKING:
    from covage_model.api.workspace import Workspace
    from covage_model.pack.compile.compile import Setting
    from covage_model.pack.model.profile import Profile

USUAL = "usual"
_SET = "--set"


def profile_of(pack: Workspace, names: Sequence[str] = (), settings: Mapping[str, str] | None = None) -> Profile:
    """
    The profile of these names, each laid over those before it; without names the usual one, or the only one.

    Raises CannotSimulate.
    """
    from covage_model.pack.compile.compile import build_profile

    known = [profile.name for profile in pack.spec.profiles]
    if not known:
        raise CannotSimulate("the pack has no profile: add a file with the key `profile`")
    if not names:
        if len(known) > 1 and USUAL not in known:
            raise CannotSimulate(f"the pack has several profiles; use --profile with one of: {', '.join(known)}")
        names = [USUAL if USUAL in known else known[0]]
    for name in names:
        if name not in known:
            hint = nearest(name, known)
            raise CannotSimulate(f"there is no profile {name!r}" + (f"; {hint}" if hint else ""))
    findings: list[Diagnostic] = []
    profile = build_profile(pack.spec, names, findings.append, [_setting(*each) for each in (settings or {}).items()])
    wrong = [finding for finding in findings if finding.severity is Severity.ERROR]
    if wrong:
        raise WrongProfile(wrong[0])
    return profile


class WrongProfile(CannotSimulate):
    """What a profile says is wrong, or what replaces a value of it."""

    def __init__(self, finding: Diagnostic) -> None:
        super().__init__(_sentence(finding, "en"))
        self._finding = finding

    def told(self, language: str) -> str:
        """What is wrong, in a language."""
        return _sentence(self._finding, language)


def _sentence(finding: Diagnostic, language: str) -> str:
    from covage_model.ground.codes import message
    from covage_model.ground.language import words

    place = finding.location
    where = (
        f"{_SET} {place.pointer.strip('/').replace('/', '.')}" if place.file == _SET else f"{place.file}:{place.line}"
    )
    said = f"{where}: {message(finding, language)}"
    return f"{said}; {words(finding.hint, language)}" if finding.hint else said


def _setting(path: str, value: str) -> Setting:
    """A path of keys, joined by dots, and the value there, as YAML would read it."""
    from covage_model.ground import pointer
    from covage_model.ground.diagnostics import Location
    from covage_model.ground.dotted import keys
    from covage_model.ground.files.node import Node
    from covage_model.ground.files.scalars import value as scalar

    names = keys(path)
    here = Location(_SET, 1, 1, pointer.join(names))
    return names, Node(scalar(value), here, here)
