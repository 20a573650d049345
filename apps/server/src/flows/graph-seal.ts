import type { Secrets } from '../auth/secrets.ts'
import { replaceSecrets } from './flow-graph.ts'

/** Encrypts the secrets in the texts of graphs. Both texts are JSON, equal but for them. */
export interface GraphSeal {
  /** `flowId` binds them: in another flow they stay closed. */
  seal(flowId: string, data: string): string
  /** Every other character is as it was. What was sealed for another flow, or under another secret, stays closed. */
  open(flowId: string, data: string): string
}

const MARK = 'sealed:'
const SEALED = /"sealed:(gcm1:[\w-]+)"/g
const IS_SEALED = /^sealed:gcm1:[\w-]+$/
/** A field that may hold a secret, as our own JSON and that of files write it. */
const PASSWORD = /"password"\s*:\s*true/

/** Seals the secrets in the text of a graph, and opens them. */
export function createGraphSeal({ encrypt, decrypt }: Pick<Secrets, 'encrypt' | 'decrypt'>): GraphSeal {
  function opened(flowId: string, sealed: string): string | undefined {
    const prefix = `${flowId}\n`
    try {
      const text = decrypt(sealed)
      return text.startsWith(prefix) ? text.slice(prefix.length) : undefined
    } catch {
      // Sealed by nobody we know: a text of the user, or under a secret that was lost. It is passed on as it is, so
      // that it opens again should the secret come back.
      return undefined
    }
  }

  return {
    seal(flowId, data) {
      if (!PASSWORD.test(data)) return data
      let isChanged = false
      const graph: unknown = JSON.parse(data)
      replaceSecrets(graph, (secret) => {
        if (typeof secret !== 'string' || secret === '' || IS_SEALED.test(secret)) return secret
        isChanged = true
        return MARK + encrypt(`${flowId}\n${secret}`)
      })
      return isChanged ? JSON.stringify(graph) : data
    },
    open(flowId, data) {
      if (!data.includes(`"${MARK}`)) return data
      return data.replace(SEALED, (whole, sealed: string) => {
        const secret = opened(flowId, sealed)
        return secret === undefined ? whole : JSON.stringify(secret)
      })
    },
  }
}
