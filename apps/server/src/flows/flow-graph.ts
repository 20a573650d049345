import { isObject } from '@runnel/protocol/json'

/** Calls `visit` for every node of a graph, those inside groups too. Reads whatever was saved, drafts included. */
function eachNode(data: unknown, visit: (node: Readonly<Record<string, unknown>>) => void): void {
  const waiting: unknown[] = [data]
  for (let graph = waiting.pop(); graph !== undefined; graph = waiting.pop()) {
    const nodes = isObject(graph) ? graph.nodes : undefined
    for (const node of Array.isArray(nodes) ? nodes : []) {
      if (!isObject(node)) continue
      visit(node)
      const inner = componentOf(node)?.flow
      if (isObject(inner) && inner.data !== undefined) waiting.push(inner.data)
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
  eachNode(data, (node) => {
    const template = componentOf(node)?.template
    for (const field of isObject(template) ? Object.values(template) : []) {
      if (isObject(field) && field.password === true && field.load_from_db !== true)
        Object.assign(field, { value: by(field.value) })
    }
  })
}
