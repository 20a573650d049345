import { z } from 'zod'

/** One step of a JSON patch (RFC 6902) of those that change a value; `path` is a JSON pointer. */
export const JsonPatchStep = z.discriminatedUnion('op', [
  z.object({ op: z.literal('add'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('replace'), path: z.string(), value: z.unknown() }),
  z.object({ op: z.literal('remove'), path: z.string() }),
])
export type JsonPatchStep = z.output<typeof JsonPatchStep>
