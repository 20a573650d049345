import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import type { HttpRequest, RunContext } from '@runnel/sdk'
import { answerOfService, objectsIn, parsedJson, postJson, USER_AGENT } from './ask-service.ts'
import { poll } from './poll.ts'

const BASE = 'https://api.apify.com/v2'
/** Apify itself waits that long, in seconds, before it says that a run goes on. */
const WAIT = 60
const EVERY_MS = 1000

export interface ActorAccess {
  readonly token: string
  /** `user/name`. */
  readonly actor: string
}

/** Runs an Actor to its end. @returns the items of its dataset. @throws AppError `bad_request` when it fails. */
export async function runActor(
  access: ActorAccess,
  input: JsonObject,
  context: RunContext,
): Promise<readonly JsonObject[]> {
  const begun = await ask(access, `/acts/${pathOf(access)}/runs?waitForFinish=${WAIT}`, context, postJson(input))
  const first = dataIn(begun)
  const next = async () => {
    const { id } = first
    return ended(dataIn(await ask(access, `/actor-runs/${String(id)}?waitForFinish=${WAIT}`, context)))
  }
  const run = ended(first) ?? (await poll(next, { everyMs: EVERY_MS, signal: context.signal }))
  if (run.status !== 'SUCCEEDED') {
    throw new AppError('bad_request', [`The run of ${access.actor} ended as ${String(run.status)}.`])
  }
  return objectsIn(await ask(access, `/datasets/${String(run.defaultDatasetId)}/items?format=json`, context))
}

export interface ActorFacts {
  readonly readme: string
  /** What its input may hold. */
  readonly inputSchema: JsonObject
}

/** What Apify knows of an Actor. @throws AppError `bad_request` when it is not there or has no input schema. */
export async function actorFacts(access: ActorAccess, context: RunContext): Promise<ActorFacts> {
  const { taggedBuilds } = dataIn(await ask(access, `/acts/${pathOf(access)}`, context))
  const latest = isObject(taggedBuilds) && isObject(taggedBuilds.latest) ? taggedBuilds.latest.buildId : undefined
  if (typeof latest !== 'string') throw new AppError('bad_request', [`Actor ${access.actor} has no build.`])
  const build = dataIn(await ask(access, `/actor-builds/${latest}`, context))
  const definition = isObject(build.actorDefinition) ? build.actorDefinition : {}
  // Older builds hold the schema as text.
  const schema: unknown = typeof build.inputSchema === 'string' ? parsedJson(build.inputSchema) : definition.input
  if (!isObject(schema)) throw new AppError('bad_request', ['Input schema not found'])
  const readme = definition.readme ?? build.readme
  return { readme: typeof readme === 'string' ? readme : '', inputSchema: schema }
}

const pathOf = ({ actor }: ActorAccess): string => encodeURIComponent(actor.replaceAll('/', '~'))
const dataIn = (answer: unknown): JsonObject => (isObject(answer) && isObject(answer.data) ? answer.data : {})
const GOING_ON: readonly unknown[] = ['READY', 'RUNNING', 'TIMING-OUT', 'ABORTING']
const ended = (run: JsonObject): JsonObject | undefined => (GOING_ON.includes(run.status) ? undefined : run)

async function ask(
  { token, actor }: ActorAccess,
  path: string,
  context: RunContext,
  request: HttpRequest = {},
): Promise<unknown> {
  const headers = { ...USER_AGENT, ...request.headers, Authorization: `Bearer ${token}` }
  const answer = await answerOfService(
    `${BASE}${path}`,
    { ...request, headers, timeoutMs: (WAIT + 30) * 1000 },
    context,
  )
  if (answer.status === 404) throw new AppError('bad_request', [`Actor ${actor} not found.`])
  if (answer.status < 400) return parsedJson(answer.text)
  throw new AppError('bad_request', [`HTTP error occurred: ${answer.status} - ${answer.text.slice(0, 2000)}`])
}
