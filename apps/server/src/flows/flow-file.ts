import { AppError } from '@runnel/protocol/errors'
import { FlowCreate } from '@runnel/protocol/flows'
import { isObject } from '@runnel/protocol/json'
import type { FlowRecord } from '@runnel/storage/records'
import { flowBody } from '../http/implement.ts'
import { parseJsonBody } from '../http/json-body.ts'
import { looksLikeZip, unzip } from '../http/unzip.ts'
import { validationItems } from '../http/validation.ts'
import { removeSecrets } from './flow-graph.ts'
import { flowJson } from './flow-wire.ts'

/** The flows a JSON file holds: one, a list, or `{"flows": […]}`. @throws AppError `invalid_json_file`, 422 */
export function flowsOfFile(content: Buffer): readonly FlowCreate[] {
  const value = readJsonFile(content)
  return flowsIn(isObject(value) && Array.isArray(value.flows) ? value.flows : Array.isArray(value) ? value : [value])
}

/** The flows of an upload: of a JSON file, or of every JSON file in a zip. @throws AppError as `flowsOfFile` */
export function flowsOfUpload(content: Buffer): readonly FlowCreate[] {
  if (!looksLikeZip(content)) return flowsOfFile(content)
  const flows = unzip(content, '.json').flatMap((file) => flowsOfFile(file.content))
  if (flows.length === 0) throw new AppError('bad_request', ['No flows found in the file'])
  return flows
}

/** @throws AppError 422 for one that is no flow */
export function flowsIn(list: readonly unknown[]): readonly FlowCreate[] {
  return list.map((item) => {
    const parsed = FlowCreate.safeParse(item)
    if (parsed.success) return parsed.data
    throw new AppError('request_invalid', [], { detail: validationItems(parsed.error, 'body', item) })
  })
}

/** @throws AppError `invalid_json_file` */
export function readJsonFile(content: Buffer): unknown {
  try {
    return parseJsonBody(content, flowBody.depth ?? Number.POSITIVE_INFINITY)
  } catch (error) {
    throw error instanceof AppError ? new AppError('invalid_json_file', [], { cause: error }) : error
  }
}

/** A flow as an export file holds it: JSON text, without secrets. */
export function exportedFlow(flow: FlowRecord): string {
  if (flow.data === null) return flowJson(flow)
  const data: unknown = JSON.parse(flow.data)
  removeSecrets(data)
  return flowJson({ ...flow, data: JSON.stringify(data) })
}
