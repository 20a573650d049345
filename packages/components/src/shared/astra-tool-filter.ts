import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { textIn } from './ask-service.ts'

const OPERATORS = ['$gt', '$gte', '$lt', '$lte', '$eq', '$ne', '$in', '$nin', '$exists', '$all', '$size']
const truth = { type: 'boolean', edit_mode: 'inline', options: ['True', 'False'], default: 'False' }

/** The columns of the table in which the arguments of a tool are declared. */
export const parameterColumns = [
  {
    name: 'name',
    display_name: 'Name',
    type: 'str',
    description: 'What the model calls it.',
    default: 'field',
    edit_mode: 'inline',
  },
  {
    name: 'attribute_name',
    display_name: 'Attribute Name',
    type: 'str',
    description: 'The entry of a document it is compared with: that of its name unless given.',
    default: '',
    edit_mode: 'inline',
  },
  {
    name: 'description',
    display_name: 'Description',
    type: 'str',
    description: 'What the model is told of it.',
    default: 'description of field',
    edit_mode: 'popover',
  },
  { name: 'metadata', display_name: 'Is Metadata', description: 'The entry is one of the metadata.', ...truth },
  { name: 'mandatory', display_name: 'Is Mandatory', description: 'The model must give it.', ...truth },
  { name: 'is_timestamp', display_name: 'Is Timestamp', description: 'It is a date.', ...truth },
  {
    name: 'operator',
    display_name: 'Operator',
    type: 'str',
    description: 'How it is compared.',
    default: '$eq',
    options: OPERATORS,
    edit_mode: 'inline',
  },
]

/** An argument of a tool and what it is compared with. */
export interface FilterArgument {
  readonly name: string
  readonly description: string
  readonly mandatory: boolean
  /** The path of the entry. */
  readonly path: string
  readonly operator: string
  readonly isTimestamp: boolean
}

/** The arguments in the table; those of older flows, which have names alone, where they are given. */
export function argumentRows({
  tools_params_v2,
  tool_params,
}: {
  readonly tools_params_v2: readonly JsonObject[]
  readonly tool_params: JsonObject
}): readonly FilterArgument[] {
  const older = Object.entries(tool_params)
  if (older.length > 0) {
    return older.map(([key, description]) => {
      const name = key.replace(/^!/, '')
      const mandatory = key.startsWith('!')
      return { name, description: String(description), mandatory, path: name, operator: '$eq', isTimestamp: false }
    })
  }
  return tools_params_v2.map((row) => {
    const name = textIn(row.name)
    const attribute = textIn(row.attribute_name) || name
    return {
      name,
      description: textIn(row.description),
      mandatory: isTrue(row.mandatory),
      path: isTrue(row.metadata) ? `metadata.${attribute}` : attribute,
      operator: textIn(row.operator) || '$eq',
      isTimestamp: isTrue(row.is_timestamp),
    }
  })
}

const isTrue = (value: unknown): boolean => value === true || /^true$/i.test(String(value))

/** The filter for what a model has given. @throws AppError `invalid_field` for a date that is none */
export function filterOf(given: JsonObject, known: readonly FilterArgument[], fixed: JsonObject): JsonObject {
  const filter: Record<string, unknown> = { ...fixed }
  for (const { name, path, operator, isTimestamp } of known) {
    const value = given[name]
    if (value === undefined || value === null) continue
    const before = filter[path]
    filter[path] = { ...(isObject(before) ? before : {}), [operator]: compared(value, operator, isTimestamp) }
  }
  return filter
}

function compared(value: unknown, operator: string, isTimestamp: boolean): unknown {
  if (operator === '$exists') return true
  if (['$in', '$nin', '$all'].includes(operator)) return typeof value === 'string' ? value.split(',') : value
  return isTimestamp ? { $date: dateIn(String(value)) } : value
}

/** Epoch milliseconds of a date such as 2024-03-21, 2024-03-21T15:30:00, 2024/03/21 or 21/03/2024; UTC unless said. */
function dateIn(text: string): number {
  const plain = text
    .trim()
    .replace(/^(\d{2})\/(\d{2})\/(\d{4})$/, '$3-$2-$1')
    .replace(/^(\d{4})\/(\d{2})\/(\d{2})$/, '$1-$2-$3')
    .replace(' ', 'T')
  const time = /^\d{4}-\d{2}-\d{2}(T[\d:.]+([+-]\d{2}:?\d{2}|Z)?)?$/.test(plain)
    ? Date.parse(/T[\d:.]+$/.test(plain) ? `${plain}Z` : plain)
    : Number.NaN
  if (!Number.isNaN(time)) return time
  const why = `Could not parse date: ${text} - Use the prompt to specify the date in the correct format`
  throw new AppError('invalid_field', [`Error parsing timestamp: ${why}`])
}
