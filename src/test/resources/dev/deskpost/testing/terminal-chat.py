#!/usr/bin/python3
"""A chat program for a terminal, as coding agents are: it asks for bracketed paste, and writes down what it received.

    terminal-chat.py DIR NAME

What lies between ESC [ 200 ~ and ESC [ 201 ~ is pasted text, line breaks included; Enter outside of it submits. Ctrl+u
empties the line, which may hold several lines, as it does in a shell; ctrl+e goes to its end, where the cursor always is.

DIR/NAME.jsonl gets one JSON object a line, written before the terminal shows any reaction: "ready", "pasted" with the
number of characters, "submitted", "empty-submit", "key" for a typed character or a key's escape sequence that belongs to
no paste, "chord" for ctrl and a letter, and "input" with all that stands in the line now, after each change.

A line {"draft": TEXT} in the pipe DIR/NAME.commands leaves a draft as a person would.
"""
import codecs
import json
import os
import re
import select
import sys
import tty

BEGIN = "\x1b[200~"
END = "\x1b[201~"
# CSI and SS3 sequences of keys, ECMA-48; a lone escape is what is left
ESCAPE = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|O[@-~])?")


class Chat:
    def __init__(self, directory, name):
        path = os.path.join(directory, name)
        self.journal = open(path + ".jsonl", "ab", buffering=0)
        os.mkfifo(path + ".commands")
        # Both ends, so that it never reports the end of a writer
        self.commands = os.open(path + ".commands", os.O_RDWR)
        self.decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        self.arrived = ""
        self.pasting = None
        self.line = ""

    def record(self, event, **fields):
        self.journal.write((json.dumps({"event": event, **fields}) + "\n").encode())

    def run(self):
        tty.setraw(0)
        self.show("\x1b[?2004h")
        self.record("ready")
        while True:
            readable, _, _ = select.select([0, self.commands], [], [])
            if self.commands in readable:
                self.change(json.loads(self.read_command())["draft"])
            if 0 in readable:
                data = os.read(0, 65536)
                if not data:
                    return
                self.arrived += self.decode(data)
                while self.arrived and self.take():
                    pass

    def read_command(self):
        line = b""
        while not line.endswith(b"\n"):
            line += os.read(self.commands, 65536)
        return line

    def take(self):
        """Takes the first thing off what arrived; False if the rest of it must still come."""
        if self.pasting is not None:
            text, end, rest = self.arrived.partition(END)
            # The end's own beginning may be the last that came
            keep = 0 if end else max(n for n in range(len(END)) if text.endswith(END[:n]))
            self.pasting.append(text[:len(text) - keep])
            self.arrived = rest if end else text[len(text) - keep:]
            if end:
                # Terminals send the line breaks of a paste as the Enter key would
                pasted = "".join(self.pasting).replace("\r\n", "\n").replace("\r", "\n")
                self.pasting = None
                self.record("pasted", length=len(pasted))
                self.change(self.line + pasted)
            return bool(end)
        if self.arrived.startswith(BEGIN):
            self.arrived = self.arrived[len(BEGIN):]
            self.pasting = []
            return True
        if BEGIN.startswith(self.arrived):
            return False
        escape = ESCAPE.match(self.arrived)
        typed = escape.group() if escape else self.arrived[0]
        self.arrived = self.arrived[len(typed):]
        self.on_key(typed)
        return True

    def on_key(self, typed):
        if typed == "\r":
            self.submit()
        elif typed in "\x05\x15":
            self.record("chord", keys="ctrl+" + chr(ord(typed) + 0x60))
            if typed == "\x15":
                self.change("")
        else:
            self.record("key", char=typed)
            if typed.isprintable():
                self.change(self.line + typed)

    def submit(self):
        if not self.line:
            self.record("empty-submit", urgent=False)
            return
        self.record("submitted", text=self.line, urgent=False)
        self.change("")

    def change(self, line):
        self.line = line
        self.record("input", text=line)
        self.show("")

    def show(self, before):
        shown = self.line.replace("\n", " ").replace("\t", " ")[-60:]
        os.write(1, (before + "\r\x1b[K> " + shown).encode())


Chat(sys.argv[1], sys.argv[2]).run()
