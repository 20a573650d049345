import { AppError } from '@runnel/protocol/errors'
import type { Problem } from '@runnel/sandbox/traffic'
import type { Component, SandboxPort } from '@runnel/sdk'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import type { Config } from '../config.ts'
import { createUserSandbox } from './user-sandbox.ts'

export interface CustomCodeOptions {
  readonly storage: Pick<Storage, 'users'>
  readonly config: Pick<
    Config,
    'allowCustomComponents' | 'customComponentAdminOnly' | 'userCodeSeconds' | 'userCodeMegabytes' | 'userCodeProcesses'
  >
}

type Author = Pick<UserRecord, 'id' | 'isSuperuser'>

/** How long an editor waits for its answer, in milliseconds. */
const EDITING_MS = 30_000

export type CustomCode = ReturnType<typeof createCustomCode>

/** Code that users write: checked, read and run in the sandbox, as far as the operator allows it. */
export function createCustomCode({ storage, config }: CustomCodeOptions) {
  const sandbox = createUserSandbox(config)

  function checkAllowed(author: Pick<Author, 'isSuperuser'> | undefined): void {
    if (!config.allowCustomComponents) throw new AppError('custom_code_off', ['nobody'])
    if (config.customComponentAdminOnly && !author?.isSuperuser) throw new AppError('custom_code_off', ['superusers'])
  }

  const within = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(EDITING_MS)])

  return {
    /** What is wrong with a source, as far as it shows without running it. */
    check: (source: string, { id }: Author, signal: AbortSignal): Promise<Problem | undefined> =>
      sandbox.of(id).check(source, within(signal)),

    /**
     * The component a source declares. Its module runs for that, in the sandbox and with nothing lent to it.
     * @throws AppError `user_code_failed` saying what is wrong, its cause the `Problem` if the code itself failed;
     * `custom_code_off`
     */
    async component(source: string, author: Author, signal: AbortSignal): Promise<Component> {
      checkAllowed(author)
      const { readUserComponent } = await import('@runnel/components/shared/user-component')
      return readUserComponent(await sandbox.of(author.id).declaration(source, within(signal)), source)
    },

    /** For runs of flows of this user. */
    of(ownerId: string): SandboxPort {
      return {
        async run(program, signal) {
          checkAllowed(config.customComponentAdminOnly ? await storage.users.find(ownerId) : undefined)
          return sandbox.of(ownerId).run(program, signal)
        },
      }
    },

    /** Ends what runs. */
    close: sandbox.close,
  }
}
