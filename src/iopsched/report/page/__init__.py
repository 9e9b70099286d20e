"""The page: a roster as one HTML file that is opened, searched and printed, and fetches nothing."""

from __future__ import annotations

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.views import View
from iopsched.roster.models import Roster

__all__ = ["html_report"]


def html_report(instance: Instance, roster: Roster, names: Names, view: View | None = None) -> str:
    """Return a roster as a self-contained HTML page.

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
    str
        HTML, the same for the same arguments. It works without scripts, which only search and switch
        between views.
    """
    from iopsched.report.page.own import own_page
    from iopsched.report.page.whole import whole_page

    if view is None:
        return whole_page(instance, roster, names)
    return own_page(instance, roster, names, view)
