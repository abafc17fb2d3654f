-- HAPI's own history is the migrator's; the application may only look.
revoke insert, update, delete on fhir."FLY_HFJ_MIGRATION" from holovitals_application;

create function is_date_group(value text, value_precision text, low timestamptz, high timestamptz)
  returns boolean
  language sql
  immutable
  parallel safe
as $$
  select case
    when value is null then num_nonnulls(value_precision, low, high) = 0
    when value_precision is null then false
    when value_precision = 'period' then true
    else value_precision in ('year', 'month', 'day', 'second', 'millisecond', 'instant')
      and low is not null and high is not null
  end
$$;

comment on function is_date_group(text, text, timestamptz, timestamptz) is
  'Whether the four columns of a partial date agree: FHIR''s own text, its precision, the first and the last instant covered. '
  'All null together; only a period (ISO 8601-2, start/end, .. for an open side) may lack an instant.';
