package org.holovitals.server.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Entries as PostgreSQL takes many rows in one parameter. What no column can hold is cut or left out, never refused. */
final class EntryRows {
    /** A longer one would not fit into the index over it. */
    private static final int LONGEST_ID = 200;

    private static final int LONGEST_TEXT = 300;
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new SimpleModule().addSerializer(new Text()))
            .build();

    private final ArrayNode rows = JSON.createArrayNode();

    EntryRows add(UUID id, AuditEntry entry) {
        ObjectNode row = rows.addObject()
                .put("id", id.toString())
                .put("timestamp", entry.timestamp().toString())
                .put("action", text(entry.action(), LONGEST_ID))
                .put("resource", text(entry.resource(), LONGEST_ID))
                .put("resource_id", text(entry.resourceId(), LONGEST_ID))
                .put("is_about_everyone", entry.about().isEveryone())
                .put("outcome", entry.outcome().name().toLowerCase(Locale.ROOT))
                .put("severity", entry.severity().name().toLowerCase(Locale.ROOT))
                .put("requires_review", entry.requiresReview());
        row.set("details", JSON.valueToTree(entry.details()));
        who(row, entry.who());
        about(row, entry.about());
        return this;
    }

    private static void who(ObjectNode row, AuditEntry.Who who) {
        row.put("user_id", who.user() == null ? null : who.user().toString())
                .put("client_id", text(who.client(), LONGEST_TEXT))
                .put("session_id", text(who.session(), LONGEST_TEXT))
                .put("ip_address", address(who.address()))
                .put("user_agent", text(who.userAgent(), LONGEST_TEXT));
    }

    private static void about(ObjectNode row, AuditEntry.About about) {
        ArrayNode patients = row.putArray("patients");
        about.patients().stream().sorted().forEach(patients::add);
        ArrayNode consents = row.putArray("consents");
        about.consents().stream().sorted().map(UUID::toString).forEach(consents::add);
    }

    String json() {
        return rows.toString();
    }

    static @Nullable String address(@Nullable InetAddress address) {
        // Linux adds the interface to an address that is valid on one link only; PostgreSQL does not know that.
        return address == null ? null : address.getHostAddress().replaceFirst("%.*", "");
    }

    static @Nullable String text(@Nullable String value, int longest) {
        if (value == null) {
            return null;
        }
        String clean = value.replace('\0', '\uFFFD');
        return clean.length() <= longest ? clean : clean.substring(0, longest);
    }

    /** PostgreSQL's text has every character but NUL. */
    private static final class Text extends StdScalarSerializer<String> {
        private static final long serialVersionUID = 1;

        Text() {
            super(String.class);
        }

        @Override
        public void serialize(String value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.replace('\0', '\uFFFD'));
        }
    }
}
