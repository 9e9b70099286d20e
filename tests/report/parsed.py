"""A page as its reader's browser would take it apart."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

__all__ = ["Parsed", "parsed"]

_VOID = {"meta", "input", "br", "link"}
_SHAPES = {"rect", "path"}
_CODE = {"script", "style"}


@dataclass
class Parsed(HTMLParser):
    """Tags with their attributes, in order, and all text outside scripts and styles."""

    tags: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _SHAPES
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if not self.open or self.open[-1] not in _CODE:
            self.texts.append(data)

    def values(self, name: str) -> list[str]:
        """Return an attribute's values, in order."""
        return [attributes[name] for _, attributes in self.tags if name in attributes]

    def of(self, tag: str) -> list[dict[str, str]]:
        """Return the attributes of each element of a name."""
        return [attributes for name, attributes in self.tags if name == tag]

    @property
    def text(self) -> str:
        """All text, blanks joined."""
        return " ".join(" ".join(self.texts).split())


def parsed(page: str) -> Parsed:
    """Take a page apart; every element that it opens it closes, in order."""
    found = Parsed()
    found.feed(page)
    found.close()
    assert found.open == []
    return found
