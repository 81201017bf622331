"""Starts servers and workers on demand, quickly, as forks of a process that has imported everything.

Reads one word a line, ``server`` or ``worker``, and answers with the number of the new process.
"""

import os
import signal
import sys

import waitress

from broker_admin import create_app
from broker_admin.jobs import worker


def serve(port):
    waitress.serve(create_app(), host="127.0.0.1", port=port, threads=4, _quiet=True)


def main(port):
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how they ended
    for word in sys.stdin:
        child = os.fork()
        if child:
            sys.stdout.write(f"{child}\n")
            sys.stdout.flush()
        elif word.strip() == "server":
            serve(port)
        else:
            worker.run_forever(create_app(), worker.stop_on_signals())


if __name__ == "__main__":
    main(int(sys.argv[1]))
