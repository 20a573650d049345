import { isObject, type JsonObject } from '@runnel/protocol/json'
import { toDataList } from '@runnel/sdk'
import { jsonIn } from './output-schema.ts'

const COMPARATORS = ['eq', 'in', 'ne', 'gt', 'gte', 'lt', 'lte', 'contains'] as const

/** What an entry of the metadata must be like. */
export interface Condition {
  readonly attribute: string
  readonly comparator: (typeof COMPARATORS)[number]
  readonly value: unknown
}

/** A question as a store can be asked. */
export interface StoreQuery {
  readonly query: string
  readonly limit: number | undefined
  /** What stores compare themselves: equal to a value, or to any of a list. */
  readonly filter: Readonly<Record<string, unknown>>
  readonly others: readonly Condition[]
}

/** The form of the model's answer. */
export const querySchema: JsonObject = {
  type: 'object',
  properties: {
    query: { type: 'string', description: 'What to look for, without what the conditions say.' },
    conditions: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          attribute: { type: 'string' },
          comparator: { type: 'string', enum: [...COMPARATORS] },
          value: { description: 'A text, number or truth value; a list of these for `in`.' },
        },
        required: ['attribute', 'comparator', 'value'],
      },
    },
    limit: { type: ['integer', 'null'], description: 'How many documents are asked for, if the question says so.' },
  },
  required: ['query', 'conditions'],
}

/** What the model is asked. */
export function queryPrompt(question: string, documents: string, attributes: unknown): string {
  const named = toDataList(attributes).map(
    ({ data: { name, description, type } }) =>
      `- ${String(name)} (${String(type ?? 'string')}): ${String(description ?? '')}`,
  )
  return [
    `Turn a question on ${documents.trim() || 'documents'} into a search: a text to look for, and conditions that the`,
    'metadata of what is found must fulfil, all of them. Use conditions only where the question asks for them, with the',
    `attributes below alone. Answer with JSON that fits this schema:\n${JSON.stringify(querySchema)}`,
    `\nAttributes:\n${named.join('\n') || '(none)'}\n\nQuestion: ${question}`,
  ].join('\n')
}

/** The search in an answer; the question itself where the answer holds none. */
export function queryIn(answer: string, question: string): StoreQuery {
  const found = jsonIn(answer)
  const { query, conditions, limit } = isObject(found) ? found : {}
  const all = (Array.isArray(conditions) ? conditions : []).filter(isCondition)
  const isPlain = ({ comparator }: Condition) => comparator === 'eq' || comparator === 'in'
  return {
    query: typeof query === 'string' && query.trim() !== '' ? query : question,
    limit: typeof limit === 'number' && limit > 0 ? Math.trunc(limit) : undefined,
    filter: Object.fromEntries(all.filter(isPlain).map(({ attribute, value }) => [attribute, value])),
    others: all.filter((condition) => !isPlain(condition)),
  }
}

const isCondition = (value: unknown): value is Condition =>
  isObject(value) && typeof value.attribute === 'string' && COMPARATORS.some((one) => one === value.comparator)

/** Whether metadata fulfil a condition. Numbers in texts are compared as numbers. */
export function fits(
  metadata: Readonly<Record<string, unknown>>,
  { attribute, comparator, value }: Condition,
): boolean {
  const held = metadata[attribute]
  if (held === undefined || held === null) return comparator === 'ne'
  switch (comparator) {
    case 'eq':
      return String(held) === String(value)
    case 'in':
      return Array.isArray(value) && value.map(String).includes(String(held))
    case 'ne':
      return String(held) !== String(value)
    case 'contains':
      return Array.isArray(held) ? held.map(String).includes(String(value)) : String(held).includes(String(value))
    case 'gt':
      return order(held, value) > 0
    case 'gte':
      return order(held, value) >= 0
    case 'lt':
      return order(held, value) < 0
    case 'lte':
      return order(held, value) <= 0
    default:
      return comparator satisfies never
  }
}

function order(a: unknown, b: unknown): number {
  const [first, second] = [Number(a), Number(b)]
  if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second
  return String(a) < String(b) ? -1 : Number(String(a) > String(b))
}
