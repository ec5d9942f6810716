"""What serve.py is made of: a web server for dist/, and a demo of the API behind the viewer.

Standard library only. Read it in this order:

    web.py           requests, responses, the threaded server; knows nothing of playbooks
    guard.py         Host check and security headers
    site.py          which part answers which address
    static_files.py  dist/
    pages.py         the start page; /demo/<playbook> starts a fresh run
    calls.py         which of the API's calls a request is
    api.py           the REST answers and error bodies
    sse.py           the event stream
    runs.py          the runs there are; run.py: one of them, its document, events and clock
    reduce.py        what an event does to a run document
    faults/          what goes wrong on the way to the viewer (--fault)
    playbook.py      the words a playbook is written in; playbooks/: the playbooks
    engine.py        performs a playbook
    load.py          as many steps and events as one asks for
    replay.py        plays recorded data instead
    proxy.py         --api: forwards to a real server instead
    control.py       what tests steer and count

What goes over the wire: docs/WIRE.md.
"""
