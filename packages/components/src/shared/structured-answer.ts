import type { JsonObject } from '@runnel/protocol/json'
import { isObject } from '@runnel/protocol/json'
import { type Data, data } from '@runnel/sdk'
import { checkRecord, jsonIn, type RecordEntry, recordsOf, recordsSchema } from './output-schema.ts'

/** The instructions of an agent whose answer is JSON. */
export function structuredPrompt(system: string, format: string, entries: readonly RecordEntry[]): string {
  const parts = [
    system,
    format.trim() === '' ? '' : `Format instructions: ${format}`,
    entries.length === 0
      ? ''
      : 'You must respond ONLY with a JSON object matching this schema. Do not include explanations, markdown, or any ' +
        `text outside the JSON.\nSchema:\n${JSON.stringify(recordsSchema(entries), null, 2)}`,
  ]
  return parts.filter((part) => part.trim() !== '').join('\n\n')
}

/**
 * What an answer holds: one record as it is, several as `results`. A record that does not fit the schema is given with
 * what is wrong with it; an answer without JSON as `content`.
 */
export function structuredAnswer(answer: string, entries: readonly RecordEntry[]): Data {
  const found = jsonIn(answer)
  if (found === undefined) return data({ content: answer, error: 'Try setting an output schema' })
  return asData(recordsOf(found).map((record) => checkedOrMarked(record, entries)))
}

/** One record as it is, several as `results`. */
export function asData(records: readonly JsonObject[]): Data {
  const [only, ...others] = records
  return data(only && others.length === 0 ? only : { results: records })
}

function checkedOrMarked(value: unknown, entries: readonly RecordEntry[]): JsonObject {
  if (entries.length === 0) return isObject(value) ? value : { value }
  const checked = checkRecord(value, entries)
  return 'record' in checked ? checked.record : { data: value, validation_error: checked.problem }
}
