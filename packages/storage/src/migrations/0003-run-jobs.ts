import type { Dialect } from '../dialect/engine.ts'

/**
 * Runs that wait for a worker or are with one, what their finished steps gave, and which request began which run.
 * A job and its checkpoints go when its run ends, so these tables stay small.
 */
export function runJobs(dialect: Dialect): readonly string[] {
  const clustered = dialect === 'sqlite' ? ' without rowid' : ''
  return [
    `create table run_job (
      id text not null primary key, flow_id text not null, user_id text not null, state text not null,
      attempts bigint not null, fence bigint not null, lease_until bigint not null, bytes bigint not null,
      created_at bigint not null, updated_at bigint not null, payload text not null)`,
    'create index run_job_state on run_job (state, flow_id, user_id, bytes, id)',
    'create index run_job_flow on run_job (flow_id)',

    `create table run_checkpoint (
      run_id text not null, node_id text not null, flow_version bigint not null, message_ids text not null,
      data text not null, primary key (run_id, node_id))${clustered}`,

    `create table idempotent_request (
      id text not null primary key, request_hash text not null, run_id text not null,
      created_at bigint not null)${clustered}`,
    'create index idempotent_request_created on idempotent_request (created_at)',
  ]
}
