import type { GraphPlace, GraphText } from '@runnel/storage/graph-text-repository'
import type { Storage } from '@runnel/storage/open-storage'
import type { Log } from '../log.ts'
import type { GraphSeal } from './graph-seal.ts'

export interface SealingOptions {
  readonly storage: Pick<Storage, 'graphTexts' | 'settings'>
  readonly seal: GraphSeal['seal']
}

/** Set once all that was stored by earlier releases is sealed. */
const DONE = 'secrets_of_flows_are_sealed'
const AT_ONCE = 20
const PLACES: readonly GraphPlace[] = ['flow', 'flow_version']

/**
 * Encrypts the secrets in flows that earlier releases stored in clear text. Flows keep their version and time, and
 * whoever saves one meanwhile goes first. Does nothing once it has come to its end; aborted, the next call goes on.
 */
export async function sealStoredFlows({ storage, seal }: SealingOptions, signal: AbortSignal): Promise<void> {
  const { graphTexts, settings } = storage
  if ((await settings.get(DONE)) !== undefined) return
  for (const place of PLACES) {
    let after: string | undefined = ''
    while (after !== undefined) {
      const page: readonly GraphText[] = await graphTexts.list(place, { after, limit: AT_ONCE })
      for (const { id, flowId, data } of page) {
        if (signal.aborted) return
        if (data === null) continue
        const sealed = seal(flowId, data)
        if (sealed !== data) await graphTexts.replace(place, { id, data }, sealed)
      }
      after = page.at(-1)?.id
    }
  }
  await settings.set(DONE, 'true')
}

/** Begins that beside other work. Gives the way to end it: resolves when nothing is written any more. */
export function startSealing({ log, ...options }: SealingOptions & { readonly log: Pick<Log, 'error'> }) {
  const abort = new AbortController()
  const working = sealStoredFlows(options, abort.signal).catch((error: unknown) => {
    log.error('secrets of earlier flows could not be encrypted', { error })
  })
  return async (): Promise<void> => {
    abort.abort()
    await working
  }
}
