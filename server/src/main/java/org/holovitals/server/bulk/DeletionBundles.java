package org.holovitals.server.bulk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Set;
import org.holovitals.server.exporting.PagedFiles;

/** Lines of transaction Bundles that delete what was deleted, so that a copy can follow. */
final class DeletionBundles {
    static final String KIND = "deleted";
    private static final int MOST = 500;

    private final ObjectMapper json;
    private final PagedFiles files;
    private ArrayNode entries;

    DeletionBundles(ObjectMapper json, PagedFiles files) {
        this.json = json;
        this.files = files;
        this.entries = json.createArrayNode();
    }

    void add(String type, String id) throws IOException {
        entries.addObject().putObject("request").put("method", "DELETE").put("url", type + "/" + id);
        if (entries.size() == MOST) {
            finish();
        }
    }

    /** Writes what is left. */
    void finish() throws IOException {
        if (!entries.isEmpty()) {
            ObjectNode bundle = json.createObjectNode();
            bundle.put("resourceType", "Bundle").put("type", "transaction");
            bundle.set("entry", entries);
            files.write(KIND, bundle.toString(), Set.of());
            entries = json.createArrayNode();
        }
    }
}
