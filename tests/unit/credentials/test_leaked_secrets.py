"""What happens to a secret that is reported as leaked: what the operator chose, once, and an audit event."""

import secrets
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from chalicelib import tables
from chalicelib.aws.stores.leak_store import DynamoDBLeakWriter, DynamoDBSecretDigestReader
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.credentials.audit_event import AuditEvent
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.leaked_secrets import Consequence, Finding, LeakedSecrets, Reporter
from chalicelib.credentials.new_credential import CredentialRequest, SecretRequest
from chalicelib.credentials.secret_digests import digest_id
from chalicelib.deadline import Deadline, within
from chalicelib.errors import ReportUnfinished, Unavailable
from emulators.dynamodb import DynamoDB, client_error
from tests.support.callers import caller
from tests.support.tenant_lab import ADMIN, NAMES, TenantLab

REPORTER = Reporter(name="GitHub secret scanning", source_ip="192.0.2.9", request_id="request-9")
URL = "https://github.com/acme/app/blob/main/.env"
NEW = CredentialRequest(name="Nightly export")
CONSEQUENCES: tuple[Consequence, ...] = ("tell", "end_secret", "suspend", "revoke")


class Lab(TenantLab):
    """A tenant with one credential, and what handles reports of leaks beside it."""

    def __init__(self, client: DynamoDB) -> None:
        super().__init__(client, count().__next__)
        self.client = client
        self.credential, secret = self.service.create(ADMIN, NEW)
        assert secret is not None
        self.secret = secret

    def leaked(self, consequence: Consequence) -> LeakedSecrets:
        transactions = Transactions(self.client, NAMES, 60, lambda _: None)
        digests = DynamoDBSecretDigestReader(self.client, NAMES[tables.TOKEN_RECORDS], lambda _: None)
        writer = DynamoDBLeakWriter(NAMES, transactions)
        return LeakedSecrets(digests, self.reader, writer, consequence, self._clock)

    def report(self, consequence: Consequence, *found: ClientSecret) -> frozenset[str]:
        findings = [finding(secret) for secret in found or (self.secret,)]
        return self.leaked(consequence).report(findings, REPORTER)

    def now(self) -> Credential:
        return self.service.get(ADMIN, self.credential.client_id)

    def told(self) -> list[AuditEvent]:
        """The events since the credential was made, the oldest first."""
        events = [event for event in self.audit_events() if event.actor.type == "service"]
        return sorted(events, key=lambda event: event.event_id)


def finding(secret: ClientSecret) -> Finding:
    return Finding(secret=secret, source="commit", url=URL)


@pytest.fixture
def lab() -> Lab:
    return Lab(DynamoDB())


def rows(lab: Lab) -> dict[str, Any]:
    return {table.name: lab.client.items(table.name) for table in tables.TABLES}


@pytest.mark.parametrize(
    ("consequence", "status", "remaining", "actions"),
    [
        ("tell", "active", 1, ["secret_leaked"]),
        ("end_secret", "active", 0, ["secret_leaked", "secret_ended"]),
        ("suspend", "suspended", 0, ["secret_leaked", "secret_ended", "suspended"]),
        ("revoke", "revoked", 1, ["secret_leaked", "revoked"]),
    ],
)
def test_what_the_operator_chose_happens_and_is_told(
    lab: Lab, consequence: Consequence, status: str, remaining: int, actions: list[str]
) -> None:
    assert lab.report(consequence) == {digest_id(lab.secret)}
    assert (lab.now().status, len(lab.now().secrets)) == (status, remaining)
    told = lab.told()
    assert [event.action.removeprefix("credential.") for event in told] == actions
    assert told[0].details == {
        "name": "Nightly export",
        "secret_id": lab.secret.secret_id,
        "consequence": consequence,
        "source": "commit",
        "url": URL,
    }
    assert {(event.actor.name, event.source_ip, event.request_id, event.client_id) for event in told} == {
        ("GitHub secret scanning", "192.0.2.9", "request-9", lab.credential.client_id)
    }


