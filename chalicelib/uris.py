"""Compares URIs by what they say, and not by how they are written (RFC 3986 §6.2.2, §6.2.3)."""

import re

_URI = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(?://([^/?#]*))?([^?#]*)(?:\?[^#]*)?(?:#.*)?")
_AUTHORITY = re.compile(r"(?:(.*)@)?(\[[^\]@]*\]|[^:@\[\]]*)(?::([0-9]*))?")
_CHARACTERS = re.compile(r"(?:[!-$&-~]|%[0-9A-Fa-f]{2})+")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")
_DEFAULT_PORTS = {"https": "443", "http": "80"}


def normal_uri(uri: str) -> str:
    """The URI in its normal form: two that mean the same by syntax and scheme have the same one.

    What is no URI by RFC 3986 stays as it is.
    """
    parts = _URI.fullmatch(uri) if _CHARACTERS.fullmatch(uri) else None
    if parts is None:
        return uri
    scheme, authority, path = parts[1].lower(), parts[2], _normal_percents(parts[3])
    query_and_fragment = _normal_percents(uri[parts.end(3) :])
    if authority is None:
        return f"{scheme}:{path}{query_and_fragment}"
    named = _normal_authority(scheme, authority)
    if named is None:
        return uri
    return f"{scheme}://{named}{_without_dot_segments(path or '/')}{query_and_fragment}"


def _normal_authority(scheme: str, authority: str) -> str | None:
    """§3.2, §6.2.3. None where it is malformed."""
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        return None
    user, host, port = parts.groups()
    named = "" if user is None else f"{_normal_percents(user)}@"
    # Decoded first, since what is decoded may be a capital; once more, since what stays encoded is written in capitals.
    named += _normal_percents(_normal_percents(host).lower())
    return named if not port or port == _DEFAULT_PORTS.get(scheme) else f"{named}:{port}"


def _normal_percents(text: str) -> str:
    """§6.2.2.1, §6.2.2.2."""
    return re.sub(r"%[0-9A-Fa-f]{2}", lambda found: _normal_percent(found[0]), text)


def _normal_percent(encoded: str) -> str:
    decoded = chr(int(encoded[1:], 16))
    return decoded if _UNRESERVED.fullmatch(decoded) else encoded.upper()


def _without_dot_segments(path: str) -> str:
    """§5.2.4, for a path that begins with a slash."""
    kept: list[str] = []
    segments = path.split("/")[1:]
    for segment in segments:
        if segment == "..":
            kept = kept[:-1]
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/" + "/".join(kept)
