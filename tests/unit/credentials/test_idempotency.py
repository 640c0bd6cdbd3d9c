"""A retry after every unknown outcome ends in the state that one call would have made, audit trail included."""

import threading
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from chalicelib.credentials.idempotency import REMEMBERED, idempotency_record, made_before
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.errors import AlreadyCreated, IdempotencyKeyReused, Unavailable
from emulators.dynamodb import DynamoDB, client_error
from tests.support.tenant_lab import ADMIN, TenantLab

NEW = CredentialRequest(name="x")
LOST = client_error("InternalServerError", status=500)
Request = Callable[[TenantLab, str], object]


def create(lab: TenantLab, _client_id: str) -> object:
    return lab.service.create(ADMIN, NEW, "key")


def add_secret(lab: TenantLab, client_id: str) -> object:
    return lab.service.add_secret(ADMIN, client_id, SecretRequest(), "key")


def revoke_all(lab: TenantLab, _client_id: str) -> object:
    return lab.revocations.revoke_all(ADMIN, "key")


def revoke(lab: TenantLab, client_id: str) -> object:
    return lab.service.revoke(ADMIN, client_id)


def lab_with_one(client: DynamoDB) -> tuple[TenantLab, str]:
    lab = TenantLab(client, count().__next__)
    return lab, lab.service.create(ADMIN, CredentialRequest(name="there before"))[0].client_id


def state(client: DynamoDB) -> object:
    """What the tables say, but for ids and times."""
    (tenant,) = client.items("tenants")
    return (
        sorted((row["name"]["S"], row["status"]["S"], len(row["secrets"]["M"])) for row in client.items("credentials")),
        tenant["generation"],
        tenant["active_counts"],
        len(tenant["revocations"]["M"]),
        "sweep" in tenant,
        sorted(item["action"]["S"] for item in client.items("audit_events")),
        len(client.items("token_records")),
    )


def failing(client: DynamoDB, position: int) -> Callable[[str], None]:
    """A hook that fails the call at this position from now on."""
    calls = count(-position)

    def fail(_call: str) -> None:
        if next(calls) == 0:
            raise LOST

    return fail


@pytest.mark.parametrize("hook", ["before", "after"])
@pytest.mark.parametrize("position", range(8))
@pytest.mark.parametrize("request_", [create, add_secret, revoke_all, revoke])
def test_a_retry_ends_in_the_state_that_one_call_would_have_made(request_: Request, position: int, hook: str) -> None:
    undisturbed, client = DynamoDB(), DynamoDB()
    request_(*lab_with_one(undisturbed))
    lab, client_id = lab_with_one(client)
    setattr(client, hook, failing(client, position))
    try:
        request_(lab, client_id)
    except Unavailable:
        setattr(client, hook, None)
        try:
            request_(lab, client_id)
        except AlreadyCreated as refusal:
            assert refusal.made["client_id"] in {row.client_id for row in lab.credentials()}  # noqa: PT017
    setattr(client, hook, None)
    lab.sweep()
    assert state(client) == state(undisturbed)


def test_of_many_at_once_under_one_key_one_is_carried_out() -> None:
    client = DynamoDB()
    labs = [TenantLab(client, count().__next__, environment=number) for number in range(8)]
    outcomes: list[str] = []

    def run(lab: TenantLab) -> None:
        try:
            outcomes.append(lab.service.create(ADMIN, NEW, "key")[0].client_id)
        except AlreadyCreated as refusal:
            outcomes.append(refusal.made["client_id"])

    threads = [threading.Thread(target=run, args=(lab,)) for lab in labs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 8
    assert set(outcomes) == {row["client_id"]["S"] for row in client.items("credentials")}
    assert len(set(outcomes)) == 1


def test_a_request_without_a_key_reads_no_record_and_leaves_none() -> None:
    client = DynamoDB()
    TenantLab(client, count().__next__).create()
    assert client.calls["GetItem"] == 0
    rows = client.items("token_records")
    assert not any(row["token_id"]["S"].startswith("idempotency:") for row in rows)


class Records:
    def __init__(self, record: Any) -> None:
        self._record = record

    def read(self, token_id: str) -> Any:
        return self._record if token_id == self._record.token_id else None


def test_a_record_is_found_by_tenant_operation_credential_and_key_and_holds_the_body() -> None:
    first = idempotency_record(ADMIN, "create", "k", "made", 10.5, body=NEW)
    assert first is not None
    assert (first.made, first.expires_at) == ("made", 10 + REMEMBERED)
    records = Records(first)
    assert made_before(records, idempotency_record(ADMIN, "create", "k", "other", 20, body=NEW)) == "made"
    assert made_before(records, idempotency_record(ADMIN, "create", "k2", "other", 20, body=NEW)) is None
    assert made_before(records, idempotency_record(ADMIN, "revoke_all", "k", "other", 20)) is None
    assert made_before(records, idempotency_record(ADMIN, "create", "k", "o", 20, client_id="c", body=NEW)) is None
    assert made_before(records, idempotency_record(ADMIN, "create", None, "other", 20, body=NEW)) is None
    with pytest.raises(IdempotencyKeyReused):
        made_before(
            records, idempotency_record(ADMIN, "create", "k", "other", 20, body=CredentialRequest(name="another"))
        )
