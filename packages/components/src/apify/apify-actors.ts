import { AppError, messageOf } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import { data, defineComponent, field, type InputsOf, type RunContext, type Tool } from '@runnel/sdk'
import { type ActorAccess, actorFacts, runActor } from '../shared/apify.ts'

const DESCRIPTION_LENGTH = 250

const inputs = {
  apify_token: field.secret({ label: 'Apify Token', info: 'Your token for Apify.', required: true }),
  actor_id: field.string({
    label: 'Actor',
    info: 'The Actor to run, as user/name.',
    default: 'apify/website-content-crawler',
    required: true,
  }),
  run_input: field.multiline({
    label: 'Run Input',
    info: 'The input of the Actor, as JSON.',
    default: '{"startUrls":[{"url":"https://docs.apify.com/academy/web-scraping-for-beginners"}],"maxCrawlDepth":0}',
    required: true,
  }),
  dataset_fields: field.multiline({
    label: 'Output fields',
    info: 'The fields to give, separated by commas; a.b is the field b in a. Empty means all.',
  }),
  flatten_dataset: field.bool({
    label: 'Flatten output',
    info: 'Give fields inside of fields as fields of their own, a.b as a_b.',
  }),
}
type Given = InputsOf<typeof inputs>

export const apifyActors = defineComponent({
  type: 'ApifyActors',
  aliases: ['ApifyActorsComponent'],
  displayName: 'Apify Actors',
  description: 'Runs an Actor of Apify and gives what it collects.',
  icon: 'Apify',
  category: 'apify',
  documentation: 'https://docs.apify.com/api/v2',
  inputs,
  outputs: {
    output: {
      type: 'Data',
      label: 'Output',
      method: 'run_model',
      async run({ inputs, context }) {
        const items = await collected(inputs, inputs.run_input, context)
        context.setStatus(`${items.length} items`)
        return items.map((item) => data(item))
      },
    },
    tool: { type: 'Tool', label: 'Tool', method: 'build_tool', run: ({ inputs, context }) => toolOf(inputs, context) },
  },
})

function accessOf({ apify_token, actor_id }: Given): ActorAccess {
  if (apify_token.trim() === '') throw new AppError('invalid_field', ['API token is required.'])
  return { token: apify_token, actor: actor_id.trim() }
}

async function collected(given: Given, input: string, context: RunContext): Promise<readonly JsonObject[]> {
  const items = await runActor(accessOf(given), inputIn(input), context)
  const wanted = given.dataset_fields
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
  const chosen = wanted.length > 0 ? items.map((item) => withFields(item, wanted)) : items
  return given.flatten_dataset ? chosen.map((item) => flat(item)) : chosen
}

function inputIn(text: string): JsonObject {
  try {
    const input: unknown = JSON.parse(text)
    if (isObject(input)) return input
  } catch (cause) {
    throw new AppError('invalid_field', [`The Run Input is no JSON: ${messageOf(cause)}`], { cause })
  }
  throw new AppError('invalid_field', ['The Run Input is no JSON object.'])
}

/** The fields of these paths, `a.b` as `a_b`; null where there is none. */
export function withFields(item: JsonObject, paths: readonly string[]): JsonObject {
  return Object.fromEntries(
    paths.map((path) => {
      const found = path
        .split('.')
        .reduce<unknown>((held, key) => (isObject(held) && Object.hasOwn(held, key) ? held[key] : undefined), item)
      return [path.replaceAll('.', '_'), found ?? null]
    }),
  )
}

/** Objects inside the object become fields of it, their keys joined by `_`. */
export function flat(item: JsonObject, prefix = ''): JsonObject {
  return Object.fromEntries(
    Object.entries(item).flatMap(([key, value]) =>
      isObject(value) ? Object.entries(flat(value, `${prefix}${key}_`)) : [[`${prefix}${key}`, value]],
    ),
  )
}

async function toolOf(given: Given, context: RunContext): Promise<Tool> {
  const { readme, inputSchema } = await actorFacts(accessOf(given), context)
  const name = `apify_actor_${given.actor_id.trim().replace(/[^A-Za-z0-9]/g, '_')}`
  const fields = isObject(inputSchema.properties) ? inputSchema.properties : {}
  const schema = JSON.stringify({ properties: fields, required: inputSchema.required ?? [] })
  return {
    kind: 'tool',
    name,
    tags: [name],
    description: readme.slice(0, DESCRIPTION_LENGTH) || `Runs ${given.actor_id} on Apify.`,
    inputSchema: {
      type: 'object',
      properties: { run_input: { type: 'string', description: `The input, as JSON that fits this schema: ${schema}` } },
      required: ['run_input'],
    },
    async call({ run_input }, signal) {
      const items = await collected(given, String(run_input ?? ''), { ...context, signal })
      return items.map((item) => JSON.stringify(item)).join('\n\n')
    },
  }
}
