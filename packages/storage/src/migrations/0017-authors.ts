/** Who wrote a flow and its versions, where it was not their owner but a member of the project. */
export function authors(): readonly string[] {
  return [
    'alter table flow add column saved_by text',
    'alter table flow_version add column author text',
    'alter table published_version add column author text',
  ]
}
