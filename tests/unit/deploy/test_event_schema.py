"""The schema in the documentation is that of what is published, and its examples are what it says."""

import json
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from chalicelib.aws.eventbridge import entry
from chalicelib.credentials.audit_event import Action, AuditEvent
from chalicelib.credentials.callers import Actor
from chalicelib.credentials.published_event import published_event
from deploy import event_schema
from emulators.event_bus import as_handed_to_a_target
from tests.support.credentials import NOW

EXAMPLES = sorted((event_schema.FILE.parent / "examples").glob("*.json"))
valid = Draft202012Validator(event_schema.schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
fields = texts | st.integers(-(2**53), 2**53) | st.lists(texts, max_size=2).map(tuple) | st.none()
events = st.builds(
    AuditEvent,
    tenant_id=texts,
    event_id=texts,
    at=st.integers(0, NOW),
    action=st.sampled_from(get_args(Action)) | texts,
    actor=st.builds(Actor, subject=texts, name=texts, type=texts),
    source_ip=texts,
    request_id=texts,
    outcome=texts,
    client_id=texts | st.none(),
    details=st.dictionaries(texts, fields | st.dictionaries(texts, fields, max_size=2), max_size=3),
)


def test_the_schema_in_the_documentation_is_that_of_what_is_published() -> None:
    assert event_schema.FILE.read_text() == event_schema.text(), "run  make console  or  python -m deploy.event_schema"


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(event_schema.schema())


@given(events)
def test_whatever_is_published_is_what_the_schema_says(event: AuditEvent) -> None:
    put = entry(published_event(event, "https://credentials.example.com"))
    valid.validate(as_handed_to_a_target(put))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_is_what_the_schema_says(path: Any) -> None:
    example = json.loads(path.read_text())
    valid.validate(example)
    assert example["detail"]["action"] in get_args(Action)
    assert path.stem == example["detail"]["action"]


def test_there_are_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize("member", ["event_id", "tenant_id", "action", "schema_version", "details"])
def test_the_schema_refuses_what_lacks_a_member(member: str) -> None:
    event = json.loads(EXAMPLES[0].read_text())
    del event["detail"][member]
    assert not valid.is_valid(event)


def test_the_schema_lets_members_and_actions_of_a_later_release_through() -> None:
    event = json.loads(EXAMPLES[0].read_text())
    event["detail"] |= {"action": "credential.taught_to_sing", "song": "a member to come"}
    event["detail"]["actor"] |= {"type": "robot"}
    assert valid.is_valid(event)
    assert msgspec.json.encode(event)
