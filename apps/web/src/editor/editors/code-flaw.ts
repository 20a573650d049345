/** What is wrong with a source, and at which line, from 1, where that is known. */
export interface CodeFlaw {
  readonly line: number | undefined
  readonly text: string
}

/** Reads what the server says of a source: `… (<unknown>, line 7)`, as Python writes it, or `Line 8: …`. */
export function readFlaw(message: string): CodeFlaw {
  const found =
    /^(?<text>.*) \(<unknown>, line (?<line>\d+)\)$/s.exec(message) ?? /^Line (?<line>\d+): (?<text>.*)$/s.exec(message)
  const { line, text = message } = found?.groups ?? {}
  return { line: line === undefined ? undefined : Number(line), text }
}
