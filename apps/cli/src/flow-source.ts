import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { flowsIn, parseFlowFile } from '@runnel/engine/flow-file'
import { mediaTypeOf } from '@runnel/server/files/media-type'
import { CommandError } from './failure.ts'

/** A flow as its file holds it. */
export interface FlowSource {
  readonly id: string
  readonly data: unknown
}

/** Reads the one flow of a file; `-` is standard input. @throws CommandError, AppError `invalid_json_file` */
export async function readFlow(file: string): Promise<FlowSource> {
  const { value } = parseJson(file, await readText(file))
  const flows = flowsIn(value)
  const [flow] = flows
  if (!flow || flows.length > 1) {
    throw new CommandError(`${file} holds ${flows.length} flows. Export the one to run into a file of its own.`)
  }
  // Both an exported flow and its bare graph are run.
  const data = flow.data ?? flow
  return { id: typeof flow.id === 'string' ? flow.id : randomUUID(), data }
}

/** Reads `--tweaks`: JSON, or `@` and the name of a file that holds it. @throws CommandError */
export async function readTweaks(given: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (given === undefined) return {}
  const value: unknown = given.startsWith('@')
    ? parseJson(given.slice(1), await readText(given.slice(1))).value
    : parseJson('--tweaks', given).value
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new CommandError('Tweaks are a JSON object: node ids or names, each with the fields to change.')
}

/** Files of a flow that runs without a server are files of this machine. */
export async function readLocalFile(path: string) {
  const whole = resolve(path)
  return { name: basename(whole), mediaType: mediaTypeOf(whole), bytes: await readFile(whole) }
}

async function readText(file: string): Promise<string> {
  if (file === '-') return text(process.stdin)
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`Cannot read ${file}: ${why}.`, { cause })
  }
}

function parseJson(file: string, content: string) {
  try {
    return parseFlowFile(content)
  } catch (cause) {
    const reason = cause instanceof Error && cause.cause instanceof Error ? cause.cause.message : String(cause)
    throw new CommandError(`${file} is not JSON: ${reason}.`, { cause })
  }
}
