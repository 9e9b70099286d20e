"""Templates are filled in here; whatever comes from a file is escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jinja2 import Environment

__all__ = ["render"]

_TEMPLATES: Final = files("iopsched.report.page") / "templates"


def render(template: str, **content: Any) -> str:
    """Return a page from a template of this folder.

    The page says to the browser what it may run: this style and this script, nothing else, and nothing from
    anywhere.
    """
    script = _text("script.js")
    page = _environment().get_template(template)
    return page.render(style=_text("style.css"), script=script, script_hash=_hash(script), **content)


@cache
def _text(name: str) -> str:
    return (_TEMPLATES / name).read_text(encoding="utf-8")


def _hash(script: str) -> str:
    """Return the name by which a content security policy knows a script."""
    return "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from iopsched.report.words import number, span

    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["span"] = lambda row: span(row.start, row.end)
    environment.filters["number"] = number
    return environment
