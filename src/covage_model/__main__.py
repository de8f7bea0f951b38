"""`python -m covage_model`."""

from covage_model.cli.main import run

run()
