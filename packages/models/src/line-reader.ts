import { Fault } from './fault.ts'

/** Cuts bytes into lines. */
export interface LineReader {
  /** The lines these bytes complete, without their ends; empty ones are left out. @throws Fault when one is too long. */
  push(bytes: Uint8Array): readonly string[]
}

export function createLineReader({ lineBytes }: { readonly lineBytes: number }): LineReader {
  const decoder = new TextDecoder()
  let rest = ''
  return {
    push(bytes) {
      const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n')
      rest = lines.pop() ?? ''
      if (Math.max(rest.length, ...lines.map(({ length }) => length)) > lineBytes) {
        throw new Fault({ kind: 'limit', what: 'line', bytes: lineBytes })
      }
      return lines.map((line) => line.trim()).filter(Boolean)
    },
  }
}
