"""A terminal of a size for one program: terminal.py WIDTH HEIGHT PROGRAM ARGUMENT...

Everything that the program draws goes to standard output. Each line of standard input is an order: "resize WIDTH HEIGHT",
"type HEX" (keys, as bytes), or "hangup", which closes the terminal. Ends with the program's exit code.
"""

import fcntl
import os
import pty
import selectors
import signal
import struct
import sys
import termios


def resize(terminal, width, height):
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", int(height), int(width), 0, 0))


def obey(order, *arguments):
    """Returns whether the terminal stays open."""
    if order == "resize":
        resize(terminal, *arguments)
    elif order == "type":
        os.write(terminal, bytes.fromhex(arguments[0]))
    return order != "hangup"


def read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # The program has ended.
        return b""


program, terminal = pty.fork()
if program == 0:
    # Ignored signals stay ignored in whatever a test runner starts.
    for ignored in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM, signal.SIGTSTP):
        signal.signal(ignored, signal.SIG_DFL)
    resize(0, sys.argv[1], sys.argv[2])
    os.execvp(sys.argv[3], sys.argv[3:])

descriptors = selectors.DefaultSelector()
descriptors.register(terminal, selectors.EVENT_READ)
descriptors.register(0, selectors.EVENT_READ)
orders = b""
is_open = True
while is_open:
    for key, _ in descriptors.select():
        piece = read(key.fd)
        if not piece:
            is_open = False
        elif key.fd == terminal:
            sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            *lines, orders = (orders + piece).split(b"\n")
            is_open = all([obey(*line.decode().split()) for line in lines])
os.close(terminal)
sys.exit(os.waitstatus_to_exitcode(os.waitpid(program, 0)[1]) & 255)
