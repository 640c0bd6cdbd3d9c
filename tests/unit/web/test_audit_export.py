"""The audit trail is exported in pieces of whole lines."""

import json
from urllib.parse import parse_qs, urlsplit

from chalicelib.aws.stores.attribute_values import to_item
from chalicelib.aws.stores.audit_event_reader import DynamoDBAuditEventReader
from chalicelib.credentials.audit_event import audit_event
from chalicelib.credentials.audit_trail import AuditFilter, AuditTrail
from chalicelib.web import audit_export
from chalicelib.web.audit_export import LARGEST_PIECE
from emulators.dynamodb import DynamoDB
from tests.support.callers import caller

ADA, NOW, ISSUER = caller(), 1_800_000_000, "https://credentials.example.com"


def trail_of(events: int, text: str) -> AuditTrail:
    client = DynamoDB()
    for number in range(events):
        event = audit_event(ADA, "credential.edited", NOW + number, bytes, details={"name": f"{number} {text}"})
        client.load("audit_events", [to_item(event)])
    return AuditTrail(DynamoDBAuditEventReader(client, "audit_events"))


def test_the_pieces_have_every_event_once_in_whole_lines() -> None:
    trail = trail_of(900, "x" * 4000)
    numbers: list[int] = []
    sizes: list[int] = []
    cursor = None
    while True:
        piece = audit_export.piece(trail, ADA, AuditFilter(), cursor, ISSUER)
        assert piece.body.endswith("\n")
        sizes.append(len(piece.body.encode()))
        numbers += [int(json.loads(line)["details"]["name"].split()[0]) for line in piece.body.splitlines()]
        if "Link" not in piece.headers:
            break
        target, _, relation = str(piece.headers["Link"]).partition("; ")
        assert relation == 'rel="next"'
        [cursor] = parse_qs(urlsplit(target.strip("<>")).query)["cursor"]
    assert numbers == list(range(900))[::-1]
    assert len(sizes) >= 3
    assert max(sizes) <= LARGEST_PIECE


def test_the_link_goes_on_with_the_same_filter() -> None:
    wanted = AuditFilter(action="credential.edited", actor=ADA.subject, since=NOW + 1, until=NOW + 5000)
    first = audit_export.piece(trail_of(2000, ""), ADA, wanted, None, ISSUER)
    url = urlsplit(str(first.headers["Link"]).partition(">")[0].lstrip("<"))
    assert f"{url.scheme}://{url.netloc}{url.path}" == f"{ISSUER}/v1/audit-events"
    query = {name: value for name, [value] in parse_qs(url.query).items()}
    assert query.pop("cursor")
    assert query == {
        "action": "credential.edited",
        "actor": ADA.subject,
        "since": "2027-01-15T08:00:01Z",
        "until": "2027-01-15T09:23:20Z",
    }


def test_an_export_without_an_event_is_empty() -> None:
    piece = audit_export.piece(trail_of(0, ""), ADA, AuditFilter(), None, ISSUER)
    assert (piece.body, piece.headers["Content-Type"], "Link" in piece.headers) == ("", "application/jsonl", False)
