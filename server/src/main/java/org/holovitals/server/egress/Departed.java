package org.holovitals.server.egress;

import java.util.UUID;
import org.holovitals.server.models.EgressMode;
import org.holovitals.server.models.Model;

/**
 * Something that is about to leave.
 *
 * @param call the row in model_calls
 * @param text what the model is asked, as it leaves
 * @param sha256 of the whole body, in hexadecimal digits
 */
public record Departed(UUID call, Model model, EgressMode mode, String text, String sha256) {}
