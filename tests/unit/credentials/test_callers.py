"""Who asks, and what the role lets them do."""

import pytest

from chalicelib.credentials.callers import Actor
from chalicelib.errors import Forbidden
from tests.support.callers import caller


def test_an_admin_may_change_and_a_viewer_may_not() -> None:
    caller(role="admin").require_admin()
    with pytest.raises(Forbidden):
        caller(role="viewer").require_admin()


def test_an_audit_event_names_the_subject_and_the_name() -> None:
    assert caller("acme", name="Ada").actor == Actor(subject="acme|Ada", name="Ada")
