import type { Dialect } from '../dialect/engine.ts'

/**
 * What the runs of a flow came to in an hour and in a day, and what is looked at one by one: failures, and messages
 * that were given a thumb. Both are few of many, so most runs write nothing into their indexes.
 */
export function runSums(dialect: Dialect): readonly string[] {
  const clustered = dialect === 'sqlite' ? ' without rowid' : ''
  const place = dialect === 'sqlite' ? 'instr' : 'strpos'
  return [
    `create table run_sum (
      user_id text not null, slot text not null, at bigint not null, flow_id text not null,
      runs bigint not null, succeeded bigint not null, failed bigint not null, input_tokens bigint not null,
      output_tokens bigint not null, cost bigint, unpriced_runs bigint not null, unpriced_tokens bigint not null,
      durations text not null, sessions text not null, primary key (user_id, slot, at, flow_id))${clustered}`,
    "create index run_failed on run (user_id, id) where status = 'failed'",
    `create index message_rated on message (user_id, timestamp)
      where ${place}(properties, '"positive_feedback":true') > 0
      or ${place}(properties, '"positive_feedback":false') > 0`,
  ]
}
