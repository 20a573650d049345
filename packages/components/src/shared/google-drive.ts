import type { JsonObject } from '@runnel/protocol/json'
import type { StoredFile } from '@runnel/sdk'
import { textIn } from './ask-service.ts'
import type { GoogleApi } from './google-access.ts'
import { textOfDocument } from './stored-document.ts'

export const DRIVE_SCOPE = 'https://www.googleapis.com/auth/drive.readonly'
const FILES = 'https://www.googleapis.com/drive/v3/files'

/** What documents Google keeps itself are given as: it has no files of them. */
const EXPORTS: Readonly<Record<string, string>> = {
  'application/vnd.google-apps.document': 'text/plain',
  'application/vnd.google-apps.presentation': 'text/plain',
  'application/vnd.google-apps.spreadsheet': 'text/csv',
}

/** Endings by which what was exported is read. */
const ENDINGS: Readonly<Record<string, string>> = { 'text/plain': 'txt', 'text/csv': 'csv' }

interface DriveContent extends StoredFile {
  readonly title: string
  /** What it is on Drive. */
  readonly kind: string
  readonly modifiedTime: unknown
}

/** A file, or what Google gives for a document of its own. @throws AppError `bad_request` with what Google says */
export async function driveFile(id: string, api: GoogleApi): Promise<DriveContent> {
  const at = `${FILES}/${encodeURIComponent(id)}`
  const shared = 'supportsAllDrives=true'
  const { name, mimeType, modifiedTime } = await api.ask(`${at}?fields=id,name,mimeType,modifiedTime&${shared}`)
  const kind = textIn(mimeType)
  const exported = EXPORTS[kind]
  const title = textIn(name)
  const { body: bytes } = await api.read(
    exported ? `${at}/export?mimeType=${encodeURIComponent(exported)}` : `${at}?alt=media&${shared}`,
  )
  const named = exported ? `${title}.${ENDINGS[exported] ?? 'txt'}` : title
  return { name: named, mediaType: exported ?? kind, bytes, title, kind, modifiedTime }
}

/** The text of a document and what is known of it. @throws AppError `bad_request` with what Google says */
export async function driveDocument(id: string, api: GoogleApi): Promise<JsonObject> {
  const file = await driveFile(id, api)
  return {
    text: await textOfDocument(file),
    source: driveAddress(id, file.kind),
    title: file.title,
    ...(file.modifiedTime !== undefined && { when: file.modifiedTime }),
  }
}

const UPLOAD = 'https://www.googleapis.com/upload/drive/v3/files?uploadType=multipart&supportsAllDrives=true&fields=id'

export interface DriveUpload {
  readonly name: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  /** The id of the folder it goes to; empty for the topmost. */
  readonly folder: string
  /** What Google makes of it: a document of its own. */
  readonly becomes?: string | undefined
}

/** Writes a new file and says where people open it. @throws AppError `bad_request` with what Google says */
export async function driveUpload(
  { name, mediaType, bytes, folder, becomes }: DriveUpload,
  api: GoogleApi,
): Promise<string> {
  const about = {
    name,
    ...(folder.trim() !== '' && { parents: [folder.trim()] }),
    ...(becomes && { mimeType: becomes }),
  }
  const { id } = await api.upload(UPLOAD, about, { mediaType, bytes })
  return driveAddress(textIn(id), becomes ?? mediaType)
}

const EDITORS: Readonly<Record<string, string>> = {
  'application/vnd.google-apps.document': 'document',
  'application/vnd.google-apps.spreadsheet': 'spreadsheets',
  'application/vnd.google-apps.presentation': 'presentation',
  'application/vnd.google-apps.drawing': 'drawings',
}

/** Where people open a file. */
export function driveAddress(id: string, mimeType: string): string {
  const editor = EDITORS[mimeType]
  return editor
    ? `https://docs.google.com/${editor}/d/${id}/edit`
    : `https://drive.google.com/file/d/${id}/view?usp=drivesdk`
}

export interface DriveFile {
  readonly id: string
  readonly title: string
  readonly url: string
}

/** The first few files that fit a query, as Drive writes it. @throws AppError `bad_request` with what Google says */
export async function driveFiles(query: string, api: GoogleApi): Promise<readonly DriveFile[]> {
  const asked = new URLSearchParams({ q: query, pageSize: '5', fields: 'nextPageToken, files(id, name, mimeType)' })
  const { files } = await api.ask(`${FILES}?${asked}`)
  return (Array.isArray(files) ? files : []).map((file: JsonObject) => ({
    id: textIn(file.id),
    title: textIn(file.name),
    url: driveAddress(textIn(file.id), textIn(file.mimeType)),
  }))
}
