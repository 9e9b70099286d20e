"""Changes of an instance as a planner says them: read, written, made.

A sentence (``"T3 is away on Tuesday"``) and a JSON object (``{"edit": "staff_away", "staff": "T3", "when":
["Tue 00:00-24:00"]}``) are two forms of the same frozen :data:`Edit`. docs/whatif.md lists all kinds.
"""

from iopsched.plan.edits.apply import apply_edits, read_edits
from iopsched.plan.edits.kinds import EDITS, KINDS, Edit
from iopsched.plan.edits.newcomers import read_newcomer
from iopsched.plan.edits.sentences import edit_document, edit_of, parse_edit, sentence

__all__ = [
    "EDITS",
    "KINDS",
    "Edit",
    "apply_edits",
    "edit_document",
    "edit_of",
    "parse_edit",
    "read_edits",
    "read_newcomer",
    "sentence",
]
