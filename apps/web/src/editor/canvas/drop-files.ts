import { uploadFile } from '../../api/files.ts'
import { notifyError } from '../../ui/notifications.tsx'
import type { ActionContext } from '../actions/actions.ts'
import { pasteText } from '../actions/paste.ts'
import { setField } from '../commands/set-field.ts'
import { extensionOf, fits } from '../editors/file-list.ts'
import type { Point } from '../model/flow-document.ts'
import { addComponent } from '../sidebar/add-component.ts'

/** The component that reads files, and its field. */
const READER = { type: 'File', field: 'path' } as const

/** Takes dropped files: flows become nodes, all that the Read File component reads becomes one such node. */
export async function dropFiles(context: ActionContext, files: readonly File[], at: Point): Promise<void> {
  const entry = context.workspace.catalogue.find(READER.type)
  const types = entry?.component.template[READER.field]?.fileTypes
  const extensions = Array.isArray(types) ? types.map(String) : []
  const isReadable = ({ name }: File): boolean =>
    entry !== undefined && extensionOf(name) !== '' && fits(extensionOf(name), extensions)
  const read: File[] = []
  for (const file of files) {
    if (extensionOf(file.name) === 'json' && pasteText(context, await file.text(), at)) continue
    if (isReadable(file)) read.push(file)
    else context.say('error', 'workspace:drop.unknown', { name: file.name, types: extensions.join(', ') })
  }
  if (!entry || read.length === 0) return
  try {
    const uploaded = await Promise.all(read.map(uploadFile))
    const { editor } = context.workspace
    const nodeId = addComponent(context.workspace, entry, at)
    if (nodeId === undefined) return
    const change = { value: uploaded.map(({ name }) => name), file_path: uploaded.map(({ path }) => path) }
    editor.apply(setField, { nodeId, field: READER.field, change }, { continues: true })
    context.workspace.refresh.changed(nodeId, READER.field)
  } catch (error) {
    context.say('error', 'workspace:drop.failed')
    notifyError(read.map(({ name }) => name).join(', '), error)
  }
}
