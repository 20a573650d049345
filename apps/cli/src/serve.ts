import { runServer } from '@runnel/server/main'
import { configOf } from './config-of.ts'
import type { GivenOptions } from './run-options.ts'

/** Starts the server; the process ends with code 0 when it is told to stop. @throws ConfigError, CannotOpenStorage */
export async function serve(given: GivenOptions): Promise<void> {
  await runServer(configOf(given))
}
