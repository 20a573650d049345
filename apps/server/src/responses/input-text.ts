import { AppError } from '@runnel/protocol/errors'
import type { ResponseBody, ResponseInputItem } from '@runnel/protocol/responses'

const TEXT_PARTS = new Set(['input_text', 'output_text', 'text'])

/**
 * The one text a flow is given. Of several turns by others than the user, each says whose it is.
 * @throws AppError `response_input_invalid` for what is no text.
 */
export function inputText(input: ResponseBody['input']): string {
  if (typeof input === 'string') return input
  const turns = input.map((item) => ({ role: item.role ?? 'user', text: itemText(item) }))
  const isAllByUser = turns.every(({ role }) => role === 'user')
  return turns.map(({ role, text }) => (isAllByUser ? text : `${role}: ${text}`)).join('\n\n')
}

function itemText({ type, content }: ResponseInputItem): string {
  if ((type ?? 'message') !== 'message') throw new AppError('response_input_invalid', [`an item of type ${type}`])
  if (typeof content === 'string') return content
  return (content ?? [])
    .map((part) => {
      if (TEXT_PARTS.has(part.type)) return part.text ?? ''
      throw new AppError('response_input_invalid', [`a part of type ${part.type}`])
    })
    .join('\n')
}
