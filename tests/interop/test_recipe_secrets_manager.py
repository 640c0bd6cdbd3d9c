"""The recipe that rotates a client secret in AWS Secrets Manager: each step, each fault, and twice at once."""

import contextlib
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import boto3
import pytest
import rotate_client_secret
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rotate_client_secret import TRIES, Login, RotationFailed, Service
from samtranslator.yaml_helper import yaml_parse

from deploy.stages import PROJECT
from emulators.http_server import HttpServer, Request, Response
from tests.support.api_client import Api
from tests.support.rotating_secrets import FAULTS, STEPS, Died, Fault, World

TEMPLATE = PROJECT / "docs" / "recipes" / "secrets_manager" / "template.yaml"
MODES = pytest.mark.parametrize("end_previous", [False, True], ids=["keeping the former", "ending the former"])


@pytest.fixture
def world(api: Api) -> World:
    return World(api)


# --- one rotation -----------------------------------------------------------------------------------------------------


def test_a_rotation_stores_a_new_secret_and_the_former_works_until_the_next(world: World) -> None:
    first = world.secrets.value(world.arn)
    world.rotate()
    second = world.secrets.value(world.arn)
    assert first
    assert second
    assert (second["client_id"], second["owner"]) == (first["client_id"], "payroll")
    assert second["client_secret"] != first["client_secret"]
    assert world.secrets.value(world.arn, "AWSPREVIOUS") == first
    assert world.works("AWSPREVIOUS")
    world.assert_nothing_left_over()
    world.rotate()
    assert world.secrets.value(world.arn, "AWSPREVIOUS") == second
    assert world.api.exchange(first).status == 401
    world.assert_nothing_left_over()


def test_a_rotation_ends_the_former_secret_where_that_is_wished(api: Api) -> None:
    world = World(api, end_previous=True)
    world.rotate()
    assert not world.works("AWSPREVIOUS")
    world.assert_nothing_left_over()


def test_the_secret_in_use_has_no_end_however_long_a_rotation_is_broken_off(world: World) -> None:
    world.step("createSecret", world.secrets.start(world.arn))
    world.api.clock.set(time.time() + 3 * 366 * 86_400)
    world.assert_current_works()


@MODES
@pytest.mark.parametrize("step", STEPS)
def test_a_step_that_is_repeated_changes_nothing_more(api: Api, step: str, end_previous: bool) -> None:
    world = World(api, end_previous=end_previous)
    token = world.secrets.start(world.arn)
    for each in STEPS[: STEPS.index(step) + 1]:
        world.step(each, token)
    before = world.valid_ids(), world.secrets.labels(world.arn), world.secrets.value(world.arn, "AWSPENDING")
    world.step(step, token)
    assert before == (
        world.valid_ids(),
        world.secrets.labels(world.arn),
        world.secrets.value(world.arn, "AWSPENDING"),
    )


# --- faults -----------------------------------------------------------------------------------------------------------


def faults_of(names: Sequence[str], calls: slice) -> Iterator[tuple[int, Fault]]:
    """At these calls. Dying before one is dying after the one before; what AWS refuses ends a step as dying does."""
    for position in range(len(names))[calls]:
        yield position, "dies after"
        if " " in names[position]:
            yield position, "lost after"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("former", "end_previous", "calls"),
    [(False, False, slice(None)), (True, False, slice(12)), (False, True, slice(-5, None))],
    ids=["one secret before", "two secrets before", "ending the former"],
)
def test_a_fault_at_any_call_loses_no_secret_and_leaves_none_over(
    api: Api, former: bool, end_previous: bool, calls: slice
) -> None:
    """All calls of the first; of the others those that it has not: they make place, and end the former secret."""
    undisturbed = World(api, end_previous=end_previous, former=former)
    undisturbed.rotate()
    names = undisturbed.calls.names
    assert len(names) > 15
    assert ("DELETE /v1/credentials" in names[calls]) == (former or end_previous)
    for fault in faults_of(names, calls):
        world = World(api, end_previous=end_previous, former=former)
        used = world.secrets.value(world.arn)
        world.calls.fault = fault
        world.rotate()
        assert world.calls.fault is None
        assert world.secrets.value(world.arn, "AWSPREVIOUS") == used, "one rotation became two"
        world.assert_current_works()
        world.assert_nothing_left_over()
        assert not any("accs_" in str(error) for error in world.errors)


Happening = st.one_of(
    st.tuples(st.just("step"), st.sampled_from(STEPS)),
    st.tuples(st.just("fault"), st.tuples(st.integers(0, 7), st.sampled_from(FAULTS))),
    st.tuples(st.just("start"), st.none()),
    st.tuples(st.just("cancel"), st.none()),
    st.tuples(st.just("forget"), st.none()),
    st.tuples(st.just("rotate"), st.none()),
)


class Story:
    """What happens to one secret, in any order; tokens of cancelled rotations are used on."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._tokens = [world.secrets.start(world.arn)]

    def step(self, step: str) -> None:
        for token in self._tokens[-2:]:
            try:
                self._world.step(step, token)
            except (Died, RotationFailed, self._world.secrets.exceptions.ClientError) as error:
                self._world.errors.append(error)

    def fault(self, fault: tuple[int, Fault]) -> None:
        self._world.calls.fault = fault

    def start(self, _: None) -> None:
        with contextlib.suppress(RuntimeError):
            self._tokens.append(self._world.secrets.start(self._world.arn))

    def cancel(self, _: None) -> None:
        self._world.secrets.rotation_enabled = False
        self._world.secrets.drop_pending(self._world.arn)

    def forget(self, _: None) -> None:
        self._world.forget_requests()

    def rotate(self, _: None) -> None:
        self._world.rotate()


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happenings=st.lists(Happening, max_size=10), end_previous=st.booleans())
def test_whatever_happens_the_secret_in_use_works_and_a_rotation_tidies_up(
    api: Api, happenings: list[tuple[str, Any]], end_previous: bool
) -> None:
    world = World(api, end_previous=end_previous)
    story = Story(world)
    for name, argument in happenings:
        getattr(story, name)(argument)
        world.assert_current_works()
    world.calls.fault = None
    world.secrets.drop_pending(world.arn)
    world.rotate()
    world.assert_current_works()
    world.assert_nothing_left_over()
    assert not any("accs_" in str(error) for error in world.errors)


def test_a_secret_that_nobody_has_is_found_and_ended_days_later(world: World) -> None:
    token = world.secrets.start(world.arn)
    world.calls.fault = 5, "dies before"
    with pytest.raises(Died, match="PutSecretValue"):
        world.step("createSecret", token)
    assert len(world.valid_ids()) == 2
    (nobodys,) = world.valid_ids() - world.ids_at("AWSCURRENT")
    world.forget_requests()
    world.rotate_again(token)
    assert nobodys not in world.valid_ids()
    world.assert_nothing_left_over()


@pytest.mark.parametrize("steps", range(5))
def test_after_a_rotation_that_was_cancelled_at_any_step_the_next_one_ends_well(world: World, steps: int) -> None:
    cancelled = world.secrets.start(world.arn)
    for step in STEPS[:steps]:
        world.step(step, cancelled)
    world.secrets.rotation_enabled = False
    with pytest.raises(RotationFailed, match="cancelled"):
        world.step("testSecret", cancelled)
    world.secrets.drop_pending(world.arn)
    world.rotate()
    world.assert_nothing_left_over()


# --- twice at once ----------------------------------------------------------------------------------------------------


def interrupted(api: Api, step: str, position: int, meanwhile: Callable[[World, str], object]) -> World | None:
    """Runs ``meanwhile`` within the step, before its call at ``position``; None if it has no such call."""
    world = World(api)
    token = world.secrets.start(world.arn)
    for each in STEPS[: STEPS.index(step)]:
        world.step(each, token)
    world.calls.names.clear()

    def before() -> None:
        if len(world.calls.names) == position + 1:
            world.calls.before = lambda: None
            meanwhile(world, token)

    world.calls.before = before
    try:
        world.step(step, token)
    except (Died, RotationFailed, world.secrets.exceptions.ClientError) as error:
        world.errors.append(error)
    return world if len(world.calls.names) > position else None


@pytest.mark.slow
@pytest.mark.parametrize("step", ["createSecret", "finishSecret"])
def test_the_same_rotation_twice_at_once_ends_well(api: Api, step: str) -> None:
    """The rest of it, from the same step, within each call of the step."""

    def the_rest(world: World, token: str) -> None:
        world.steps(token)

    position = 0
    while world := interrupted(api, step, position, the_rest):
        world.secrets.drop_pending(world.arn)
        world.rotate()
        world.assert_nothing_left_over()
        position += 1
    assert position >= 1


@pytest.mark.slow
@pytest.mark.parametrize("step", ["createSecret", "finishSecret"])
def test_a_new_rotation_that_comes_while_a_cancelled_one_still_runs_ends_well(api: Api, step: str) -> None:
    def another(world: World, _token: str) -> None:
        world.secrets.drop_pending(world.arn)
        world.steps(world.secrets.start(world.arn))

    position = 0
    while world := interrupted(api, step, position, another):
        world.secrets.drop_pending(world.arn)
        world.rotate()
        world.assert_nothing_left_over()
        position += 1
    assert position >= 1


# --- secrets that do not work -----------------------------------------------------------------------------------------


def end(world: World, label: str) -> None:
    (secret_id,) = world.ids_at(label)
    assert world.api.console("DELETE", f"{world.path}/secrets/{secret_id}").status == 204


def test_a_secret_in_use_that_was_ended_is_replaced_by_means_of_the_former(world: World) -> None:
    world.rotate()
    end(world, "AWSCURRENT")
    world.calls.after = lambda: None
    world.rotate()
    world.assert_current_works()
    assert world.valid_ids() == world.ids_at("AWSCURRENT") | (world.valid_ids() - world.ids_at("AWSPREVIOUS"))
    world.rotate()
    world.assert_nothing_left_over()


def test_a_rotation_whose_old_secret_expired_meanwhile_is_finished_with_the_new_one(world: World) -> None:
    token = world.secrets.start(world.arn)
    world.step("createSecret", token)
    end(world, "AWSCURRENT")
    world.calls.after = lambda: None
    assert world.steps(token)
    world.assert_current_works()
    assert world.valid_ids() == world.ids_at("AWSCURRENT")


def test_where_no_secret_works_the_operator_is_told_what_to_do(world: World) -> None:
    world.api.console("POST", f"{world.path}/suspend")
    world.calls.after = lambda: None
    token = world.secrets.start(world.arn)
    before = world.valid_ids()
    with pytest.raises(RotationFailed, match="suspended or revoked"):
        world.step("createSecret", token)
    assert world.valid_ids() == before
    world.api.console("POST", f"{world.path}/resume")
    assert world.steps(token)
    world.assert_nothing_left_over()


@pytest.mark.parametrize("step", ["testSecret", "finishSecret"])
def test_a_new_secret_that_was_ended_is_never_made_the_one_in_use_and_does_not_block_the_next(
    world: World, step: str
) -> None:
    token = world.secrets.start(world.arn)
    world.step("createSecret", token)
    end(world, "AWSPENDING")
    with pytest.raises(RotationFailed, match="refuses the new secret"):
        world.step(step, token)
    assert world.steps(world.secrets.start(world.arn))
    world.assert_nothing_left_over()


def test_a_credential_without_the_scope_is_left_as_it_is(api: Api) -> None:
    world = World(api)
    assert api.console("PATCH", world.path, {"scopes": ["orders:read"]}).status == 200
    before = world.valid_ids()
    with pytest.raises(RotationFailed, match="400 invalid_scope"):
        world.step("createSecret", world.secrets.start(world.arn))
    assert world.valid_ids() == before


@pytest.mark.parametrize(
    "value", ["plain text", "[]", "{}", '{"client_id": "acc_1"}', '{"client_id": 1, "client_secret": 2}']
)
def test_a_value_of_another_form_is_refused_and_not_shown(world: World, value: str) -> None:
    arn = world.secrets.client.create_secret(Name="other", SecretString=value)["ARN"]
    world.arn, world.calls.after = arn, lambda: None
    with pytest.raises(RotationFailed, match="no JSON with") as refused:
        world.step("createSecret", world.secrets.start(arn))
    assert value not in str(refused.value)


# --- the edges --------------------------------------------------------------------------------------------------------


def test_a_busy_service_is_asked_again_when_it_says_but_not_for_ever(world: World) -> None:
    token = world.secrets.start(world.arn)
    world.calls.fault = 3, "busy"
    world.step("createSecret", token)
    assert world.pauses == [1.0]

    def away() -> None:
        if "/oauth/token" in world.calls.names[-1]:
            world.calls.fault = 0, "busy"

    world.calls.before = away
    world.calls.fault = 2, "busy"
    with pytest.raises(RotationFailed, match="503"):
        world.step("testSecret", token)
    assert world.pauses[1:] == [1.0] * (TRIES - 1)
    world.calls.before = lambda: None
    world.calls.fault = None
    assert world.steps(token)


@pytest.fixture
def answering() -> Any:
    servers = []

    def serve(answer: Callable[[Request], Response]) -> HttpServer:
        servers.append(HttpServer(answer))
        return servers[-1]

    yield serve
    for server in servers:
        server.close()


def test_an_answer_that_leads_elsewhere_is_not_followed(answering: Any) -> None:
    asked: list[Request] = []

    def note(request: Request) -> Response:
        asked.append(request)
        return Response(200)

    elsewhere = answering(note)
    service = answering(lambda _: Response(307, [("Location", elsewhere.url)]))
    with pytest.raises(RotationFailed, match="307"):
        Service(service.url).access_token(Login("acc_1", "accs_1"))
    assert asked == []


def test_a_service_that_is_away_or_talks_nonsense_is_a_failure_without_a_secret(answering: Any) -> None:
    nonsense = answering(lambda _: Response(200, [], b"<html>"))
    with pytest.raises((RotationFailed, KeyError)) as failed:
        Service(nonsense.url).access_token(Login("acc_1", "accs_1"))
    assert "accs_1" not in str(failed.value)
    nonsense.close()
    pauses: list[float] = []
    with pytest.raises(RotationFailed, match="not answered"):
        Service(nonsense.url, pauses.append).access_token(Login("acc_1", "accs_1"))
    assert pauses == [0.5, 1.0, 2.0]


@pytest.mark.parametrize("issuer", ["http://credentials.example.com", "ftp://x", "credentials.example.com", ""])
def test_secrets_go_nowhere_without_tls(issuer: str) -> None:
    with pytest.raises(RotationFailed, match="https"):
        Service(issuer)


def test_the_handler_is_put_together_from_its_environment(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ISSUER", "https://credentials.example.com")
    arn = boto3.client("secretsmanager").create_secret(Name="s", SecretString="{}")["ARN"]
    event = {"Step": "createSecret", "SecretId": arn, "ClientRequestToken": "t"}
    with pytest.raises(RotationFailed, match="cancelled"):
        rotate_client_secret.handler(event, None)
    with pytest.raises(RotationFailed, match="no step 'x'"):
        rotate_client_secret.handler(event | {"Step": "x"}, None)


def test_a_version_that_is_not_pending_is_not_touched(world: World) -> None:
    world.secrets.start(world.arn)
    with pytest.raises(RotationFailed, match="not the one"):
        world.step("createSecret", "another-token")
    assert world.calls.names == ["DescribeSecret"]


def test_what_came_from_another_account_is_stored_with_its_token(world: World) -> None:
    sent_along = "f3a9b6de-0000-4000-8000-1f2e3d4c5b6a"
    world.rotation(world.secrets.start(world.arn), sent_along).run("createSecret")
    assert world.secrets.stored[0]["RotationToken"] == sent_along


# --- the template -----------------------------------------------------------------------------------------------------


def test_the_function_may_do_what_it_does_and_nothing_else(api: Api) -> None:
    world = World(api, end_previous=True)
    world.rotate()
    made = {f"secretsmanager:{name}" for name in world.calls.names if " " not in name}
    template = yaml_parse(TEMPLATE.read_text())
    statement = template["Resources"]["Rotation"]["Properties"]["Policies"][0]["Statement"][0]
    assert set(statement["Action"]) == made
    assert statement["Resource"] == {"Ref": "SecretArn"}


@pytest.mark.slow
def test_the_template_is_clean_in_cfn_lint() -> None:
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run([cfn_lint, "-r", "eu-central-1", "--", TEMPLATE], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_the_templates_code_is_the_recipes(api: Api) -> None:
    function = yaml_parse(TEMPLATE.read_text())["Resources"]["Rotation"]["Properties"]
    module, _, name = function["Handler"].partition(".")
    assert (TEMPLATE.parent / function["CodeUri"] / f"{module}.py").exists()
    assert callable(getattr(rotate_client_secret, name))
    read = set(re.findall(r'os\.environ(?:\.get\(|\[)"(\w+)"', (TEMPLATE.parent / f"{module}.py").read_text()))
    assert read == function["Environment"]["Variables"].keys() - {"AWS_RETRY_MODE"}
