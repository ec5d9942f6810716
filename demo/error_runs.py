"""Runs that always go wrong, so that every error screen can be looked at.

Each is named by a word instead of a UUID, which a real run can't be.
"""

from __future__ import annotations

from dataclasses import dataclass

from .web import Response, json_bytes_response, json_response


@dataclass(frozen=True)
class ApiError:
    """An error as in docs/WIRE.md#requests."""

    status: int
    code: str
    message: str

    def response(self) -> Response:
        return json_response(
            self.status, {"success": False, "error": {"code": self.code, "message": self.message}}
        )


UNAUTHORIZED = ApiError(401, "UNAUTHORIZED", "Your session has ended. Please sign in again.")
NO_ORG_ACCESS = ApiError(403, "NO_ORG_ACCESS", "You do not have access to this run's organization")
NOT_FOUND = ApiError(404, "NOT_FOUND", "Playbook run not found")
STEP_NOT_FOUND = ApiError(404, "NOT_FOUND", "Step not found in this run")
INTERNAL_ERROR = ApiError(500, "INTERNAL_ERROR", "Failed to load playbook run")
# Not in the contract's list: it leaves open what the real server says to an id that is no UUID.
INVALID_ID = ApiError(400, "VALIDATION_ERROR", "Invalid run id: not a UUID")


def _html() -> Response:
    page = b"<!doctype html><title>502</title><h1>502 Bad Gateway</h1><hr>nginx"
    return Response(200, page, [("Content-Type", "text/html; charset=utf-8")])


ERROR_RUNS = {
    "error-401": ("Signed out", UNAUTHORIZED.response),
    "error-403": ("No access to the organization", NO_ORG_ACCESS.response),
    "error-404": ("No such run", NOT_FOUND.response),
    "error-500": ("The server failed", INTERNAL_ERROR.response),
    "error-not-success": (
        "200, but success is false",
        lambda: ApiError(200, "MAINTENANCE", "Playbook runs are being migrated, back at 14:30").response(),
    ),
    "error-not-json": ("A web page instead of JSON", _html),
    "error-half-json": (
        "JSON that ends in the middle",
        lambda: json_bytes_response(200, b'{"success":true,"data":{"id":"error-half-json","steps":[{"key":"a"'),
    ),
    "error-wrong-shape": (
        "JSON of another shape",
        lambda: json_response(200, {"success": True, "data": {"id": 7, "steps": {"length": "many"}, "state": []}}),
    ),
    "error-null": ("JSON null", lambda: json_response(200, None)),
}
