"""CloudFormation's intrinsic functions, as the template has them in JSON."""

from typing import Any

Value = dict[str, Any]
"""A value that CloudFormation resolves while it deploys."""

NO_VALUE: Value = {"Ref": "AWS::NoValue"}
"""In place of a property: the property is not set."""


def ref(name: str) -> Value:
    """A parameter's value, or the name that CloudFormation gives a resource."""
    return {"Ref": name}


def attribute(resource: str, name: str) -> Value:
    return {"Fn::GetAtt": [resource, name]}


def arn(resource: str) -> Value:
    return attribute(resource, "Arn")


def sub(text: str) -> Value:
    """The text with each ``${name}`` replaced by what ``ref`` would give."""
    return {"Fn::Sub": text}


def if_(condition: str, value: object, otherwise: object = NO_VALUE) -> Value:
    return {"Fn::If": [condition, value, otherwise]}


def equals(parameter: str, value: str) -> Value:
    return {"Fn::Equals": [ref(parameter), value]}


def differs(parameter: str, value: str) -> Value:
    return {"Fn::Not": [equals(parameter, value)]}
