#!/usr/bin/python3
"""Chat windows of one GTK 3 process, which write down what happened to them.

    gtk-chat.py DIR NAME...

Each NAME is a window with that title. DIR/NAME.jsonl gets one JSON object a line, written before the window shows any
reaction: "ready" with the middle of the input box, "submitted", "empty-submit", "key" for a typed character that belongs
to no paste and no submit, and "input" with all that stands in the box now, after each change.

A line {"window": NAME, "draft": TEXT} on standard input leaves a draft as a person would; its end ends the windows.
"""
import json
import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Gdk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

CHORD = Gdk.ModifierType.CONTROL_MASK | Gdk.ModifierType.MOD1_MASK | Gdk.ModifierType.SUPER_MASK
NAMED = {"Tab": "\t", "Escape": "\x1b", "BackSpace": "\b"}


class ChatWindow(Gtk.Window):
    def __init__(self, directory, name):
        super().__init__(title=name, default_width=480, default_height=400)
        self.journal = open(os.path.join(directory, name + ".jsonl"), "ab", buffering=0)
        self.view = Gtk.TextView(wrap_mode=Gtk.WrapMode.WORD_CHAR)
        self.view.connect("key-press-event", self.on_key)
        self.view.get_buffer().connect("changed", lambda buffer: self.record("input", text=self.text()))
        self.scroll = Gtk.ScrolledWindow(height_request=160, shadow_type=Gtk.ShadowType.IN)
        self.scroll.add(self.view)
        self.transcript = Gtk.Label(label="Nothing yet", yalign=0)
        content = Gtk.Box(orientation=Gtk.Orientation.VERTICAL, border_width=12, spacing=12)
        content.pack_start(self.transcript, True, True, 0)
        content.pack_start(self.scroll, False, False, 0)
        self.add(content)
        self.connect("destroy", Gtk.main_quit)
        # Once it is on the screen, and everything that GTK does for that has been done
        self.connect("map-event", lambda *_: GLib.idle_add(self.ready, priority=GLib.PRIORITY_LOW))
        self.view.grab_focus()
        self.show_all()

    def record(self, event, **fields):
        self.journal.write((json.dumps({"event": event, **fields}) + "\n").encode())

    def text(self):
        buffer = self.view.get_buffer()
        return buffer.get_text(buffer.get_start_iter(), buffer.get_end_iter(), True)

    def draft(self, text):
        buffer = self.view.get_buffer()
        buffer.set_text(text)
        buffer.place_cursor(buffer.get_end_iter())

    def ready(self):
        area = self.scroll.get_allocation()
        x, y = self.scroll.translate_coordinates(self, area.width // 2, area.height // 2)
        self.record("ready", x=x, y=y)

    def on_key(self, view, event):
        chord = event.state & CHORD
        name = Gdk.keyval_name(event.keyval)
        if name in ("Return", "KP_Enter") and not event.state & Gdk.ModifierType.SHIFT_MASK:
            self.submit(bool(event.state & Gdk.ModifierType.CONTROL_MASK))
            return True
        character = NAMED.get(name) or chr(Gdk.keyval_to_unicode(event.keyval))
        # What has no character is a modifier, an arrow or a function key; Delete edits, and types nothing
        if not chord and character not in ("\0", "\x7f"):
            self.record("key", char=character)
        return False

    def submit(self, urgent):
        text = self.text()
        if not text:
            self.record("empty-submit", urgent=urgent)
            return
        self.record("submitted", text=text, urgent=urgent)
        self.view.get_buffer().set_text("")
        self.transcript.set_text(text[:200])


def main():
    directory, names = sys.argv[1], sys.argv[2:]
    windows = {name: ChatWindow(directory, name) for name in names}

    def on_command(source, condition):
        line = sys.stdin.buffer.raw.readline()
        if not line:
            Gtk.main_quit()
            return False
        command = json.loads(line)
        windows[command["window"]].draft(command["draft"])
        return True

    GLib.io_add_watch(sys.stdin.fileno(), GLib.IO_IN | GLib.IO_HUP, on_command)
    Gtk.main()


main()
