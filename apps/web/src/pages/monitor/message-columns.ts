import type { MessageRow, messageOrders } from '@runnel/protocol/monitor-messages'
import { useState } from 'react'

/** A column of the table of messages. */
export interface Column {
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
  readonly width: string
  /** What the server calls it when it sorts by it. */
  readonly order?: (typeof messageOrders)[number]
  /** Hidden until it is chosen. */
  readonly isExtra?: boolean
}

export const MESSAGE_COLUMNS: readonly Column[] = [
  { name: 'time', width: 'w-32', order: 'timestamp' },
  { name: 'flow', width: 'w-[14%]' },
  { name: 'sender', width: 'w-24', order: 'sender' },
  { name: 'senderName', width: 'w-32', order: 'sender_name' },
  { name: 'text', width: '', order: 'text' },
  { name: 'files', width: 'w-16', isExtra: true },
  { name: 'feedback', width: 'w-24', isExtra: true },
  { name: 'tokens', width: 'w-20', isExtra: true },
  { name: 'category', width: 'w-24', order: 'category', isExtra: true },
  { name: 'session', width: 'w-[14%]', order: 'session_id' },
]
export type ColumnName = Column['name']

const isUsual = ({ isExtra }: Column): boolean => isExtra !== true

/** The columns of a stored choice; the usual ones unless something was chosen. The text is always there. */
export function chosenColumns(stored: string | null): readonly Column[] {
  const names = stored?.split(',') ?? []
  const chosen = MESSAGE_COLUMNS.filter(({ name }) => name === 'text' || names.includes(name))
  return stored === null ? MESSAGE_COLUMNS.filter(isUsual) : chosen
}

const STORED = 'runnel.messageColumns'

/** The columns that are shown, remembered in this browser. */
export function useMessageColumns(): {
  readonly columns: readonly Column[]
  readonly toggle: (name: ColumnName) => void
  readonly reset: () => void
} {
  const [columns, setColumns] = useState(() => chosenColumns(localStorage.getItem(STORED)))
  return {
    columns,
    toggle(name) {
      const next = MESSAGE_COLUMNS.filter((column) => columns.includes(column) !== (column.name === name))
      localStorage.setItem(STORED, next.map((column) => column.name).join(','))
      setColumns(next)
    },
    reset() {
      localStorage.removeItem(STORED)
      setColumns(chosenColumns(null))
    },
  }
}

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
