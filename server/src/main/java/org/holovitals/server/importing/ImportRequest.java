package org.holovitals.server.importing;

import java.nio.file.Path;
import java.util.List;

/**
 * What to import.
 *
 * @param paths files, folders and archives
 * @param again whether to import what the journal says was imported before
 */
public record ImportRequest(List<Path> paths, boolean again) {}
