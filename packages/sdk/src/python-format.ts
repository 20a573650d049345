import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { formatSpec } from './python-format-spec.ts'
import { escapeOf, pyRepr, pyStr } from './python-text.ts'
import { isData, isDataFrame, isMessage } from './values.ts'

/** What stands for a name that `values` does not have; throws to refuse it. */
export type MissingValue = (name: string) => unknown

/**
 * Python's `template.format(**values)`: `{name}`, `{name[0]}`, `{name.part}`, `{name!r}`, `{name:.2f}`; `{{` and `}}`
 * are braces. Reads own properties only. Values are put in Python's text form.
 * @throws AppError `invalid_field` for a missing name, index or part, and for a template that cannot be read.
 */
export function formatPython(
  template: string,
  values: Readonly<Record<string, unknown>>,
  missing: MissingValue = refuse,
): string {
  return expand(template, values, missing, 2)
}

const refuse: MissingValue = (name) => {
  throw wrong(`'${name}' is not in the data. Use a name the data has.`)
}
const wrong = (why: string) => new AppError('invalid_field', [why])

/** Python lets a format spec hold fields, `{n:{width}}`, but those no further ones: hence `depth`. */
function expand(
  template: string,
  values: Readonly<Record<string, unknown>>,
  missing: MissingValue,
  depth: number,
): string {
  if (depth === 0) throw wrong('The template nests its braces too deeply.')
  const braces = /[{}]/g
  let text = ''
  let at = 0
  while (at < template.length) {
    braces.lastIndex = at
    const brace = braces.exec(template)?.index ?? template.length
    text += template.slice(at, brace)
    at = brace
    if (at === template.length) break
    const character = template.charAt(at)
    if (template.charAt(at + 1) === character) {
      text += character
      at += 2
      continue
    }
    if (character === '}') throw wrong("The template has a single '}'. Write '}}' for a brace in the text.")
    const end = closingBrace(template, at)
    const { path, conversion, spec } = splitField(template.slice(at + 1, end))
    const found = converted(valueAt(path, values, missing), conversion)
    text += formatSpec(found, spec.includes('{') ? expand(spec, values, missing, depth - 1) : spec)
    at = end + 1
  }
  return text
}

function closingBrace(template: string, open: number): number {
  let depth = 0
  for (let at = open; at < template.length; at++) {
    const character = template.charAt(at)
    if (character === '{') depth++
    else if (character === '}' && --depth === 0) return at
  }
  throw wrong("The template has a '{' that is never closed. Write '{{' for a brace in the text.")
}

/** `a[0].b!r:>5` into its parts. A colon or `!` inside brackets belongs to the path. */
function splitField(field: string): { readonly path: string; readonly conversion: string; readonly spec: string } {
  const end = /^(?:[^[\]:!]|\[[^\]]*\])*/.exec(field)?.[0].length ?? 0
  const path = field.slice(0, end)
  const rest = /^(?:!([rsa]))?(?::([\s\S]*))?$/.exec(field.slice(end))
  if (!rest) throw wrong(`The template cannot be read at '{${field}}'. Write '{{' for a brace in the text.`)
  return { path, conversion: rest[1] ?? '', spec: rest[2] ?? '' }
}

function converted(value: unknown, conversion: string): unknown {
  if (conversion === 's') return pyStr(value)
  if (conversion === 'r') return pyRepr(value)
  if (conversion === 'a') return pyRepr(value).replace(/[^\0-\x7f]/gu, escapeOf)
  return value
}

const STEP = /\.([^.[]+)|\[([^\]]+)\]/y

function valueAt(path: string, values: Readonly<Record<string, unknown>>, missing: MissingValue): unknown {
  const name = /^[^.[]*/.exec(path)?.[0] ?? ''
  if (name === '' || /^\d+$/.test(name)) {
    throw wrong(`The template has '{${path}}' without a name. Write a name of the data inside the braces.`)
  }
  let value = Object.hasOwn(values, name) ? values[name] : missing(name)
  STEP.lastIndex = name.length
  while (STEP.lastIndex < path.length) {
    const step = STEP.exec(path)
    if (!step) throw wrong(`The template cannot be read at '{${path}}'.`)
    value = partOf(value, step[1] ?? step[2] ?? '', path)
  }
  return value
}

/** An own entry of a list or an object. A Data is read through to its entries. */
function partOf(value: unknown, key: string, path: string): unknown {
  const holder = isData(value) && key !== 'data' ? value.data : isDataFrame(value) ? value.rows : value
  if (Array.isArray(holder) || typeof holder === 'string') {
    const part = /^\d+$/.test(key) ? holder[Number(key)] : undefined
    if (part === undefined && !(Array.isArray(holder) && Number(key) < holder.length)) throw refusedPart(key, path)
    return part
  }
  if (isObject(holder) && Object.hasOwn(holder, key)) return holder[key]
  if (isMessage(holder) && Object.hasOwn(holder.extra, key)) return holder.extra[key]
  throw refusedPart(key, path)
}

const refusedPart = (key: string, path: string) => wrong(`There is no '${key}' for '{${path}}' in the data.`)
