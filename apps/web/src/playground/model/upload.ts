import { uploadFlowFile } from '@runnel/protocol/files'
import { client } from '../../api/client.ts'

/**
 * Uploads a file to a flow. Only this way of asking a browser says how far it is.
 * @returns the stored path
 */
export async function uploadToFlow(
  flowId: string,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const form = new FormData()
  form.append('file', file)
  const { status, answer } = await post(uploadFlowFile.path.replace(':flow_id', flowId), form, onProgress, signal)
  if (status === 201) return String(Object(answer).file_path)
  // The session may have run out: this call renews it.
  if (status === 401 || status === 403) {
    return (await client.call(uploadFlowFile, { params: { flow_id: flowId }, form, signal })).file_path
  }
  throw new Error(String(Object(answer).detail ?? status))
}

const post = (
  path: string,
  form: FormData,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<{ readonly status: number; readonly answer: unknown }> =>
  new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest()
    asked.open('POST', path)
    asked.responseType = 'json'
    asked.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0)
    asked.onload = () => resolve({ status: asked.status, answer: asked.response })
    asked.onerror = () => reject(new Error('The server could not be reached'))
    asked.onabort = () => reject(signal.reason)
    signal.addEventListener('abort', () => asked.abort(), { once: true })
    asked.send(form)
  })
