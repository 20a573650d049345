import { AppError } from '@runnel/protocol/errors'
import type { DatabaseRows, DatabasesPort, FilesPort } from '@runnel/sdk'
import type { AddressRules } from '../egress/address-rules.ts'
import { ConnectError, queryPostgres } from './postgres-query.ts'
import { querySqlite } from './sqlite-query.ts'

export interface DatabaseOptions {
  readonly files: FilesPort
  readonly rules: AddressRules
  /** Statements may change data. */
  readonly writes: boolean
}

const POSTGRES = /^postgres(ql)?(\+\w+)?:\/\//i
const SQLITE = /^sqlite(\+\w+)?:\/\//i

/** The databases flows may ask: Postgres servers the operator allows to call, and SQLite among the user's files. */
export function createDatabases({ files, rules, writes }: DatabaseOptions): DatabasesPort {
  async function askSqlite(path: string, statement: string, signal: AbortSignal): Promise<DatabaseRows> {
    const name = path.replace(/^\/+/, '')
    if (name === '' || name === ':memory:') {
      return withoutBytes(await querySqlite({ statement, bytes: new Uint8Array(), writes: true }, signal))
    }
    const held = (await files.list()).find((entry) => entry.name === name || entry.path === name)
    if (!held) {
      throw new ConnectError(`there is no file "${name}" of yours. Upload it, then name it as sqlite:///${name}`)
    }
    if (!writes) {
      const { bytes } = await files.read(held.path)
      return withoutBytes(await querySqlite({ statement, bytes, writes }, signal))
    }
    // Inside of the save, so that no two statements change the same database at once.
    let rows: DatabaseRows | undefined
    await files.save(held.name, async (existing) => {
      const answer = await querySqlite({ statement, bytes: existing ?? new Uint8Array(), writes }, signal)
      rows = withoutBytes(answer)
      return answer.bytes
    })
    return rows ?? { columns: [], rows: [], isCut: false }
  }

  return {
    async query(address, statement, signal) {
      const given = address.trim()
      try {
        if (SQLITE.test(given)) return await askSqlite(given.replace(SQLITE, ''), statement, signal)
        if (!POSTGRES.test(given)) {
          const [scheme = ''] = given.split(':', 1)
          throw new ConnectError(
            `databases of the kind "${scheme}" are not known here. Use postgresql:// or sqlite:///`,
          )
        }
        const url = URL.parse(given.replace(POSTGRES, 'http://'))
        if (!url) throw new ConnectError('the address is no URL')
        return await queryPostgres({ address: url, statement, writes }, rules, signal)
      } catch (error) {
        if (!(error instanceof ConnectError)) throw error
        throw new AppError('invalid_field', [error.message], { cause: error })
      }
    },
  }
}

const withoutBytes = ({ columns, rows, isCut }: DatabaseRows): DatabaseRows => ({ columns, rows, isCut })
