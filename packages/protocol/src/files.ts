import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { exampleFlowId, exampleUserId } from './examples.ts'
import { Uuid } from './identifiers.ts'
import { queryBoolean } from './query.ts'

const flowParams = z.object({ flow_id: Uuid })
const flowFileParams = z.object({ flow_id: Uuid, file_name: z.string() })
const flowNotFound = { 404: 'Flow not found' }
const badName = { 400: "Invalid file name. Use a simple file name without directory paths or '..'." }
const tooLarge = { 413: 'File size is larger than the maximum file size 100MB.' }
const exampleName = '2026-01-05_17-59-07_notes.txt'

export const FlowFileUploaded = z.object({
  flowId: z.string(),
  /** What tweaks and `files` of a run take: `FLOW_ID/NAME`. */
  file_path: z.string(),
})

export const uploadFlowFile = defineEndpoint({
  method: 'POST',
  path: '/api/v1/files/upload/:flow_id',
  tag: 'Files',
  summary: 'Upload a file to a flow, as the part `file`',
  role: 'runner',
  access: 'user',
  keyScope: 'run',
  params: flowParams,
  bodyType: 'multipart',
  status: 201,
  response: FlowFileUploaded,
  examples: { response: { flowId: exampleFlowId, file_path: `${exampleFlowId}/${exampleName}` } },
  errors: { ...badName, ...flowNotFound, ...tooLarge },
})

/** The older spelling of `uploadFlowFile`. */
export const uploadFlowFileAlias = defineEndpoint({
  ...uploadFlowFile,
  path: '/api/v1/upload/:flow_id',
  summary: 'Upload a file to a flow (deprecated: use files/upload)',
})

export const listFlowFiles = defineEndpoint({
  method: 'GET',
  path: '/api/v1/files/list/:flow_id',
  tag: 'Files',
  summary: 'List the files of a flow',
  role: 'viewer',
  access: 'user',
  params: flowParams,
  response: z.object({ files: z.array(z.string()) }),
  examples: { response: { files: [exampleName] } },
  errors: flowNotFound,
})

export const downloadFlowFile = defineEndpoint({
  method: 'GET',
  path: '/api/v1/files/download/:flow_id/:file_name',
  tag: 'Files',
  summary: 'Download a file of a flow',
  role: 'viewer',
  access: 'user',
  params: flowFileParams,
  response: z.string(),
  responseType: 'application/octet-stream',
  errors: { ...badName, 404: 'File not found' },
})

/** Needs credentials all the same, unless the flow is public: the handler decides. */
export const showFlowImage = defineEndpoint({
  method: 'GET',
  path: '/api/v1/files/images/:flow_id/:file_name',
  tag: 'Files',
  summary: 'Show an image of a flow; of a public flow to everyone',
  role: 'viewer',
  access: 'none',
  params: flowFileParams,
  response: z.string(),
  responseType: 'image/*',
  errors: { 400: 'Content type text/plain is not an image', 404: 'File not found' },
})

export const deleteFlowFile = defineEndpoint({
  method: 'DELETE',
  path: '/api/v1/files/delete/:flow_id/:file_name',
  tag: 'Files',
  summary: 'Delete a file of a flow',
  role: 'runner',
  access: 'user',
  params: flowFileParams,
  response: z.object({ message: z.string() }),
  examples: { response: { message: `File ${exampleName} deleted successfully` } },
  errors: { ...badName, ...flowNotFound },
})

export const UserFileUploaded = z.object({
  id: z.string(),
  /** Without the extension. */
  name: z.string(),
  /** What fields of components take: `USER_ID/FILE_ID.EXT`. It stays when the file is renamed. */
  path: z.string(),
  /** Bytes. */
  size: z.number().int(),
  provider: z.null(),
})
export type UserFileUploaded = z.output<typeof UserFileUploaded>

