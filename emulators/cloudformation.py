"""A template with its references resolved, as CloudFormation does it."""

import re
from collections.abc import Mapping
from typing import Any

REGION = "eu-central-1"
ACCOUNT = "123456789012"
STACK = "stack"
_PREFIX = f"{REGION}:{ACCOUNT}"


class Template:
    """The packaged template with its references resolved, as CloudFormation would with every parameter's default."""

    def __init__(self, template: dict[str, Any], physical: Mapping[str, str], attributes: Mapping[str, str]) -> None:
        self.resources: dict[str, Any] = template["Resources"]
        self._physical = {
            "AWS::StackName": STACK,
            "AWS::Region": REGION,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
            **physical,
        }
        self._attributes = attributes

    def resolve(self, value: Any) -> Any:
        match value:
            case {"Ref": str(name)}:
                return self._reference(name)
            case {"Fn::GetAtt": [name, "Arn"]}:
                return self._arn(name)
            case {"Fn::Sub": str(text)}:
                return re.sub(r"\$\{([\w:.]+)\}", lambda match: self._reference(match[1]), text)
            case dict():
                return {key: self.resolve(member) for key, member in value.items()}
            case list():
                return [self.resolve(member) for member in value]
            case _:
                return value

    def _reference(self, name: str) -> str:
        if name.endswith(".Alias"):
            return f"{self._arn(name.removesuffix('.Alias'))}:live"
        return self._physical[name]

    def _arn(self, name: str) -> str:
        kind = self.resources[name]["Type"]
        if kind == "AWS::Serverless::Function":
            function = self.resolve(self.resources[name]["Properties"]["FunctionName"])
            return f"arn:aws:lambda:{_PREFIX}:function:{function}"
        return self._attributes.get(name, f"arn:aws:{kind}:{_PREFIX}:{name}")
