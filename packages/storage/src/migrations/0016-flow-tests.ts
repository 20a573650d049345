/** What flows are to answer to what, and how they did. */
export function flowTests(): readonly string[] {
  return [
    `create table flow_test (
      id text not null primary key, flow_id text not null references flow (id) on delete cascade,
      user_id text not null, name text not null, input_value text not null, tweaks text not null,
      check_kind text not null, expected text not null, ignore_case bigint not null, judge text, last text,
      created_at bigint not null, updated_at bigint not null)`,
    'create index flow_test_flow on flow_test (flow_id, created_at)',

    `create table flow_test_run (
      id text not null primary key, flow_id text not null references flow (id) on delete cascade,
      user_id text not null, target text not null, version bigint, is_whole bigint not null, status text not null,
      started_at bigint not null, updated_at bigint not null, ended_at bigint,
      total bigint not null, passed bigint not null, score double precision, results text not null)`,
    'create index flow_test_run_flow on flow_test_run (flow_id, started_at)',
    'create index flow_test_run_user on flow_test_run (user_id, ended_at)',
  ]
}
