"""The commands: one module for each, and nothing is decided here."""

from iopsched.cli.app import main

__all__ = ["main"]
