package org.holovitals.server.stored;

import java.util.List;

/**
 * A resource as it is sent.
 *
 * @param json on one line
 * @param references the literal references in it
 * @param codes the codes of its codings
 */
public record WholeResource(String json, List<Mention> references, List<Mention> codes) {}
