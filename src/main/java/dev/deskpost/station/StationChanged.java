package dev.deskpost.station;

/** This process holds the station now, or the station's mode is another: there may be something to do. */
public record StationChanged() {}
