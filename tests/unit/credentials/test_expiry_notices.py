"""Credentials that end soon are told of once each, over DynamoDB in memory."""

import secrets
from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib import tables
from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.audit_event_reader import DynamoDBAuditEventReader
from chalicelib.aws.stores.credential_reader import DynamoDBCredentialReader
from chalicelib.aws.stores.credential_rows import to_row
from chalicelib.aws.stores.expiry_notice_store import DynamoDBCredentialDirectory, DynamoDBNoticeWriter
from chalicelib.aws.stores.token_record_store import DynamoDBIdempotencyRecords
from chalicelib.aws.stores.transactions import Transactions
from chalicelib.credentials.credential import Credential
from chalicelib.credentials.expiry_notices import ExpiryNotices, NoticesFailed
from chalicelib.credentials.identifiers import client_id
from emulators.dynamodb import DynamoDB, client_error
from tests.support.credentials import ADA, CREDENTIAL, NOW, TENANT
from tests.support.tenant_lab import NAMES

DAY, HOUR = 86_400, 3_600


class Notices:
    """The credentials of one tenant, and the notices of them as time goes by."""

    def __init__(self, days: tuple[int, ...] = (14, 3, 1)) -> None:
        self.client = DynamoDB()
        self.client.load("tenants", [to_item(TENANT)])
        self.now = float(NOW)
        names, clock = NAMES, self.clock
        transactions = Transactions(self.client, names, DAY, lambda _: None)
        self.notices = ExpiryNotices(
            DynamoDBCredentialDirectory(self.client, names[tables.CREDENTIALS]),
            DynamoDBCredentialReader(self.client, names, lambda _: None),
            DynamoDBIdempotencyRecords(self.client, names[tables.TOKEN_RECORDS], clock),
            DynamoDBNoticeWriter(transactions),
            days,
            clock,
            secrets.token_bytes,
        )

    def clock(self) -> float:
        return self.now

    def put(self, number: int, **members: Any) -> Credential:
        made = client_id(CREDENTIAL.tenant_id, NOW + number, bytes)
        credential = replace(CREDENTIAL, client_id=made, name=f"Program {number}", **members)
        self.client.load("credentials", [to_row(credential)])
        return credential

    def run(self, has_time: Callable[[], bool] = lambda: True) -> int:
        return self.notices.tell(has_time)

    def run_for(self, days: float, every: int = 6 * HOUR) -> None:
        for _ in range(int(days * DAY / every)):
            self.run()
            self.now += every

    def told(self) -> list[tuple[str, int]]:
        """The name and the days ahead, the earliest first."""
        events = DynamoDBAuditEventReader(self.client, "audit_events").newest_first(TENANT.tenant_id, None, 1000).rows
        assert all(event.action == "credential.expiring" for event in events)
        return [(str(event.details["name"]), int(str(event.details["days_ahead"]))) for event in events][::-1]


@pytest.fixture
def notices() -> Notices:
    return Notices()


def test_each_notice_comes_once_and_at_most_one_run_late(notices: Notices) -> None:
    end = NOW + 20 * DAY + 5 * HOUR
    credential = notices.put(0, expires_at=end)
    notices.run_for(25)
    assert notices.told() == [("Program 0", 14), ("Program 0", 3), ("Program 0", 1)]
    events = DynamoDBAuditEventReader(notices.client, "audit_events").newest_first(TENANT.tenant_id, None, 9).rows
    for event in events:
        assert event.client_id == credential.client_id
        assert event.details["expires_at"] == end
        assert 0 <= event.at - (end - int(str(event.details["days_ahead"])) * DAY) < 6 * HOUR


def test_one_that_has_less_time_left_is_not_told_of_as_if_it_had_more(notices: Notices) -> None:
    notices.put(0, expires_at=NOW + 2 * DAY + HOUR)
    notices.put(1, expires_at=NOW + 5 * DAY)
    assert notices.run() == 1
    assert notices.told() == [("Program 0", 3)]


