"""What each function may call: one policy a function, and in none a right that its function does not use."""

from collections.abc import Mapping
from typing import Any

from chalicelib.credentials.expiry_notices import NOTICE_PREFIX
from chalicelib.credentials.idempotency import RECORD_PREFIX
from chalicelib.credentials.secret_digests import DIGEST_PREFIX
from chalicelib.oauth.exchange_limits import COUNTER_PREFIX
from chalicelib.secret_scanning.github_reports import REPORT_PREFIX
from chalicelib.tables import AUDIT_EVENTS, CREDENTIALS, SIGNING_KEYS_ROW, TENANTS, TOKEN_RECORDS, Table
from deploy.intrinsics import arn, ref, sub
from deploy.names import (
    ACCESS_TOKEN,
    MANAGER,
    PUBLISH,
    RESEND,
    SIGNING_KEY_TAG,
    SWEEP,
    SWEEP_ALIAS,
    SWEEP_FAILURES,
    UNDELIVERED_EVENTS,
    logs,
)

Statement = dict[str, Any]
Policy = list[Statement]
RELEASE_BEFORE = "ReleaseBefore"
"""The id of statements that this release itself needs no more."""


def policies() -> dict[str, Policy]:
    """The statements by function, as app.py names it. The zones of the API are functions, too."""
    return {
        "managed": [
            _read_tenant("BatchGetItem", "ConditionCheckItem", "GetItem"),
            _write_tenant("PutItem", "UpdateItem"),
            _on_table("Credentials", CREDENTIALS, "BatchGetItem", "PutItem", "Query", "UpdateItem"),
            _on_table("AuditEvents", AUDIT_EVENTS, "PutItem", "Query"),
            _idempotency_records(),
            _write_secret_digests(),
            _start_sweep("StartSweep"),
        ],
        "token": [
            _read_with_tenant(TOKEN_RECORDS),
            _read_tenant("GetItem"),
            _token_records(),
            _read_revoked_tokens_alone(),
            _count_exchanges(),
            _on_table("BuildStatusLists", CREDENTIALS, "Query"),
            _on_table("NameStatusLists", TENANTS, "Scan"),
            _rehash_secrets(),
            _write_secret_digests(),
            _write_last_uses(),
            _on_table("Refusals", AUDIT_EVENTS, "PutItem"),
            _sign_tokens(),
        ],
        "leaks": [
            _find_secret_digests(),
            _read_with_tenant(),
            _read_tenant("ConditionCheckItem"),
            _write_tenant("UpdateItem"),
            _end_leaked_secrets(),
            _write_secret_digests(),
            _answered_reports(),
            _on_table("AuditEvents", AUDIT_EVENTS, "PutItem"),
        ],
        "public": [],
        ACCESS_TOKEN: _verifying_access_tokens(),
        MANAGER: _verifying_access_tokens(),
        SWEEP: _sweeping(),
        "sweep_unfinished": [_on_table("FindUnfinishedSweeps", TENANTS, "Scan"), *_sweeping()],
        "tell_expiring": [
            _on_table("FindExpiring", CREDENTIALS, "Scan"),
            _read_with_tenant(),
            _expiry_notices(),
            _on_table("AuditEvents", AUDIT_EVENTS, "PutItem"),
        ],
        "rotate_signing_keys": _rotating(),
        "signing_keys": _rotating(),
        PUBLISH: _publishing(),
        RESEND: [_on_table("AuditEvents", AUDIT_EVENTS, "Query", "Scan"), *_publishing()],
    }


def document(*statements: Statement) -> dict[str, Any]:
    """The policy document of these statements."""
    return {"Version": "2012-10-17", "Statement": list(statements)}


def assumed_by(service: str) -> dict[str, Any]:
    """The trust policy of a role that this AWS service takes on."""
    return document({"Effect": "Allow", "Principal": {"Service": service}, "Action": "sts:AssumeRole"})


