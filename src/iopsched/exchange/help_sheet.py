"""What the workbook's first sheet tells the planner who fills it."""

from __future__ import annotations

from typing import Final

from iopsched.exchange.clinic_sheets import SHEETS
from iopsched.exchange.sheets import EXAMPLE, HELP_SHEET, IGNORED

__all__ = ["HELP_LINES"]

HELP_LINES: Final = (
    "A clinic's week, to be filled in",
    "",
    "Fill the sheets from left to right: what is referred to comes before what refers to it. Headers with * "
    "are columns that must be filled; the others may stay empty. A comment on each header says what belongs "
    "there, and what an empty cell stands for. Participants are codes: write no names.",
    "",
    *(f"{sheet.name}: {sheet.meaning}" for sheet in SHEETS),
    "",
    f"Examples. Rows marked in the column {EXAMPLE} came with the template; together they are a tiny clinic. "
    "Write your own rows over them and clear the mark, or delete them. As soon as the workbook has a row of "
    "yours, a row that is still marked is refused, so none slips into your clinic.",
    "",
    "Times. Days, then times: Mon-Fri 5pm-9pm; MWF 9-12; TTh 1:30-4pm; Sat 10:00-14:00; daily noon-6pm. "
    "Several are parted by a semicolon. What could mean two things is refused: 7-9 may be morning or "
    "evening, S may be Saturday or Sunday.",
    "",
    "Lists of ids are parted by commas. An empty cell is no restriction, or what the header's comment says; "
    "the word none is an empty list: nobody, nothing, never. A text that would be misread otherwise (one "
    'with a comma in a list, one that begins with =) is put between double quotes: "Smith, J".',
    "",
    f"Sheets and columns of your own are passed over if their name begins with {IGNORED}. So is this sheet, "
    f"{HELP_SHEET}.",
    "",
    "Then: iopsched import clinic.xlsx -o instance.json. It names every cell that cannot be used, at once.",
)
