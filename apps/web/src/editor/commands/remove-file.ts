import { type FlowDocument, isField, type TemplateField } from '../model/flow-document.ts'
import type { Command } from './command.ts'
import { setFields } from './set-fields.ts'

/** Takes a file that is gone away from every node that used it. */
export const removeFile: Command<{ readonly path: string }> = {
  id: 'remove-file',
  apply: (document, { path }) => setFields.apply(document, { changes: changesOf(document, path) }),
}

const changesOf = ({ nodes }: FlowDocument, path: string) =>
  nodes.flatMap(({ id, data }) =>
    Object.entries(data.node.template ?? {}).flatMap(([field, one]) => {
      const change = isField(one) && one.type === 'file' ? without(one, path) : undefined
      return change ? [{ nodeId: id, field, change }] : []
    }),
  )

/** Names stand in `value` in the order of the paths. */
function without({ file_path, value }: TemplateField, path: string): Partial<TemplateField> | undefined {
  if (!Array.isArray(file_path)) return file_path === path ? { file_path: '', value: '' } : undefined
  const kept = [...file_path.keys()].filter((index) => file_path[index] !== path)
  if (kept.length === file_path.length) return undefined
  const names: readonly unknown[] = Array.isArray(value) ? value : []
  return { file_path: kept.map((index) => file_path[index]), value: kept.map((index) => names[index] ?? '') }
}
