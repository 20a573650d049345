import {
  downloadUserFile,
  listUserFiles,
  type UserFileRead,
  type UserFileUploaded,
  uploadUserFile,
} from '@runnel/protocol/files'
import { queryOptions } from '@tanstack/react-query'
import { client, queryClient, request } from './client.ts'

/** The user's own files. */
export const filesQuery = queryOptions({
  queryKey: ['files'],
  queryFn: ({ signal }) => client.call(listUserFiles, { signal }),
})

export const filesChanged = (): Promise<void> => queryClient.invalidateQueries({ queryKey: ['files'] })

/** What an answer holds. @throws Error when it is a refusal */
export async function contentOf(response: Response): Promise<Blob> {
  if (!response.ok) throw new Error(`The server answered ${response.status}`)
  return response.blob()
}

/** What a stored file holds. */
export const readFile = async ({ id }: Pick<UserFileRead, 'id'>): Promise<Blob> =>
  contentOf(await client.request(downloadUserFile, { params: { file_id: id } }))

/** Uploads a file; the list is read again. */
export async function uploadFile(file: File): Promise<UserFileUploaded> {
  const form = new FormData()
  // One of a folder would be sent with its path for a name.
  form.append('file', file, file.name)
  const uploaded = await client.call(uploadUserFile, { form })
  await filesChanged()
  return uploaded
}

export interface UploadOptions {
  /** From 0 to 1. */
  readonly onProgress: (part: number) => void
  readonly signal: AbortSignal
}

/** Sends a file and tells how far it is, which `fetch` cannot. @throws Error with the server's sentence */
export async function uploadWithProgress(file: File, { onProgress, signal }: UploadOptions): Promise<void> {
  // Renews a session that has run out, before the long way and not after it.
  await request(location.origin + listUserFiles.path, { method: 'HEAD' }).catch(() => undefined)
  await new Promise<void>((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open(uploadUserFile.method, uploadUserFile.path)
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    call.onload = () => (call.status < 300 ? resolve() : reject(new Error(sentenceOf(call))))
    call.onerror = () => reject(new Error('network'))
    call.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => call.abort())
    const form = new FormData()
    form.append('file', file)
    call.send(form)
  })
}

function sentenceOf(call: XMLHttpRequest): string {
  try {
    const { detail }: { readonly detail?: unknown } = JSON.parse(call.responseText)
    if (typeof detail === 'string') return detail
  } catch {
    // A proxy has answered, not the server.
  }
  return `${call.status} ${call.statusText}`
}
