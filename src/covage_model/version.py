"""The version of the toolkit, said once."""

VERSION = "0.1.0"
