/** Where a command says what it has to say. */
export interface Output {
  /** One line of the result. */
  readonly print: (line: string) => void
  /** One line to the user that is no part of the result. */
  readonly warn: (line: string) => void
  /** A person reads the result, not a program. */
  readonly isTerminal: boolean
}

export const processOutput: Output = {
  print: (line) => void process.stdout.write(`${line}\n`),
  warn: (line) => void process.stderr.write(`${line}\n`),
  isTerminal: process.stdout.isTTY === true,
}
