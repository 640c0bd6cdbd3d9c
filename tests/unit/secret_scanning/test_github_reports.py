"""GitHub's reports: signed by its key, answered with what each match is, and not answered again for ever."""

import base64
import hashlib
import json
import secrets
from collections.abc import Sequence
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature, encode_dss_signature
from msgspec.structs import replace

from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.leaked_secrets import Finding, Reporter
from chalicelib.credentials.secret_digests import digest_id
from chalicelib.errors import InvalidRequest, ReportNotSigned, ReportRepeated, ReportTooLarge, ReportUnfinished
from chalicelib.secret_scanning.github_keys import github_keys
from chalicelib.secret_scanning.github_reports import MOST_MATCHES, REPEATABLE, GithubReports
from chalicelib.secret_scanning.signed_report import Feedback, Match, SignedReport
from tests.support.clocks import Clock
from tests.support.github import IDENTIFIER, TYPE, URL, Github, report_of, signature_by

REPORTER = Reporter(name="GitHub secret scanning", source_ip="", request_id="")
OURS, STRANGERS = (ClientSecret.generate(secrets.token_bytes) for _ in range(2))
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class Leaked:
    """Knows OURS alone; raises ``error`` instead, where there is one."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.error: Exception | None = None

    def report(self, findings: Sequence[Finding], _reporter: Reporter) -> frozenset[str]:
        if self.error is not None:
            raise self.error
        self.findings += findings
        return frozenset({digest_id(finding.secret) for finding in findings} & {digest_id(OURS)})


class AnsweredInMemory:
    """Implements ``secret_scanning.github_reports.AnsweredReports``."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}

    def first_answer(self, report_id: str) -> int | None:
        return self.first.get(report_id)

    def add(self, report_id: str, now: int, until: int) -> None:
        assert until > now + REPEATABLE
        self.first.setdefault(report_id, now)


class Lab:
    def __init__(self, github: Github, clock: Clock) -> None:
        self.github, self.clock = github, clock
        self.leaked, self.answered = Leaked(), AnsweredInMemory()
        keys = github_keys(github.keys_url)
        self.reports = GithubReports(keys, self.answered, self.leaked.report, TYPE, clock)

    def signed(self, body: bytes) -> SignedReport:
        signature = signature_by(self.github.keys[IDENTIFIER], body)
        return SignedReport(key_identifier=IDENTIFIER, signature=signature, body=body, reporter=REPORTER)

    def handle(self, body: bytes) -> list[tuple[str, str]]:
        return [(answer.token_hash, answer.label) for answer in self.reports.handle(self.signed(body))]


@pytest.fixture
def lab(github: Github, clock: Clock) -> Lab:
    return Lab(github, clock)


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def test_each_match_is_answered_with_what_it_is(lab: Lab) -> None:
    tokens = [OURS.reveal(), STRANGERS.reveal(), OURS.reveal()[:-1], "naïve", ""]
    assert lab.handle(report_of(*tokens)) == [
        (hashed(token), "true_positive" if token == OURS.reveal() else "false_positive") for token in tokens
    ]
    assert [finding.secret.reveal() for finding in lab.leaked.findings] == tokens[:2]


def test_what_is_told_on_is_where_it_was_found(lab: Lab) -> None:
    lab.handle(report_of(OURS.reveal(), url=f"{URL}?token={OURS.reveal()}", source="Pull_request_title"))
    [finding] = lab.leaked.findings
    assert (finding.source, finding.url) == ("pull_request_title", "https://github.com/…")


def test_a_match_may_have_no_place_and_members_of_a_time_to_come(lab: Lab) -> None:
    lab.handle(json.dumps([{"token": OURS.reveal(), "type": TYPE, "severity": 9}]).encode())
    [finding] = lab.leaked.findings
    assert (finding.source, finding.url) == ("unknown", "")


def test_matches_of_another_type_are_not_judged(lab: Lab) -> None:
    assert lab.handle(report_of(OURS.reveal(), type="another")) == []
    assert lab.leaked.findings == []


def forged(report: SignedReport, **changed: Any) -> SignedReport:
    return replace(report, **changed)


