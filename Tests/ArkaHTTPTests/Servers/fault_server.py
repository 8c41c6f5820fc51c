#!/usr/bin/env python3
"""A server on loopback that misbehaves as the path of a request says.

    fault_server.py [--tls CERTIFICATE KEY] [--host ADDRESS]

Prints its port on standard output and serves until its parent goes away. `/log` answers what came in
so far, one line for each request: the number of its connection, method, path, and the length of its body.
`/headers` answers the header fields of the request. Everything is read and written by hand: a library
would repair what is meant to be broken.
"""
import argparse
import os
import socket
import ssl
import threading

lock = threading.Lock()
log = []
connections = 0
# Released by a request for `/release`: lets the answers to `/hold` go.
released = threading.Event()
# Requests that wait for `/release`.
holding = threading.Semaphore(0)


def answer(body, status="200 OK", extra=()):
    head = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}", "Content-Type: text/plain", *extra]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


class Connection:
    def __init__(self, number, stream):
        self.number = number
        self.stream = stream
        self.buffer = b""
        self.served = 0

    def read_until(self, end):
        while end not in self.buffer:
            more = self.stream.recv(65536)
            if not more:
                return None
            self.buffer += more
            if self.buffer.startswith(b"\x16\x03"):
                # A greeting of TLS: answer as web servers do.
                self.stream.sendall(answer(b"", "400 Bad Request"))
                return None
        part, self.buffer = self.buffer.split(end, 1)
        return part

    def read_exactly(self, count):
        while len(self.buffer) < count:
            more = self.stream.recv(65536)
            if not more:
                break
            self.buffer += more
        part, self.buffer = self.buffer[:count], self.buffer[count:]
        return part

    def serve(self):
        while True:
            head = self.read_until(b"\r\n\r\n")
            if head is None:
                return
            lines = head.decode("latin-1").split("\r\n")
            method, path, _ = lines[0].split(" ", 2)
            fields = [line.split(":", 1) for line in lines[1:]]
            length = sum(int(v) for k, v in fields if k.lower() == "content-length")
            body = self.read_exactly(length)
            with lock:
                log.append(f"{self.number} {method} {path} {len(body)}")
            self.served += 1
            if not self.act(path, lines, body):
                return

    def act(self, path, lines, body):
        """Answers; false if the connection ends."""
        send = self.stream.sendall
        name, _, argument = path.partition("?")[0].lstrip("/").partition("/")
        if name == "log":
            with lock:
                text = "\n".join(log[:-1])
            send(answer(text.encode()))
        elif name == "headers":
            send(answer("\n".join(lines[1:]).encode()))
        elif name == "echo":
            send(answer(body))
        elif name == "status":
            send(answer(b"", status=argument + " Whatever"))
        elif name == "redirect":
            send(answer(b"", "302 Found", ["Location: " + argument.replace("%3A", ":")]))
        elif name == "never":
            self.wait_for_end()
            return False
        elif name == "hold":
            holding.release()
            released.wait()
            send(answer(b"held"))
        elif name == "release":
            # As many as the path says must be waiting.
            for _ in range(int(argument or 0)):
                holding.acquire()
            released.set()
            send(answer(b"released"))
        elif name == "drip":
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
            while not self.has_ended(0.02):
                send(b"x")
            return False
        elif name == "midbody":
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
            return False
        elif name == "midchunk":
            send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nhalf")
            return False
        elif name == "chunked":
            send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n5\r\n-full\r\n0\r\n\r\n")
        elif name == "eof":
            send(b"HTTP/1.1 200 OK\r\n\r\nuntil the end")
            return False
        elif name == "garbage":
            send(b"\x00\x01\x02 this is no protocol\r\n\r\n")
            return False
        elif name == "large":
            count = int(argument)
            send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            for _ in range(count // 65536 + 1):
                send(b"10000\r\n" + b"x" * 65536 + b"\r\n")
            send(b"0\r\n\r\n")
        elif name == "declared":
            send(b"HTTP/1.1 200 OK\r\nContent-Length: " + argument.encode() + b"\r\n\r\n")
            self.wait_for_end()
            return False
        elif name == "longhead":
            send(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1000) for n in range(80)))
            send(b"Content-Length: 0\r\n\r\n")
        elif name == "interim":
            send(b"HTTP/1.1 103 Early Hints\r\nX-Early: 1\r\n\r\n")
            send(answer(b"final", extra=["X-Late:  2 "]))
        elif name == "close":
            # Answers in full, and closes the kept-alive connection behind the client's back.
            send(answer(b"closing"))
            return False
        elif name == "once":
            # The first request of a connection is answered; the second finds it dead, unanswered.
            if self.served > 1:
                return False
            send(answer(b"once"))
        else:
            send(answer(b"ok"))
        return True

    def has_ended(self, seconds):
        self.stream.settimeout(seconds)
        try:
            return self.stream.recv(1) == b""
        except (socket.timeout, TimeoutError):
            return False
        finally:
            self.stream.settimeout(None)

    def wait_for_end(self):
        while self.stream.recv(65536):
            pass


def run(number, stream, context):
    try:
        if context:
            stream = context.wrap_socket(stream, server_side=True)
        Connection(number, stream).serve()
    except (OSError, ValueError):
        pass
    finally:
        stream.close()


def main():
    global connections
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--host", default="127.0.0.1")
    arguments = parser.parse_args()
    context = None
    if arguments.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*arguments.tls)
    listener = socket.create_server((arguments.host, 0), backlog=512)
    print(listener.getsockname()[1], flush=True)
    parent = os.getppid()
    listener.settimeout(1)
    while os.getppid() == parent:
        try:
            stream, _ = listener.accept()
        except TimeoutError:
            continue
        stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        stream.settimeout(None)
        connections += 1
        threading.Thread(target=run, args=(connections, stream, context), daemon=True).start()


main()
