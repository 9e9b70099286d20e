"""Timefold Solver as a peer: what it needs, and how a run goes. The model is the Java of the folder ``java``."""

from __future__ import annotations

from benchmarks.peers.timefold.java import versions

__all__ = ["versions"]