@pytest.mark.parametrize(
    "changed",
    [
        {"body": report_of(STRANGERS.reveal())},
        {"body": report_of(OURS.reveal()) + b" "},
        {"key_identifier": "0" * 64},
        {"key_identifier": ""},
        {"key_identifier": "0" * 10_000},
        {"signature": ""},
        {"signature": "not base64"},
        {"signature": base64.b64encode(b"not DER").decode()},
        {"signature": base64.b64encode(encode_dss_signature(2**300, 1)).decode()},
        {"signature": signature_by(generate_private_key(SECP256R1()), report_of(OURS.reveal()))},
    ],
    ids=[
        "another body",
        "a space more",
        "an unknown key",
        "no key",
        "a long identifier",
        "no signature",
        "not base64",
        "not DER",
        "no numbers of P-256",
        "another's signature",
    ],
)
def test_what_github_has_not_signed_is_refused(lab: Lab, changed: dict[str, Any]) -> None:
    with pytest.raises(ReportNotSigned):
        lab.reports.handle(forged(lab.signed(report_of(OURS.reveal())), **changed))
    assert (lab.leaked.findings, lab.answered.first) == ([], {})


def test_a_signature_by_a_rotated_key_is_accepted_once_it_is_published(lab: Lab) -> None:
    old = lab.signed(report_of(OURS.reveal()))
    lab.github.keys["next"] = generate_private_key(SECP256R1())
    body = report_of(STRANGERS.reveal())
    by_next = replace(lab.signed(body), key_identifier="next", signature=signature_by(lab.github.keys["next"], body))
    assert lab.reports.handle(old)
    assert lab.reports.handle(by_next)


def test_the_same_report_is_answered_again_for_an_hour_and_then_refused(lab: Lab) -> None:
    report = lab.signed(report_of(OURS.reveal()))
    first = lab.reports.handle(report)
    lab.clock.advance(REPEATABLE)
    assert lab.reports.handle(report) == first
    lab.clock.advance(1)
    with pytest.raises(ReportRepeated):
        lab.reports.handle(report)


def test_another_spelling_of_a_signature_is_the_same_report(lab: Lab) -> None:
    """(r, n - s) verifies, too, and anybody can make it of (r, s)."""
    report = lab.signed(report_of(OURS.reveal()))
    lab.reports.handle(report)
    r, s = decode_dss_signature(base64.b64decode(report.signature))
    twin = replace(report, signature=base64.b64encode(encode_dss_signature(r, P256_ORDER - s)).decode())
    lab.reports.handle(twin)
    assert len(lab.answered.first) == 1
    lab.clock.advance(REPEATABLE + 1)
    with pytest.raises(ReportRepeated):
        lab.reports.handle(twin)


def test_github_may_report_the_same_anew(lab: Lab) -> None:
    body = report_of(OURS.reveal())
    lab.handle(body)
    lab.clock.advance(REPEATABLE + 1)
    assert lab.handle(body) == [(hashed(OURS.reveal()), "true_positive")]


def test_a_report_that_was_not_dealt_with_to_its_end_is_taken_however_late_it_is_sent_again(lab: Lab) -> None:
    report = lab.signed(report_of(OURS.reveal()))
    lab.leaked.error = ReportUnfinished()
    with pytest.raises(ReportUnfinished):
        lab.reports.handle(report)
    lab.leaked.error = None
    lab.clock.advance(86_400)
    assert [answer.label for answer in lab.reports.handle(report)] == ["true_positive"]


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[7]", b'[{"token": 7}]', b"[" * 100_000, b"\xff", b'["accs_"]'], ids=repr
)
def test_what_is_no_list_of_matches_is_told_so(lab: Lab, body: bytes) -> None:
    with pytest.raises(InvalidRequest):
        lab.handle(body)


def test_a_report_of_more_matches_than_an_answer_has_room_for_is_refused(lab: Lab) -> None:
    body = json.dumps([{"token": "", "type": TYPE}] * (MOST_MATCHES + 1)).encode()
    with pytest.raises(ReportTooLarge):
        lab.handle(body)


def test_ten_thousand_malformed_matches_ask_nobody(lab: Lab) -> None:
    body = report_of(*["accs_" + "0" * 55] * 10_000)
    assert len(lab.handle(body)) == 10_000
    assert lab.leaked.findings == []


def test_neither_a_report_nor_its_matches_nor_the_answer_show_a_secret(lab: Lab) -> None:
    report = lab.signed(report_of(OURS.reveal()))
    shown = repr([report, Match(token=OURS.reveal(), type=TYPE), lab.reports.handle(report), Feedback])
    assert OURS.reveal() not in shown