@pytest.mark.parametrize("consequence", CONSEQUENCES)
def test_it_happens_once_however_often_it_is_reported(lab: Lab, consequence: Consequence) -> None:
    first = lab.report(consequence)
    after = rows(lab)
    assert lab.report(consequence) == lab.report(consequence, lab.secret, lab.secret) == first
    assert rows(lab) == after


def test_a_resumed_credential_does_not_accept_the_leaked_secret_again(lab: Lab) -> None:
    lab.report("suspend")
    assert lab.changes.resume(ADMIN, lab.credential.client_id).secrets == {}
    lab.report("suspend")
    assert lab.now().status == "active"
    lab.service.add_secret(ADMIN, lab.credential.client_id, SecretRequest())
    assert len(lab.now().secrets) == 1


def test_the_other_secret_stays(lab: Lab) -> None:
    _, second = lab.service.add_secret(ADMIN, lab.credential.client_id, SecretRequest())
    lab.report("end_secret")
    assert list(lab.now().secrets) == [second.secret_id]


def test_what_was_only_told_of_is_done_when_the_operator_wants_more(lab: Lab) -> None:
    lab.report("tell")
    lab.report("end_secret")
    assert lab.now().secrets == {}
    lab.report("tell")
    lab.report("revoke")
    assert lab.now().status == "active"
    assert [event.details.get("consequence") for event in lab.told()] == ["tell", "end_secret", None]


def ended(lab: Lab) -> None:
    lab.service.add_secret(ADMIN, lab.credential.client_id, SecretRequest())
    lab.changes.end_secret(ADMIN, lab.credential.client_id, lab.secret.secret_id)


@pytest.mark.parametrize(
    "happened",
    [
        ended,
        lambda lab: lab.service.revoke(ADMIN, lab.credential.client_id),
        lambda lab: lab.revocations.revoke_all(ADMIN),
    ],
    ids=["ended", "revoked", "all revoked"],
)
@pytest.mark.parametrize("consequence", ["end_secret", "suspend", "revoke"])
def test_a_secret_that_is_good_for_nothing_any_more_is_told_of_and_changes_nothing(
    lab: Lab, consequence: Consequence, happened: Callable[[Lab], None]
) -> None:
    happened(lab)
    before = lab.credentials()
    assert lab.report(consequence) == lab.report(consequence) == {digest_id(lab.secret)}
    assert lab.credentials() == before
    [told] = [event for event in lab.told() if event.action == "credential.secret_leaked"]
    assert told.details["consequence"] == "none"


def test_a_suspended_credential_loses_its_leaked_secret(lab: Lab) -> None:
    lab.changes.suspend(ADMIN, lab.credential.client_id)
    lab.report("suspend")
    assert (lab.now().status, lab.now().secrets, lab.now().suspended_by) == ("suspended", {}, ADMIN.actor)


def test_a_secret_that_is_not_of_this_service_is_not_known(lab: Lab) -> None:
    before = rows(lab)
    assert lab.report("revoke", ClientSecret.generate(secrets.token_bytes)) == frozenset()
    assert rows(lab) == before


def test_another_tenant_sees_nothing_of_it(lab: Lab) -> None:
    stranger = caller("globex")
    theirs, _ = lab.service.create(stranger, NEW)
    lab.report("revoke")
    assert lab.service.get(stranger, theirs.client_id) == theirs
    assert {event.tenant_id for event in lab.told()} == {ADMIN.tenant_id}


def test_a_report_that_comes_in_between_does_it_once(lab: Lab) -> None:
    def report_in_between(call: str) -> None:
        if call == "TransactWriteItems":
            lab.client.before = None
            lab.report("end_secret")

    lab.client.before = report_in_between
    assert lab.report("end_secret") == {digest_id(lab.secret)}
    assert [event.action for event in lab.told()] == ["credential.secret_leaked", "credential.secret_ended"]


def test_an_edit_that_comes_in_between_is_kept(lab: Lab) -> None:
    def edit_in_between(call: str) -> None:
        if call == "TransactWriteItems":
            lab.client.before = None
            lab.service.add_secret(ADMIN, lab.credential.client_id, SecretRequest())

    lab.client.before = edit_in_between
    lab.report("end_secret")
    assert len(lab.now().secrets) == 1
    assert lab.secret.secret_id not in lab.now().secrets


