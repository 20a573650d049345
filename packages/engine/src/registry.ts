import { isObject, type JsonObject } from '@runnel/protocol/json'
import { type Component, isComponentModule } from '@runnel/sdk'

/** Finds the component a node of a saved flow means. */
export interface Registry {
  readonly components: readonly Component[]
  /** By type or alias alone. */
  get(type: string): Component | undefined
  /** By everything a node says about itself. */
  resolve(type: string, node: JsonObject): Component | undefined
  /** Why a node that cannot be resolved cannot run, and what to use instead. */
  missing(type: string, node: JsonObject, id: string): string
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
      for (const name of [type, ...namesIn(node)]) {
        const known = get(name)
        const found = known?.ofNode ? known.ofNode(node) : known
        if (found) return found
      }
      return undefined
    },
    missing(type, node, id) {
      const isPython = codeOf(node) !== '' && !isComponentModule(codeOf(node))
      const instead = components.find(({ insteadOf }) => insteadOf?.includes(type))?.displayName
      return [
        `Component type ${type} is not available in this engine (node ${id}).`,
        ...(isPython ? ['It is written in Python, which is kept with the flow and never run.'] : []),
        instead
          ? `Use ${instead} instead.`
          : `Replace the node by one of the components in the sidebar${isPython ? ', or write it in TypeScript as a Custom Component' : ''}.`,
      ].join(' ')
    },
  }
}

function codeOf({ template }: JsonObject): string {
  const code = isObject(template) && isObject(template.code) ? template.code.value : undefined
  return typeof code === 'string' ? code.trim() : ''
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
