"""Reads the body of an HTTP/1.1 request (RFC 9112 §6), as strictly as API Gateway's front does."""

import re
from collections.abc import Iterator
from email.message import Message
from io import BufferedIOBase

LARGEST_BODY = 10 * 1024 * 1024
"""Bytes: API Gateway's quota."""

# A client that is still sending does not read our answer: a body that is too large is read on, up to here.
_MOST_READ = 64 * 1024 * 1024
_PIECE = 64 * 1024


class MalformedBody(Exception):
    """The body cannot be told from what follows it: the connection must be closed."""


class BodyTooLarge(Exception):
    """Over 10 MB."""


def read_body(stream: BufferedIOBase, headers: Message) -> bytes | None:
    """The body, None when there is none. Raises MalformedBody, BodyTooLarge; the connection cannot be used on then."""
    body = bytearray()
    size = 0
    for piece in _pieces(stream, headers):
        size += len(piece)
        if size <= LARGEST_BODY:
            body += piece
        elif size > _MOST_READ:
            break
    if size > LARGEST_BODY:
        raise BodyTooLarge
    return bytes(body) or None


def _pieces(stream: BufferedIOBase, headers: Message) -> Iterator[bytes]:
    encodings = headers.get_all("Transfer-Encoding", [])
    lengths = headers.get_all("Content-Length", [])
    if encodings:
        # Both headers, or an encoding we do not know: what request smuggling is made of (RFC 9112 §6.1).
        if lengths or [encoding.strip().lower() for encoding in encodings] != ["chunked"]:
            raise MalformedBody
        return _chunked(stream)
    if len(lengths) > 1 or not all(re.fullmatch(r"[0-9]{1,15}", length) for length in lengths):
        raise MalformedBody
    return _exactly(stream, int(lengths[0]) if lengths else 0)


def _exactly(stream: BufferedIOBase, length: int) -> Iterator[bytes]:
    while length:
        piece = stream.read(min(length, _PIECE))
        if not piece:
            raise MalformedBody
        length -= len(piece)
        yield piece


def _chunked(stream: BufferedIOBase) -> Iterator[bytes]:
    """RFC 9112 §7.1."""
    while size := _chunk_size(stream.readline(1024)):
        yield from _exactly(stream, size)
        if stream.read(2) != b"\r\n":
            raise MalformedBody
    while (trailer := stream.readline(8192)) != b"\r\n":
        if not trailer.endswith(b"\r\n"):
            raise MalformedBody


def _chunk_size(line: bytes) -> int:
    match = re.fullmatch(rb"([0-9A-Fa-f]{1,8})[ \t]*(;[^\r\n]*)?\r\n", line)
    if not match:
        raise MalformedBody
    return int(match[1], 16)
