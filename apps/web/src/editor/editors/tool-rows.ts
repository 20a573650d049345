/** A row of the actions a node offers an agent (flow-format, section 10). */
export interface ToolRow {
  /** What the model calls it. */
  readonly name: string
  readonly description: string
  /** The first is its original name. */
  readonly tags: readonly string[]
  readonly display_name?: string
  readonly display_description?: string
  /** False when it is switched off. */
  readonly status?: boolean
  readonly readonly?: boolean
  readonly args?: Readonly<Record<string, unknown>>
  readonly [more: string]: unknown
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

export const toolRowsOf = (value: unknown): readonly ToolRow[] =>
  (Array.isArray(value) ? value : [])
    .filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null)
    .map((row) => ({
      ...row,
      name: textOf(row.name),
      description: textOf(row.description),
      tags: Array.isArray(row.tags) ? row.tags.map(textOf) : [],
    }))

/** A name a model may call a tool by: letters, digits and underscores, the first no digit. */
export function toolName(text: string): string {
  const name = text
    .trim()
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_+|_+$/g, '')
  return /^\p{N}/u.test(name) ? `_${name}` : name
}

/** The row with a new name; an emptied one gets its original name back. */
export const renamedTool = (row: ToolRow, text: string): ToolRow => ({
  ...row,
  name: toolName(text) || row.tags[0] || row.display_name || row.name,
})

/** The row with a new description; an emptied one gets its original back. */
export const describedTool = (row: ToolRow, text: string): ToolRow => ({
  ...row,
  description: text.trim() === '' ? (row.display_description ?? row.description) : text,
})

/** Whether somebody is asked before a model may call the tool. */
export const asksFirst = ({ approval_actions: actions }: ToolRow): boolean =>
  Array.isArray(actions) && actions.length > 0

/** The row of a tool that asks, with every answer that can be given, or of one that does not. */
export const askingTool = (row: ToolRow, asks: boolean): ToolRow => ({
  ...row,
  approval_actions: asks ? ['approve', 'edit', 'reject', 'respond'] : [],
})
