"""The recipes for audit events: CloudFormation takes them, and their rules match the events that they say."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cfnlint.decode.cfn_yaml import load
from moto.events.models import EventPattern, EventPatternParser

from chalicelib.credentials.audit_event import Action
from deploy import event_schema
from deploy.stages import PROJECT
from emulators.cloudformation import Template

RECIPES = sorted((PROJECT / "docs" / "recipes").glob("*.yaml"))
EXAMPLES = [json.loads(path.read_text()) for path in sorted((event_schema.FILE.parent / "examples").glob("*.json"))]
ISSUER = "https://credentials.example.com"
TAKEN = {
    "events-to-siem": {example["detail"]["action"] for example in EXAMPLES},
    "events-to-webhook": {"credentials.revoked_all"},
    "events-to-mail": {"credential.expiring"},
}
"""The actions of the examples that each recipe takes."""
of_each_recipe = pytest.mark.parametrize("recipe", RECIPES, ids=lambda path: path.stem)


def resources(recipe: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(load(str(recipe))))["Resources"]
    return found


def only(recipe: Path, kind: str) -> dict[str, Any]:
    [found] = [resource["Properties"] for resource in resources(recipe).values() if resource["Type"] == kind]
    return dict(found)


def pattern(recipe: Path, issuer: str = ISSUER) -> EventPattern:
    stated = only(recipe, "AWS::Events::Rule")["EventPattern"]
    text = json.dumps(Template({"Resources": {}}, {"Issuer": issuer}, {}).resolve(stated))
    return EventPattern(text, EventPatternParser(text).parse())


def taken(recipe: Path, events: list[Any]) -> set[str]:
    return {event["detail"]["action"] for event in events if pattern(recipe).matches_event(event)}


def test_there_is_a_recipe_for_each_of_them() -> None:
    assert {recipe.stem for recipe in RECIPES} == TAKEN.keys()


@pytest.mark.slow
def test_the_recipes_are_clean_in_cfn_lint() -> None:
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    run = subprocess.run([cfn_lint, "-r", "eu-central-1", "--", *RECIPES], capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@of_each_recipe
def test_a_rule_takes_the_events_that_its_page_says_and_no_other(recipe: Path) -> None:
    assert taken(recipe, EXAMPLES) == TAKEN[recipe.stem]


@of_each_recipe
def test_a_rule_leaves_other_sources_and_other_deployments_alone(recipe: Path) -> None:
    [example] = [event for event in EXAMPLES if event["detail"]["action"] == min(TAKEN[recipe.stem])]
    assert pattern(recipe).matches_event(example)
    assert not pattern(recipe, "https://other.example.com").matches_event(example)
    for other in ({"source": "aws.s3"}, {"detail-type": "Something else"}):
        assert not pattern(recipe).matches_event(example | other)


@of_each_recipe
def test_a_rule_names_only_actions_that_there_are(recipe: Path) -> None:
    named = only(recipe, "AWS::Events::Rule")["EventPattern"]["detail"].get("action", [])
    assert set(named) <= set(Action.__args__)  # type: ignore[attr-defined]


@of_each_recipe
def test_what_a_target_does_not_take_is_kept_in_a_queue_that_the_rule_may_write_to(recipe: Path) -> None:
    [target] = only(recipe, "AWS::Events::Rule")["Targets"]
    assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["NotDelivered", "Arn"]}}
    [statement] = only(recipe, "AWS::SQS::QueuePolicy")["PolicyDocument"]["Statement"]
    assert (statement["Action"], statement["Principal"]) == ("sqs:SendMessage", {"Service": "events.amazonaws.com"})


def test_the_mail_says_what_ends_and_when() -> None:
    [recipe] = [recipe for recipe in RECIPES if recipe.stem == "events-to-mail"]
    [target] = only(recipe, "AWS::Events::Rule")["Targets"]
    [event] = [event for event in EXAMPLES if event["detail"]["action"] == "credential.expiring"]
    mail = target["InputTransformer"]["InputTemplate"]
    for name, path in target["InputTransformer"]["InputPathsMap"].items():
        value = event
        for member in path.removeprefix("$.").split("."):
            value = value[member]
        assert f"<{name}>" in mail
        mail = mail.replace(f"<{name}>", str(value))
    # EventBridge takes a text as lines in quotes.
    assert next(json.loads(line) for line in mail.splitlines()) == (
        "The API credential Nightly export of tenant 6jwyajkehc8tsbgjb525c5pqpn ends within 14 days."
    )
