"""The key ring over the real table and KMS, the JWK Set over HTTP, and the functions that change the keys."""

import threading
from collections.abc import Iterator
from typing import Any

import boto3
import jwt
import pytest
from chalice.test import Client
from msgspec import ValidationError

import app
from chalicelib.aws.kms import KmsKeys
from chalicelib.aws.stores.key_schedule_store import DynamoDBKeyScheduleReader, DynamoDBKeyScheduleWriter
from chalicelib.conditional_writes import Superseded
from chalicelib.credentials.identifiers import is_time_ordered_id
from chalicelib.signing_keys import key_schedule
from chalicelib.signing_keys.key_operations import KeyOperations
from chalicelib.signing_keys.key_ring import ScheduledKeyRing
from chalicelib.signing_keys.key_schedule import PUBLISH_AHEAD, SCHEDULE_CACHE, KeyDescription, RotationRefused
from chalicelib.tables import TENANTS
from chalicelib.wiring import Zones, build
from tests.conftest import Clock
from tests.support.api_client import Api
from tests.support.boto3_clients import Boto3Clients

JWKS = "/.well-known/jwks.json"


def name_a_new_key(alias: str = "alias/test", spec: str = "ECC_NIST_P256") -> str:
    """What an operator does to begin a rotation."""
    kms = boto3.client("kms")
    key_id = kms.create_key(KeySpec=spec, KeyUsage="SIGN_VERIFY")["KeyMetadata"]["KeyId"]
    kms.update_alias(AliasName=alias, TargetKeyId=key_id)
    return str(key_id)


@pytest.fixture
def reader(aws: None) -> DynamoDBKeyScheduleReader:
    return DynamoDBKeyScheduleReader(boto3.client("dynamodb"), TENANTS.name)


@pytest.fixture
def writer(aws: None) -> DynamoDBKeyScheduleWriter:
    return DynamoDBKeyScheduleWriter(boto3.client("dynamodb"), TENANTS.name)


@pytest.fixture
def operations(environ: dict[str, str], aws: None, clock: Clock) -> KeyOperations:
    return build(environ, Boto3Clients(), clock=clock).keys.operations


def ring(environ: dict[str, str], clock: Clock) -> ScheduledKeyRing:
    """The key ring of an execution environment that starts now."""
    return build(environ, Boto3Clients(), clock=clock).oauth.key_ring


def test_a_new_deployment_needs_nothing_but_its_first_key(zones: Zones, reader: DynamoDBKeyScheduleReader) -> None:
    assert reader.read() is None
    kid = zones.oauth.key_ring.signing_key().kid
    assert [key.kid for key in zones.oauth.key_ring.verification_keys()] == [kid]
    zones.keys.operations.advance()
    assert [status.kid for status in zones.keys.operations.show()] == [kid]


def test_a_schedule_is_read_as_it_was_written(
    reader: DynamoDBKeyScheduleReader, writer: DynamoDBKeyScheduleWriter
) -> None:
    first = key_schedule.initial(KeyDescription(key_id="arn:a", kid="a", algorithm="ES256"), 1)
    writer.write(None, first)
    assert reader.read() == first
    rotating = key_schedule.rotate(first, KeyDescription(key_id="arn:b", kid="b", algorithm="RS256"), 2)
    writer.write(first, rotating)
    assert reader.read() == rotating
    dropped = key_schedule.drop(rotating, "b", None, 3)
    writer.write(rotating, dropped)
    assert reader.read() == dropped


def test_of_two_writes_on_the_same_schedule_one_is_superseded(
    reader: DynamoDBKeyScheduleReader, writer: DynamoDBKeyScheduleWriter
) -> None:
    first = key_schedule.initial(KeyDescription(key_id="arn:a", kid="a", algorithm="ES256"), 1)
    writer.write(None, first)
    with pytest.raises(Superseded):
        writer.write(None, first)
    b, c = (key_schedule.rotate(first, KeyDescription(key_id=k, kid=k, algorithm="ES256"), 2) for k in "bc")
    writer.write(first, b)
    with pytest.raises(Superseded):
        writer.write(first, c)
    assert reader.read() == b


def test_the_row_of_the_schedule_is_no_tenant(zones: Zones, table_items: Any) -> None:
    zones.keys.operations.advance()
    assert [is_time_ordered_id(item["tenant_id"]["S"]) for item in table_items("tenants")] == [False]
    assert zones.console.sweeper.resume_all(lambda: True) == 0


def test_an_execution_environment_learns_of_a_change_within_the_cache_time_and_not_with_every_request(
    environ: dict[str, str], operations: KeyOperations, clock: Clock
) -> None:
    operations.advance()
    environment = ring(environ, clock)
    before = environment.signing_key().kid
    name_a_new_key()
    operations.advance()
    operations.drop(before)
    clock.advance(SCHEDULE_CACHE - 1)
    assert environment.signing_key().kid == before
    clock.advance(1)
    assert environment.signing_key().kid != before


