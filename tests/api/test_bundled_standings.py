"""The assumptions of the bundled pack are listed as assumptions."""

from __future__ import annotations

import pytest

from covage_model.cli.main import main


def test_that_enni_orders_live_like_activate_orders_is_assumed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "--standing", "assumed"]) == 0
    assert "activate: enni_lives_like_activate" in capsys.readouterr().out
    assert main(["describe", "activate-enni", "--lang", "en"]) == 0
    assert "lives like an activation is assumed" in capsys.readouterr().out


def test_when_two_addresses_are_the_same_is_inferred(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "--standing", "inferred"]) == 0
    listed = capsys.readouterr().out
    for name in ("same-address", "same-named-address", "another-address", "another-named-address"):
        assert f"construction-at-{'the-' if name.startswith('same') else ''}{name}" in listed
