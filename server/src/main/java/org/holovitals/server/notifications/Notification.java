package org.holovitals.server.notifications;

import org.jspecify.annotations.Nullable;

/**
 * What a user is told.
 *
 * @param type such as {@code consent-requested}
 * @param message a sentence for the user; it may be shown on a locked screen, so it carries no health information
 * @param requiresAction whether the user has to decide something
 * @param link path in the app where to
 */
public record Notification(
        String type,
        String message,
        boolean requiresAction,
        @Nullable String link) {}
