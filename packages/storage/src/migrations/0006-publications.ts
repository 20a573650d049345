import type { Dialect } from '../dialect/engine.ts'

/**
 * Published flows with their versions, what keys may do, how much is called, what was done by whom, and the answers
 * that requests with an idempotency key got.
 */
export function publications(dialect: Dialect): readonly string[] {
  const clustered = dialect === 'sqlite' ? ' without rowid' : ''
  return [
    `create table publication (
      flow_id text not null primary key references flow (id) on delete cascade, user_id text not null,
      version bigint not null, is_live bigint not null, cache_seconds bigint not null, rate_limit bigint,
      published_at bigint not null)${clustered}`,
    'create index publication_user on publication (user_id, published_at)',

    `create table published_version (
      flow_id text not null references flow (id) on delete cascade, number bigint not null, user_id text not null,
      note text, created_at bigint not null, restored_from bigint, flow_version bigint not null,
      fingerprint text not null, contract text not null, data text not null)`,
    'create unique index published_version_number on published_version (flow_id, number)',

    'alter table api_key add column limits text',
    'alter table api_key add column last_four text',

    `create table usage_day (
      user_id text not null, day text not null, flow_id text not null, key_id text not null, bucket bigint not null,
      calls bigint not null, errors bigint not null, limited bigint not null, cached bigint not null,
      input_tokens bigint not null, output_tokens bigint not null, last_at bigint not null,
      primary key (user_id, day, flow_id, key_id, bucket))${clustered}`,

    `create table audit_record (
      id text not null primary key, at bigint not null, actor_id text, actor text, address text not null,
      action text not null, object_id text, result bigint not null)${clustered}`,

    `create table idempotent_answer (
      id text not null primary key, status bigint not null, content_type text not null, body text not null,
      created_at bigint not null)`,
    'create index idempotent_answer_created on idempotent_answer (created_at)',
  ]
}
