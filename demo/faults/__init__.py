"""What goes wrong between the API and a viewer, on demand (serve.py --fault, POST /demo/control).

A fault changes answers on their way out: the demo behind it goes on as if nothing had happened, so that what is
true can always be asked for. In this order:

    book.py       the faults in effect, for which calls, and how often still
    catalogue.py  what faults there are, and how they are written
    answers.py    another answer in place of the right one
    bodies.py     the right answer, badly delivered
    garbage.py    what should never be on a stream
    odd.py        what only some servers write, meaning the same
    skew.py       a server whose clock is wrong
"""
