import { randomInt } from 'node:crypto'
import type { LeftOut } from '@runnel/protocol/flow-plans'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { ModelOption, ModelType } from '@runnel/protocol/models'
import { promptVariables } from '@runnel/protocol/prompt-template'
import type { Component } from '@runnel/sdk'
import { describeWith } from '../editing/node-template.ts'
import { isReserved } from '../editing/prompt-fields.ts'
import { type Choices, withChoices } from './choices.ts'
import { fieldValue, isSecret } from './field-value.ts'
import type { Plan } from './read-plan.ts'

/** A node of a plan as a flow holds it. */
export interface DrawnNode {
  readonly id: string
  readonly type: string
  readonly node: JsonObject
  readonly template: JsonObject
}

export interface DrawnWith {
  readonly component: Component
  /** It is to be tools of an agent. */
  readonly toolMode: boolean
  /** The models that fields for them get, by what they do. */
  readonly models: Readonly<Partial<Record<ModelType, ModelOption>>>
  readonly choices: Choices
  /** Told of each value the node cannot have. */
  readonly refuse: (leftOut: LeftOut) => void
}

/** A node of the component with the values of the plan that its fields can hold. */
export function drawNode(
  { title, fields }: Plan['nodes'][number],
  { component, toolMode, models, choices, refuse }: DrawnWith,
): DrawnNode {
  const held = new Map<string, JsonObject>()
  const describe = (): JsonObject => {
    const described = describeWith(component, { template: Object.fromEntries(held), toolMode })
    return { ...described, template: withChoices(templateOf(described), choices) }
  }
  let node = describe()
  // Values call for more fields: variables of a prompt, what a mode asks for. They are tried once those are there.
  for (const _ of ['own', 'called for']) {
    const template = templateOf(node)
    for (const [name, wanted] of Object.entries(fields)) {
      const field = Object.hasOwn(template, name) ? template[name] : undefined
      if (!isObject(field) || isSecret(field) || held.has(name)) continue
      const value = fieldValue(field, wanted)
      if (value !== undefined && !(field.type === 'prompt' && shadows(component, String(value))))
        held.set(name, { value, load_from_db: false })
    }
    node = describe()
  }
  const template = templateOf(node)
  const called = title || component.displayName
  for (const [name, wanted] of Object.entries(fields)) {
    const why = refusalOf(template, name, wanted)
    if (why && !held.has(name)) {
      refuse({ kind: 'field', component: called, name, target: null, input: null, why })
    }
  }
  const filled = Object.entries(template).map(
    ([name, field]) => [name, finished(field, held.has(name), models)] as const,
  )
  return {
    id: `${component.type}-${Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('')}`,
    type: component.type,
    node: { ...node, display_name: called },
    template: Object.fromEntries(filled),
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Whether a variable of a prompt would take the place of a field of the component. */
const shadows = (component: Component, prompt: string): boolean =>
  promptVariables(prompt, { doubled: false }).some((name) => isReserved(component, name))

/** Why a value is not in its field; undefined where nothing was to be in it. */
function refusalOf(template: JsonObject, name: string, wanted: unknown): LeftOut['why'] | undefined {
  if (wanted === null || wanted === '') return undefined
  const field = Object.hasOwn(template, name) ? template[name] : undefined
  if (!isObject(field)) return 'unknown'
  if (isSecret(field)) return 'secret'
  // Whatever a plan says of models, the one of the person is meant.
  return field.type === 'model' ? undefined : 'value'
}

/** What is filled is shown; a field for a model has one. */
function finished(field: unknown, isHeld: boolean, models: DrawnWith['models']): unknown {
  if (!isObject(field)) return field
  if (isHeld) return { ...field, show: true }
  if (field.type !== 'model') return field
  const model = models[field.model_type === 'embedding' ? 'embeddings' : 'language']
  return model ? { ...field, value: [model] } : field
}

const templateOf = ({ template }: JsonObject): JsonObject => (isObject(template) ? template : {})
