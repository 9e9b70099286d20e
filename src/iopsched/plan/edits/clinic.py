"""Edits of the clinic as a whole: hours and holidays, programs' limits, weights."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any, Literal

from iopsched.instance.models import Instance
from iopsched.instance.windows import MINUTES_PER_DAY, spans
from iopsched.plan.edits.base import BaseEdit, changed
from iopsched.plan.edits.fields import Number, OnWhen, ProgramId, When
from iopsched.plan.edits.spoken import ID
from iopsched.plan.edits.times import whole_days, windows_without, written_windows

__all__ = ["Closed", "OpenAlso", "OpenHours", "ProgramDays", "ProgramMinutes", "Weighed"]

WeightName = Literal[
    "visit",
    "wait",
    "off_preference",
    "other_staff",
    "short_day",
    "meeting",
    "leader_change",
    "over_target",
    "idle",
]


class Closed(BaseEdit):
    """The clinic is closed at these times: a holiday, an early closing."""

    FORMS = ("[the ][clinic is ]closed {when}", "[the ]clinic closes {when}")
    EXAMPLE = "closed on Wed"
    edit: Literal["closed"] = "closed"
    when: OnWhen

    def applied(self, instance: Instance) -> Instance:
        """Put whole days among the holidays, and take parts of days out of the hours."""
        days = whole_days(self.when)
        closed = {*instance.closed, *(instance.week + timedelta(days=day) for day in days)}
        parts = [span for span in spans(self.when) if span[0] // MINUTES_PER_DAY not in days]
        fields: dict[str, Any] = {"closed": tuple(sorted(closed))}
        if parts:
            fields["hours"] = windows_without(instance.hours, written_windows(parts))
        return instance.model_copy(update=fields)


class OpenHours(BaseEdit):
    """The clinic's hours are these; holidays stay."""

    FORMS = ("[the clinic is ]open {when}", "[the ]clinic is open {when}")
    EXAMPLE = "open Mon-Fri 08:00-21:00"
    edit: Literal["open"] = "open"
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Replace the hours."""
        return instance.model_copy(update={"hours": self.when})


class OpenAlso(BaseEdit):
    """The clinic is open at these times too; on a holiday then at these times alone."""

    FORMS = ("[the clinic is ]also open {when}", "[the ]clinic is also open {when}")
    EXAMPLE = "also open Sat 09:00-13:00"
    edit: Literal["open_also"] = "open_also"
    when: When

    def applied(self, instance: Instance) -> Instance:
        """Add to the hours, and take the days out of the holidays."""
        opened = {start // MINUTES_PER_DAY for start, _ in spans(self.when)}
        reopened = opened & instance.closed_days
        usual = [span for span in spans(instance.hours) if span[0] // MINUTES_PER_DAY not in reopened]
        closed = tuple(day for day in instance.closed if (day - instance.week).days not in reopened)
        hours = written_windows(spans((*written_windows(usual), *self.when)))
        return instance.model_copy(update={"hours": hours, "closed": closed})


class ProgramDays(BaseEdit):
    """Participants of a program come on at most so many days."""

    FORMS = ("program {program} allows [(up to|at most) ]{days} days (a|per) week",)
    EXAMPLE = "program iop allows 6 days a week"
    edit: Literal["program_days"] = "program_days"
    program: ProgramId
    days: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``max_days_per_week``."""
        return changed(instance, "programs", self.program, max_days_per_week=self.days)


class ProgramMinutes(BaseEdit):
    """Participants of a program have at most so many session minutes on a day."""

    FORMS = ("program {program} allows [(up to|at most) ]{minutes} minutes (a|per) day",)
    EXAMPLE = "program iop allows 360 minutes a day"
    edit: Literal["program_minutes"] = "program_minutes"
    program: ProgramId
    minutes: Number

    def applied(self, instance: Instance) -> Instance:
        """Set ``max_minutes_per_day``."""
        return changed(instance, "programs", self.program, max_minutes_per_day=self.minutes)


class Weighed(BaseEdit):
    """A term of the score weighs so much."""

    FORMS = ("weight {term} [(is|to|=) ]{value}", "{term} weighs {value}")
    EXAMPLE = "weight visit 45"
    edit: Literal["weight"] = "weight"
    term: Annotated[WeightName, ID]
    value: Number

    def applied(self, instance: Instance) -> Instance:
        """Set the weight."""
        weights = instance.weights.model_copy(update={self.term: self.value})
        return instance.model_copy(update={"weights": weights})
