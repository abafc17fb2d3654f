package org.holovitals.mappings;

/** An element of a resource that its row cannot hold. The value is clinical text: never log it. */
public record Loss(String path, String value) {}