export const UserFileRead = UserFileUploaded.extend({
  user_id: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
})
export type UserFileRead = z.output<typeof UserFileRead>

const exampleUpload = {
  id: '59b59a5a-ba71-4345-9784-9bfcf788fd7e',
  name: 'notes',
  path: `${exampleUserId}/59b59a5a-ba71-4345-9784-9bfcf788fd7e.txt`,
  size: 11,
  provider: null,
}

const fileParams = z.object({ file_id: Uuid })
const fileNotFound = { 404: 'File not found' }
const FileIds = z.array(Uuid).max(1000)
const noFilesFound = { 404: 'No files found' }

export const uploadUserFile = defineEndpoint({
  method: 'POST',
  path: '/api/v2/files',
  tag: 'Files',
  summary: 'Upload a file of your own, as the part `file`; `append` adds to the file of that name',
  access: 'user',
  query: z.object({ append: queryBoolean(false) }),
  bodyType: 'multipart',
  status: 201,
  response: UserFileUploaded,
  examples: { response: exampleUpload },
  errors: { 400: 'No file provided', ...tooLarge },
})

export const listUserFiles = defineEndpoint({
  method: 'GET',
  path: '/api/v2/files',
  tag: 'Files',
  summary: 'List your files',
  access: 'user',
  response: z.array(UserFileRead),
  examples: {
    response: [
      {
        ...exampleUpload,
        user_id: exampleUserId,
        created_at: '2026-01-05T17:59:07.855000',
        updated_at: '2026-01-05T17:59:07.855000',
      },
    ],
  },
})

export const downloadUserFile = defineEndpoint({
  method: 'GET',
  path: '/api/v2/files/:file_id',
  tag: 'Files',
  summary: 'Download a file; with `return_content` its text as a JSON string',
  access: 'user',
  params: fileParams,
  query: z.object({ return_content: queryBoolean(false) }),
  response: z.string(),
  responseType: 'application/octet-stream',
  errors: fileNotFound,
})

export const renameUserFile = defineEndpoint({
  method: 'PUT',
  path: '/api/v2/files/:file_id',
  tag: 'Files',
  summary: 'Rename a file; its path stays',
  access: 'user',
  params: fileParams,
  query: z.object({ name: z.string().min(1) }),
  response: UserFileUploaded,
  examples: { response: { ...exampleUpload, name: 'report' } },
  errors: { 400: 'Name must be unique', ...fileNotFound },
})

export const deleteUserFile = defineEndpoint({
  method: 'DELETE',
  path: '/api/v2/files/:file_id',
  tag: 'Files',
  summary: 'Delete a file',
  access: 'user',
  params: fileParams,
  response: z.object({ message: z.string(), detail: z.string() }),
  examples: { response: { message: 'File deleted successfully', detail: 'File notes deleted successfully' } },
  errors: fileNotFound,
})

export const deleteAllUserFiles = defineEndpoint({
  method: 'DELETE',
  path: '/api/v2/files',
  tag: 'Files',
  summary: 'Delete all your files',
  access: 'user',
  response: z.object({ message: z.string() }),
  examples: { response: { message: 'All files deleted successfully' } },
})

export const downloadUserFiles = defineEndpoint({
  method: 'POST',
  path: '/api/v2/files/batch/',
  tag: 'Files',
  summary: 'Download several files as a zip',
  access: 'user',
  body: FileIds,
  response: z.string(),
  responseType: 'application/x-zip-compressed',
  examples: { body: [exampleUpload.id] },
  errors: noFilesFound,
})

export const deleteUserFiles = defineEndpoint({
  method: 'DELETE',
  path: '/api/v2/files/batch/',
  tag: 'Files',
  summary: 'Delete several files',
  access: 'user',
  body: FileIds,
  response: z.object({ message: z.string() }),
  examples: { body: [exampleUpload.id], response: { message: '1 files deleted successfully' } },
  errors: noFilesFound,
})
