"""One's own page: a participant's, to be given away; a member of staff's, a room's, a group's."""

from __future__ import annotations

from iopsched.exchange.names import Names
from iopsched.instance.models import Instance
from iopsched.report.overview import headline
from iopsched.report.page.boards import board_of, setting_of
from iopsched.report.page.rendering import render
from iopsched.report.views import View, sessions_of
from iopsched.roster.models import Roster
from iopsched.roster.views import narrowed

__all__ = ["own_page"]


def own_page(instance: Instance, roster: Roster, names: Names, view: View) -> str:
    """Return one's own page as HTML; see :func:`iopsched.report.page.html_report`."""
    unmet = [one for one in roster.unmet if view == View("participant", one.participant)]
    board = board_of(
        setting_of(instance, roster, names), view, sessions_of(view, narrowed(view, roster)), unmet
    )
    return render("own.html.j2", head=headline(instance, roster), board=board)
