"""The kinds of value that an instance file's fields hold, each with its check in a planner's words.

A check's message is ``what is wrong; what would mend it`` (the second half may be left out).
"""

from __future__ import annotations

import re
from datetime import MAXYEAR, date, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field

from iopsched.instance.windows import START_PATTERN, WINDOW_PATTERN, parse_start, parse_window

__all__ = [
    "Count",
    "Date",
    "Flag",
    "Hours",
    "Id",
    "Ids",
    "Kind",
    "Monday",
    "NotNull",
    "OneStart",
    "Positive",
    "Slot",
    "Start",
    "Text",
    "TimeZone",
    "Windows",
]

MOST = 1_000_000
"""No minutes, seats, counts or weights of a week are larger; what is, is a typing mistake."""


def _check_text(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("half a character (a lone \\ud800-\\udfff); write the whole character") from None
    return text


def _check_id(text: str) -> str:
    if not text or "\n" in text or "\r" in text:
        raise ValueError(f"{text!r} is not an id; an id is a non-empty text without line breaks")
    return _check_text(text)


def _check_window(text: str) -> str:
    parse_window(text)
    return text


def _check_start(text: str) -> str:
    parse_start(text)
    return text


def _check_one_start(text: str) -> str:
    if len(parse_start(text)) != 1:
        raise ValueError(f"{text!r} names more than one day; a pin has one start: write one pin for each day")
    return text


def _check_date(value: object) -> object:
    if isinstance(value, date) or (
        isinstance(value, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value)
    ):
        return value
    raise ValueError(f"{value!r} is not an ISO date; write YYYY-MM-DD, as in 2026-11-30")


def _check_monday(value: date) -> date:
    if value.weekday() != 0:
        monday = value - timedelta(days=value.weekday())
        raise ValueError(f"{value} is no Monday; the Monday of that week is {monday}")
    if not 1 < value.year < MAXYEAR:
        # Days before and after the week, and its moments in other time zones, must be dates too.
        raise ValueError(f"{value} is at the edge of the calendar; write the Monday of the week to schedule")
    return value


def _check_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f"{name!r} is not an IANA time zone name; write one such as America/Chicago"
        ) from None
    return name


def _check_slot(value: object) -> object:
    if type(value) is not int:
        raise ValueError(f"{value!r} is not a whole number; write 5, 10, 15, 20, 30 or 60")
    return value


def _not_null(value: object) -> object:
    if value is None:
        raise ValueError("null is not allowed here; leave the field out for its default")
    return value


def _drop_null(schema: dict[str, Any]) -> None:
    """Publish a field whose absence is not the same as null without its null."""
    (value,) = (option for option in schema.pop("anyOf") if option != {"type": "null"})
    schema.pop("default")
    schema.update(value)


Text = Annotated[str, AfterValidator(_check_text)]
Id = Annotated[str, AfterValidator(_check_id), Field(json_schema_extra={"minLength": 1})]
Window = Annotated[
    str,
    AfterValidator(_check_window),
    Field(examples=["Mon-Fri 17:00-21:00"], json_schema_extra={"pattern": WINDOW_PATTERN}),
]
Start = Annotated[
    str,
    AfterValidator(_check_start),
    Field(examples=["Mon,Wed 17:30"], json_schema_extra={"pattern": START_PATTERN}),
]
OneStart = Annotated[
    str,
    AfterValidator(_check_one_start),
    Field(examples=["Mon 17:30"], json_schema_extra={"pattern": START_PATTERN}),
]
Windows = tuple[Window, ...]
Ids = tuple[Id, ...]
Date = Annotated[date, BeforeValidator(_check_date)]
Monday = Annotated[Date, AfterValidator(_check_monday)]
TimeZone = Annotated[str, AfterValidator(_check_timezone)]
Count = Annotated[int, Field(strict=True, ge=0, le=MOST)]
Positive = Annotated[int, Field(strict=True, ge=1, le=MOST)]
Flag = Annotated[bool, Field(strict=True)]
Hours = (
    Annotated[int, Field(strict=True, ge=0)] | Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)]
)
Slot = Annotated[Literal[5, 10, 15, 20, 30, 60], BeforeValidator(_check_slot)]
Kind = Literal["one_to_one", "family", "group"]
NotNull = (BeforeValidator(_not_null), Field(json_schema_extra=_drop_null))
"""Metadata of a field that may be absent but not null."""
