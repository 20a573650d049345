const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A fresh id of a node: its type and five characters, as Langflow makes them. */
export function newNodeId(type: string): string {
  const random = crypto.getRandomValues(new Uint8Array(5))
  return `${type}-${Array.from(random, (byte) => LETTERS[byte % LETTERS.length]).join('')}`
}
