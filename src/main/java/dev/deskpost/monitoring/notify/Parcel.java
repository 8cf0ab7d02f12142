package dev.deskpost.monitoring.notify;

import java.util.Map;

/** One try, ready to be sent: its body, which is JSON, and its headers. */
record Parcel(String body, Map<String, String> headers) {}
