-- Everything the schemas fhir and holovitals hold, one row per object: what it is called and what it is like.
-- Runs with an empty search_path, so that every name is written with its schema. Left out: Flyway's own table, the audit
-- log's partitions by month, the children of partitioned constraints and indexes, and NOT NULL constraints, which only
-- PostgreSQL 18 lists (the columns tell the same).
with
schemas as (
  select oid, nspname, nspowner, nspacl from pg_namespace where nspname in ('fhir', 'holovitals')
),
months as (
  select c.oid, c.relname, c.relacl
  from pg_class c
  join pg_inherits i on i.inhrelid = c.oid
  where i.inhparent = to_regclass('holovitals.audit_logs')
    and c.relname ~ '^audit_logs_\d{4}_\d{2}$'
),
relations as (
  select c.*, s.nspname || '.' || c.relname as name
  from pg_class c
  join schemas s on s.oid = c.relnamespace
  where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
    and c.relname <> 'flyway_schema_history'
    and c.oid not in (select oid from months)
),
grantees as (
  select 0::oid as oid, 'public' as name
  union all
  select oid, rolname from pg_roles where rolname = 'holovitals_application'
),
objects as (
  select 'role ' || r.rolname as object,
    concat_ws(', ',
      case when r.rolsuper then 'superuser' end,
      case when r.rolbypassrls then 'bypassrls' end,
      case when r.rolcreaterole then 'createrole' end,
      case when r.rolcanlogin then 'login' else 'nologin' end,
      (select 'member of ' || string_agg(g.rolname, ' ' order by g.rolname collate "C")
       from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid)) as definition
  from pg_roles r
  where r.rolname in ('holovitals_owner', 'holovitals_application')

  union all
  select 'schema ' || nspname, 'owner ' || pg_get_userbyid(nspowner) from schemas

  union all
  select 'grant ' || s.nspname || ' to ' || g.name,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C")
  from schemas s, aclexplode(s.nspacl) a, grantees g
  where g.oid = a.grantee
  group by s.nspname, g.name

  union all
  select 'default privileges ' || s.nspname || ' ' || case d.defaclobjtype
      when 'r' then 'tables' when 'S' then 'sequences' when 'f' then 'functions' else d.defaclobjtype::text end
      || ' of ' || pg_get_userbyid(d.defaclrole) || ' to ' || g.name,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C")
  from pg_default_acl d join schemas s on s.oid = d.defaclnamespace, aclexplode(d.defaclacl) a, grantees g
  where g.oid = a.grantee
  group by s.nspname, d.defaclobjtype, d.defaclrole, g.name

  union all
  select case when relkind in ('r', 'p') then 'table ' else 'foreign table ' end || name,
    concat_ws(', ',
      'owner ' || pg_get_userbyid(relowner),
      'partitioned by ' || pg_get_partkeydef(oid),
      'partition ' || pg_get_expr(relpartbound, oid),
      case when relpersistence = 'u' then 'unlogged' end,
      case when relrowsecurity then 'row level security' end,
      case when relforcerowsecurity then 'forced row level security' end)
  from relations
  where relkind in ('r', 'p', 'f')

  union all
  select case when relkind = 'v' then 'view ' else 'materialized view ' end || name, pg_get_viewdef(oid)
  from relations
  where relkind in ('v', 'm')

  union all
  select 'owner of view ' || name, pg_get_userbyid(relowner) from relations where relkind in ('v', 'm')

  union all
  select 'sequence ' || r.name,
    concat_ws(', ',
      format_type(q.seqtypid, null), 'start ' || q.seqstart, 'increment ' || q.seqincrement,
      'from ' || q.seqmin || ' to ' || q.seqmax, case when q.seqcycle then 'cycle' end,
      'owner ' || pg_get_userbyid(r.relowner))
  from relations r
  join pg_sequence q on q.seqrelid = r.oid

  union all
  select 'column ' || r.name || '.' || a.attname,
    concat_ws(' ',
      format_type(a.atttypid, a.atttypmod),
      case when a.attcollation <> t.typcollation then 'collate ' || a.attcollation::regcollation end,
      case when a.attnotnull then 'not null' end,
      case a.attidentity when 'a' then 'identity always' when 'd' then 'identity by default' end,
      case when a.attgenerated <> '' then 'generated' when d.oid is not null then 'default' end,
      pg_get_expr(d.adbin, d.adrelid))
  from relations r
  join pg_attribute a on a.attrelid = r.oid and a.attnum > 0 and not a.attisdropped
  join pg_type t on t.oid = a.atttypid
  left join pg_attrdef d on d.adrelid = r.oid and d.adnum = a.attnum
  where r.relkind <> 'S'

  union all
  select 'constraint ' || r.name || '.' || k.conname, pg_get_constraintdef(k.oid)
  from relations r
  join pg_constraint k on k.conrelid = r.oid
  where k.contype in ('c', 'f', 'p', 'u', 'x') and k.conparentid = 0

  union all
  select 'index ' || r.name || '.' || x.relname,
    pg_get_indexdef(i.indexrelid) || case when i.indisvalid then '' else ' INVALID' end
  from relations r
  join pg_index i on i.indrelid = r.oid
  join pg_class x on x.oid = i.indexrelid
  where not x.relispartition
    and not exists (select from pg_constraint k where k.conindid = i.indexrelid and k.contype in ('p', 'u', 'x'))

  union all
  select 'trigger ' || r.name || '.' || g.tgname,
    pg_get_triggerdef(g.oid) || case g.tgenabled when 'D' then ' DISABLED' else '' end
  from relations r
  join pg_trigger g on g.tgrelid = r.oid
  where not g.tgisinternal

  union all
  select 'policy ' || r.name || '.' || p.polname,
    concat_ws(' ',
      case when p.polpermissive then 'permissive' else 'restrictive' end,
      'for ' || case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete' else 'all' end,
      'to ' || (select string_agg(case when o = 0 then 'public' else pg_get_userbyid(o)::text end, ' ' order by o) from unnest(p.polroles) o),
      'using ' || pg_get_expr(p.polqual, p.polrelid),
      'with check ' || pg_get_expr(p.polwithcheck, p.polrelid))
  from relations r
  join pg_policy p on p.polrelid = r.oid

  union all
  select 'function ' || s.nspname || '.' || f.proname || '(' || pg_get_function_identity_arguments(f.oid) || ')',
    concat_ws(', ',
      'returns ' || pg_get_function_result(f.oid),
      case when f.prosecdef then 'security definer' end,
      case f.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
      array_to_string(f.proconfig, ' '),
      'owner ' || pg_get_userbyid(f.proowner),
      'sha256 ' || encode(sha256(convert_to(f.prosrc, 'UTF8')), 'hex'))
  from pg_proc f
  join schemas s on s.oid = f.pronamespace

  union all
  select 'grant ' || s.nspname || '.' || f.proname || '(' || pg_get_function_identity_arguments(f.oid) || ') to ' || g.name,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C")
  from pg_proc f join schemas s on s.oid = f.pronamespace,
    aclexplode(coalesce(f.proacl, acldefault('f', f.proowner))) a, grantees g
  where g.oid = a.grantee
  group by s.nspname, f.proname, f.oid, g.name

  union all
  select 'grant ' || r.name || ' to ' || g.name,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C")
  from relations r, aclexplode(r.relacl) a, grantees g
  where g.oid = a.grantee
  group by r.name, g.name

  union all
  select 'grant ' || r.name || '.' || c.attname || ' to ' || g.name,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C")
  from relations r
  join pg_attribute c on c.attrelid = r.oid and not c.attisdropped, aclexplode(c.attacl) a, grantees g
  where g.oid = a.grantee
  group by r.name, c.attname, g.name

  union all
  select 'grant holovitals.' || m.relname || ' to ' || g.name,
    string_agg(lower(a.privilege_type), ', ' order by a.privilege_type collate "C")
  from months m, aclexplode(m.relacl) a, grantees g
  where g.oid = a.grantee
  group by m.relname, g.name
)
select object, definition from objects
