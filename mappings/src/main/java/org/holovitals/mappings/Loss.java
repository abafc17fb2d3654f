package org.holovitals.mappings;

/**
 * One element of a resource that its rows cannot give back.
 *
 * @param path the element's path without indexes, such as {@code Condition.stage.summary}; an extension is named by its url
 * @param value the start of what is lost; clinical data, so never log it
 */
public record Loss(String path, String value) {}
