"""The names by which parts of the template refer to each other. ``${AWS::StackName}`` is for ``Fn::Sub`` to replace."""

from typing import Literal

Zone = Literal["managed", "token", "leaks", "public"]
ZONES: tuple[Zone, ...] = ("managed", "token", "leaks", "public")

MANAGER = "manager"
"""The authorizer of the managed endpoints, and its function."""
ACCESS_TOKEN = "access_token"  # noqa: S105  (a function's name)
"""The authorizer of the vendor's APIs, and its function."""
SWEEP = "sweep"
PUBLISH = "publish_audit_events"
RESEND = "resend_audit_events"

API = "RestAPI"
"""The API's logical id, from Chalice."""
SIGNING_KEY = "SigningKey"
SIGNING_KEY_ALIAS = "SigningKeyAlias"
SIGNING_KEY_TAG = "signs-tokens-of"
"""A key with this tag, and the stack's name as its value, is one that the functions may use."""
SWEEP_FAILURES = "SweepFailures"
"""The queue of the sweep's events that Lambda gave up."""
PUBLISHES_EVENTS = "PublishesAuditEvents"
"""The condition that a bus gets the audit events."""
UNDELIVERED_EVENTS = "UndeliveredAuditEvents"
"""The queue of the audit events that no bus took."""

ALIAS = "live"
"""What API Gateway calls: publishing a version and moving this alias is the deployment."""
METRICS_NAMESPACE = "ApiClientCredentials/${AWS::StackName}"


def logical_id(function: str) -> str:
    """``sweep_unfinished`` → ``SweepUnfinished``, as Chalice names its resources; the zones end in ``Handler``."""
    name = "".join(part.capitalize() for part in function.split("_"))
    return f"{name}Handler" if function in ZONES else name


def role(function: str) -> str:
    """The logical id of the function's role."""
    return f"{logical_id(function)}Role"


def logs(function: str) -> str:
    """The logical id of the function's log group."""
    return f"{logical_id(function)}Logs"


def alias(function: str) -> str:
    """The reference to the function's alias: SAM makes the alias's ARN of it."""
    return f"{logical_id(function)}.Alias"


def kebab_case(function: str) -> str:
    return function.replace("_", "-")


def physical_name(function: str) -> str:
    """``sweep_unfinished`` → ``${AWS::StackName}-sweep-unfinished``."""
    return f"${{AWS::StackName}}-{kebab_case(function)}"


SWEEP_ALIAS = f"{physical_name(SWEEP)}:{ALIAS}"
"""A name, and no reference: the sweep function calls itself, and nothing in a template can refer to itself."""
