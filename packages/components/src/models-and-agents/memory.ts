import type { MessageRecord } from '@runnel/protocol/message'
import {
  data,
  dataFrame,
  defineComponent,
  field,
  formatPython,
  type InputsOf,
  message,
  messageFields,
  type RunContext,
} from '@runnel/sdk'
import { refuseExternalMemory, storeMessage } from '../shared/stored-message.ts'

const inputs = {
  mode: field.tab({
    label: 'Mode',
    info: 'Read messages of the session, or add one to it.',
    options: ['Retrieve', 'Store'],
    default: 'Retrieve',
    refresh: true,
  }),
  message: field.text({ label: 'Message', info: 'The message to add.', tool: true, show: false }),
  memory: field.handle({
    label: 'External Memory',
    info: 'Another memory to use. Empty means the messages kept here.',
    accepts: ['Memory'],
    advanced: true,
  }),
  sender_type: field.dropdown({
    label: 'Sender Type',
    info: 'Whose messages to read.',
    options: ['Machine', 'User', 'Machine and User'],
    default: 'Machine and User',
    advanced: true,
  }),
  sender: field.text({
    label: 'Sender',
    info: 'Whose message it is that is added: Machine or User. Empty means Machine.',
    advanced: true,
  }),
  sender_name: field.text({
    label: 'Sender Name',
    info: 'Read only messages of this name; the name of a message that is added.',
    advanced: true,
    show: false,
  }),
  n_messages: field.int({
    label: 'Number of Messages',
    info: 'At most so many, the newest.',
    default: 100,
    advanced: true,
  }),
  session_id: field.text({
    label: 'Session ID',
    info: 'The session to read or add to. Empty means that of the run.',
    advanced: true,
  }),
  context_id: field.text({ label: 'Context ID', info: 'Sets conversations within one session apart.', advanced: true }),
  order: field.dropdown({
    label: 'Order',
    info: 'Ascending puts the oldest first.',
    options: ['Ascending', 'Descending'],
    default: 'Ascending',
    required: true,
    advanced: true,
    tool: true,
  }),
  template: field.multiline({
    label: 'Template',
    info: 'How a message is written, with names of its fields in braces.',
    default: '{sender_name}: {text}',
    advanced: true,
    show: false,
  }),
}
type Inputs = InputsOf<typeof inputs>

export const memory = defineComponent({
  type: 'Memory',
  aliases: ['MemoryComponent', 'Message History'],
  displayName: 'Message History',
  description: 'Reads the messages of a session, or adds one to it.',
  icon: 'message-square-more',
  category: 'models_and_agents',
  documentation: 'https://docs.langflow.org/message-history',
  inputs,
  dynamicInputs: ({ mode }) =>
    mode === 'Store' ? { message: field.text({ label: 'Message', info: 'The message to add.', tool: true }) } : {},
  outputs: {
    messages_text: {
      type: 'Message',
      label: 'Messages',
      method: 'retrieve_messages_as_text',
      async run({ inputs, context }) {
        const found = await history(inputs, context)
        return message(found.map((row) => formatPython(inputs.template, messageFields(row), () => '')).join('\n'))
      },
    },
    dataframe: {
      type: 'DataFrame',
      label: 'Table',
      method: 'retrieve_messages_dataframe',
      run: async ({ inputs, context }) => dataFrame((await history(inputs, context)).map(messageFields)),
    },
    // Flows of 1.4 read the messages as a list.
    messages: {
      type: 'Data',
      label: 'Data',
      method: 'retrieve_messages',
      hidden: true,
      tool: false,
      run: async ({ inputs, context }) => (await history(inputs, context)).map((row) => data(messageFields(row))),
    },
    // What a node in Store mode has in place of the others.
    stored_messages: {
      type: 'Message',
      label: 'Stored Messages',
      method: 'store_message',
      hidden: true,
      tool: false,
      run: ({ inputs, dynamic, context }) =>
        inputs.mode === 'Store' ? storeMessage({ ...inputs, ...textIn(dynamic.message) }, context) : message(''),
    },
  },
})

/** The field is hidden until the mode asks for it, and then arrives among the dynamic ones. */
const textIn = (value: unknown) => (typeof value === 'string' ? { message: value } : {})

async function history(inputs: Inputs, context: RunContext): Promise<readonly MessageRecord[]> {
  const { n_messages, sender_type, sender_name, context_id, order } = inputs
  if (n_messages <= 0) return []
  refuseExternalMemory(inputs.memory)
  const session_id = inputs.session_id || context.sessionId
  return context.messages.find({
    ...(session_id && { session_id }),
    ...(context_id && { context_id }),
    ...(sender_type !== 'Machine and User' && { sender: sender_type }),
    ...(sender_name && { sender_name }),
    order: order === 'Descending' ? 'desc' : 'asc',
    limit: n_messages,
  })
}
