import type { Dialect } from '../dialect/engine.ts'

/** Messages that were given a thumb, by time: few of many, found without reading the others. */
export function ratedMessages(dialect: Dialect): readonly string[] {
  const place = dialect === 'sqlite' ? 'instr' : 'strpos'
  return [
    `create index message_rated on message (user_id, timestamp)
      where ${place}(properties, '"positive_feedback":true') > 0
      or ${place}(properties, '"positive_feedback":false') > 0`,
  ]
}
