"""Many clinics at once: each in a process of its own, here or on a Ray cluster."""

from iopsched.batch.inputs import Source, find_sources
from iopsched.batch.records import Batch, Begun, Row
from iopsched.batch.run import ENGINES, EngineName, run_batch
from iopsched.batch.tasks import Limits, Settings

__all__ = [
    "ENGINES",
    "Batch",
    "Begun",
    "EngineName",
    "Limits",
    "Row",
    "Settings",
    "Source",
    "find_sources",
    "run_batch",
]
