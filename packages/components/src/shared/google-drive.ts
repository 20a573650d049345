import type { JsonObject } from '@runnel/protocol/json'
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

/** The text of a document and what is known of it. @throws AppError `bad_request` with what Google says */
export async function driveDocument(id: string, api: GoogleApi): Promise<JsonObject> {
  const at = `${FILES}/${encodeURIComponent(id)}`
  const shared = 'supportsAllDrives=true'
  const { name, mimeType, modifiedTime } = await api.ask(`${at}?fields=id,name,mimeType,modifiedTime&${shared}`)
  const kind = textIn(mimeType)
  const exported = EXPORTS[kind]
  const { body, text } = await api.read(
    exported ? `${at}/export?mimeType=${encodeURIComponent(exported)}` : `${at}?alt=media&${shared}`,
  )
  return {
    text: exported ? text : await textOfDocument({ name: textIn(name), mediaType: kind, bytes: body }),
    source: driveAddress(id, kind),
    title: textIn(name),
    ...(modifiedTime !== undefined && { when: modifiedTime }),
  }
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
