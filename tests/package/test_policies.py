"""Who may do what, by the policies of the package."""

import pytest

from emulators.cloudformation import ACCOUNT, REGION, STACK
from emulators.iam import Permission, allows, granted
from tests.package.conftest import BY_OTHERS
from tests.support.deployed import Deployed

pytestmark = pytest.mark.slow


def may(
    service: Deployed, function: str, action: str, resource: str, *attributes: str, leading_key: str = "a-tenant"
) -> bool:
    """Asks the policy of a function about a resource of the template."""
    arn = service.template.resolve({"Fn::GetAtt": [resource, "Arn"]})
    tags = frozenset({f"signs-tokens-of={STACK}"} if resource == "SigningKey" else ())
    wanted = Permission(action, arn, frozenset(attributes), frozenset({leading_key}), tags)
    return allows(service.policies[f"{STACK}-{function}"], wanted)


def test_only_the_token_function_signs(service: Deployed) -> None:
    signers = {
        name for name in service.policies if may(service, name.removeprefix(f"{STACK}-"), "kms:Sign", "SigningKey")
    }
    assert signers == {f"{STACK}-token"}


def test_the_token_function_writes_nothing_of_a_credential_but_its_hashes_and_its_last_use(service: Deployed) -> None:
    keys = ("tenant_id", "client_id")
    assert may(service, "token", "dynamodb:UpdateItem", "CredentialsTable", *keys, "secrets")
    assert may(service, "token", "dynamodb:UpdateItem", "CredentialsTable", *keys, "last_used_at", "last_uses")
    for attribute in ("status", "generation", "scopes", "name", "expires_at"):
        assert not may(service, "token", "dynamodb:UpdateItem", "CredentialsTable", *keys, attribute)
    for action in ("PutItem", "DeleteItem", "Scan"):
        assert not may(service, "token", f"dynamodb:{action}", "CredentialsTable")
    for table in ("TenantsTable", "AuditEventsTable"):
        assert not may(service, "token", "dynamodb:UpdateItem", table)


def test_only_the_token_function_counts_exchanges_and_it_changes_no_other_record(service: Deployed) -> None:
    def updates(function: str, leading_key: str) -> bool:
        return may(service, function, "dynamodb:UpdateItem", "TokenRecordsTable", leading_key=leading_key)

    functions = [name.removeprefix(f"{STACK}-") for name in service.policies]
    assert [name for name in functions if updates(name, "exchanges:acc_x:30000000")] == ["token"]
    assert not any(updates(name, "jti:x") for name in functions)


def test_no_function_signs_with_a_key_that_is_not_of_this_stack(service: Deployed) -> None:
    other = Permission("kms:Sign", f"arn:aws:kms:{REGION}:{ACCOUNT}:key/another", tags=frozenset({"signs-tokens-of=x"}))
    assert not any(allows(statements, other) for statements in service.policies.values())


def test_only_those_who_rotate_the_signing_keys_write_their_schedule(service: Deployed) -> None:
    writers = {
        name
        for name in service.policies
        for action in ("PutItem", "UpdateItem", "DeleteItem")
        if may(
            service, name.removeprefix(f"{STACK}-"), f"dynamodb:{action}", "TenantsTable", leading_key="signing-keys"
        )
    }
    assert writers == {f"{STACK}-rotate-signing-keys", f"{STACK}-signing-keys"}


def test_the_function_for_leaked_secrets_finds_nothing_by_itself_and_makes_a_credential_only_less(
    service: Deployed,
) -> None:
    rights = granted(s for s in service.policies[f"{STACK}-leaks"] if s["Sid"] not in BY_OTHERS)
    assert not {"Query", "Scan", "DeleteItem"} & {action.partition(":")[2] for action, _ in rights}
    assert not {action for action, _ in rights if action.startswith(("kms:", "lambda:"))}
    update = ("dynamodb:UpdateItem", "CredentialsTable", "tenant_id", "client_id")
    assert may(service, "leaks", *update, "secrets")
    for attribute in ("scopes", "keys", "name", "allowed_addresses", "token_endpoint_auth_method"):
        assert not may(service, "leaks", *update, attribute)
    for action in ("BatchGetItem", "UpdateItem", "PutItem", "GetItem"):
        for record in ("idempotency:x", "exchanges:x", "a-jti"):
            assert not may(service, "leaks", f"dynamodb:{action}", "TokenRecordsTable", leading_key=record)
    assert may(service, "leaks", "dynamodb:BatchGetItem", "TokenRecordsTable", leading_key="secret-digest:x")


def test_only_the_function_for_leaked_secrets_reads_the_digests_by_themselves(service: Deployed) -> None:
    """Others read all token records, or none: see their statements."""
    for function in ("managed", "public", "sweep", "tell-expiring"):
        for action in ("BatchGetItem", "GetItem"):
            allowed = may(service, function, f"dynamodb:{action}", "TokenRecordsTable", leading_key="secret-digest:x")
            assert not allowed, function


def test_only_the_sweep_may_leave_its_failed_events_in_the_queue(service: Deployed) -> None:
    queue = service.template.resolve({"Fn::GetAtt": ["SweepFailures", "Arn"]})
    wanted = Permission("sqs:SendMessage", queue)
    assert [name for name, statements in service.policies.items() if allows(statements, wanted)] == [f"{STACK}-sweep"]


def test_only_the_functions_of_the_events_put_any_and_on_the_one_bus(service: Deployed) -> None:
    def putting(bus: str) -> set[str]:
        wanted = Permission("events:PutEvents", f"arn:aws:events:{REGION}:{ACCOUNT}:event-bus/{bus}")
        return {name for name, statements in service.policies.items() if allows(statements, wanted)}

    assert putting("audit") == {f"{STACK}-publish-audit-events", f"{STACK}-resend-audit-events"}
    assert putting("default") == set()


def test_the_functions_of_the_events_write_to_no_table_and_read_no_other(service: Deployed) -> None:
    for function in ("publish-audit-events", "resend-audit-events"):
        for table in ("TenantsTable", "CredentialsTable", "AuditEventsTable", "TokenRecordsTable"):
            for action in ("PutItem", "UpdateItem", "DeleteItem", "GetItem"):
                assert not may(service, function, f"dynamodb:{action}", table)
        assert not may(service, function, "dynamodb:Query", "CredentialsTable")
        assert not may(service, function, "kms:Sign", "SigningKey")


@pytest.mark.parametrize("function", ["access-token", "manager"])
def test_an_authorizer_only_reads_but_for_the_proofs_it_has_seen(service: Deployed, function: str) -> None:
    statements = service.policies[f"{STACK}-{function}"]
    rights = granted(s for s in statements if s["Sid"] not in BY_OTHERS)
    writes = {
        (action, resource)
        for action, resource in rights
        if action not in ("dynamodb:BatchGetItem", "dynamodb:GetItem", "kms:GetPublicKey")
    }
    proofs = service.template.resolve({"Fn::GetAtt": ["TokenRecordsTable", "Arn"]})
    assert writes <= {("dynamodb:PutItem", proofs)}


def test_no_statement_names_every_resource_but_the_one_for_traces(service: Deployed) -> None:
    for statements in service.policies.values():
        for statement in statements:
            assert statement["Resource"] != "*" or statement["Sid"] == "Traces"
            assert not any("*" in action for action in statement["Action"])
