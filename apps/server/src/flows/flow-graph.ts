import { isObject } from '@runnel/protocol/json'

/**
 * Calls `visit` for every node of a graph, those inside groups too, with the ids on the way to it. Reads whatever was
 * saved, drafts included.
 */
function eachNode(data: unknown, visit: (node: Readonly<Record<string, unknown>>, place: string) => void): void {
  const waiting: { readonly graph: unknown; readonly place: string }[] = [{ graph: data, place: '' }]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const nodes = isObject(next.graph) ? next.graph.nodes : undefined
    for (const node of Array.isArray(nodes) ? nodes : []) {
      if (!isObject(node)) continue
      const place = `${next.place}/${String(node.id)}`
      visit(node, place)
      const inner = componentOf(node)?.flow
      if (isObject(inner) && inner.data !== undefined) waiting.push({ graph: inner.data, place })
    }
  }
}

function componentOf(node: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> | undefined {
  const component = isObject(node.data) ? node.data.node : undefined
  return isObject(component) ? component : undefined
}

/** The flow can be started by a webhook: it has a Webhook component. */
export function hasWebhook(data: unknown): boolean {
  let found = false
  eachNode(data, (node) => {
    if (isObject(node.data) && node.data.type === 'Webhook') found = true
  })
  return found
}

/** Sets the secrets the fields of a graph hold to null; names of variables stay. Changes what it is given. */
export function removeSecrets(data: unknown): void {
  replaceSecrets(data, () => null)
}

/** Puts something else in the place of each secret the fields of a graph hold. Changes what it is given. */
export function replaceSecrets(data: unknown, by: (secret: unknown) => unknown): void {
  eachSecret(data, (field) => Object.assign(field, { value: by(field.value) }))
}

/**
 * Puts the secrets a graph holds into the empty fields of another one that are the same: of the same node, of the same
 * type, and still secret. Changes what it is given.
 */
export function keepSecrets(data: unknown, before: unknown): void {
  const kept = new Map<string, unknown>()
  eachSecret(before, (field, place) => kept.set(place, field.value))
  eachSecret(data, (field, place) => {
    const isEmpty = field.value === null || field.value === undefined || field.value === ''
    if (isEmpty && kept.has(place)) Object.assign(field, { value: kept.get(place) })
  })
}

/** Calls `visit` for every field that may hold a secret, with what tells it from the others of its graph. */
function eachSecret(data: unknown, visit: (field: Readonly<Record<string, unknown>>, place: string) => void): void {
  eachNode(data, (node, place) => {
    const template = componentOf(node)?.template
    const type = isObject(node.data) ? node.data.type : undefined
    for (const [name, field] of isObject(template) ? Object.entries(template) : []) {
      if (isObject(field) && field.password === true && field.load_from_db !== true) {
        visit(field, JSON.stringify([place, type, name]))
      }
    }
  })
}
