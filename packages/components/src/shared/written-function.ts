import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import type { SandboxPort } from '@runnel/sdk'

/** How much of an answer an error shows. */
const SHOWN = 300
const ARROW = /(?:\basync\s+)?(?:\([^()]*\)|[A-Za-z_$][\w$]*)\s*=>/

/**
 * The arrow function a model wrote, fences and words around it left out.
 * @throws AppError `model_error` when there is none.
 */
export function functionIn(answer: string): string {
  const fenced = [...answer.matchAll(/```\w*\n?([\s\S]*?)```/g)].map(([, code = '']) => code)
  const source = [...fenced, answer].find((text) => ARROW.test(text)) ?? ''
  const start = source.search(ARROW)
  if (start === -1) {
    throw new AppError('model_error', [`Could not find a function in the response: ${answer.slice(0, SHOWN)}`])
  }
  return source.slice(start).trim().replace(/;$/, '')
}

/** Runs such a function on a value of JSON, in the sandbox and with nothing lent to it. @throws as the sandbox does */
export async function applyFunction(
  source: string,
  value: unknown,
  { sandbox, signal }: { readonly sandbox: SandboxPort; readonly signal: AbortSignal },
): Promise<unknown> {
  const program = `export default { outputs: { result: { run: async ({ inputs }) => await (${source})(inputs.value) } } }`
  return (await sandbox.run({ source: program, output: 'result', inputs: { value } }, signal)).value
}

/** What a value is made of, without what it says: types by key, and of a list its length and first entry. */
export function structureOf(value: unknown, depth = 4): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 || depth === 0
      ? `list of ${value.length}`
      : { [`list of ${value.length}, each like`]: structureOf(value[0], depth - 1) }
  }
  if (!isObject(value)) return value === null ? 'null' : typeof value
  if (depth === 0) return 'object'
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, structureOf(entry, depth - 1)]))
}
