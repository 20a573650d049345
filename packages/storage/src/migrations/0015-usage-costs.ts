/** What calls of flows cost, beside their tokens: by key, too. */
export function usageCosts(): readonly string[] {
  return [
    'alter table usage_day add column cost bigint',
    'alter table usage_day add column unpriced_tokens bigint not null default 0',
  ]
}
