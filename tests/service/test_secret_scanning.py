"""GitHub's reports of leaked secrets, over HTTP."""

import hashlib
import json

import pytest

from tests.support.api_client import Answer, Api
from tests.support.github import IDENTIFIER, TYPE, URL, Github, report_of

PATH = "/leaked-secrets/github"


@pytest.fixture
def partner(api: Api, github: Github) -> Api:
    """The service of a vendor that takes part in GitHub's program."""
    api.restart(GITHUB_SECRET_TYPE=TYPE, GITHUB_KEYS_URL=github.keys_url)
    return api


def send(api: Api, github: Github, body: bytes, **changed: str) -> Answer:
    return api.call("POST", PATH, headers=github.signed(body) | changed, body=body)


def test_a_report_ends_the_secret_tells_its_tenant_and_gets_feedback(partner: Api, github: Github) -> None:
    credential, token = partner.create(), "accs_" + "0" * 55
    answer = send(partner, github, report_of(credential["client_secret"], token))
    assert (answer.status, answer.json) == (
        200,
        [
            {
                "token_hash": hashlib.sha256(text.encode()).hexdigest(),
                "token_type": TYPE,
                "label": label,
            }
            for text, label in ((credential["client_secret"], "true_positive"), (token, "false_positive"))
        ],
    )
    assert partner.exchange(credential).status == 401
    [event] = partner.console("GET", "/v1/audit-events?action=credential.secret_leaked").json["audit_events"]
    assert event["actor"] == {"type": "service", "subject": "", "name": "GitHub secret scanning"}
    assert (event["details"]["source"], event["details"]["url"]) == ("content", URL)
    assert partner.console("GET", "/v1/audit-events", tenant="globex").json["audit_events"] == []


def test_a_repeated_report_is_answered_the_same_and_then_refused(partner: Api, github: Github) -> None:
    body = report_of(partner.create()["client_secret"])
    headers = github.signed(body)
    first = partner.call("POST", PATH, headers=headers, body=body)
    assert partner.call("POST", PATH, headers=headers, body=body).json == first.json
    partner.clock.shift += 3700
    late = partner.call("POST", PATH, headers=headers, body=body)
    assert (late.status, late.json["type"]) == (409, "urn:problem-type:report_repeated")


def test_what_is_not_signed_by_github_changes_nothing(partner: Api, github: Github) -> None:
    credential = partner.create()
    body, other = report_of(credential["client_secret"]), report_of("x")
    unsigned = partner.call("POST", PATH, headers={"Content-Type": "application/json"}, body=body)
    swapped = partner.call("POST", PATH, headers=github.signed(other), body=body)
    unknown = send(partner, github, body, **{"Github-Public-Key-Identifier": "f" * 64})
    assert [answer.status for answer in (unsigned, swapped, unknown)] == [403] * 3
    assert partner.exchange(credential).status == 200


def test_github_s_outage_is_503(partner: Api, github: Github) -> None:
    github.status = 500
    answer = send(partner, github, report_of("x"))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


def test_it_is_off_unless_the_type_is_named(api: Api, github: Github) -> None:
    credential = api.create()
    answer = send(api, github, report_of(credential["client_secret"]))
    assert (answer.status, answer.json["type"]) == (404, "urn:problem-type:reports_not_taken")
    assert (api.exchange(credential).status, github.fetches) == (200, 0)


def test_a_body_that_is_too_large_is_refused_unread(partner: Api, github: Github) -> None:
    answer = partner.call("POST", PATH, headers=github.signed(b""), body=b" " * 5_000_001)
    assert (answer.status, answer.json["type"], github.fetches) == (413, "urn:problem-type:report_too_large", 0)


def test_a_report_of_ten_thousand_has_room_in_a_request_and_in_its_answer(partner: Api, github: Github) -> None:
    """Lambda takes and answers 6 MB, with the body as a string in JSON."""
    credential = partner.create()
    body = report_of(credential["client_secret"], *(f"accs_{number:055}" for number in range(9_999)))
    answer = send(partner, github, body)
    assert [match["label"] for match in answer.json].count("true_positive") == 1
    assert len(json.dumps(body.decode())) < 6_000_000
    assert len(json.dumps(answer.text)) < 6_000_000
    assert partner.exchange(credential).status == 401


def test_no_secret_is_logged_answered_or_kept(partner: Api, github: Github, capfd: pytest.CaptureFixture[str]) -> None:
    secret = partner.create()["client_secret"]
    partner.answers.clear()
    body = report_of(secret, url=f"https://example.com/{secret}")
    send(partner, github, body)
    send(partner, github, body, **{"Github-Public-Key-Identifier": IDENTIFIER[::-1]})
    events = partner.console("GET", "/v1/audit-events").text
    assert secret not in "".join([*capfd.readouterr(), *partner.answers, events])
