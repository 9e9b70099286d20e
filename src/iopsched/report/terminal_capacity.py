"""How many more participants a clinic can admit, for people."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from iopsched.plan.capacity import Band, Capacity, Gain, Standing, Supply, SupplyKind
from iopsched.report.tables import bar, bullets, heading, plain_table
from iopsched.report.terminal import unmet_table
from iopsched.report.words import counted, hours, listed, number, percent, plain

__all__ = ["capacity_view", "standing_line"]

_BAR = 10
_MOST_MISSING = 4
_MOST_GROUPS = 12


def standing_line(news: Standing) -> Text:
    """Return how far the answer has come, on one line."""
    limit = "no limit yet" if news.at_most is None else f"at most {number(news.at_most)}"
    return Text(f"{news.elapsed:6.1f} s  {number(news.reached)} more, {limit}: {news.stage}")


def capacity_view(answer: Capacity) -> RenderableType:
    """Return the answer: the number and its limits, what binds, the table of use, what more would bring.

    Parameters
    ----------
    answer : Capacity
        What :func:`iopsched.plan.capacity.capacity` says.
    """
    parts: list[RenderableType] = [_title(answer), *_proofs(answer), *_one_more(answer)]
    parts += [heading("What is used up", _with(answer)), *_used_up(answer)]
    parts += [heading("What there is and what is used", _with(answer)), *_supplies(answer.supplies)]
    parts += _gains(answer)
    parts += ["", Text(f"after {answer.seconds:.1f} s", "dim")]
    return Group(*parts)


def _like(answer: Capacity) -> str:
    return "like those present" if answer.profile is None else f"like {plain(answer.profile)}"


def _with(answer: Capacity) -> str:
    return f"with {counted(answer.reached, 'newcomer')}"


def _title(answer: Capacity) -> Text:
    found = counted(answer.reached, "more participant")
    if answer.proved:
        verdict = "and no more: that is proved"
    elif answer.at_most is None:
        verdict = "and perhaps more: no limit is proved"
    else:
        verdict = f"and perhaps more: at most {number(answer.at_most)}, that is proved"
    title = Text.assemble((f"{found} {_like(answer)} can be admitted", "bold"), f", {verdict}.\n")
    if answer.reached:
        title.append(
            "A roster shows it, and was checked: every need of theirs is met, and nobody present has "
            "fewer sessions of anything than before."
        )
    else:
        found = "There is no roster for" if answer.proved else "No roster was found for"
        title.append(f"{found} one more in which nobody present has fewer sessions than before.")
    short = sum(one.sessions for one in answer.base.unmet)
    if short:
        title.append(f" Those present miss {counted(short, 'session')} already, and may miss them still.")
    if short and answer.profile is None:
        title.append(" Copied are those who miss nothing.")
    return title


def _proofs(answer: Capacity) -> Iterable[RenderableType]:
    if answer.limits:
        yield heading("Why not more than that", "each proved by itself")
        yield bullets(f"at most {number(one.newcomers)}: {one.text}" for one in answer.limits)


def _one_more(answer: Capacity) -> Iterable[RenderableType]:
    if not answer.missing or answer.tried is None:
        return
    yield heading(f"What was missing with {number(answer.tried)}", "in the best roster found for so many")
    yield unmet_table(answer.missing[:_MOST_MISSING])
    if len(answer.missing) > _MOST_MISSING:
        yield Text(f"and {counted(len(answer.missing) - _MOST_MISSING, 'need')} more", "dim")


def _used_up(answer: Capacity) -> Iterable[RenderableType]:
    texts = _exhausted([one for one in answer.supplies if one.used_up])
    if texts:
        yield bullets(texts)
    else:
        yield Text(
            "Nothing that they need is used up by itself: what is left does not fall together in time."
            if answer.tried is not None
            else "Nothing that they need is used up."
        )


def _exhausted(supplies: Sequence[Supply]) -> list[str]:
    """Return what is used up in words, a line for each kind and time of day."""
    names: dict[tuple[SupplyKind, Band], list[str]] = {}
    for one in supplies:
        names.setdefault((one.kind, one.band), []).append(one.name)
    return [
        f"seats: all are taken in {listed(some)}"
        if kind == "seats"
        else f"{kind}, {band}: no time is left in which one more could begin that needs {_either(some)}"
        for (kind, band), some in names.items()
    ]


def _either(names: Sequence[str]) -> str:
    *others, last = map(plain, names)
    return f"{', '.join(others)} or {last}" if others else last


def _supplies(supplies: Sequence[Supply]) -> Iterable[RenderableType]:
    times = [one for one in supplies if one.kind != "seats"]
    if times:
        yield _time_table(times)
    groups = [one for one in supplies if one.kind == "seats"]
    running = sorted((one for one in groups if one.available), key=lambda one: one.room_for)
    if running:
        yield Text("")
        yield _seat_table(running[:_MOST_GROUPS])
    if len(running) > _MOST_GROUPS:
        yield Text(f"and {counted(len(running) - _MOST_GROUPS, 'group')} more", "dim")
    idle = [one.name for one in groups if not one.available]
    if idle:
        yield Text(f"Not running: {listed(idle)}", "dim")


def _time_table(supplies: Sequence[Supply]) -> Table:
    table = plain_table()
    table.add_column("Hours of", overflow="fold")
    table.add_column("", no_wrap=True)
    for name in ("There", "Used", ""):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Room for", overflow="fold")
    last = ""
    for one in supplies:
        name = f"{'staff for' if one.kind == 'staff' else 'rooms,'} {plain(one.name)}"
        share = one.used / one.available
        table.add_row(
            "" if name == last else name,
            one.band,
            hours(one.available),
            hours(one.used),
            percent(round(share, 2)),
            bar(share, _BAR),
            _room_for(one),
        )
        last = name
    return table


def _room_for(supply: Supply) -> Text:
    if supply.used_up:
        return Text("none", "bold yellow")
    return Text(f"{number(supply.room_for)} × {plain(supply.service)}")


def _seat_table(supplies: Sequence[Supply]) -> Table:
    table = plain_table()
    table.add_column("Seats of group", overflow="fold")
    for name in ("There", "Taken", ""):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("Left", justify="right")
    for one in supplies:
        share = one.used / one.available
        table.add_row(
            plain(one.name),
            number(one.available),
            number(one.used),
            percent(round(share, 2)),
            bar(share, _BAR),
            Text("none", "bold yellow") if one.used_up else number(one.room_for),
        )
    return table


def _gains(answer: Capacity) -> Iterable[RenderableType]:
    if answer.gains:
        yield heading("What one more of each would bring", "solved again with each")
        table = plain_table()
        table.add_column("Newcomers", justify="right", no_wrap=True)
        table.add_column("At most", justify="right", no_wrap=True)
        table.add_column("Change", overflow="fold")
        for gain in answer.gains:
            table.add_row(_more(gain.newcomers), _limit(gain), Text("\n".join(map(plain, gain.edits))))
        yield table
        if answer.gains[0].newcomers:
            yield Text("Try one with iopsched whatif, as in:", "dim")
            edits = " ".join(f"--edit {shlex.quote(plain(edit))}" for edit in answer.gains[0].edits)
            yield Padding(Text(f"iopsched whatif INSTANCE {edits}"), (0, 0, 0, 2))
        if not answer.proved:
            yield Text(
                "More than the number above may be possible without any change, so part of a gain may be "
                "owed to the further search; what is said to bring nothing brought nothing in its share of "
                "the time.",
                "dim",
            )
    if answer.unexamined:
        yield heading("Not examined", "no time was left; allow more with --time-limit")
        yield bullets(answer.unexamined)


def _more(newcomers: int) -> str:
    return f"+{number(newcomers)}" if newcomers else "none"


def _limit(gain: Gain) -> str:
    return "–" if gain.at_most is None else _more(gain.at_most)
