import { AppError } from '@runnel/protocol/errors'
import { newId } from '@runnel/protocol/id'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord, VariableRecord } from '@runnel/storage/records'
import type { Secrets } from '../auth/secrets.ts'
import type { Config } from '../config.ts'

export interface VariableServiceOptions {
  readonly storage: Pick<Storage, 'variables'>
  readonly secrets: Pick<Secrets, 'encrypt' | 'decrypt'>
  readonly config: Pick<Config, 'environment' | 'storeEnvironmentVariables' | 'variablesFromEnvironment'>
  readonly now: () => number
}

export interface VariableChange {
  readonly name?: string | null | undefined
  readonly value?: string | null | undefined
  readonly type?: VariableRecord['type'] | null | undefined
  readonly default_fields?: readonly string[] | null | undefined
}

export interface StoredValue {
  readonly value: string
  readonly type: VariableRecord['type']
}

export type VariableService = ReturnType<typeof createVariableService>

/** Global variables. Values are encrypted before they are stored, and read again only here. */
export function createVariableService({ storage, secrets, config, now }: VariableServiceOptions) {
  const { variables } = storage

  const record = (userId: string, name: string, value: string, type: VariableRecord['type']): VariableRecord => {
    const [createdAt, updatedAt] = [now(), now()]
    const sealed = secrets.encrypt(value)
    return { id: newId(), userId, name, type, value: sealed, defaultFields: [], createdAt, updatedAt }
  }

  return {
    /** The user's own value of that name, for a flow; undefined when there is none. */
    async storedValue(userId: string, name: string): Promise<StoredValue | undefined> {
      const stored = await variables.find(userId, name)
      return stored && { value: secrets.decrypt(stored.value), type: stored.type }
    },

    /** What may be shown: the text of a generic variable, null for a credential. */
    shownValue: (variable: VariableRecord): string | null =>
      variable.type === 'Generic' ? secrets.decrypt(variable.value) : null,

    list: (userId: string): Promise<readonly VariableRecord[]> => variables.list(userId),

    /** @throws AppError `variable_empty`, `variable_name_empty`, `variable_value_empty`, `variable_name_taken` */
    async add(userId: string, given: VariableChange & { readonly name: string; readonly value: string }) {
      if (given.name === '') throw new AppError(given.value === '' ? 'variable_empty' : 'variable_name_empty')
      if (given.value === '') throw new AppError('variable_value_empty')
      const made = record(userId, given.name, given.value, given.type ?? 'Credential')
      return withFreeName(() => variables.add({ ...made, defaultFields: given.default_fields ?? [] }))
    },

    /** What is absent or null stays. @throws AppError `variable_not_found`, `variable_name_empty`, `variable_name_taken` */
    async update(userId: string, id: string, change: VariableChange): Promise<VariableRecord> {
      if (change.name === '') throw new AppError('variable_name_empty')
      const before = await variables.get(userId, id)
      if (!before) throw new AppError('variable_not_found')
      // A credential that became generic would be shown: that takes a new value.
      const isRevealed = before.type === 'Credential' && change.type === 'Generic' && !change.value
      if (isRevealed) throw new AppError('variable_value_missing')
      const updated = await withFreeName(() =>
        variables.update(userId, id, {
          ...(change.name && { name: change.name }),
          ...(change.value && { value: secrets.encrypt(change.value) }),
          ...(change.type && { type: change.type }),
          ...(change.default_fields && { defaultFields: change.default_fields }),
        }),
      )
      if (!updated) throw new AppError('variable_not_found')
      return updated
    },

    /** Sets a value the server keeps for the user, as a generic variable; made when it is missing. */
    async keep(userId: string, name: string, value: string): Promise<void> {
      const before = await variables.find(userId, name)
      const change = { value: secrets.encrypt(value), type: 'Generic' } as const
      if (before && (await variables.update(userId, before.id, change))) return
      await withFreeName(() => variables.add(record(userId, name, value, 'Generic')))
    },

    /** Removes a variable by name; it is no failure when there is none. */
    async forget(userId: string, name: string): Promise<void> {
      const before = await variables.find(userId, name)
      if (before) await variables.remove(userId, before.id)
    },

    /** @throws AppError `variable_not_found` */
    async remove(userId: string, id: string): Promise<void> {
      if (!(await variables.remove(userId, id))) throw new AppError('variable_not_found')
    },

    /** Keeps well-known environment variables as credentials of a superuser: they are the operator's own. */
    async keepFromEnvironment(user: UserRecord): Promise<void> {
      if (!config.storeEnvironmentVariables || !user.isSuperuser) return
      for (const name of config.variablesFromEnvironment) {
        const value = config.environment(name)
        if (value === undefined || (await variables.find(user.id, name))) continue
        await variables.add(record(user.id, name, value, 'Credential'))
      }
    },
  }
}

async function withFreeName<Value>(write: () => Promise<Value>): Promise<Value> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'name_not_unique')) throw error
    throw new AppError('variable_name_taken', [], { cause: error })
  }
}
