import type { Registry } from '@runnel/engine/registry'
import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'
import { componentNames } from './python-source.ts'

export interface ComponentClues {
  readonly code?: string | null | undefined
  readonly node?: JsonObject | null | undefined
  readonly template?: JsonObject | undefined
}

/**
 * The component a node is a use of: by what the node says, by its source text, or, when that is empty, by its fields.
 * Langflow's editor sends neither type nor name. Nothing of the source runs.
 * @throws AppError `bad_request` for components of which there is only Python source
 */
export function findComponent(registry: Registry, { code, node, template }: ComponentClues): Component {
  const said = node ? registry.resolve(typeof node.type === 'string' ? node.type : '', node) : undefined
  if (said) return said
  const names = componentNames(code ?? '')
  for (const name of names) {
    const known = registry.get(name)
    if (known && !known.ofNode) return known
  }
  const isNative = (code ?? '').trim() === ''
  const alike = isNative && template ? mostAlike(registry.components, template, node) : undefined
  if (alike) return alike
  const name = names[0]?.slice(0, 100)
  const what = name ? `has no component of its own named ${name}` : 'the source names no component'
  throw new AppError('bad_request', [
    `This server does not run Python components, and ${what}. Use a component from the sidebar instead, or write it in TypeScript.`,
  ])
}

/** The component whose fields are those of the template; undefined when none is close. */
function mostAlike(
  components: readonly Component[],
  template: JsonObject,
  node: JsonObject | null | undefined,
): Component | undefined {
  let best: { readonly component: Component; readonly score: number } | undefined
  for (const component of components) {
    const score = likeness(component, template) + (node?.display_name === component.displayName ? 1 : 0)
    if (score > 0 && (!best || score > best.score)) best = { component, score }
  }
  return best?.component
}

function likeness({ inputs }: Component, template: JsonObject): number {
  const declared = Object.entries(inputs)
  let common = 0
  let score = 0
  for (const [name, { type, attributes }] of declared) {
    const entry = Object.hasOwn(template, name) ? template[name] : undefined
    if (!isObject(entry) || entry.type !== type) {
      score -= 2
      continue
    }
    common++
    score += 2 + (entry.display_name === attributes.display_name ? 1 : 0) + (entry.info === attributes.info ? 1 : 0)
  }
  const others = Object.entries(template).filter(([name, entry]) => isObject(entry) && !Object.hasOwn(inputs, name))
  return common * 2 > declared.length ? score - others.length : 0
}
