package org.holovitals.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules that every table of schema holovitals keeps; Flyway's own table is not ours. */
final class SchemaRulesTest {
    private static final String TABLES = """
            with tables as (
              select * from pg_class
              where relnamespace = 'holovitals'::regnamespace and relkind in ('r', 'p')
                and relname <> 'flyway_schema_history'
            ), columns as (
              select t.oid as table_oid, t.relname as table_name, a.attnum, a.attname as column_name,
                format_type(a.atttypid, a.atttypmod) as type
              from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped
            )
            """;

    @AutoClose
    private static TestDatabase database;

    @BeforeAll
    static void migrate() throws SQLException {
        database = TestServer.migrated();
    }

    @Test
    void everyTableOfTheDataModelIsThere() throws SQLException {
        assertThat(found("select relname from tables where not relispartition"))
                .contains("users", "patients", "user_sessions", "consent_grants")
                .contains("documents", "ocr_results", "extracted_data", "document_links", "document_embeddings")
                .contains("analysis_sessions", "chat_conversations", "chat_messages", "analysis_queue")
                .contains("cloud_instances", "instance_costs", "chatbot_costs", "analysis_costs", "model_prices")
                .contains("prompt_optimizations", "prompt_splits", "model_performance", "system_health")
                .contains("patient_repositories", "identity_challenges", "patient_diagnoses", "patient_medications")
                .contains("patient_allergies", "patient_vital_signs", "patient_procedures", "patient_immunizations")
                .contains("patient_family_history", "patient_results", "patient_resources")
                .contains("audit_logs", "audit_reviews", "audit_batches", "notifications", "security_alerts")
                .contains("ai_interactions", "import_journal", "launches", "launch_calls")
                .contains("identity_cursors", "identity_events", "token_revocations")
                .contains("audit_removals", "audit_holds", "consent_denials", "record_viewers", "alert_cursors")
                .contains("consent_versions")
                .contains("link_keys", "bulk_jobs", "bulk_files", "data_keys")
                .contains("spending_limits", "daily_spending", "cost_reservations")
                .contains("imports", "import_entries", "model_calls", "egress_choices", "chat_questions")
                .contains("document_indexing", "document_attachments")
                .hasSize(65);
    }

    @Test
    void everyTableHasAPrimaryKey() throws SQLException {
        assertThat(found("select relname from tables t where not exists"
                        + " (select from pg_index where indrelid = t.oid and indisprimary)"))
                .isEmpty();
    }

    @Test
    void everyTableAndViewHasAComment() throws SQLException {
        assertThat(found("select relname from tables where obj_description(oid, 'pg_class') is null"))
                .isEmpty();
        assertThat(found("select relname from pg_class where relnamespace = 'holovitals'::regnamespace"
                        + " and relkind = 'v' and obj_description(oid, 'pg_class') is null"))
                .isEmpty();
    }

    @Test
    void everyTableHasAnIdAndTheTimeItsRowsWereMade() throws SQLException {
        assertThat(found("select relname from tables where 2 <> (select count(*) from columns where table_oid = oid"
                        + " and (column_name, type) in (('id', 'uuid'), ('created_at', 'timestamp with time zone')))"))
                .isEmpty();
    }

    @Test
    void everyForeignKeyIsIndexed() throws SQLException {
        assertThat(found("""
                select k.conname from tables t join pg_constraint k on k.conrelid = t.oid
                where k.contype = 'f' and k.conparentid = 0 and not exists (
                  select from pg_index i where i.indrelid = t.oid and i.indpred is null
                    and (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)
                """)).isEmpty();
    }

    @Test
    void everyRowOfAResourceGoesWithItAndMayComeBeforeIt() throws SQLException {
        String keys = "select conname from tables join pg_constraint on conrelid = tables.oid"
                + " where contype = 'f' and confrelid = 'fhir.hfj_resource'::regclass";
        assertThat(found(keys)).hasSize(11);
        assertThat(found(keys + " and not (confdeltype = 'c' and condeferrable and condeferred)"))
                .isEmpty();
    }

    @Test
    void onlyTheseTypesAreUsed() throws SQLException {
        assertThat(found("select distinct type from columns"
                        + " where type not in ('uuid', 'text', 'text[]', 'bigint', 'integer', 'smallint', 'boolean',"
                        + " 'bigint[]', 'uuid[]', 'int8multirange', 'date',"
                        + " 'timestamp with time zone', 'jsonb', 'inet', 'bytea') and type !~ '^numeric'"))
                .isEmpty();
    }

    /** The status of the many types in patient_resources is bound to no one set of codes. */
    @Test
    void everyStatusIsAClosedSet() throws SQLException {
        assertThat(found("""
                select table_name || '.' || column_name from columns c
                where column_name ~ '(^|_)status$' and not exists (
                  select from pg_constraint k where k.conrelid = c.table_oid and k.contype = 'c'
                    and k.conkey = array[c.attnum] and pg_get_constraintdef(k.oid) like '%= ANY (ARRAY[%')
                """)).containsExactly("patient_resources.status");
    }

    @Test
    void moneyIsExactAndHasACurrency() throws SQLException {
        String money = "from columns c where column_name ~ '(^|_)(cost|price)(_|$)' and column_name !~ '_id$'";
        assertThat(found("select column_name " + money)).hasSize(23);
        assertThat(found("select table_name || '.' || column_name " + money + " and (type <> 'numeric(18,8)'"
                        + " or not exists (select from columns o where o.table_oid = c.table_oid"
                        + " and o.column_name = 'currency'))"))
                .isEmpty();
    }

    @Test
    void tokensAreCountedInBigint() throws SQLException {
        String tokens = "from columns where column_name ~ '(^|_)tokens?(_|$)'"
                + " and column_name not in ('avg_tokens_per_second', 'avg_cost_per_token', 'token_hash')";
        assertThat(found("select column_name " + tokens)).hasSize(22);
        assertThat(found("select table_name || '.' || column_name " + tokens + " and type <> 'bigint'"))
                .isEmpty();
    }

    private static List<String> found(String query) throws SQLException {
        return database.query(TABLES + query);
    }
}
