import { isObject } from '@runnel/protocol/json'
import type { Config } from '../config.ts'
import { createAddressRules } from '../egress/address-rules.ts'
import { createHttpClient } from '../egress/http-client.ts'

export interface UpdateState {
  /** `off`: nobody is asked. `failed`: no answer that could be read. */
  readonly status: 'off' | 'current' | 'available' | 'failed'
  readonly latest: string | undefined
  /** Epoch milliseconds. */
  readonly checkedAt: number | undefined
}

/** Knows whether there is a newer release, as far as the operator lets it ask. */
export interface UpdateCheck {
  /** What is known; asks when that is a day old, or an hour after nobody answered. */
  read(): Promise<UpdateState>
  /** Asks now. */
  ask(): Promise<UpdateState>
}

export interface UpdateCheckOptions {
  readonly config: Pick<Config, 'updateAddress' | 'doNotTrack' | 'doNotTrackHere'>
  /** Of the running release. */
  readonly version: string
  /** Epoch milliseconds. */
  readonly now: () => number
}

const DAY_MS = 86_400_000
const HOUR_MS = 3_600_000
const ANSWER_MS = 5000
const ANSWER_BYTES = 4 * 1024 * 1024

const OFF: UpdateState = { status: 'off', latest: undefined, checkedAt: undefined }

/** Makes no call at all unless an address is set and tracking is not forbidden. */
export function createUpdateCheck({ config, version, now }: UpdateCheckOptions): UpdateCheck {
  const { updateAddress: address } = config
  if (address === undefined || config.doNotTrack || config.doNotTrackHere) {
    return { read: async () => OFF, ask: async () => OFF }
  }
  const url = address
  // The operator named the server, wherever it stands.
  const http = createHttpClient(createAddressRules({ allowed: [hostOf(url)] }))
  let known: UpdateState | undefined
  let asking: Promise<UpdateState> | undefined

  async function look(): Promise<UpdateState> {
    const request = { headers: { accept: 'application/json' }, timeoutMs: ANSWER_MS, maxBytes: ANSWER_BYTES }
    // An address that cannot be reached is no failure of whoever looks at the page: the state says it.
    const latest = await http.fetch(url, request, AbortSignal.timeout(ANSWER_MS)).then(
      ({ status, body }) => (status === 200 ? releaseIn(Buffer.from(body).toString('utf8')) : undefined),
      () => undefined,
    )
    const status = latest === undefined ? 'failed' : isNewer(latest, version) ? 'available' : 'current'
    return { status, latest, checkedAt: now() }
  }

  const ask = (): Promise<UpdateState> => {
    asking ??= look().then((state) => {
      known = state
      asking = undefined
      return state
    })
    return asking
  }

  return {
    ask,
    async read() {
      const fresh = known?.status === 'failed' ? HOUR_MS : DAY_MS
      return known?.checkedAt !== undefined && known.checkedAt > now() - fresh ? known : ask()
    },
  }
}

const hostOf = (url: string): string => URL.parse(url)?.hostname.replace(/^\[|\]$/g, '') ?? ''

const RELEASE = /^v?(\d+(?:\.\d+){0,3}(?:-[\w.]+)?)$/

/** The release an answer names, as npm's registry says it, all versions or one, or GitHub's releases. */
function releaseIn(answer: string): string | undefined {
  let read: unknown
  try {
    read = JSON.parse(answer)
  } catch {
    return undefined
  }
  if (!isObject(read)) return undefined
  const tags = isObject(read['dist-tags']) ? read['dist-tags'] : {}
  const named = [read.version, tags.latest, read.tag_name].find((name) => typeof name === 'string')
  return typeof named === 'string' ? RELEASE.exec(named)?.[1] : undefined
}

/** Whether a release comes after another. A preview comes before the release it is one of. */
export function isNewer(release: string, than: string): boolean {
  const [a, b] = [partsOf(release), partsOf(than)]
  for (const [index, part] of a.numbers.entries()) {
    const other = b.numbers[index] ?? 0
    if (part !== other) return part > other
  }
  return !a.isPreview && b.isPreview
}

function partsOf(release: string): { readonly numbers: readonly number[]; readonly isPreview: boolean } {
  const [core = '', preview] = release.split('-')
  const numbers = core.split('.').map(Number)
  return { numbers: [0, 1, 2, 3].map((index) => numbers[index] ?? 0), isPreview: preview !== undefined }
}
