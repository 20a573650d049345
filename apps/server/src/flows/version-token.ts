import { hash } from 'node:crypto'
import { AppError } from '@runnel/protocol/errors'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { FlowRecord } from '@runnel/storage/records'

/**
 * Names the graph a flow has, in the form of a UUID. Made from the graph itself, so it changes exactly when the graph
 * does, whoever wrote it and through whichever process.
 */
export function versionToken({ id, data }: Pick<FlowRecord, 'id' | 'data'>): string {
  const hex = hash('sha256', `${id}\n${data ?? ''}`)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/**
 * The token of an `If-Match` header: bare, quoted or weak. Undefined when there is none, or any version will do.
 * @throws AppError `version_token_invalid`
 */
export function tokenOf(header: string | undefined): string | undefined {
  const text = header?.trim()
  if (text === undefined || text === '' || text === '*') return undefined
  const parsed = parseUuid(/^(?:W\/)?"([^"]*)"$/.exec(text)?.[1] ?? text)
  if ('error' in parsed) throw new AppError('version_token_invalid')
  return parsed.id
}
