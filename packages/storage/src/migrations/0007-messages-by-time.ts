/** Messages of a user by time, whatever their session: a list of a hundred thousand opens at any place. */
export function messagesByTime(): readonly string[] {
  return ['create index message_time on message (user_id, timestamp, id)']
}
