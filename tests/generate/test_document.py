import json

from iopsched.generate import generate, to_document
from iopsched.instance.models import Instance


def test_the_text_holds_the_instance() -> None:
    """Reading the text gives the instance again, with everything that was left out filled in."""
    instance = generate(30, 1, "rich")
    assert Instance.model_validate(json.loads(to_document(instance))) == instance


def test_defaults_are_left_out() -> None:
    """Nothing absent or at its default is written, but the header always is."""
    text = to_document(generate(30, 1))
    document = json.loads(text)
    assert "null" not in text
    assert list(document)[:6] == ["format", "id", "week", "timezone", "slot_minutes", "hours"]
    assert "closed" not in document
    assert "weights" not in document
    services = {service["id"]: service for service in document["services"]}
    assert "skill" not in services["individual"]
    assert services["medication"]["skill"] == "prescribing"
    assert "skill" not in services["teen-group"]["agenda"][0]


def test_each_participant_has_a_line() -> None:
    """Two versions of a file can be compared line by line."""
    instance = generate(30, 1)
    lines = [line for line in to_document(instance).splitlines() if line.startswith('  {"id": "P')]
    assert len(lines) == 30


def test_letters_are_written_as_they_are() -> None:
    """The text is UTF-8 without escapes, and ends with one newline."""
    instance = generate(1, 1).model_copy(update={"id": "Zürich"})
    text = to_document(instance)
    assert '"id": "Zürich"' in text
    assert text.endswith("}\n")
