"""Edits of what participants have to do elsewhere.

A commitment is named by its number in the participant's list, the first being 1, so that no sentence has to
tell what somebody does outside the clinic.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import Field

from iopsched.instance.models import Busy, Instance
from iopsched.instance.times import Span
from iopsched.instance.windows import MINUTES_PER_DAY, parse_window, spans
from iopsched.plan.edits.base import BaseEdit, Refused, changed, participant_of
from iopsched.plan.edits.fields import Minutes, Number, OneOrMore, OnWhen, ParticipantId, When
from iopsched.plan.edits.spoken import COUNT, ON_WHEN
from iopsched.plan.edits.times import ALL_WEEK, written_windows

__all__ = [
    "CommitmentAdded",
    "CommitmentDropped",
    "CommitmentEndsEarlier",
    "CommitmentMoved",
    "CommitmentStartsLater",
    "Travel",
]


class CommitmentAdded(BaseEdit):
    """A participant cannot come at these times either; travel is added at both ends."""

    FORMS = (
        "[participant ]{participant} is busy {when}[ with {travel_minutes} minutes (of travel|travel)]",
        "[participant ]{participant} (cannot|can't|can not) come {when}",
        "[participant ]{participant} is away {when}",
    )
    EXAMPLE = "P0017 is busy on Tue 09:00-12:00 with 30 minutes of travel"
    edit: Literal["commitment_added"] = "commitment_added"
    participant: ParticipantId
    when: OnWhen
    travel_minutes: Number = 0

    def applied(self, instance: Instance) -> Instance:
        """Add a commitment at the end of the list."""
        busy = participant_of(instance, self.participant).busy
        more = Busy(when=self.when, travel_minutes=self.travel_minutes)
        return changed(instance, "participants", self.participant, busy=(*busy, more))


class CommitmentDropped(BaseEdit):
    """A commitment of a participant falls away; the numbers of later ones move up."""

    FORMS = ("{participant}'s commitment {number} is (dropped|over)",)
    EXAMPLE = "P0017's commitment 1 is dropped"
    edit: Literal["commitment_dropped"] = "commitment_dropped"
    participant: ParticipantId
    number: OneOrMore

    def applied(self, instance: Instance) -> Instance:
        """Take it out of the list."""
        busy = _commitments(instance, self.participant, self.number)
        left = (*busy[: self.number - 1], *busy[self.number :])
        return changed(instance, "participants", self.participant, busy=left)


class CommitmentMoved(BaseEdit):
    """A commitment of a participant is at these times in place of those so far; travel stays."""

    FORMS = ("{participant}'s commitment {number} is (now|moved to) [on ]{when}",)
    EXAMPLE = "P0017's commitment 1 is now Mon-Fri 09:00-15:00"
    edit: Literal["commitment_moved"] = "commitment_moved"
    participant: ParticipantId
    number: OneOrMore
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Replace its windows."""
        return _commitment_changed(instance, self.participant, self.number, lambda _: self.when)


class Travel(BaseEdit):
    """A participant needs so many minutes to get from a commitment to the clinic, and back."""

    FORMS = ("{participant}'s commitment {number} has {minutes} minutes (of travel|travel)",)
    EXAMPLE = "P0017's commitment 1 has 15 minutes of travel"
    edit: Literal["travel"] = "travel"
    participant: ParticipantId
    number: OneOrMore
    minutes: Annotated[Number, COUNT]

    def applied(self, instance: Instance) -> Instance:
        """Set ``travel_minutes``."""
        busy = _commitments(instance, self.participant, self.number)
        at = self.number - 1
        one = busy[at].model_copy(update={"travel_minutes": self.minutes})
        return changed(instance, "participants", self.participant, busy=(*busy[:at], one, *busy[at + 1 :]))


class CommitmentEndsEarlier(BaseEdit):
    """A commitment of a participant ends so many minutes earlier, on some days or on all."""

    FORMS = ("{participant}'s commitment {number} ends {minutes} minutes earlier[ {days}]",)
    EXAMPLE = "P0017's commitment 1 ends 30 minutes earlier on Tue"
    edit: Literal["commitment_ends_earlier"] = "commitment_ends_earlier"
    participant: ParticipantId
    number: OneOrMore
    minutes: Minutes
    days: Annotated[OnWhen, ON_WHEN] = Field(default=ALL_WEEK)

    def applied(self, instance: Instance) -> Instance:
        """Take the time off the end of its windows."""

        def shorter(span: Span) -> Span:
            return span[0], span[1] - self.minutes

        return _shortened(instance, self, shorter)


class CommitmentStartsLater(BaseEdit):
    """A commitment of a participant starts so many minutes later, on some days or on all."""

    FORMS = ("{participant}'s commitment {number} starts {minutes} minutes later[ {days}]",)
    EXAMPLE = "P0017's commitment 1 starts 30 minutes later"
    edit: Literal["commitment_starts_later"] = "commitment_starts_later"
    participant: ParticipantId
    number: OneOrMore
    minutes: Minutes
    days: Annotated[OnWhen, ON_WHEN] = Field(default=ALL_WEEK)

    def applied(self, instance: Instance) -> Instance:
        """Take the time off the beginning of its windows."""

        def shorter(span: Span) -> Span:
            return span[0] + self.minutes, span[1]

        return _shortened(instance, self, shorter)


def _shortened(
    instance: Instance,
    edit: CommitmentEndsEarlier | CommitmentStartsLater,
    shorter: Callable[[Span], Span],
) -> Instance:
    """Shorten the windows of a commitment on the days of an edit; what is too short for it is over."""
    days = {start // MINUTES_PER_DAY for start, _ in spans(edit.days)}

    def change(windows: tuple[str, ...]) -> tuple[str, ...]:
        pieces = [span for window in windows for span in parse_window(window)]
        left = [shorter(span) if span[0] // MINUTES_PER_DAY in days else span for span in pieces]
        kept = written_windows(spans(_window(span) for span in left if span[0] < span[1]))
        if not kept or left == pieces:
            what = f"commitment {edit.number} of participant {edit.participant}"
            if kept:
                raise Refused("days", f"{what} is on none of these days", "name days on which it is")
            raise Refused("minutes", f"{what} is no longer than that", "say that it is dropped")
        return kept

    return _commitment_changed(instance, edit.participant, edit.number, change)


def _window(span: Span) -> str:
    (window,) = written_windows([span])
    return window


def _commitment_changed(
    instance: Instance, name: str, number: int, change: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> Instance:
    busy = _commitments(instance, name, number)
    one = busy[number - 1].model_copy(update={"when": change(busy[number - 1].when)})
    return changed(instance, "participants", name, busy=(*busy[: number - 1], one, *busy[number:]))


def _commitments(instance: Instance, name: str, number: int) -> tuple[Busy, ...]:
    busy = participant_of(instance, name).busy
    if number > len(busy):
        remedy = f"name one from 1 to {len(busy)}" if busy else "they have none: leave the edit out"
        raise Refused("number", f"participant {name} has no commitment {number}", remedy)
    return busy