@pytest.mark.parametrize(
    "members",
    [
        {"expires_at": None},
        {"expires_at": NOW},
        {"expires_at": NOW + DAY, "status": "revoked", "revoked_at": NOW},
        {"expires_at": NOW + DAY, "status": "revoked"},
        {"expires_at": NOW + DAY, "suspended_at": NOW, "suspended_by": ADA},
        {"expires_at": NOW + DAY, "generation": 0},
    ],
    ids=str,
)
def test_what_is_over_or_suspended_or_has_no_end_is_not_told_of(notices: Notices, members: dict[str, Any]) -> None:
    notices.put(0, **members)
    assert notices.run() == 0
    assert notices.told() == []


def test_another_expiry_is_told_of_anew(notices: Notices) -> None:
    notices.put(0, expires_at=NOW + DAY)
    assert notices.run() == 1
    notices.put(0, expires_at=NOW + 3 * DAY)
    notices.now += 1
    assert notices.run() == 1
    assert notices.told() == [("Program 0", 1), ("Program 0", 3)]


@pytest.mark.parametrize("after", [True, False])
def test_a_run_that_is_cut_off_at_any_call_is_taken_up_by_the_next(after: bool) -> None:
    cut_off_at = 0
    while True:
        notices = Notices()
        for number in range(3):
            notices.put(number, expires_at=NOW + DAY - number)
        calls = 0

        def cut_off(_call: str, limit: int = cut_off_at) -> None:
            nonlocal calls
            calls += 1
            if calls > limit:
                raise client_error("InternalServerError", status=500)

        setattr(notices.client, "after" if after else "before", cut_off)
        try:
            notices.run()
            whole = True
        except Exception:  # noqa: BLE001  (whatever it is, the next run goes on)
            whole = False
        notices.client.before = notices.client.after = None
        notices.run()
        assert sorted(notices.told()) == [("Program 0", 1), ("Program 1", 1), ("Program 2", 1)], cut_off_at
        if whole:
            return
        cut_off_at += 1


def test_one_that_fails_keeps_none_of_the_others_waiting(notices: Notices) -> None:
    for number in range(3):
        notices.put(number, expires_at=NOW + DAY)
    failing = iter([True])

    def fail_once(call: str) -> None:
        if call == "BatchGetItem" and next(failing, False):
            raise client_error("InternalServerError", status=500)

    notices.client.before = fail_once
    with pytest.raises(NoticesFailed):
        notices.run()
    assert len(notices.told()) == 2


def test_two_runs_at_once_tell_once(notices: Notices) -> None:
    notices.put(0, expires_at=NOW + DAY)
    other = iter([True])

    def run_another(call: str) -> None:
        if call == "TransactWriteItems" and next(other, False):
            notices.run()

    notices.client.before = run_another
    notices.run()
    assert notices.told() == [("Program 0", 1)]


def test_a_run_without_time_fails_so_that_somebody_hears_of_it(notices: Notices) -> None:
    notices.put(0, expires_at=NOW + DAY)
    with pytest.raises(NoticesFailed):
        notices.run(lambda: False)
    assert notices.told() == []


def test_notices_that_are_off_cost_nothing() -> None:
    notices = Notices(days=())
    notices.put(0, expires_at=NOW + DAY)
    assert notices.run() == 0
    assert not notices.client.calls


def test_a_run_reads_the_table_once_and_writes_for_what_is_due_alone(notices: Notices) -> None:
    for number in range(50):
        notices.put(number, expires_at=NOW + 100 * DAY)
    notices.put(50, expires_at=NOW + DAY)
    notices.run()
    assert notices.client.calls == {"Scan": 1, "BatchGetItem": 1, "GetItem": 1, "TransactWriteItems": 1}
    notices.client.calls.clear()
    notices.run()
    assert notices.client.calls == {"Scan": 1, "BatchGetItem": 1, "GetItem": 1}
