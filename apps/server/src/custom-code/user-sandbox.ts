import type { Sandbox } from '@runnel/sandbox/sandbox'
import type { Config } from '../config.ts'
import { once } from '../http/once.ts'

type Limits = Pick<Config, 'userCodeSeconds' | 'userCodeMegabytes' | 'userCodeProcesses'>

const MEGABYTE = 1024 * 1024

/** The sandbox under the operator's limits, loaded when first used: most servers never run code of users. */
export function createUserSandbox({ userCodeSeconds, userCodeMegabytes, userCodeProcesses }: Limits): Sandbox {
  let made: Sandbox | undefined
  const sandbox = once(async () => {
    const { createSandbox } = await import('@runnel/sandbox/sandbox')
    made = createSandbox({
      computeMs: userCodeSeconds * 1000,
      memoryBytes: userCodeMegabytes * MEGABYTE,
      processes: userCodeProcesses,
    })
    return made
  })
  return {
    of: (owner) => ({
      check: async (source, signal) => (await sandbox()).of(owner).check(source, signal),
      declaration: async (source, signal) => (await sandbox()).of(owner).declaration(source, signal),
      run: async (program, signal) => (await sandbox()).of(owner).run(program, signal),
    }),
    close: () => made?.close(),
  }
}
