"""Timefold Solver as a peer; the model is the Java of the folder ``sources``."""

from __future__ import annotations

from benchmarks.peers.timefold.java import versions

__all__ = ["versions"]
