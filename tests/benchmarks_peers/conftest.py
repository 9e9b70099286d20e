"""Peers live beside the package, not in it: the repository's root is put on the path for them."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))
