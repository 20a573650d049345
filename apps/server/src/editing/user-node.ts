import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'
import { describeWith, type NodeState } from './node-template.ts'
import { TOOLS_FIELD } from './tool-mode.ts'

/** What belongs to the node whatever its source declares. */
const ALWAYS = new Set(['code', '_type', TOOLS_FIELD])

/**
 * A node of a component a user wrote, as its source declares it now: fields that are gone vanish, the others keep
 * their values, unless the kind of the field has changed.
 */
export function describeUserNode(component: Component, state: NodeState): JsonObject {
  const template = Object.fromEntries(
    Object.entries(state.template).filter(([name, entry]) => ALWAYS.has(name) || isSameField(component, name, entry)),
  )
  return describeWith(component, { ...state, template })
}

function isSameField({ inputs }: Component, name: string, entry: unknown): boolean {
  const declared = Object.hasOwn(inputs, name) ? inputs[name] : undefined
  return isObject(entry) && declared !== undefined && entry._input_type === declared.inputType
}
