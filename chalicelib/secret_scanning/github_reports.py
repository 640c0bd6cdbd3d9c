"""GitHub's reports of leaked secrets, by its secret scanning partner program.

A report is signed, and says neither when nor for whom: it could be sent again by whoever has got hold of it. That is
harmless, since to each secret everything happens once; and the same signature is answered again for an hour alone, in
which GitHub repeats what it got no answer to. ``docs/adr/leaked-secrets.md`` says why.
"""

import base64
import binascii
import hashlib
import time
from collections.abc import Sequence
from typing import Protocol

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from chalicelib.clock import Clock
from chalicelib.credentials.client_secrets import ClientSecret
from chalicelib.credentials.found_places import displayable_url, known_source
from chalicelib.credentials.leaked_secrets import Finding, ReportOfLeaks
from chalicelib.credentials.secret_digests import digest_id
from chalicelib.errors import (
    InvalidRequest,
    ReportNotSigned,
    ReportRepeated,
    ReportTooLarge,
    ReportUnfinished,
    Unavailable,
)
from chalicelib.published_keys import PublishedKeys
from chalicelib.secret_scanning.signed_report import Feedback, Match, SignedReport

MOST_MATCHES = 20_000
"""Of one report. Lambda answers with 6 MB at most, and each has some 170 bytes there."""
REPEATABLE = 3600
"""Seconds from a report's first answer in which the same one is answered again."""
_REMEMBERED = 400 * 86_400
"""Seconds for which a report is known to have been answered; GitHub's keys do not live that long."""
_LONGEST_IDENTIFIER = 128
REPORT_PREFIX = "secret-report:"


class AnsweredReports(Protocol):
    """Which reports were answered, and when first. Each method may raise Unavailable."""

    def first_answer(self, report_id: str) -> int | None:
        """Epoch seconds; None for one that was not answered."""

    def add(self, report_id: str, now: int, until: int) -> None:
        """Leaves one that is there as it is."""


_decode_matches = msgspec.json.Decoder(list[Match]).decode


class GithubReports:
    """``report`` is that of LeakedSecrets. ``secret_type`` is GitHub's name for our secrets: matches of other types
    are not ours.
    """

    def __init__(
        self,
        keys: PublishedKeys[EllipticCurvePublicKey],
        answered: AnsweredReports,
        report: ReportOfLeaks,
        secret_type: str,
        clock: Clock = time.time,
    ) -> None:
        self._keys = keys
        self._answered = answered
        self._report = report
        self._secret_type = secret_type
        self._clock = clock

    def handle(self, report: SignedReport) -> tuple[Feedback, ...]:
        """What each match of our type is, in the order of the report, after all has happened that should.

        Raises ReportNotSigned, ReportRepeated, ReportTooLarge, InvalidRequest; Unavailable, and ReportUnfinished, after
        which the same report may be sent again.
        """
        report_id = self._verified(report)
        now = int(self._clock())
        first_answer = self._answered.first_answer(report_id)
        if first_answer is not None and now - first_answer > REPEATABLE:
            raise ReportRepeated
        matches = [match for match in _matches(report.body) if match.type == self._secret_type]
        secrets = [(match, ClientSecret.parse(match.token)) for match in matches]
        known = self._report(
            [_finding(match, secret) for match, secret in secrets if secret is not None], report.reporter
        )
        # Last: what was not done to its end is not answered yet, however late it is sent again.
        try:
            self._answered.add(report_id, now, now + _REMEMBERED)
        except Unavailable as error:
            raise ReportUnfinished from error
        return tuple(_feedback(match, secret is not None and digest_id(secret) in known) for match, secret in secrets)

    def _verified(self, report: SignedReport) -> str:
        """The id of the report: the same for all spellings of its signature. Raises ReportNotSigned, Unavailable.

        A signature is base64 of DER of two numbers, and with one pair another one verifies, too, that anybody can make
        of it. They have the first number in common, which GitHub makes anew for each signature.
        """
        if not 0 < len(report.key_identifier) <= _LONGEST_IDENTIFIER:
            raise ReportNotSigned
        try:
            signature = base64.b64decode(report.signature, validate=True)
            first, _ = decode_dss_signature(signature)
        except (binascii.Error, ValueError) as error:
            raise ReportNotSigned from error
        key = self._keys.get(report.key_identifier)
        if key is None:
            raise ReportNotSigned
        try:
            key.verify(signature, report.body, ECDSA(SHA256()))
        except InvalidSignature as error:
            raise ReportNotSigned from error
        about = hashlib.sha256(report.body).digest() + first.to_bytes(32, "big")
        return REPORT_PREFIX + hashlib.sha256(about).hexdigest()


def _matches(body: bytes) -> Sequence[Match]:
    try:
        matches = _decode_matches(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidRequest("The body is no list of matches.") from error
    if len(matches) > MOST_MATCHES:
        raise ReportTooLarge
    return matches


def _finding(match: Match, secret: ClientSecret) -> Finding:
    return Finding(secret=secret, source=known_source(match.source or ""), url=displayable_url(match.url or ""))


def _feedback(match: Match, is_real: bool) -> Feedback:
    return Feedback(
        token_hash=hashlib.sha256(match.token.encode()).hexdigest(),
        token_type=match.type,
        label="true_positive" if is_real else "false_positive",
    )
