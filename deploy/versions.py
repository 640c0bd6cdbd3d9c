"""A new version of every function whenever a value that only CloudFormation knows has changed.

SAM publishes a version when the text of a function's properties differs. A parameter, or the name of a table, stands
there as a reference, whose text stays the same: its change would reach the function, and never the version that the
alias points at. So every such value is also in a document in AppConfig's store, which takes up a new number when
CloudFormation replaces it (a changed Content is a replacement). The number is a variable of each function, so that
there is something to publish, and the description of each version, which is replaced with it (a changed Description
is a replacement, too). Nothing reads the document but an operator who wants to know.
"""

from collections.abc import Iterator
from typing import Any

from deploy.functions import in_template
from deploy.intrinsics import Value, attribute, ref, sub

_APPLICATION, _PROFILE = "SettingsApplication", "SettingsProfile"
SETTINGS = "Settings"
"""The document's logical id."""
SETTINGS_VERSION = "SETTINGS_VERSION"
"""The variable that has the document's number."""
_NOT_OF_A_VERSION = frozenset(
    {"EventInvokeConfig", "Events", "FunctionName", "ProvisionedConcurrencyConfig", "VersionDescription"}
)
"""Properties that Lambda keeps beside a function's versions: their change counts at once."""


def add(template: dict[str, Any]) -> None:
    """Adds the document, and makes each function's versions follow it. To be called when the functions are complete."""
    resources = template["Resources"]
    functions = [resources[name] for name in in_template(template)]
    values = [value for function in functions for value in _references(_versioned(function["Properties"]))]
    number = attribute(SETTINGS, "VersionNumber")
    for function in functions:
        # An operator who rolls back needs the versions before.
        function["UpdateReplacePolicy"] = "Retain"
        function["Properties"]["VersionDescription"] = sub(f"Settings ${{{SETTINGS}.VersionNumber}}")
        function["Properties"]["Environment"]["Variables"][SETTINGS_VERSION] = number
    distinct = [value for position, value in enumerate(values) if value not in values[:position]]
    resources |= {
        _APPLICATION: {"Type": "AWS::AppConfig::Application", "Properties": {"Name": ref("AWS::StackName")}},
        _PROFILE: {
            "Type": "AWS::AppConfig::ConfigurationProfile",
            "Properties": {"ApplicationId": ref(_APPLICATION), "Name": "settings", "LocationUri": "hosted"},
        },
        SETTINGS: {
            "Type": "AWS::AppConfig::HostedConfigurationVersion",
            "Properties": {
                "ApplicationId": ref(_APPLICATION),
                "ConfigurationProfileId": ref(_PROFILE),
                "ContentType": "text/plain",
                "Content": {"Fn::Join": ["\n", distinct]},
            },
        },
    }


def _versioned(properties: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in properties.items() if name not in _NOT_OF_A_VERSION}


def _references(value: Any) -> Iterator[Value]:
    """Each value in a property that CloudFormation resolves."""
    if isinstance(value, dict):
        if len(value) == 1 and next(iter(value)).startswith(("Ref", "Fn::")):
            yield value
            return
        value = list(value.values())
    if isinstance(value, list):
        for member in value:
            yield from _references(member)
