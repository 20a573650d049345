import { z } from 'zod'
import type { Seal } from '../../auth/secrets.ts'

const schemas = {
  /** A registered client: what it is called and where it may be answered. */
  client: z.object({ name: z.string(), redirects: z.array(z.string()) }),
  /** A sign-in that was begun, kept by the browser. */
  login: z.object({
    state: z.string(),
    verifier: z.string(),
    redirect: z.string(),
    challenge: z.string(),
    client: z.string(),
    clientName: z.string(),
    clientState: z.string().nullable(),
  }),
  /** A sign-in that has succeeded: good for one grant. */
  code: z.object({
    grant: z.string(),
    redirect: z.string(),
    challenge: z.string(),
    client: z.string(),
    clientName: z.string(),
  }),
  access: z.object({ grant: z.string() }),
  refresh: z.object({ grant: z.string(), id: z.string(), client: z.string() }),
}
type Kind = keyof typeof schemas
type Content<K extends Kind> = z.output<(typeof schemas)[K]>

const Sealed = z.object({ kind: z.string(), project: z.string(), ends: z.number().nullable(), content: z.unknown() })

/**
 * What clients and browsers keep for us: nobody else can read, change or make it. `now` gives epoch milliseconds.
 */
export function createSealedTokens(seal: Seal, now: () => number) {
  return {
    /** @param forMs how long it is good; for ever unless given */
    make<K extends Kind>(kind: K, project: string, content: Content<K>, forMs?: number): string {
      const ends = forMs === undefined ? null : now() + forMs
      // A colon is no character of bearer tokens and cookies.
      return seal.encrypt(JSON.stringify({ kind, project, ends, content })).replace(':', '.')
    },

    /** Undefined for what is none of that kind, of another project, too old or not ours. */
    read<K extends Kind>(kind: K, project: string, text: string | undefined): Content<K> | undefined {
      const opened = text && opensTo(text)
      if (!opened || opened.kind !== kind || opened.project !== project) return undefined
      if (opened.ends !== null && opened.ends <= now()) return undefined
      const content: unknown = schemas[kind].safeParse(opened.content).data
      // The schema of this kind has made it.
      return content as Content<K> | undefined
    },

    /** The project something was made for. */
    projectOf: (text: string | undefined): string | undefined => (text ? opensTo(text)?.project : undefined),
  }

  function opensTo(text: string): z.output<typeof Sealed> | undefined {
    try {
      return Sealed.parse(JSON.parse(seal.decrypt(text.replace('.', ':'))))
    } catch {
      // Made by somebody else, or under another secret: as good as none.
      return undefined
    }
  }
}
export type SealedTokens = ReturnType<typeof createSealedTokens>
