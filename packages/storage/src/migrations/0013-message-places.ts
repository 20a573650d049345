/**
 * Messages of a flow stand in the order of time and no more by session: what a run says lands beside what the run before
 * it said, on a page that is at hand. Sessions are found by their user, in the order they are read in: without the id an
 * index of all the user's messages seemed better to SQLite.
 */
export function messagePlaces(): readonly string[] {
  return [
    'drop index message_flow',
    'create index message_flow on message (flow_id, user_id, timestamp, id, session_id)',
    'drop index message_user',
    'create index message_user on message (user_id, session_id, timestamp, id)',
  ]
}
