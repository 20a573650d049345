/** The address of a server the tests may use, in this variable; says on stderr that they are skipped where it is not set. */
export function namedServer(variable: string): string | undefined {
  const address = process.env[variable]
  if (!address) process.stderr.write(`\nNo server for the tests: name one in ${variable}. Its tests are SKIPPED.\n\n`)
  return address
}
