"""The demo's session cookie. Everybody gets the same one, from any serve.py: it proves that credentials travel, not
who somebody is. (Browsers share cookies between the ports of a host, so a secret would be lost to the next server.)
"""

from __future__ import annotations

from .web import Request, Response

_NAME, _VALUE = "pravado_demo_session", "signed-in"


def give(response: Response) -> Response:
    response.headers.append(("Set-Cookie", f"{_NAME}={_VALUE}; Path=/; HttpOnly; SameSite=Lax"))
    return response


def is_in(request: Request) -> bool:
    return request.cookie(_NAME) == _VALUE