@pytest.mark.parametrize("consequence", CONSEQUENCES)
@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_report_whose_answer_is_lost_is_sent_again_and_done_once(
    lab: Lab, lost: str, consequence: Consequence
) -> None:
    def lose(call: str) -> None:
        if call == "TransactWriteItems":
            setattr(lab.client, lost, None)
            raise client_error("InternalServerError", status=500)

    setattr(lab.client, lost, lose)
    with pytest.raises(ReportUnfinished):
        lab.report(consequence)
    lab.report(consequence)
    again, other = rows(lab), Lab(DynamoDB())
    other.report(consequence)
    assert {name: len(found) for name, found in again.items()} == {
        name: len(all_) for name, all_ in rows(other).items()
    }


def test_one_that_fails_keeps_none_of_the_others_waiting(lab: Lab) -> None:
    others = [lab.service.create(ADMIN, NEW) for _ in range(3)]
    found = [lab.secret, *(secret for _, secret in others if secret is not None)]
    transactions = count()

    def fail_once(call: str) -> None:
        if call == "TransactWriteItems" and next(transactions) == 1:
            raise client_error("InternalServerError", status=500)

    lab.client.before = fail_once
    with pytest.raises(ReportUnfinished):
        lab.report("end_secret", *found)
    assert sum(1 for row in lab.credentials() if row.secrets) == 1
    lab.report("end_secret", *found)
    assert sum(1 for row in lab.credentials() if row.secrets) == 0


def test_when_the_time_is_up_the_rest_is_left_to_the_next_attempt(lab: Lab) -> None:
    """Each attempt begins on one secret at least, so the last one comes to the end."""
    found = [lab.secret, *(lab.service.create(ADMIN, NEW)[1] for _ in range(2))]
    secrets_of_three = [secret for secret in found if secret is not None]
    for left in (2, 1):
        with pytest.raises(ReportUnfinished), within(Deadline(1)):
            lab.report("revoke", *secrets_of_three)
        assert sum(1 for row in lab.credentials() if row.status == "active") == left
    with within(Deadline(1)):
        assert len(lab.report("revoke", *secrets_of_three)) == 3


def test_an_outage_before_anything_was_begun_is_just_that(lab: Lab) -> None:
    def fail(_call: str) -> None:
        raise client_error("InternalServerError", status=500)

    lab.client.before = fail
    with pytest.raises(Unavailable) as refusal:
        lab.report("revoke")
    assert type(refusal.value) is Unavailable


def test_ten_thousand_strangers_and_three_of_ours_cost_a_hundred_reads_and_three_writes(lab: Lab) -> None:
    ours = [lab.secret, *(lab.service.create(ADMIN, NEW)[1] for _ in range(2))]
    found = [secret for secret in ours if secret is not None]
    found += [ClientSecret.generate(secrets.token_bytes) for _ in range(9_997)]
    lab.client.calls.clear()
    assert len(lab.report("end_secret", *found)) == 3
    assert lab.client.calls == {"BatchGetItem": 100 + 3, "TransactWriteItems": 3}
    lab.client.calls.clear()
    lab.report("end_secret", *found)
    assert lab.client.calls == {"BatchGetItem": 100}


def test_ten_thousand_that_were_dealt_with_cost_no_write_again(lab: Lab) -> None:
    found = [ClientSecret.generate(secrets.token_bytes) for _ in range(10_000)]
    known = [
        {"token_id": {"S": digest_id(secret)}, "client_id": {"S": "acc_x"}, "consequence": {"S": "revoke"}}
        for secret in found
    ]
    lab.client.load("token_records", known)
    lab.client.calls.clear()
    assert len(lab.report("end_secret", *found)) == 10_000
    assert lab.client.calls == {"BatchGetItem": 100}


def test_the_secret_is_written_nowhere(lab: Lab) -> None:
    lab.report("suspend")
    assert lab.secret.reveal() not in repr(rows(lab))
    assert lab.secret.reveal() not in repr(finding(lab.secret))
