"""How a document is told from others."""

from __future__ import annotations

from dataclasses import field

from covage_model.ground.classes import dataclass
from covage_model.ground.diagnostics import Origin
from covage_model.pack.model.conditions import In, Literal, Starts


@dataclass(frozen=True, slots=True)
class Match:
    """One entry of a choice: the value at `path`, from the document's root, satisfies `test`."""

    path: tuple[str, ...]
    test: Literal | In | Starts
    origin: Origin = field(compare=False)

    @property
    def there(self) -> bool:
        """Whether every document that passes has something at the path."""
        return not (isinstance(self.test, In) and self.test.absent)
