import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { Component } from '@runnel/sdk'

/** Finds the component a node of a saved flow means. */
export interface Registry {
  readonly components: readonly Component[]
  /** By type or alias alone. */
  get(type: string): Component | undefined
  /** By everything a node says about itself (flow-format.md, section 18; langflow-1.13-components.md, 1.6). */
  resolve(type: string, node: JsonObject): Component | undefined
}

const EXTENSION_ID = /^ext:[a-z][a-z0-9_]*:([^@]+)@/

/** A registry over a catalogue. Types win over aliases, earlier components over later ones. */
export function createRegistry(components: readonly Component[]): Registry {
  const byName = new Map<string, Component>()
  for (const component of components) if (!byName.has(component.type)) byName.set(component.type, component)
  for (const component of components) {
    for (const alias of component.aliases ?? []) if (!byName.has(alias)) byName.set(alias, component)
  }
  const get = (type: string) => byName.get(type) ?? byName.get(EXTENSION_ID.exec(type)?.[1] ?? '')
  return {
    components,
    get,
    resolve(type, node) {
      const known = get(type)
      if (known) return known
      for (const name of namesIn(node)) {
        const found = get(name)
        if (found) return found
      }
      return undefined
    },
  }
}

function namesIn(node: JsonObject): readonly string[] {
  const metadata = isObject(node.metadata) ? node.metadata : {}
  const moduleClass = typeof metadata.module === 'string' ? metadata.module.split('.').at(-1) : undefined
  const names = [
    // The last part of a module path names a class only when it begins with a capital.
    moduleClass && /^[A-Z]/.test(moduleClass) ? moduleClass : undefined,
    node.name,
    node.namespaced_id,
    metadata.component_class_name,
    metadata.legacy_name,
    node.key,
  ]
  return names.filter((name) => typeof name === 'string')
}
