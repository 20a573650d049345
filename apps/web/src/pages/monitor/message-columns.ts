import type { MessageRow, messageOrders } from '@runnel/protocol/monitor-messages'
import type { ChosenColumn } from '../../ui/columns.ts'

/** A column of the table of messages. */
export interface Column extends ChosenColumn {
  readonly name:
    | 'time'
    | 'flow'
    | 'sender'
    | 'senderName'
    | 'text'
    | 'session'
    | 'files'
    | 'feedback'
    | 'tokens'
    | 'category'
    | 'edited'
  readonly width: string
  /** What the server calls it when it sorts by it. */
  readonly order?: (typeof messageOrders)[number]
}

export const MESSAGE_COLUMNS: readonly Column[] = [
  { name: 'time', width: 'w-32', order: 'timestamp' },
  { name: 'flow', width: 'w-[14%]', order: 'flow' },
  { name: 'sender', width: 'w-24', order: 'sender' },
  { name: 'senderName', width: 'w-32', order: 'sender_name' },
  { name: 'text', width: '', order: 'text' },
  { name: 'files', width: 'w-16', isExtra: true, order: 'files' },
  { name: 'feedback', width: 'w-24', isExtra: true, order: 'feedback' },
  { name: 'edited', width: 'w-20', isExtra: true, order: 'edit' },
  { name: 'tokens', width: 'w-20', order: 'tokens' },
  { name: 'category', width: 'w-24', order: 'category' },
  { name: 'session', width: 'w-[14%]', order: 'session_id' },
]

/** The column that opens the whole message. */
export const TEXT_COLUMN = 'text'

export const CATEGORIES = ['message', 'error', 'warning', 'info'] as const

/** A category by name; what has none is a message. */
export const categoryOf = (category: string): (typeof CATEGORIES)[number] =>
  CATEGORIES.find((one) => one === category) ?? 'message'

/** How many files a message carries. */
export const fileCount = ({ files }: Pick<MessageRow, 'files'>): number => {
  const list: unknown = JSON.parse(files || '[]')
  return Array.isArray(list) ? list.length : 0
}

/** What its models took and gave; undefined where none was counted. */
export function messageTokens({ properties }: Pick<MessageRow, 'properties'>): number | undefined {
  const { usage } = properties
  const total = typeof usage === 'object' && usage !== null && 'total_tokens' in usage ? usage.total_tokens : undefined
  return typeof total === 'number' ? total : undefined
}

/** The thumb it was given; undefined without one. */
export function thumbOf({ properties }: Pick<MessageRow, 'properties'>): 'up' | 'down' | undefined {
  const { positive_feedback: positive } = properties
  return typeof positive === 'boolean' ? (positive ? 'up' : 'down') : undefined
}
