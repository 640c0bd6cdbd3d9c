"""A template with its references resolved, as CloudFormation does it."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

REGION = "eu-central-1"
ACCOUNT = "123456789012"
STACK = "stack"
_PREFIX = f"{REGION}:{ACCOUNT}"
_REMOVED = object()
"""What AWS::NoValue stands for: the member is not there."""


class Template:
    """The packaged template with its references resolved, as CloudFormation would.

    ``physical``: the names that resources got; ``attributes``: their ARNs; ``parameters``: those that are not left at
    their default.
    """

    def __init__(
        self,
        template: Mapping[str, Any],
        physical: Mapping[str, str],
        attributes: Mapping[str, str],
        parameters: Mapping[str, str] | None = None,
    ) -> None:
        self.resources: dict[str, Any] = template["Resources"]
        defaults = {name: str(parameter["Default"]) for name, parameter in template.get("Parameters", {}).items()}
        self._conditions: dict[str, Any] = template.get("Conditions", {})
        self._physical = {
            "AWS::StackName": STACK,
            "AWS::Region": REGION,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            **defaults,
            **(parameters or {}),
            **physical,
        }
        self._attributes = attributes

    def resolve(self, value: Any) -> Any:
        match value:
            case {"Ref": "AWS::NoValue"}:
                return _REMOVED
            case {"Ref": str(name)}:
                return self._reference(name)
            case {"Fn::GetAtt": [name, attribute]}:
                return self._attribute(name, attribute)
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([\w:.]+)\}", lambda match: self._named(match[1]), text)
            case {"Fn::Join": [str(separator), [*parts]]}:
                return separator.join(self.resolve(part) for part in parts)
            case {"Fn::If": [str(condition), then, otherwise]}:
                return self.resolve(then if self.holds({"Condition": condition}) else otherwise)
            case dict():
                members = {key: self.resolve(member) for key, member in value.items()}
                return {key: member for key, member in members.items() if member is not _REMOVED}
            case list():
                return [self.resolve(member) for member in value]
            case _:
                return value

    def holds(self, condition: Any) -> bool:
        """Whether a condition of the template is true. Raises ValueError for a form that is not known here."""
        match condition:
            case {"Condition": str(name)}:
                return self.holds(self._conditions[name])
            case {"Fn::Equals": [one, other]}:
                return bool(self.resolve(one) == self.resolve(other))
            case {"Fn::Not": [inner]}:
                return not self.holds(inner)
            case {"Fn::And": [*parts]}:
                return all(self.holds(part) for part in parts)
            case {"Fn::Or": [*parts]}:
                return any(self.holds(part) for part in parts)
        raise ValueError(f"no such condition here: {condition}")

    def _named(self, name: str) -> str:
        """What ``${name}`` stands for in Fn::Sub."""
        resource, _, attribute = name.partition(".")
        if attribute and attribute != "Alias":
            return self._attribute(resource, attribute)
        return self._reference(name)

    def _reference(self, name: str) -> str:
        if name.endswith(".Alias"):
            return f"{self._arn(name.removesuffix('.Alias'))}:live"
        if name in self._physical:
            return self._physical[name]
        return f"{STACK}-{name}"

    def _attribute(self, name: str, attribute: str) -> str:
        if attribute == "Arn":
            return self._arn(name)
        if attribute == "VersionNumber":
            # The next number for another content; here it is the content's digest.
            return hashlib.sha256(self.resolve(self.resources[name]["Properties"]["Content"]).encode()).hexdigest()
        return f"{STACK}-{name}-{attribute}"

    def _arn(self, name: str) -> str:
        kind = self.resources[name]["Type"]
        if kind == "AWS::Serverless::Function":
            function = self.resolve(self.resources[name]["Properties"]["FunctionName"])
            return f"arn:aws:lambda:{_PREFIX}:function:{function}"
        return self._attributes.get(name, f"arn:aws:{kind}:{_PREFIX}:{name}")
