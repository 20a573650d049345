import { AppError } from '@runnel/protocol/errors'
import { emptyProperties, type MessageProperties } from '@runnel/protocol/message'
import {
  defineComponent,
  field,
  isData,
  isDataFrame,
  isMessage,
  type Message,
  message,
  pyRepr,
  type RunContext,
  toText,
} from '@runnel/sdk'
import { chatFields } from '../shared/chat-fields.ts'

export const chatOutput = defineComponent({
  type: 'ChatOutput',
  displayName: 'Chat Output',
  description: 'Shows a message in the chat and gives it to whoever called the flow.',
  icon: 'MessagesSquare',
  category: 'input_output',
  documentation: 'https://docs.langflow.org/chat-input-and-output',
  minimized: true,
  role: 'output',
  inputs: {
    input_value: field.handle({
      label: 'Inputs',
      info: 'What to show: text, JSON or a table.',
      required: true,
      accepts: ['Data', 'JSON', 'DataFrame', 'Table', 'Message'],
    }),
    ...chatFields({ sender: 'Machine', senderName: 'AI' }),
    data_template: field.text({
      label: 'Data Template',
      info: 'Kept for older flows, which wrote JSON with it. It has no effect.',
      default: '{text}',
      advanced: true,
    }),
    clean_data: field.bool({
      label: 'Basic Clean Data',
      info: 'Leave out empty rows and blank cells of tables.',
      default: true,
      advanced: true,
    }),
  },
  outputs: {
    message: {
      type: 'Message',
      label: 'Output Message',
      method: 'message_response',
      run({ inputs, dynamic, context }) {
        const { input_value, sender, sender_name, context_id, clean_data } = inputs
        const text = textOf(input_value, clean_data)
        const shown = shownMessage(input_value)
        const session_id = inputs.session_id || shown.session_id || context.sessionId
        const said: Message = {
          ...shown,
          text,
          sender,
          sender_name,
          session_id,
          context_id: context_id || shown.context_id,
          flow_id: context.flowId,
          properties: { ...shown.properties, ...looksOf(dynamic), source: sourceOf(context, shown), state: 'complete' },
        }
        return inputs.should_store_message && session_id ? context.messages.send(said) : said
      },
    },
  },
})

/** The message an answer goes out as: the one that came in, so that a streamed one is completed, not repeated. */
function shownMessage(value: unknown): Message {
  if (!isMessage(value)) return message('')
  // What a user said is in the history under its own id already; the answer that repeats it is another message.
  return value.sender === 'User' ? { ...value, id: null, timestamp: Date.now() } : value
}

function textOf(value: unknown, clean: boolean): string {
  if (value === undefined || value === null) throw new AppError('invalid_field', ['Input data cannot be None'])
  const values = Array.isArray(value) ? value : [value]
  for (const one of values) {
    if (typeof one === 'string' || isMessage(one) || isData(one) || isDataFrame(one)) continue
    throw new AppError('invalid_field', [`Expected Data or DataFrame or Message or str, got ${pyRepr(one)}`])
  }
  return toText(value, { clean })
}

/** A node that names no model may have been given one: what it said tells which. */
function sourceOf({ node }: RunContext, shown: Message): MessageProperties['source'] {
  if (!node.source) return emptyProperties.source
  const { id, displayName, model } = node.source
  const told = shown.properties.source
  return { id, display_name: displayName, source: model ?? (told.id === id ? told.source : null) ?? displayName }
}

/** Colours and icon, which nodes of 1.4 have fields for. */
function looksOf(dynamic: Readonly<Record<string, unknown>>): Partial<MessageProperties> {
  const { background_color, text_color, chat_icon } = dynamic
  return {
    ...(isFilled(background_color) && { background_color }),
    ...(isFilled(text_color) && { text_color }),
    ...(isFilled(chat_icon) && { icon: chat_icon }),
  }
}

const isFilled = (value: unknown): value is string => typeof value === 'string' && value !== ''
