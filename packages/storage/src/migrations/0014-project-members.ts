/** With whom projects are shared. Who made a project always owns it and has no row. */
export function projectMembers(): readonly string[] {
  return [
    `create table project_member (
      project_id text not null references project (id) on delete cascade,
      user_id text not null references "user" (id) on delete cascade,
      role text not null, created_at bigint not null, primary key (project_id, user_id))`,
    'create index project_member_user on project_member (user_id)',
  ]
}
