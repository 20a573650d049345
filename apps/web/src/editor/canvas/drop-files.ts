import { uploadFile } from '../../api/files.ts'
import { componentText } from '../../i18n/component-text.ts'
import { listed } from '../../i18n/listed.ts'
import { notifyError } from '../../ui/notifications.tsx'
import type { ActionContext } from '../actions/actions.ts'
import { pasteText } from '../actions/paste.ts'
import type { CatalogueEntry, LateCatalogue } from '../catalogue.ts'
import { setField } from '../commands/set-field.ts'
import { extensionOf, fits } from '../editors/file-list.ts'
import type { Point } from '../model/flow-document.ts'
import { addComponent } from '../sidebar/add-component.ts'

/** The components that read files, and the field of each. What the first cannot read is offered to the next. */
const READERS = [
  { type: 'File', field: 'path', takesMany: true },
  { type: 'AssemblyAITranscriptionJobCreator', field: 'audio_file', takesMany: false },
] as const

/** A component that reads files, and what it reads. */
interface Reader {
  readonly entry: CatalogueEntry
  readonly field: string
  readonly extensions: readonly string[]
  /** One node reads many files. */
  readonly takesMany: boolean
}

/**
 * Takes dropped files: flows become nodes, all that the Read File component reads becomes one such node, and each
 * recording a node that has it written down.
 */
export async function dropFiles(context: ActionContext, files: readonly File[], at: Point): Promise<void> {
  await arrivalOf(context.workspace.catalogue)
  const readers = READERS.flatMap(({ type, ...how }): Reader[] => {
    const entry = context.workspace.catalogue.find(type)
    const types = entry?.component.template[how.field]?.fileTypes
    return entry && Array.isArray(types) ? [{ entry, ...how, extensions: types.map(String) }] : []
  })
  const given = new Map<Reader, File[]>()
  for (const file of files) {
    const extension = extensionOf(file.name)
    if (extension === 'json' && pasteText(context, await file.text(), at)) continue
    const reader = extension === '' ? undefined : readers.find(({ extensions }) => fits(extension, extensions))
    if (reader) given.set(reader, [...(given.get(reader) ?? []), file])
    else {
      const types = listed(readers.flatMap(({ extensions }) => extensions))
      context.say('error', 'workspace:drop.unknown', { name: file.name, types })
    }
  }
  for (const [reader, read] of given) {
    for (const together of reader.takesMany ? [read] : read.map((file) => [file]))
      await give(context, reader, together, at)
  }
}

/** The flow is there before the components are, and may be dropped on. */
async function arrivalOf(catalogue: LateCatalogue): Promise<void> {
  let stop = (): void => undefined
  await new Promise<void>((arrived) => {
    stop = catalogue.whenThere(() => {
      arrived()
      return () => undefined
    })
  })
  stop()
}

/** Adds a node that reads the files, once they are uploaded. */
async function give(
  { workspace, say }: ActionContext,
  { entry, field, takesMany }: Reader,
  files: readonly File[],
  at: Point,
): Promise<void> {
  const names = listed(files.map(({ name }) => name))
  try {
    const uploaded = await Promise.all(files.map(uploadFile))
    const nodeId = addComponent(workspace, entry, at)
    if (nodeId === undefined) return
    const change = { value: uploaded.map(({ name }) => name), file_path: uploaded.map(({ path }) => path) }
    workspace.editor.apply(setField, { nodeId, field, change }, { continues: true })
    workspace.refresh.changed(nodeId, field)
    if (!takesMany)
      say('notice', 'workspace:drop.sound', { name: names, component: componentText(entry.component.display_name) })
  } catch (error) {
    say('error', 'workspace:drop.failed')
    notifyError(names, error)
  }
}
