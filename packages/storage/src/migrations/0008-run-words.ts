/**
 * What was said to a run and what it answered, in short, the key and the published version it was called with, and the
 * graph it ran: a past run is read in a list and drawn as it was.
 */
export function runWords(): readonly string[] {
  return [
    'alter table run add column said text',
    'alter table run add column answered text',
    'alter table run add column key_id text',
    'alter table run add column published bigint',
    'alter table run add column graph_id text',
    'create table run_graph (id text not null primary key, flow_id text not null, used_at bigint not null, data text not null)',
    'create index run_graph_flow on run_graph (flow_id, used_at)',
  ]
}
