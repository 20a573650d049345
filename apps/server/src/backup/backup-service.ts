import type { RestoredBackup } from '@runnel/protocol/backup'
import type { BackupConflict } from '@runnel/protocol/backup-conflicts'
import { AppError } from '@runnel/protocol/errors'
import type { FlowCreate } from '@runnel/protocol/flows'
import type { Storage } from '@runnel/storage/open-storage'
import type { UserRecord } from '@runnel/storage/records'
import { z } from 'zod'
import { fullName, type UserFileService } from '../files/user-file-service.ts'
import { exportedFlow, flowsOfFile, readJsonFile } from '../flows/flow-file.ts'
import type { FlowService } from '../flows/flow-service.ts'
import { looksLikeZip, type UnzippedFile, unzip } from '../http/unzip.ts'
import { writeZip } from '../http/zip.ts'
import type { ProjectService } from '../projects/project-service.ts'

/** What a backup says of itself, in an entry of this name. */
const MANIFEST = 'backup.json'
const FLOW = '.flow.json'
/** Ends the name of a file of the user, so that none is taken for one of ours. */
const FILE = '.file'

const Manifest = z.object({
  format: z.literal('runnel-backup'),
  version: z.literal(1),
  projects: z.array(
    z.object({
      id: z.string(),
      name: z.string().min(1),
      description: z.string().nullable(),
      stores_payloads: z.boolean().default(true),
    }),
  ),
  variables: z.array(z.object({ name: z.string(), type: z.string() })),
})
type Manifest = z.output<typeof Manifest>

export interface BackupServiceOptions {
  readonly storage: Pick<Storage, 'flows' | 'projects' | 'variables'>
  readonly projects: ProjectService
  readonly flows: FlowService
  readonly userFiles: UserFileService
}

/** What a backup is made of. */
export interface BackupParts {
  readonly files: boolean
  /** Only this project; all unless given. */
  readonly projectId?: string | undefined
}

type Counts = { added: number; replaced: number; skipped: number }
const none = (): Counts => ({ added: 0, replaced: 0, skipped: 0 })

export type BackupService = ReturnType<typeof createBackupService>

/** Everything of a user or a project as one zip, and back. Secrets stay out of it: variables go by name. */
export function createBackupService({ storage, projects, flows, userFiles }: BackupServiceOptions) {
  async function contentOf(userId: string, id: string): Promise<Buffer> {
    const { handle } = await userFiles.open(await userFiles.find(userId, id))
    await using _closing = handle
    return await handle.readFile()
  }

  /** The project of each of the backup's: the user's own of that name, else a new one. */
  async function projectsOf(userId: string, manifest: Manifest): Promise<ReadonlyMap<string, string>> {
    const ids = new Map<string, string>()
    for (const { id, name, description, stores_payloads } of manifest.projects) {
      const own = await storage.projects.findByName(userId, name)
      const project = own ?? (await projects.add(userId, { name, description }))
      // Before it has flows: what is private stays so wherever it is brought.
      if (!own && !stores_payloads) await projects.update(userId, project.id, { stores_payloads })
      ids.set(id, project.id)
    }
    return ids
  }

  async function restoreFlow(user: UserRecord, item: FlowCreate, projectId: string | undefined, how: BackupConflict) {
    const same = await storage.flows.headers(user.id, { search: item.name })
    const taken = same.find(
      ({ name, isComponent }) => name === item.name && isComponent === (item.is_component ?? false),
    )
    if (taken && how === 'skip') return 'skipped'
    if (!taken || how === 'rename') {
      await flows.addMany(user, [item], projectId)
      return 'added'
    }
    const { name: _, endpoint_name: __, folder_id: ___, ...content } = item
    await flows.update(user, taken.id, content)
    return 'replaced'
  }

  async function restoreFile(userId: string, { name, content }: UnzippedFile, how: BackupConflict) {
    const taken = new Set((await userFiles.list(userId)).map(fullName))
    const isTaken = taken.has(name)
    if (isTaken && how === 'skip') return 'skipped'
    await userFiles.save(userId, isTaken && how === 'rename' ? freeName(name, taken) : name, () => content)
    return isTaken && how === 'replace' ? 'replaced' : 'added'
  }

  return {
    /** @throws AppError `project_not_found` */
    async make(userId: string, { files, projectId }: BackupParts): Promise<Buffer> {
      const held = projectId === undefined ? await projects.list(userId) : [await projects.find(userId, projectId)]
      const records = await storage.flows.list(userId, projectId === undefined ? {} : { projectId })
      const variables = (await storage.variables.list(userId)).map(({ name, type }) => ({ name, type }))
      const manifest: Manifest = {
        format: 'runnel-backup',
        version: 1,
        projects: held.map(({ id, name, description, storesPayloads }) => ({
          id,
          name,
          description,
          stores_payloads: storesPayloads,
        })),
        variables,
      }
      const kept = files ? await userFiles.list(userId) : []
      return writeZip([
        { name: MANIFEST, content: Buffer.from(JSON.stringify(manifest, null, 2)) },
        ...records.map((flow) => ({ name: `${flow.name}${FLOW}`, content: Buffer.from(exportedFlow(flow)) })),
        ...(await Promise.all(
          kept.map(async (file) => ({ name: `${fullName(file)}${FILE}`, content: await contentOf(userId, file.id) })),
        )),
      ])
    },

    /** @throws AppError `bad_request` for what is no backup, 422 for a flow in it that is none */
    async restore(user: UserRecord, archive: Buffer, how: BackupConflict): Promise<RestoredBackup> {
      if (!looksLikeZip(archive)) throw notBackup()
      const entries = unzip(archive, '')
      const head = entries.find(({ name }) => name === MANIFEST)
      const manifest = head && Manifest.safeParse(readJsonFile(head.content)).data
      if (!manifest) throw notBackup()
      const items = entries.filter(({ name }) => name.endsWith(FLOW)).flatMap(({ content }) => flowsOfFile(content))
      const [counts, fileCounts] = [none(), none()]
      const ids = await projectsOf(user.id, manifest)
      for (const item of items) counts[await restoreFlow(user, item, ids.get(item.folder_id ?? ''), how)]++
      for (const { name, content } of entries.filter((entry) => entry.name.endsWith(FILE))) {
        fileCounts[await restoreFile(user.id, { name: name.slice(0, -FILE.length), content }, how)]++
      }
      const own = new Set((await storage.variables.list(user.id)).map(({ name }) => name))
      const missing = manifest.variables.map(({ name }) => name).filter((name) => !own.has(name))
      return { flows: counts, files: fileCounts, missing_variables: missing }
    },
  }
}

const notBackup = () => new AppError('bad_request', ['The file is no backup: choose a zip that was exported here.'])

/** `report (1).pdf` */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const dot = name.lastIndexOf('.')
  const [root, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, '']
  for (let number = 1; ; number++) {
    const next = `${root} (${number})${extension}`
    if (!taken.has(next)) return next
  }
}
