import type { Dialect } from '../dialect/engine.ts'

/** What runs and their nodes cost, what a node did inside, and what each model is used for in a day. */
export function runCosts(dialect: Dialect): readonly string[] {
  const clustered = dialect === 'sqlite' ? ' without rowid' : ''
  return [
    'alter table run add column cost bigint',
    'alter table run add column unpriced_tokens bigint not null default 0',
    'alter table run_step add column cost bigint',
    'alter table run_step add column spans text',
    `create table model_usage_day (
      user_id text not null, day text not null, flow_id text not null, provider text not null, model text not null,
      calls bigint not null, input_tokens bigint not null, output_tokens bigint not null, cost bigint,
      primary key (user_id, day, flow_id, provider, model))${clustered}`,
  ]
}
