import { AppError } from '@runnel/protocol/errors'
import { isObject, type JsonObject } from '@runnel/protocol/json'
import {
  type DataFrame,
  dataFrame,
  defineComponent,
  field,
  type InputsOf,
  message,
  type RunArguments,
  type Tool,
} from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { chosenNames } from '../shared/cloud-fields.ts'
import { type ComposioAccess, type ComposioAction, composioActions, doComposioAction } from '../shared/composio.ts'
import { composioAccount } from '../shared/composio-account.ts'

const inputs = {
  entity_id: field.text({
    label: 'Entity ID',
    info: 'Whose account is used, as Composio knows it.',
    default: 'default',
    advanced: true,
    tool: true,
  }),
  api_key: field.secret({
    label: 'Composio API Key',
    info: 'Your key for Composio, where the account is connected.',
    variable: 'COMPOSIO_API_KEY',
    required: true,
  }),
  auth_link: field.account({ label: 'Account', dependsOn: ['api_key', 'entity_id'] }),
  action_button: field.sortable({
    label: 'Action',
    info: 'What to do when the node runs by itself. An agent chooses among all actions.',
    options: ['Send Email', 'Fetch Emails', 'Create Email Draft'].map((name) => ({ name, icon: 'Gmail' })),
    limit: 1,
  }),
} as const
type Args = RunArguments<typeof inputs>

export const gmail = defineComponent({
  type: 'ComposioGmailAPIComponent',
  aliases: ['GmailAPI', 'GmailAPIComponent'],
  displayName: 'Gmail',
  description: 'Reads, writes and sends mail at Gmail by way of Composio, or gives all its actions to an agent.',
  icon: 'Gmail',
  category: 'composio',
  documentation: 'https://docs.composio.dev/toolkits/gmail',
  inputs,
  outputs: {
    dataFrame: { type: 'DataFrame', label: 'DataFrame', method: 'as_dataframe', run: rowsOf },
    // Nodes of 1.4 give it as a text.
    text: {
      type: 'Message',
      label: 'Response',
      method: 'run_model',
      hidden: true,
      tool: false,
      run: async (args) => message(JSON.stringify(await done(args))),
    },
  },
  account: ({ inputs: given, wish, ...asking }) => composioAccount(accessOf(given), wish, asking),
  async tools({ inputs, context }) {
    const access = accessOf(inputs)
    return (await composioActions(access, context)).map(
      ({ slug, description, inputSchema }): Tool => ({
        kind: 'tool',
        name: slug,
        tags: [slug, slug.toLowerCase()],
        description,
        inputSchema,
        call: (input, signal) => doComposioAction(access, slug, input, { ...context, signal }),
      }),
    )
  },
})

const accessOf = ({ api_key, entity_id }: Pick<InputsOf<typeof inputs>, 'api_key' | 'entity_id'>): ComposioAccess => ({
  apiKey: api_key,
  entity: entity_id.trim() || 'default',
  toolkit: 'gmail',
})

async function rowsOf(args: Args): Promise<DataFrame> {
  const result = await done(args)
  const list = Array.isArray(result) ? result : [result]
  return dataFrame(list.map((row) => (isObject(row) ? row : { result: row })))
}

/** Both outputs come from one call: a mail is sent once. */
const done = ({ inputs, dynamic, context }: Args): Promise<unknown> =>
  oncePerBuild(context, 'action', async () => {
    const access = accessOf(inputs)
    const action = chosen(await composioActions(access, context), inputs.action_button, dynamic.action)
    return doComposioAction(access, action.slug, argumentsOf(action, dynamic), context)
  })

function chosen(actions: readonly ComposioAction[], button: unknown, older: unknown): ComposioAction {
  const [name = ''] = [...chosenNames(button), ...chosenNames(older)]
  if (name === '') throw new AppError('invalid_field', ['No action is chosen. Choose one in Action.'])
  const wanted = name.toLowerCase().replaceAll(' ', '_')
  const found = actions.find(
    (action) => action.name === name || [wanted, `gmail_${wanted}`].includes(action.slug.toLowerCase()),
  )
  if (found) return found
  throw new AppError('invalid_field', [`Composio has no action '${name}' for Gmail. Choose another.`])
}

/** The fields of a file that the action has an argument for; newer files write the action before the name. */
function argumentsOf({ slug, inputSchema }: ComposioAction, dynamic: Args['dynamic']): JsonObject {
  const names = Object.keys(isObject(inputSchema.properties) ? inputSchema.properties : {})
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = dynamic[`${slug}_${name}`] ?? dynamic[name]
      return value === undefined || value === null || value === '' ? [] : [[name, value]]
    }),
  )
}
