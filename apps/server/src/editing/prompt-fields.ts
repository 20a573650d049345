import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { promptTokens, validVariableName } from '@runnel/protocol/prompt-template'
import { type Component, templateField } from '@runnel/sdk'

/** A prompt of a node, as the editor sends it. */
export interface PromptText {
  /** The prompt field of the node. */
  readonly field: string
  readonly template: string
  /** Variables are written `{{name}}`. */
  readonly doubled: boolean
}

/** Fields of older components: a variable of that name would take their place. */
const RESERVED = ['code', 'input_variables', 'output_parser']

/** Whether no variable of a prompt may have a name: the component has a field of it. */
export const isReserved = ({ inputs }: Component, name: string): boolean =>
  RESERVED.includes(name) || Object.hasOwn(inputs, name)

/**
 * The field of each variable in a prompt, in order of first use.
 * @throws AppError `bad_request` naming variables that cannot be fields, with what to write instead
 */
export function promptFields(prompt: Component, { template, doubled }: PromptText): JsonObject {
  const tokens = promptTokens(template, { doubled }).filter(({ kind }) => kind !== 'brace')
  const wrong = [...new Set(tokens.flatMap(({ kind, name }) => (kind === 'invalid' ? [name] : [])))]
  if (wrong.length > 0) {
    throw new AppError('bad_request', [
      `Error: Input variables contain invalid characters or formats. \nInvalid variables: ${list(wrong)}.\n` +
        `Fixed variables: ${list(wrong.map(validVariableName))}.`,
    ])
  }
  const reserved = tokens.flatMap(({ name }) => (isReserved(prompt, name) ? [name] : []))
  if (reserved.length > 0) {
    throw new AppError('bad_request', [
      `Error: Input variables contain invalid characters or formats. \nThe names ${list(reserved)} are reserved. ` +
        'Choose others.',
    ])
  }
  const fields = prompt.dynamicInputs?.({ template, use_double_brackets: doubled }) ?? {}
  const variables = Object.entries(fields).filter(([name]) => !Object.hasOwn(prompt.inputs, name))
  return Object.fromEntries(variables.map(([name, field]) => [name, templateField(name, field)]))
}

const list = (names: readonly string[]): string =>
  names
    .slice(0, 10)
    .map((name) => name.slice(0, 50))
    .join(', ')

/** What a node has on the wire besides what the editor sent of it. */
const NODE_DEFAULTS = {
  description: '',
  icon: null,
  is_input: null,
  is_output: null,
  is_composition: null,
  base_classes: [],
  name: '',
  display_name: '',
  priority: null,
  documentation: '',
  minimized: false,
  output_types: [],
  full_path: null,
  pinned: false,
  conditional_paths: [],
  frozen: false,
  outputs: [],
  field_order: [],
  beta: false,
  legacy: false,
  replacement: null,
  error: null,
  edited: false,
  metadata: {},
  tool_mode: false,
}

/** The node with the fields of its prompt: those of new variables added, those of vanished ones removed. */
export function withPromptFields(
  node: JsonObject,
  fieldName: string,
  fields: JsonObject,
  listed?: unknown,
): JsonObject {
  const template = isObject(node.template) ? node.template : {}
  const custom = isObject(node.custom_fields) ? node.custom_fields : {}
  const names = Object.keys(fields)
  const elsewhere = Object.entries(custom).flatMap(([name, variables]) =>
    name === fieldName ? [] : namesIn(variables),
  )
  const kept = new Set([...names, ...elsewhere])
  const before = [...namesIn(custom[fieldName]), ...namesIn(isObject(listed) ? listed[fieldName] : undefined)]
  const vanished = new Set(before.filter((name) => !kept.has(name)))
  const own = Object.entries(template).filter(([name]) => !vanished.has(name))
  const added = Object.entries(fields).filter(([name]) => !isObject(template[name]))
  return {
    ...NODE_DEFAULTS,
    ...node,
    template: Object.fromEntries([...own, ...added]),
    custom_fields: { ...custom, [fieldName]: names },
  }
}

const namesIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []
