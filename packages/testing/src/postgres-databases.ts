import { AppError } from '@runnel/protocol/errors'
import type { DatabasesPort } from '@runnel/sdk'

export interface PostgresDatabases extends DatabasesPort, AsyncDisposable {}

/** The databases of flows, of which there is one; `setUp` is said to it first. */
export async function postgresDatabases(url: string, setUp: string): Promise<PostgresDatabases> {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(setUp)
  return {
    async query(address, statement) {
      if (address !== url) throw new AppError('invalid_field', ['There is no such database.'])
      const { rows, fields } = await client.query(statement)
      return { rows, columns: fields.map(({ name }) => name), isCut: false }
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
