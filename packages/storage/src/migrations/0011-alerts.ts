/** Rules on what runs do, what came of them, and who does the work that one process alone may do. */
export function alerts(): readonly string[] {
  return [
    `create table alert (
      id text not null primary key, user_id text not null references "user" (id) on delete cascade,
      flow_id text references flow (id) on delete cascade, project_id text references project (id) on delete cascade,
      name text not null, measure text not null, threshold double precision not null, period text not null,
      emails text not null, webhook_url text, webhook_secret text, is_on bigint not null,
      state text not null, since bigint, value double precision, checked_at bigint,
      created_at bigint not null, updated_at bigint not null)`,
    'create index alert_user on alert (user_id, created_at)',

    `create table alert_event (
      id text not null primary key, alert_id text not null references alert (id) on delete cascade,
      user_id text not null, at bigint not null, kind text not null, value double precision,
      deliveries text not null, due_at bigint)`,
    'create index alert_event_alert on alert_event (alert_id)',
    'create index alert_event_user on alert_event (user_id, at)',
    'create index alert_event_due on alert_event (due_at) where due_at is not null',

    'create table lease (name text not null primary key, holder text not null, until bigint not null)',
  ]
}