def test_an_execution_environment_whose_clock_is_set_back_reads_the_schedule_anew(
    environ: dict[str, str], operations: KeyOperations, clock: Clock
) -> None:
    operations.advance()
    environment = ring(environ, clock)
    before = environment.signing_key().kid
    name_a_new_key()
    operations.drop(before)
    clock.advance(-1)
    assert environment.signing_key().kid != before


def test_a_key_that_kms_disabled_leaves_the_others_published(
    environ: dict[str, str], operations: KeyOperations, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    operations.advance()
    name_a_new_key()
    old, new = (status.kid for status in operations.advance())
    real = KmsKeys.public_key
    monkeypatch.setattr(KmsKeys, "public_key", lambda keys, key: None if key.kid == old else real(keys, key))
    assert [key.kid for key in ring(environ, clock).verification_keys()] == [new]


# --- over HTTP --------------------------------------------------------------------------------------------------------


def test_the_key_set_says_how_long_it_may_be_kept(api: Api) -> None:
    answer = api.call("GET", JWKS)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert answer.headers["ETag"].startswith('"')


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other",W/{} ', "*"])
def test_a_key_set_that_has_not_changed_is_not_sent_again(api: Api, form: str) -> None:
    tag = api.call("GET", JWKS).headers["ETag"]
    answer = api.call("GET", JWKS, headers={"If-None-Match": form.format(tag)})
    assert (answer.status, answer.text) == (304, "")
    assert answer.headers["ETag"] == tag
    assert answer.headers["Cache-Control"] == "public, max-age=300"


@pytest.mark.parametrize("form", ['"other"', "", "nonsense", 'W/"'])
def test_another_entity_tag_gets_the_key_set(api: Api, form: str) -> None:
    answer = api.call("GET", JWKS, headers={"If-None-Match": form})
    assert (answer.status, len(answer.json["keys"])) == (200, 1)


def test_a_rotation_changes_the_entity_tag(api: Api) -> None:
    api.zones.keys.operations.advance()
    before = api.call("GET", JWKS)
    name_a_new_key()
    api.restart().keys.operations.advance()
    after = api.call("GET", JWKS, headers={"If-None-Match": before.headers["ETag"]})
    assert (after.status, len(after.json["keys"])) == (200, 2)
    assert all(set(key) <= {"kty", "n", "e", "crv", "x", "y", "kid", "alg", "use"} for key in after.json["keys"])


# --- the functions ----------------------------------------------------------------------------------------------------


@pytest.fixture
def functions(api: Api) -> Iterator[Client]:
    with Client(app.app) as client:
        yield client


def run(functions: Client, **command: Any) -> dict[str, str]:
    answer = functions.lambda_.invoke("signing_keys", command)
    return {status["kid"]: status["stage"] for status in answer.payload}


def test_the_schedule_begins_a_rotation_and_the_operator_sees_it(functions: Client) -> None:
    event = functions.events.generate_cw_event("aws.events", "Scheduled Event", {}, [])
    functions.lambda_.invoke("rotate_signing_keys", event)
    assert list(run(functions, command="show").values()) == ["current"]
    name_a_new_key()
    functions.lambda_.invoke("rotate_signing_keys", event)
    assert list(run(functions, command="show").values()) == ["current", "next"]


def test_an_operator_drops_a_leaked_key_and_its_tokens_are_worth_nothing(functions: Client, api: Api) -> None:
    (leaked,) = run(functions, command="advance")
    credential = api.create()
    token = api.access_token(credential)
    assert api.whoami(token).status == 200
    name_a_new_key()
    stages = run(functions, command="drop", kid=leaked)
    assert list(stages.values()) == ["current"]
    assert leaked not in stages
    api.restart()
    assert api.whoami(token).status == 403
    assert jwt.get_unverified_header(api.access_token(credential))["kid"] in stages


@pytest.mark.parametrize(
    "command",
    [{}, {"command": "erase"}, {"command": "drop"}, {"command": "show", "kid": "x"}, {"command": "drop", "kid": 1}],
)
def test_what_is_no_command_is_refused(functions: Client, command: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        run(functions, **command)


def test_the_last_key_cannot_be_dropped(functions: Client) -> None:
    (only,) = run(functions, command="advance")
    with pytest.raises(RotationRefused, match="no other key"):
        run(functions, command="drop", kid=only)


def test_operators_that_race_for_a_drop_leave_one_key_that_signs(zones: Zones) -> None:
    zones.keys.operations.advance()
    name_a_new_key()
    statuses = zones.keys.operations.advance()
    refused: list[RotationRefused] = []

    def drop(kid: str) -> None:
        try:
            zones.keys.operations.drop(kid)
        except RotationRefused as refusal:
            refused.append(refusal)

    threads = [threading.Thread(target=drop, args=[status.kid]) for status in statuses]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert [status.stage for status in zones.keys.operations.show()] == ["current"]


def test_the_switch_happens_without_anybody_doing_anything(
    environ: dict[str, str], operations: KeyOperations, clock: Clock
) -> None:
    operations.advance()
    name_a_new_key()
    old, new = (status.kid for status in operations.advance())
    environment = ring(environ, clock)
    clock.advance(PUBLISH_AHEAD - 1)
    assert environment.signing_key().kid == old
    clock.advance(1)
    assert environment.signing_key().kid == new
