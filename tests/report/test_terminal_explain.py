from __future__ import annotations

from typing import Any

from iopsched.plan.why_not import Mend, NeedAnswer, Preventing, WhyNot
from iopsched.report.terminal_explain import explain_view
from report.rendered import rendered
from report.small_week import roster

FACTS = (
    Preventing("commitment", "P1 is busy Mon-Fri 08:00-17:00: commitment 1.", "possible"),
    Preventing("seats", "Seats at a meeting: evening 10 (full).", "possible"),
)
MEND = Mend(("group evening seats 11", "P1's iop-group may mix groups"), ({}, {}), 1030, roster())


def shown(**fields: Any) -> str:
    """Return what is shown of one need, in one line."""
    usual: dict[str, Any] = {"any_roster": "possible", "nobody_loses": "impossible"}
    need = NeedAnswer("P1", "iop-group", 2, **{**usual, **fields})
    return " ".join(rendered(explain_view(WhyNot("small", None, (need,), (), 1.0))).split())


def test_facts_and_mends_are_shown_with_what_is_proved() -> None:
    """Who, what, how many; the verdict; each fact; each mend as it is typed, with what it asks."""
    text = shown(facts=FACTS, irreducible=True, mends=(MEND,))
    assert "P1, iop-group: 2 sessions missing" in text
    assert "none in which nobody else loses a session: proved" in text
    assert all(fact.text in text for fact in FACTS)
    assert '1,030 --edit "group evening seats 11" --edit "P1\'s iop-group may mix groups"' in text


def test_each_verdict_has_its_words() -> None:
    """What is proved, what was found and what is not known never read the same."""
    texts = {
        shown(any_roster=ever, nobody_loses=now)
        for ever, now in (
            ("impossible", "impossible"),
            ("possible", "impossible"),
            ("unknown", "impossible"),
            ("possible", "possible"),
            ("possible", "unknown"),
            ("unknown", "unknown"),
        )
    }
    assert len(texts) == 6


def test_a_set_that_was_not_narrowed_down_claims_no_more() -> None:
    """Facts that are not known to matter are counted, not listed."""
    first, second = FACTS
    text = shown(facts=(first, Preventing(second.kind, second.text, "unknown")), complete=False)
    assert first.text in text
    assert second.text not in text
    assert "1 more fact may have a part in it" in text
    assert "No mend was found in the time" in text


def test_a_sentence_with_quotes_is_quoted_for_a_shell() -> None:
    """Double quotes inside go into single ones."""
    mend = Mend(('add group "late night" like evening',), ({},), 900, roster())
    assert "--edit 'add group \"late night\" like evening'" in shown(mends=(mend,))


def test_what_was_not_examined_is_named() -> None:
    """With the option that gives it more time."""
    text = rendered(explain_view(WhyNot("small", None, (), (("P2", "family"),), 1.0)))
    assert "P2 family" in text
    assert "--time-limit" in text


def test_nothing_unmet_is_good_news() -> None:
    """No headings, one line."""
    assert "Nothing is unmet" in rendered(explain_view(WhyNot("small", None, (), (), 0.1)))
