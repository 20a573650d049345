import { isObject } from './json.ts'
import type { JsonPatchStep } from './json-patch-step.ts'

export type JsonPatch = readonly JsonPatchStep[]

/** A patch that does not fit the value it is for. */
export class PatchMismatch extends Error {
  override readonly name = 'PatchMismatch'
}

/**
 * What makes one JSON value of another. Parts that are the same object are not looked into, so that the difference of
 * two states of a large document costs what they differ by. Items of lists are told apart by their `id`; lists without
 * ids are replaced whole. A key that holds undefined is none.
 */
export function diffJson(before: unknown, after: unknown): JsonPatch {
  const steps: JsonPatchStep[] = []
  compare(before, after, '', steps)
  return steps
}

/** The patched value; parts the patch does not touch are the same objects. @throws PatchMismatch */
export function applyPatch(value: unknown, patch: JsonPatch): unknown {
  return patch.reduce((patched, step) => applyStep(patched, step, keysOf(step.path)), value)
}

function compare(before: unknown, after: unknown, path: string, steps: JsonPatchStep[]): void {
  if (before === after) return
  if (isObject(before) && isObject(after) && !hasPrototypeKey(before) && !hasPrototypeKey(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
      const [was, is] = [ownOf(before, key), ownOf(after, key)]
      const place = `${path}/${pointerKey(key)}`
      if (is === undefined) {
        if (was !== undefined) steps.push({ op: 'remove', path: place })
      } else if (was === undefined) steps.push({ op: 'add', path: place, value: is })
      else compare(was, is, place, steps)
    }
  } else if (!Array.isArray(before) || !Array.isArray(after) || !compareLists(before, after, path, steps)) {
    if (!isSameText(before, after)) steps.push({ op: 'replace', path, value: after })
  }
}

/** @returns false when the lists have to be replaced whole: items without ids, or moved */
function compareLists(
  before: readonly unknown[],
  after: readonly unknown[],
  path: string,
  steps: JsonPatchStep[],
): boolean {
  const [old, wanted] = [idsOf(before), idsOf(after)]
  if (!old || !wanted) return false
  const kept = before.filter((_, index) => wanted.has(old.list[index] ?? ''))
  const order = old.list.filter((id) => wanted.has(id))
  if (order.join('\n') !== wanted.list.filter((id) => old.has(id)).join('\n')) return false
  for (let index = before.length - 1; index >= 0; index--) {
    if (!wanted.has(old.list[index] ?? '')) steps.push({ op: 'remove', path: `${path}/${index}` })
  }
  let next = 0
  after.forEach((item, index) => {
    if (old.has(wanted.list[index] ?? '')) compare(kept[next++], item, `${path}/${index}`, steps)
    else steps.push({ op: 'add', path: `${path}/${index}`, value: item })
  })
  return true
}

/** The ids of the items of a list; undefined when one has none or two have the same. */
function idsOf(list: readonly unknown[]) {
  const ids = list.map((item) => (isObject(item) && typeof item.id === 'string' ? item.id : undefined))
  const known = new Set(ids)
  if (known.has(undefined) || known.size < ids.length) return undefined
  return { list: ids.map((id) => id ?? ''), has: (id: string) => known.has(id) }
}

/** Any object has a `toString` of others. */
const ownOf = (value: Readonly<Record<string, unknown>>, key: string): unknown =>
  Object.hasOwn(value, key) ? value[key] : undefined

/** No step leads to such a key: what holds it is replaced whole. */
const hasPrototypeKey = (value: object): boolean => Object.hasOwn(value, '__proto__')

const isSameText = (a: unknown, b: unknown): boolean =>
  typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b)

function applyStep(value: unknown, step: JsonPatchStep, keys: readonly string[]): unknown {
  const [key, ...rest] = keys
  if (key === undefined) {
    if (step.op === 'remove') throw new PatchMismatch('The whole value cannot be removed')
    return step.value
  }
  if (Array.isArray(value)) {
    const list: readonly unknown[] = value
    const index = key === '-' ? list.length : Number(key)
    const isInside = /^(?:0|[1-9]\d*|-)$/.test(key) && index < list.length
    if (rest.length === 0 && step.op === 'add' && (isInside || index === list.length)) {
      return list.toSpliced(index, 0, step.value)
    }
    if (!isInside) throw mismatch(step)
    if (rest.length === 0 && step.op === 'remove') return list.toSpliced(index, 1)
    return list.with(index, applyStep(list[index], step, rest))
  }
  if (!isObject(value) || key === '__proto__') throw mismatch(step)
  const isThere = Object.hasOwn(value, key)
  if (rest.length === 0 && step.op === 'add') return { ...value, [key]: step.value }
  if (!isThere) throw mismatch(step)
  if (rest.length > 0 || step.op === 'replace') return { ...value, [key]: applyStep(value[key], step, rest) }
  const { [key]: _, ...others } = value
  return others
}

const mismatch = ({ op, path }: JsonPatchStep): PatchMismatch => new PatchMismatch(`There is no place to ${op} ${path}`)
const pointerKey = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1')

function keysOf(path: string): readonly string[] {
  if (path === '') return []
  if (!path.startsWith('/')) throw new PatchMismatch(`${path} is no JSON pointer`)
  return path
    .slice(1)
    .split('/')
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
}
