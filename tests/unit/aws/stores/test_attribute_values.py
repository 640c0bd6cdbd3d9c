"""Records as DynamoDB's JSON has them."""

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from chalicelib.aws.stores.attribute_values import from_item, to_item, to_value
from chalicelib.credentials.credential import Credential, StoredSecret
from chalicelib.credentials.tenant import Revocation, Sweep, Tenant
from tests.support.credentials import ADA, CREDENTIAL, TENANT


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("", {"S": ""}),
        (-1, {"N": "-1"}),
        (10**20, {"N": "100000000000000000000"}),
        (True, {"BOOL": True}),
        (None, {"NULL": True}),
        ({1: "a"}, {"M": {"1": {"S": "a"}}}),
        (("a", 1), {"L": [{"S": "a"}, {"N": "1"}]}),
        (ADA, {"M": {"subject": {"S": "ada"}, "name": {"S": "Ada Admin"}, "type": {"S": "console_user"}}}),
    ],
)
def test_each_kind_of_value_has_its_type(value: object, written: Any) -> None:
    assert to_value(value) == written


@pytest.mark.parametrize("value", [1.5, {1, 2}, 1j])
def test_a_value_of_another_kind_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        to_value(value)


def test_a_credential_is_read_as_it_was_written() -> None:
    secret = StoredSecret(hash="h", hint="abcd", created_at=1, expires_at=2)
    full = replace(CREDENTIAL, secrets={"s": secret}, expires_at=3, revoked_by=ADA, revoked_at=4, revocation_id="r")
    for credential in (CREDENTIAL, full):
        assert from_item(to_item(credential), Credential) == credential


def test_a_tenant_is_read_as_it_was_written() -> None:
    revocation = Revocation(revocation_id="r", revoked_by=ADA, fenced_at=1)
    swept = replace(TENANT, revocations={2: revocation}, sweep=Sweep(through=2, cursor="", swept={2: 1}))
    for tenant in (TENANT, swept):
        assert from_item(to_item(tenant), Tenant) == tenant


def test_what_is_not_set_takes_no_room_in_the_row() -> None:
    assert not {"expires_at", "revoked_by", "keys"} & to_item(CREDENTIAL).keys()


def test_an_attribute_of_a_later_release_is_ignored() -> None:
    assert from_item(to_item(CREDENTIAL) | {"later": {"S": "x"}}, Credential) == CREDENTIAL


def test_a_row_without_a_field_is_no_record() -> None:
    item = to_item(CREDENTIAL)
    del item["name"]
    with pytest.raises(msgspec.ValidationError):
        from_item(item, Credential)


def test_an_attribute_of_a_type_that_we_do_not_write_is_refused() -> None:
    with pytest.raises(TypeError):
        from_item({"name": {"B": b"x"}}, Credential)
