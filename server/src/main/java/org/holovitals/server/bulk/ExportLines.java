package org.holovitals.server.bulk;

import java.io.IOException;
import java.util.Set;
import org.holovitals.server.exporting.PagedFiles;
import org.holovitals.server.exporting.Receiver;
import org.holovitals.server.stored.RootElements;

/** Writes what is taken out into the files of an export. */
final class ExportLines implements Receiver {
    private final PagedFiles files;
    private final RootElements elements;
    private final DeletionBundles deletions;

    ExportLines(PagedFiles files, RootElements elements, DeletionBundles deletions) {
        this.files = files;
        this.elements = elements;
        this.deletions = deletions;
    }

    @Override
    public void resource(String type, String line, Set<String> patients) throws IOException {
        files.write(type, elements.of(type, line), patients);
    }

    @Override
    public void deleted(String type, String id) throws IOException {
        deletions.add(type, id);
    }
}
