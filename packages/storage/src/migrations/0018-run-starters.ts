/** Who began a run, where it was not the owner of the flow but a member of the project. */
export function runStarters(): readonly string[] {
  return ['alter table run add column started_by text']
}
