import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseUuid } from '@runnel/protocol/identifiers'
import type { ReceivedDocument } from './receive-documents.ts'

export type FailedDocuments = ReturnType<typeof createFailedDocuments>

/** Files that could not be added to a knowledge base, kept below a folder so that they can be tried again. */
export function createFailedDocuments(dataDir: string) {
  const folderOf = (runId: string): string => {
    const parsed = parseUuid(runId)
    if (!('id' in parsed)) throw new Error('A run is named by an id')
    return join(dataDir, 'knowledge', parsed.id)
  }
  return {
    /** Each under its place in the upload. */
    async keep(runId: string, documents: readonly (readonly [place: number, document: ReceivedDocument])[]) {
      if (documents.length === 0) return
      await mkdir(folderOf(runId), { recursive: true, mode: 0o700 })
      for (const [place, { bytes }] of documents) {
        await writeFile(join(folderOf(runId), String(place)), bytes, { mode: 0o600 })
      }
    },

    /** @throws the fault of the disk when it is not there any more */
    read: (runId: string, place: number): Promise<Uint8Array> => readFile(join(folderOf(runId), String(place))),

    forget: (runId: string): Promise<void> => rm(folderOf(runId), { recursive: true, force: true }),
  }
}
