"""Who asks, and what the role or the scopes let them do."""

import pytest
from msgspec.structs import replace

from chalicelib.credentials.callers import Actor
from chalicelib.errors import Forbidden, InsufficientScope, OwnCredential, SecurityProfileRequired
from chalicelib.management_scopes import DELEGATE, MANAGEMENT_SCOPES, READ, ROTATE, WRITE
from chalicelib.security_profiles import FAPI2, OAUTH2
from tests.support.callers import caller, management_client

OWN = "acc_own"


def test_an_admin_may_change_and_a_viewer_may_not() -> None:
    caller(role="admin").require_admin()
    with pytest.raises(Forbidden):
        caller(role="viewer").require_admin()


def test_an_audit_event_names_the_subject_and_the_name() -> None:
    assert caller("acme", name="Ada").actor == Actor(subject="acme|Ada", name="Ada", type="console_user")
    assert management_client(OWN, READ, name="CI").actor == Actor(subject=OWN, name="CI", type="credential")


def test_a_credential_may_do_what_its_scopes_say() -> None:
    management_client(OWN, READ).require_viewer()
    management_client(OWN, WRITE).require_viewer()
    management_client(OWN, WRITE).require_admin()
    for scopes in ((), (READ,), (ROTATE,), (DELEGATE,), ("orders:write",)):
        with pytest.raises(InsufficientScope, match=WRITE):
            management_client(OWN, *scopes).require_admin()
    for scopes in ((), (ROTATE,), (DELEGATE,)):
        with pytest.raises(InsufficientScope, match=READ):
            management_client(OWN, *scopes).require_viewer()


def test_a_credential_rotates_itself_and_no_other() -> None:
    management_client(OWN, ROTATE).require_rotation(OWN)
    management_client(OWN, WRITE).require_rotation("acc_other")
    with pytest.raises(InsufficientScope):
        management_client(OWN, ROTATE).require_rotation("acc_other")
    with pytest.raises(InsufficientScope):
        management_client(OWN, READ).require_rotation(OWN)


def test_a_console_user_whose_subject_is_a_client_id_is_not_that_credential() -> None:
    user = caller(role="viewer")
    with pytest.raises(Forbidden):
        user.require_rotation(user.subject)


def test_a_credential_does_not_edit_itself() -> None:
    management_client(OWN, WRITE).require_another("acc_other")
    with pytest.raises(OwnCredential):
        management_client(OWN, WRITE, DELEGATE).require_another(OWN)


@pytest.mark.parametrize(
    ("held", "given"),
    [
        ((WRITE, "orders:read"), {"orders:read"}),
        ((WRITE, READ, ROTATE), set()),
        ((WRITE, READ, DELEGATE, "x"), {WRITE, READ, "x"}),
        ((WRITE, READ, ROTATE, DELEGATE), {WRITE, READ, ROTATE}),
    ],
)
def test_a_credential_gives_what_it_has_and_makes_a_manager_only_where_that_was_allowed(
    held: tuple[str, ...], given: set[str]
) -> None:
    every = {*MANAGEMENT_SCOPES, "orders:read", "x"}
    assert {scope for scope in every if management_client(OWN, *held).may_give(scope)} == given
    assert all(caller().may_give(scope) for scope in every)


def test_what_may_not_be_given_is_named() -> None:
    manager = management_client(OWN, WRITE, "x")
    manager.require_may_give(["x"], OAUTH2)
    manager.require_may_give([WRITE], OAUTH2, to=OWN)
    with pytest.raises(InsufficientScope, match=f"y, {READ}"):
        manager.require_may_give(["x", "y", READ], OAUTH2, to="acc_other")


def test_who_is_held_to_a_profile_gives_its_scopes_to_none_that_is_not() -> None:
    manager = replace(management_client(OWN, WRITE, "x"), security_profile="fapi2")
    manager.require_may_give(["x"], FAPI2)
    manager.require_may_give(["x"], OAUTH2, to=OWN)
    with pytest.raises(SecurityProfileRequired):
        manager.require_may_give(["x"], OAUTH2, to="acc_other")
    management_client(OWN, WRITE, "x").require_may_give(["x"], OAUTH2)


def test_only_a_console_user_takes_a_profile_away() -> None:
    caller().require_may_relax()
    with pytest.raises(Forbidden, match="security profile"):
        management_client(OWN, *MANAGEMENT_SCOPES).require_may_relax()
