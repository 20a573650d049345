import type { FakeService } from '../answering-server.ts'
import { nearestOf, sharedWords } from './kept-documents.ts'

interface Entry {
  readonly class: string
  readonly id: string
  readonly vector: readonly number[]
  readonly properties: Readonly<Record<string, unknown>>
}

/** Weaviate that makes properties of what it is given; reads the queries our component writes. */
export function fakeWeaviate(): FakeService {
  const classes = new Map<string, { readonly properties: Set<string>; readonly entries: Map<string, Entry> }>()
  return ({ method, path, headers, body }) => {
    if (headers.authorization !== 'Bearer key') return { status: 401, body: 'anonymous access not enabled' }
    if (path === '/v1/schema' && method === 'POST') {
      const made = body as { readonly class: string; readonly properties: readonly { readonly name: string }[] }
      const properties = new Set(made.properties.map(({ name }) => name))
      classes.set(made.class, { properties, entries: new Map() })
      return { body }
    }
    if (path.startsWith('/v1/schema/')) {
      const name = path.slice('/v1/schema/'.length)
      const found = classes.get(name)
      if (!found) return { status: 404 }
      const properties = Array.from(found.properties, (property) => ({ name: property, dataType: ['text'] }))
      return { body: { class: name, properties } }
    }
    if (path === '/v1/batch/objects') {
      const { objects } = body as { readonly objects: readonly Entry[] }
      return { body: objects.map((entry) => added(classes, entry)) }
    }
    return { body: answerOf(classes, (body as { readonly query: string }).query) }
  }
}

type Classes = ReadonlyMap<string, { readonly properties: Set<string>; readonly entries: Map<string, Entry> }>

function added(classes: Classes, entry: Entry) {
  const known = classes.get(entry.class)
  if (!known || entry.properties.refused === true) {
    return { result: { status: 'FAILED', errors: { error: [{ message: 'invalid object' }] } } }
  }
  for (const name of Object.keys(entry.properties)) known.properties.add(name)
  known.entries.set(entry.id, entry)
  return { result: { status: 'SUCCESS' } }
}

function answerOf(classes: Classes, query: string) {
  const [, name = '', limit] = /Get \{ (\w+)\(limit: (\d+)/.exec(query) ?? []
  const known = classes.get(name)
  if (!known) return { errors: [{ message: `Cannot query field "${name}"` }] }
  const vector: readonly number[] = JSON.parse(/vector: (\[[^\]]*\])/.exec(query)?.[1] ?? '[]')
  const words = /hybrid: \{query: ("(?:[^"\\]|\\.)*")/.exec(query)?.[1]
  const conditions = [...query.matchAll(/\{path: \["(\w+)"\], operator: Equal, value\w+: ("[^"]*"|[\w.]+)\}/g)]
  const isAny = query.includes('operator: Or')
  const fits = ({ properties }: Entry) => {
    const held = conditions.map(([, path = '', value = '']) => String(properties[path]) === String(JSON.parse(value)))
    return isAny ? held.some(Boolean) : held.every(Boolean)
  }
  const near = nearestOf(known.entries.values(), vector, known.entries.size, fits)
  const text = words === undefined ? '' : JSON.parse(words)
  const ranked = text === '' ? near : near.toSorted((a, b) => worded(b, text) - worded(a, text))
  return {
    data: {
      Get: {
        [name]: ranked.slice(0, Number(limit)).map(({ properties, vector: own, score }) => ({
          ...Object.fromEntries(Array.from(known.properties, (property) => [property, properties[property] ?? null])),
          _additional: {
            distance: 1 - score,
            certainty: (1 + score) / 2,
            ...(/_additional \{[^}]*\bvector\b/.test(query) && { vector: own }),
          },
        })),
      },
    },
  }
}

const worded = ({ properties }: Entry, text: string): number => sharedWords(String(properties.text), text)
