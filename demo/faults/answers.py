"""Another answer in place of the right one."""

from __future__ import annotations

import random
from dataclasses import replace

from ..error_runs import INTERNAL_ERROR, NO_ORG_ACCESS, NOT_FOUND, UNAUTHORIZED, ApiError
from ..json_text import dumps, loads
from ..web import Request, Response, json_bytes_response, redirect
from .garbage import BODY

ERRORS = {
    error.status: error
    for error in (
        UNAUTHORIZED,
        NO_ORG_ACCESS,
        NOT_FOUND,
        INTERNAL_ERROR,
        ApiError(503, "SERVICE_UNAVAILABLE", "The API is being deployed, please try again"),
    )
}


def to_the_run(request: Request) -> Response:
    """What production does where streams are switched off."""
    return redirect(303, request.path.removesuffix("/stream"))


def of_another_type(response: Response, content_type: str) -> Response:
    headers = [(name, value) for name, value in response.headers if name.lower() != "content-type"]
    headers.append(("Content-Type", content_type))
    return replace(response, headers=headers)


_RATE_LIMITED = ApiError(429, "RATE_LIMITED", "Too many requests, please try again later")


def limited(status: int, seconds: float) -> Response:
    """The product's API server says so with 500, others with 429; both say for how long."""
    refused = replace(_RATE_LIMITED, status=status).response()
    return replace(refused, headers=[*refused.headers, ("Retry-After", f"{seconds:.0f}")])


def no_route() -> Response:
    """What a web app answers where it has no page."""
    return Response(
        404,
        b"<!doctype html><title>404</title><h1>404: This page could not be found.</h1>",
        [("Content-Type", "text/html; charset=utf-8")],
    )


def with_moved_steps(response: Response) -> Response:
    """The run with its steps in another order each time: rows of a database that are read without an order."""
    try:
        answer = loads(response.body)
        steps = answer["data"]["steps"]
    except (ValueError, KeyError, TypeError):
        return response
    random.shuffle(steps)
    headers = [(name, value) for name, value in response.headers if name.lower() != "content-length"]
    return replace(response, body=dumps(answer), headers=headers)


def garbage() -> Response:
    return json_bytes_response(200, BODY)
