"""The workbook: a roster as sheets that are filtered, sorted and printed."""

from __future__ import annotations

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.views import View
from iopsched.report.workbook_sheets import own_sheets, whole_sheets
from iopsched.report.workbook_writing import written
from iopsched.roster.models import Roster

__all__ = ["workbook_report"]


def workbook_report(instance: Instance, roster: Roster, names: Names, view: View | None = None) -> bytes:
    """Return a roster as an Excel workbook.

    Parameters
    ----------
    instance, roster : Instance, Roster
        What was asked and the answer; the roster may name ids that the instance does not know.
    names : Names
        What ids are called.
    view : View, optional
        Whose week alone. A participant's names no other participant, and no reason why something of theirs
        is missing, since a reason may tell of others. Without it the whole clinic's, for its staff.

    Returns
    -------
    bytes
        The file, the same for the same arguments. Texts are texts, whatever they begin with.
    """
    if view is None:
        sheets = whole_sheets(instance, roster, names)
    else:
        sheets = own_sheets(instance, roster, names, view)
    return written(sheets, roster.week)
