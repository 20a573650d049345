import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { RunContext } from '@runnel/sdk'
import { objectsIn, textIn } from './ask-service.ts'
import { jsonService } from './json-service.ts'

export interface AstraAddress {
  readonly token: string
  /** `prod`, `test` or `dev`; `hcd` for a cluster of one's own. */
  readonly environment: string
  /** Found by this name, unless `endpoint` says where it is. */
  readonly database: string
  readonly endpoint: string
  readonly keyspace: string
  readonly collection: string
}

/** The Data API of a database. */
export interface AstraApi {
  /** The paths of the keyspace and of the collection. */
  readonly keyspace: string
  readonly collection: string
  /**
   * Says a command to one of them.
   * @throws AppError `bad_request` with the first failure the answer tells of, but for those of the codes `allowed`
   */
  say(path: string, command: JsonObject, allowed?: readonly string[]): Promise<JsonObject>
}

/** @throws AppError `bad_request` when there is no database of that name */
export async function astraApi(asked: AstraAddress, context: RunContext): Promise<AstraApi> {
  const endpoint = asked.endpoint.trim() || (await endpointOf(asked, context))
  const service = jsonService(endpoint, { token: asked.token }, context)
  const base = asked.environment === 'hcd' ? '/v1' : '/api/json/v1'
  const keyspace = `${base}/${encodeURIComponent(asked.keyspace.trim() || 'default_keyspace')}`
  return {
    keyspace,
    collection: `${keyspace}/${encodeURIComponent(asked.collection.trim())}`,
    async say(path, command, allowed = []) {
      const answer = await service.object('POST', path, command)
      const failure = objectsIn(answer.errors).find(({ errorCode }) => !allowed.includes(textIn(errorCode)))
      if (failure) throw new AppError('bad_request', [textIn(failure.message) || JSON.stringify(failure).slice(0, 500)])
      return answer
    },
  }
}

const DEVOPS: Readonly<Record<string, string>> = {
  prod: 'https://api.astra.datastax.com',
  test: 'https://api.test.cloud.datastax.com',
  dev: 'https://api.dev.cloud.datastax.com',
}
const APPS: Readonly<Record<string, string>> = { prod: 'apps.astra', test: 'apps.astra-test', dev: 'apps.astra-dev' }

/** Where a database of that name answers. */
async function endpointOf({ token, environment, database }: AstraAddress, context: RunContext): Promise<string> {
  const name = database.trim()
  const failed = (why: string) => new AppError('bad_request', [`Error fetching database object: ${why}`])
  if (name === '') throw failed('No database is chosen. Enter its name, or its API endpoint.')
  const at = DEVOPS[environment] ?? DEVOPS.prod ?? ''
  const service = jsonService(at, { authorization: `Bearer ${token}` }, context)
  const databases = objectsIn(await service.ask('GET', '/v2/databases?limit=100'))
  const found = databases.find(({ info }) => isObject(info) && info.name === name)
  const info = isObject(found?.info) ? found.info : {}
  if (!found || typeof info.region !== 'string') throw failed(`There is no database ${name}.`)
  return `https://${textIn(found.id)}-${info.region}.${APPS[environment] ?? APPS.prod}.datastax.com`
}
