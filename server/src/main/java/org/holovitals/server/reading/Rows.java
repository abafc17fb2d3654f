package org.holovitals.server.reading;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.holovitals.server.access.Call;
import org.holovitals.server.access.ConsentVersion;
import org.holovitals.server.reading.Page.Bounds;
import org.holovitals.server.reading.Page.Position;
import org.holovitals.server.reading.PatientSearch.Order;
import org.holovitals.server.stored.StoredResource;
import org.holovitals.server.stored.StoredRow;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** HAPI's tables of stored resources; each method is one statement. */
final class Rows {
    private final JdbcClient jdbc;

    Rows(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The current version of a resource that is not deleted, for a user.
     *
     * @param user row of users
     * @param consents is told the user's {@link ConsentVersion}, if there is such a resource
     */
    Optional<StoredResource> current(String type, String id, UUID user, LongConsumer consents) {
        return jdbc.sql("select " + StoredRow.CURRENT + ", " + ConsentVersion.of("?") + " as consents"
                        + StoredRow.OF_ID)
                .params(user, type, id)
                .query((row, number) -> {
                    consents.accept(row.getLong("consents"));
                    return StoredRow.read(row);
                })
                .optional()
                .flatMap(Function.identity());
    }

    /**
     * A page of a search; empty when something found is not stored as JSON.
     *
     * @param bounds null of the first page
     * @param after null of the first page
     * @param call is told the {@link ConsentVersion} of its user, if it has one
     */
    Optional<Page> page(PatientSearch search, @Nullable Bounds bounds, @Nullable Position after, Call call) {
        Sql statement = statement(search, bounds, after, call.account());
        Map<Boolean, List<Found>> rows = jdbc
                .sql(statement.text())
                .params(statement.values())
                .query((row, number) -> found(row, call))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .collect(Collectors.partitioningBy(Found::comesAlong));
        List<Found> found = rows.getOrDefault(false, List.of());
        List<Found> beside = rows.getOrDefault(true, List.of());
        List<Found> shown = found.subList(0, Math.min(found.size(), search.count()));
        boolean isAllJson = Stream.concat(shown.stream(), beside.stream())
                .allMatch(each -> each.resource().isPresent());
        return !isAllJson || beside.size() > MOST_COMPANIONS
                ? Optional.empty()
                : Optional.of(new Page(
                        resources(shown),
                        resources(beside),
                        bounds != null
                                ? bounds
                                : found.isEmpty() ? Bounds.NONE : found.get(0).bounds(),
                        found.size() > shown.size()
                                ? shown.get(shown.size() - 1).position()
                                : null));
    }

    /** How many a search finds. */
    long count(PatientSearch search) {
        Sql statement = Sql.of("select count(*) from (")
                .and(search.candidates())
                .and(") c where ")
                .and(search.criterion());
        return jdbc.sql(statement.text())
                .params(statement.values())
                .query(Long.class)
                .single();
    }

    private record Found(Optional<StoredResource> resource, Bounds bounds, Position position, boolean comesAlong) {}

    private static List<StoredResource> resources(List<Found> rows) {
        return rows.stream().flatMap(row -> row.resource().stream()).toList();
    }

    /** As many as HAPI loads. */
    private static final int MOST_COMPANIONS = 1000;

    /** With the version of a user's consents on each row, of which there is one also where nothing is found. */
    private static Sql statement(
            PatientSearch search, @Nullable Bounds bounds, @Nullable Position after, @Nullable UUID user) {
        Order order = search.order();
        String direction = order == null ? "" : "sort_key" + (order.isDescending() ? " desc" : "") + " nulls last, ";
        Sql page = page(search, bounds, after, direction);
        Sql rows = user == null
                ? page
                : Sql.of(
                                "select n.consents, s.* from (select " + ConsentVersion.of("?")
                                        + " as consents) n left join (",
                                user)
                        .and(page)
                        .and(") s on true");
        return rows.and(" order by comes_along, " + direction + "res_id");
    }

    /** One more than the page has tells whether there is another. */
    private static Sql page(PatientSearch search, @Nullable Bounds bounds, @Nullable Position after, String direction) {
        Order order = search.order();
        Sql key = order == null ? Sql.of("null::timestamp") : order.key();
        List<Sql> conditions = new ArrayList<>(List.of(search.criterion()));
        if (bounds != null) {
            conditions.add(Sql.of("c.res_id <= ?", bounds.last()));
        }
        Sql found = Sql.of("select c.res_id, ")
                .and(key)
                .and(" as sort_key from (")
                .and(search.candidates())
                .and(") c where ")
                .and(Sql.all(conditions));
        return Sql.of("with found as (select f.*, count(*) over () as total, max(f.res_id) over () as last from (")
                .and(found)
                .and(") f where ")
                .and(after == null ? Sql.of("true") : behind(order, after))
                .and(" order by " + direction + "f.res_id limit " + (search.count() + 1) + ")")
                .and(beside(search, direction))
                .and(" select f.res_id, f.sort_key at time zone 'UTC' as sort_key, f.total, f.last, f.comes_along, "
                        + StoredRow.CURRENT
                        + """
                         from shown f
                        join fhir.hfj_resource r on r.res_id = f.res_id
                        join fhir.hfj_res_ver v on v.res_id = r.res_id and v.res_ver = r.res_ver
                        where r.res_deleted_at is null""");
    }

    /** What comes along is on the page once, and not when it was found on the page anyway. */
    private static Sql beside(PatientSearch search, String direction) {
        Sql found = Sql.of(", shown as (select f.*, false as comes_along from found f");
        return search.companions().isEmpty()
                ? found.and(")")
                : Sql.of(", page as (select * from found order by " + direction + "res_id limit ?)", search.count())
                        .and(found)
                        .and(" union all select b.res_id, null, null, null, true from (select distinct u.res_id from (")
                        .and(Sql.join(" union ", search.companions()))
                        .and(") u where u.res_id not in (select res_id from page) limit ?) b)")
                        .and(Sql.of("", MOST_COMPANIONS + 1));
    }

    private static Sql behind(@Nullable Order order, Position after) {
        if (order == null) {
            return Sql.of("f.res_id > ?", after.id());
        } else if (after.key() == null) {
            return Sql.of("f.sort_key is null and f.res_id > ?", after.id());
        }
        String beyond = order.isDescending() ? "<" : ">";
        return Sql.of(
                "(f.sort_key is null or f.sort_key " + beyond + " (?::timestamptz at time zone 'UTC')"
                        + " or (f.sort_key = (?::timestamptz at time zone 'UTC') and f.res_id > ?))",
                after.key(),
                after.key(),
                after.id());
    }

    private static Optional<Found> found(ResultSet row, Call call) throws SQLException {
        if (call.account() != null) {
            call.consentVersion(row.getLong("consents"));
        }
        long id = row.getLong("res_id");
        return row.wasNull()
                ? Optional.empty()
                : Optional.of(new Found(
                        StoredRow.read(row),
                        new Bounds(row.getLong("total"), row.getLong("last")),
                        new Position(row.getObject("sort_key", OffsetDateTime.class), id),
                        row.getBoolean("comes_along")));
    }
}
