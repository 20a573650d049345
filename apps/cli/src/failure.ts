const FAILED = 1
const MISUSED = 2

/** What a shell expects of a program that Ctrl-C has ended. */
export const INTERRUPTED = 130

/** A command cannot do what it was asked for; the message is a sentence for the user. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: number
  constructor(message: string, { exitCode = FAILED, ...options }: ErrorOptions & { readonly exitCode?: number } = {}) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** Tells the user of an error, on one line unless it is a bug. @returns the exit code of the process. */
export function report(error: unknown, print: (line: string) => void): number {
  // The command-line library has said what was wrong, or has shown the help that was asked for.
  if (error instanceof Error && error.name === 'CommanderError') return wasHelp(error) ? 0 : MISUSED
  print(`runnel: ${isBug(error) ? (error.stack ?? error.message) : oneLine(sentenceOf(error))}`)
  return error instanceof CommandError ? error.exitCode : FAILED
}

const wasHelp = (error: Error) => 'exitCode' in error && error.exitCode === 0

const isBug = (error: unknown): error is Error =>
  error instanceof TypeError || error instanceof ReferenceError || error instanceof RangeError

function sentenceOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const { code, syscall, port, address } = error as NodeJS.ErrnoException & Readonly<Record<string, unknown>>
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return error.message
  if (code === 'EADDRINUSE') {
    return `Port ${port} of ${address} is taken. Choose another one with --port, or end the program that uses it.`
  }
  if (code === 'EACCES') return `Port ${port} may not be used by this user. Choose one above 1023 with --port.`
  return `Cannot listen there (${error.message}). Choose an address of this machine with --host.`
}

const oneLine = (text: string) => text.replace(/\s*\n\s*/g, ' ')
