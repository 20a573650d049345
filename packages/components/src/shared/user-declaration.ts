import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Field, type Fields, field } from '@runnel/sdk'

export type UserOutputType = 'Message' | 'Data' | 'DataFrame'

export interface UserOutput {
  readonly type: UserOutputType
  readonly label: string
  readonly info: string | undefined
}

/** What a component that a user wrote says of itself. */
export interface UserDeclaration {
  readonly displayName: string
  readonly description: string
  readonly icon: string
  readonly documentation: string
  readonly inputs: Fields
  readonly outputs: Readonly<Record<string, UserOutput>>
}

const NAME = /^[A-Za-z_]\w{0,63}$/
const RESERVED = ['code', '_type', 'tools_metadata', 'component_as_tool', '__proto__', 'constructor']
const MOST = 100
const TYPES: readonly UserOutputType[] = ['Message', 'Data', 'DataFrame']

/**
 * Reads what the code in the sandbox said of itself; it may be anything.
 * @throws AppError `user_code_failed` naming what is wrong
 */
export function readUserDeclaration(said: unknown): UserDeclaration {
  if (!isObject(said)) throw wrong('The component must be an object: defineComponent({ … }).')
  const displayName = textIn(said, 'displayName', 'The component')
  if (displayName === '') throw wrong('The component needs a displayName.')
  const inputs = namedIn(said, 'inputs').map(([name, entry]) => [name, readField(name, entry)] as const)
  const outputs = namedIn(said, 'outputs').map(([name, entry]) => [name, readUserOutput(name, entry)] as const)
  if (outputs.length === 0) throw wrong('The component needs at least one output.')
  return {
    displayName,
    description: textIn(said, 'description', 'The component'),
    icon: textIn(said, 'icon', 'The component') || 'Code',
    documentation: textIn(said, 'documentation', 'The component'),
    inputs: Object.fromEntries(inputs),
    outputs: Object.fromEntries(outputs),
  }
}

/** @throws AppError `user_code_failed` */
export function readUserOutput(name: string, entry: JsonObject): UserOutput {
  const what = `The output "${name}"`
  const type = TYPES.find((known) => known === entry.type)
  if (!type) throw wrong(`${what} needs a type: ${TYPES.join(', ')}.`)
  return { type, label: textIn(entry, 'label', what) || name, info: textIn(entry, 'info', what) || undefined }
}

type Wants = (value: unknown) => boolean
const isText: Wants = (value) => typeof value === 'string'
const isNumber: Wants = (value) => typeof value === 'number'
const isBoolean: Wants = (value) => typeof value === 'boolean'
const isTexts: Wants = (value) => Array.isArray(value) && value.every(isText)
const isRows: Wants = (value) => Array.isArray(value) && value.every(isObject)
const COMMON: Readonly<Record<string, Wants>> = {
  label: isText,
  info: isText,
  placeholder: isText,
  required: isBoolean,
  advanced: isBoolean,
  tool: isBoolean,
}

interface Kind {
  /** Its own options, besides those of all fields. */
  readonly options: Readonly<Record<string, Wants>>
  readonly needs?: readonly string[]
  /** The options have been checked. */
  readonly make: (options: never) => Field
}

/** The kinds of fields users may declare: those whose values are JSON. */
const KINDS: Readonly<Record<string, Kind>> = {
  text: { options: { default: isText }, make: field.text },
  string: { options: { default: isText }, make: field.string },
  multiline: { options: { default: isText }, make: field.multiline },
  secret: { options: { variable: isText }, make: field.secret },
  message: { options: {}, make: field.message },
  int: { options: { default: isNumber }, make: field.int },
  float: { options: { default: isNumber }, make: field.float },
  slider: {
    options: { default: isNumber, min: isNumber, max: isNumber, step: isNumber },
    needs: ['default', 'min', 'max', 'step'],
    make: field.slider,
  },
  bool: { options: { default: isBoolean }, make: field.bool },
  dropdown: { options: { options: isTexts, default: isText }, needs: ['options'], make: field.dropdown },
  tab: { options: { options: isTexts, default: isText }, needs: ['options', 'default'], make: field.tab },
  multiselect: { options: { options: isTexts, default: isTexts }, needs: ['options'], make: field.multiselect },
  dict: { options: { default: isObject }, make: field.dict },
  nestedDict: { options: { default: isObject }, make: field.nestedDict },
  table: { options: { columns: isRows, default: isRows }, needs: ['columns'], make: field.table },
  data: { options: {}, make: field.data },
  dataFrame: { options: {}, make: field.dataFrame },
}

function readField(name: string, { kind, options }: JsonObject): Field {
  const found = typeof kind === 'string' && Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined
  if (!found || !isObject(options)) {
    throw wrong(
      `The input "${name}" is no field. Make it with field.text, field.int or another: ${Object.keys(KINDS).join(', ')}.`,
    )
  }
  const known = { ...COMMON, ...found.options }
  for (const needed of ['label', ...(found.needs ?? [])]) {
    if (options[needed] === undefined) throw wrong(`The input "${name}" needs "${needed}".`)
  }
  for (const [option, value] of Object.entries(options)) {
    if (!Object.hasOwn(known, option)) throw wrong(`The input "${name}" has no option "${option}".`)
    if (!known[option]?.(value)) throw wrong(`The option "${option}" of the input "${name}" does not fit.`)
  }
  // Every option was just checked against what the kind takes.
  return found.make(options as never)
}

function namedIn(said: JsonObject, key: 'inputs' | 'outputs'): readonly (readonly [string, JsonObject])[] {
  const entries = isObject(said[key]) ? Object.entries(said[key]) : []
  if (entries.length > MOST) throw wrong(`The component has more than ${MOST} ${key}.`)
  return entries.map(([name, entry]) => {
    if (!NAME.test(name) || RESERVED.includes(name)) {
      throw wrong(`"${name.slice(0, 64)}" cannot be a name in ${key}. Use letters, digits and _, and none of: code.`)
    }
    if (!isObject(entry)) throw wrong(`"${name}" in ${key} must be an object.`)
    return [name, entry]
  })
}

function textIn(said: JsonObject, key: string, what: string): string {
  const value = said[key]
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string' || value.length > 10_000) throw wrong(`${what} needs a text as ${key}.`)
  return value
}

const wrong = (why: string) => new AppError('user_code_failed', [why])

const unlabelled = { label: '' }

/** How values of a field are coerced, by the class name that files have for it. */
export const USER_COERCIONS: ReadonlyMap<string, Field['coercion']> = new Map(
  [
    field.text(unlabelled),
    field.string(unlabelled),
    field.multiline(unlabelled),
    field.secret(unlabelled),
    field.message(unlabelled),
    field.int(unlabelled),
    field.float(unlabelled),
    field.slider({ ...unlabelled, default: 0, min: 0, max: 1, step: 1 }),
    field.bool(unlabelled),
    field.dropdown({ ...unlabelled, options: [] }),
    field.tab({ ...unlabelled, options: [''], default: '' }),
    field.multiselect({ ...unlabelled, options: [] }),
    field.dict(unlabelled),
    field.nestedDict(unlabelled),
    field.table({ ...unlabelled, columns: [] }),
    field.data(unlabelled),
    field.dataFrame(unlabelled),
  ].map(({ inputType, coercion }) => [inputType, coercion]),
)
