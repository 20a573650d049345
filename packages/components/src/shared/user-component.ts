import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, type ErasedArguments, type ErasedOutput, type Field, isComponentModule } from '@runnel/sdk'
import { lentFetch } from './lent-fetch.ts'
import { userAnswer } from './user-answer.ts'
import {
  readUserDeclaration,
  readUserOutput,
  USER_COERCIONS,
  type UserDeclaration,
  type UserOutput,
} from './user-declaration.ts'

/** The type of every component that users write. */
const TYPE = 'CustomComponent'
/** Where a node keeps what its outputs are: in tool mode it shows another one in their place. */
const OUTPUTS_KEY = 'custom_outputs'

/**
 * The component of a source and what it said of itself in the sandbox, which may be anything.
 * @throws AppError `user_code_failed` naming what is wrong
 */
export const readUserComponent = (said: unknown, code: string): Component =>
  userComponent(readUserDeclaration(said), code)

/** The component of a source and what it says of itself. Its outputs run the source in the sandbox. */
export function userComponent(
  { displayName, description, icon, documentation, inputs, outputs }: UserDeclaration,
  code: string,
): Component {
  const listed = Object.entries(outputs).map(([name, output]) => ({ name, ...output }))
  return {
    type: TYPE,
    displayName,
    description,
    icon,
    category: 'custom_component',
    documentation,
    code,
    metadata: { [OUTPUTS_KEY]: listed },
    inputs,
    outputs: Object.fromEntries(Object.entries(outputs).map(([name, output]) => [name, outputOf(name, output, code)])),
  }
}

/**
 * The component a node of a saved flow is: by its own fields and outputs, which were read from its source when it was
 * edited. Nothing runs for that. Undefined when the source is none of ours.
 */
export function componentOfNode(node: JsonObject): Component | undefined {
  const template = isObject(node.template) ? node.template : {}
  const code = isObject(template.code) ? template.code.value : undefined
  if (typeof code !== 'string' || !isComponentModule(code)) return undefined
  const text = (key: string): string => (typeof node[key] === 'string' ? node[key] : '')
  const outputs = outputsIn(node)
  return userComponent(
    {
      displayName: text('display_name') || 'Custom Component',
      description: text('description'),
      icon: text('icon') || 'Code',
      documentation: text('documentation'),
      inputs: Object.fromEntries(Object.entries(template).flatMap(([name, entry]) => fieldIn(name, entry))),
      outputs,
    },
    code,
  )
}

function outputOf(name: string, { type, label, info }: UserOutput, code: string): ErasedOutput {
  return {
    type,
    label,
    method: name,
    ...(info !== undefined && { info }),
    async run({ inputs, context }: ErasedArguments) {
      const { runId, flowId, sessionId, node, signal } = context
      const given = { runId, flowId, sessionId, node: { id: node.id, displayName: node.displayName } }
      const program = { source: code, output: name, inputs, context: given, lent: { fetch: lentFetch(context) } }
      const { value, logs } = await context.sandbox.run(program, signal)
      for (const line of logs) context.log(line.name, line.entry)
      return userAnswer(name, type, value)
    },
  }
}

function fieldIn(name: string, entry: unknown): readonly (readonly [string, Field])[] {
  const inputType = isObject(entry) ? entry._input_type : undefined
  const coercion = typeof inputType === 'string' ? USER_COERCIONS.get(inputType) : undefined
  if (name === 'code' || !isObject(entry) || !coercion || typeof inputType !== 'string') return []
  return [[name, { inputType, type: String(entry.type), coercion, attributes: entry }]]
}

function outputsIn(node: JsonObject): Readonly<Record<string, UserOutput>> {
  const kept = isObject(node.metadata) ? node.metadata[OUTPUTS_KEY] : undefined
  const listed = Array.isArray(kept) ? kept.filter(isObject) : shownIn(node)
  return Object.fromEntries(listed.map((output) => [String(output.name), readUserOutput(String(output.name), output)]))
}

/** For a node that was written by hand. */
function shownIn({ outputs }: JsonObject): readonly JsonObject[] {
  const shown = Array.isArray(outputs) ? outputs.filter(isObject) : []
  return shown
    .filter(({ method }) => method !== 'to_toolkit')
    .map(({ name, display_name, types, info }) => ({
      name,
      label: display_name,
      type: Array.isArray(types) ? types[0] : undefined,
      info,
    }))
}