def for_the_platform(function: str) -> Policy:
    """What Lambda itself does under the function's role."""
    written = _allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], arn(logs(function)))
    # X-Ray has no resource that could be named here.
    traced = _allow("Traces", ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "*")
    if function == SWEEP:
        return [_allow("FailedEvents", ["sqs:SendMessage"], arn(SWEEP_FAILURES)), written, traced]
    if function == PUBLISH:
        # The records that it gives up go into the queue that the function itself has a right to.
        return [_follow(AUDIT_EVENTS), written, traced]
    return [written, traced]


def services_of(policies: Mapping[str, Policy]) -> frozenset[str]:
    """The AWS services that any function may call, as botocore calls their models."""
    statements = (statement for policy in policies.values() for statement in policy)
    return frozenset(action.partition(":")[0] for statement in statements for action in statement["Action"])


def _sweeping() -> Policy:
    return [
        _read_tenant("GetItem"),
        _write_tenant("UpdateItem"),
        _on_table("Credentials", CREDENTIALS, "Query", "UpdateItem"),
        _on_table("AuditEvents", AUDIT_EVENTS, "PutItem"),
        _start_sweep("ResumeSweep"),
    ]


def _publishing() -> Policy:
    bus = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/${AuditEventBus}"
    return [
        _allow("PublishEvents", ["events:PutEvents"], sub(bus)),
        _allow("UndeliveredEvents", ["sqs:SendMessage"], arn(UNDELIVERED_EVENTS)),
    ]


def _follow(table: Table) -> Statement:
    """Every stream of the table: turned off and on again, it has another one."""
    actions = ["DescribeStream", "GetRecords", "GetShardIterator", "ListStreams"]
    streams = sub(f"${{{table.resource}.Arn}}/stream/*")
    return _allow("FollowStream", [f"dynamodb:{action}" for action in actions], streams)


def _verifying_access_tokens() -> Policy:
    return [
        _read_with_tenant(TOKEN_RECORDS),
        _key_schedule("GetItem"),
        _token_records(),
        _read_revoked_tokens_alone(),
        _read_public_keys(),
    ]


def _rotating() -> Policy:
    return [_key_schedule("GetItem", "PutItem"), _read_public_keys()]


def _read_with_tenant(*others: Table) -> Statement:
    """A credential with its tenant, and what of other tables comes with them, in one call."""
    tables = [arn(table.resource) for table in (TENANTS, CREDENTIALS, *others)]
    return _allow("ReadWithTenant", ["dynamodb:BatchGetItem"], tables)


def _read_tenant(*actions: str) -> Statement:
    return _on_table("ReadTenant", TENANTS, *actions)


def _write_tenant(*actions: str) -> Statement:
    """Every row but the schedule of the signing keys."""
    others = {"ForAllValues:StringNotEquals": {"dynamodb:LeadingKeys": [SIGNING_KEYS_ROW]}}
    return _on_table("WriteTenant", TENANTS, *actions, condition=others)


def _key_schedule(*actions: str) -> Statement:
    """The schedule of the signing keys, and no tenant's row."""
    schedule = {"ForAllValues:StringEquals": {"dynamodb:LeadingKeys": [SIGNING_KEYS_ROW]}}
    return _on_table("KeySchedule", TENANTS, *actions, condition=schedule)


def _token_records() -> Statement:
    """What was used once, and what was revoked."""
    return _on_table("TokenRecords", TOKEN_RECORDS, "PutItem")


def _read_revoked_tokens_alone() -> Statement:
    """The release before makes a call of its own of it, and runs under this role while a stack is updated or rolled
    back: without the right, each token that is checked would be answered 503 meanwhile.
    """
    return _on_table(RELEASE_BEFORE, TOKEN_RECORDS, "GetItem")


def _idempotency_records() -> Statement:
    """Requests under a key, and neither what was used once nor what was revoked."""
    own = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{RECORD_PREFIX}*"]}}
    return _on_table("IdempotencyRecords", TOKEN_RECORDS, "GetItem", "PutItem", condition=own)


def _expiry_notices() -> Statement:
    """What was told already, and no other record."""
    own = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{NOTICE_PREFIX}*"]}}
    return _on_table("ExpiryNotices", TOKEN_RECORDS, "GetItem", "PutItem", condition=own)


def _write_secret_digests() -> Statement:
    return _with_secret_digests("WriteSecretDigests", "UpdateItem")


def _find_secret_digests() -> Statement:
    return _with_secret_digests("FindSecretDigests", "BatchGetItem")


def _with_secret_digests(sid: str, *actions: str) -> Statement:
    """What leads from a secret to its credential, and no other record."""
    own = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{DIGEST_PREFIX}*"]}}
    return _on_table(sid, TOKEN_RECORDS, *actions, condition=own)


def _answered_reports() -> Statement:
    """Which of GitHub's reports were answered, and no other record."""
    own = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{REPORT_PREFIX}*"]}}
    return _on_table("AnsweredReports", TOKEN_RECORDS, "GetItem", "PutItem", condition=own)


def _end_leaked_secrets() -> Statement:
    """A credential can be made less than it is: its scopes, keys, name and addresses stay."""
    written = ("secrets", "suspended_by", "suspended_at", "expires_at", "expires_at_once_resumed")
    revoked = ("status", "revoked_by", "revoked_at", "generation", "version")
    return _write_of_a_credential("EndLeakedSecrets", *written, *revoked)


def _count_exchanges() -> Statement:
    """The counters of exchanges, and no other record."""
    own = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": [f"{COUNTER_PREFIX}*"]}}
    return _on_table("CountExchanges", TOKEN_RECORDS, "UpdateItem", condition=own)


def _rehash_secrets() -> Statement:
    """A secret's hash is made anew when the cost of argon2 changes; one of an earlier release gets its digest."""
    return _write_of_a_credential("RehashSecrets", "secrets")


def _write_last_uses() -> Statement:
    return _write_of_a_credential("WriteLastUses", "last_used_at", "last_used_from", "last_uses")


def _write_of_a_credential(sid: str, *attributes: str) -> Statement:
    """These attributes, and nothing else of a credential."""
    written = [CREDENTIALS.partition_key, CREDENTIALS.sort_key, *attributes]
    condition = {"ForAllValues:StringEquals": {"dynamodb:Attributes": written}}
    return _on_table(sid, CREDENTIALS, "UpdateItem", condition=condition)


def _sign_tokens() -> Statement:
    return _with_signing_keys("SignTokens", "GetPublicKey", "Sign")


def _read_public_keys() -> Statement:
    return _with_signing_keys("ReadPublicKeys", "GetPublicKey")


def _with_signing_keys(sid: str, *actions: str) -> Statement:
    """Any key of this stack: during a rotation there are two."""
    keys = sub("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/*")
    of_this_stack = {"StringEquals": {f"aws:ResourceTag/{SIGNING_KEY_TAG}": ref("AWS::StackName")}}
    return _allow(sid, [f"kms:{action}" for action in actions], keys, of_this_stack)


def _start_sweep(sid: str) -> Statement:
    sweep = sub(f"arn:${{AWS::Partition}}:lambda:${{AWS::Region}}:${{AWS::AccountId}}:function:{SWEEP_ALIAS}")
    return _allow(sid, ["lambda:InvokeFunction"], sweep)


def _on_table(sid: str, table: Table, *actions: str, condition: dict[str, Any] | None = None) -> Statement:
    return _allow(sid, [f"dynamodb:{action}" for action in actions], arn(table.resource), condition)


def _allow(sid: str, actions: list[str], resource: Any, condition: dict[str, Any] | None = None) -> Statement:
    statement = {"Sid": sid, "Effect": "Allow", "Action": actions, "Resource": resource}
    return statement | ({"Condition": condition} if condition else {})
