"""The rules of a new credential."""

from datetime import datetime, timezone
from typing import Any

import msgspec
import pytest

from chalicelib.clock import LAST_SECOND
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest, faults_of
from chalicelib.security_profiles import OAUTH2
from chalicelib.settings import LONGEST_SCOPE

NOW = 1_800_000_000
SCOPES = {"orders:read", "orders:write"}


def pointers(**fields: Any) -> list[str]:
    return [
        fault.pointer
        for fault in faults_of(CredentialRequest(**{"name": "x", **fields}), SCOPES, NOW, LAST_SECOND, OAUTH2)
    ]


@pytest.mark.parametrize("name", ["x", " x ", "Überblick 集計 🔑", "\u00e1", "עברית", "می\u200cخواهم", "👩\u200d💻"])
def test_a_name_may_be_in_any_script(name: str) -> None:
    assert pointers(name=name) == []


@pytest.mark.parametrize(
    "name", ["   ", "two\nlines", "\x00", "\x7f", "\u2028", "\u2029", "\ud800", "a\u202eb", "\u2066"]
)
def test_a_name_that_deceives_its_reader_is_refused(name: str) -> None:
    assert set(pointers(name=name)) == {"/name"}


def test_each_unknown_scope_is_named() -> None:
    assert pointers(scopes=("nope", "orders:read", "")) == ["/scopes/0", "/scopes/2"]
    assert pointers(scopes=()) == []


def test_scopes_that_no_header_would_carry_are_refused() -> None:
    most = "x" * LONGEST_SCOPE
    assert [
        fault.pointer
        for fault in faults_of(CredentialRequest(name="x", scopes=(most,)), {most}, NOW, LAST_SECOND, OAUTH2)
    ] == []
    assert pointers(scopes=("orders:read",) * (LONGEST_SCOPE // len("orders:read") + 1)) == ["/scopes"]


@pytest.mark.parametrize(("at", "faults"), [(NOW - 1, ["/expires_at"]), (NOW, ["/expires_at"]), (NOW + 1, [])])
def test_a_credential_cannot_be_made_expired(at: int, faults: list[str]) -> None:
    assert pointers(expires_at=datetime.fromtimestamp(at, timezone.utc)) == faults


@pytest.mark.parametrize(
    ("method", "jwks", "faults"),
    [
        (None, None, []),
        ("client_secret_basic", None, []),
        ("private_key_jwt", {}, []),
        (None, {}, []),
        ("private_key_jwt", None, ["/jwks"]),
        ("client_secret_post", {}, ["/token_endpoint_auth_method"]),
    ],
)
def test_a_method_and_keys_go_together(method: str | None, jwks: dict[str, Any] | None, faults: list[str]) -> None:
    assert pointers(token_endpoint_auth_method=method, jwks=jwks) == faults


@pytest.mark.parametrize(("seconds", "good"), [(-1, False), (0, True), (2_592_000, True), (2_592_001, False)])
def test_an_overlap_lasts_thirty_days_at_most(seconds: int, good: bool) -> None:
    try:
        read = msgspec.convert({"overlap_seconds": seconds}, SecretRequest).overlap_seconds
    except msgspec.ValidationError:
        read = None
    assert read == (seconds if good else None)


def test_an_overlap_lasts_a_day_unless_it_is_said() -> None:
    assert SecretRequest().overlap_seconds == 86_400
