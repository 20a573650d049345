import { AppError } from '@runnel/protocol/errors'
import { dataFrame, defineComponent, field, type InputsOf, type RunContext } from '@runnel/sdk'
import { doclingServe } from '../shared/docling-serve.ts'
import { fileReadingFields, pathsIn, serverPathField } from '../shared/file-path.ts'
import { extensionOf } from '../shared/stored-document.ts'

const KINDS = (
  'adoc asciidoc asc bmp csv dotx dotm docm docx htm html jpeg jpg json md pdf png potx ppsx pptm potm ppsm pptx tiff ' +
  'txt xls xlsx xhtml xml webp'
).split(' ')

const inputs = {
  path: field.files({ label: 'Files', info: 'The documents to read.', fileTypes: KINDS }),
  file_path: serverPathField,
  ...fileReadingFields,
  api_url: field.string({
    label: 'Server address',
    info: 'Where Docling Serve answers, such as http://localhost:5001.',
    required: true,
  }),
  max_concurrency: field.int({
    label: 'Concurrency',
    info: 'The most documents the server is given at once.',
    default: 2,
    advanced: true,
  }),
  api_headers: field.nestedDict({
    label: 'HTTP headers',
    info: 'Sent with every request, for a server that wants a key.',
    advanced: true,
  }),
  docling_serve_opts: field.nestedDict({
    label: 'Docling options',
    info: 'How documents are read, as Docling Serve takes it: {"do_ocr": false}.',
    advanced: true,
  }),
} as const
type Given = InputsOf<typeof inputs>

export const doclingRemote = defineComponent({
  type: 'DoclingRemote',
  aliases: ['DoclingRemoteComponent'],
  displayName: 'Docling Serve',
  description: 'Has documents read by a server of Docling: their text, tables and layout.',
  icon: 'Docling',
  category: 'docling',
  documentation: 'https://docling-project.github.io/docling/',
  inputs,
  outputs: {
    dataframe: {
      type: 'DataFrame',
      label: 'Files',
      method: 'load_files',
      async run({ inputs, context }) {
        const rows = await converted(inputs, context)
        context.setStatus(`${rows.length} documents read`)
        return dataFrame(rows)
      },
    },
  },
})

async function converted(given: Given, context: RunContext) {
  const paths = pathsIn(given).filter((path) => {
    if (KINDS.includes(extensionOf(path))) return true
    if (!given.ignore_unsupported_extensions) {
      throw new AppError('invalid_field', [`Docling reads no files such as ${path}.`])
    }
    context.log('Files', `${path} was left out: files of its kind cannot be read.`)
    return false
  })
  if (paths.length === 0) throw new AppError('invalid_field', ['No files to process.'])
  const server = doclingServe(
    { url: given.api_url, headers: given.api_headers, options: given.docling_serve_opts },
    context,
  )
  const rows: (Readonly<Record<string, unknown>> | undefined)[] = []
  const left = [...paths.entries()]
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) {
      const [at, path] = next
      rows[at] = await rowOf(path)
    }
  }
  const rowOf = async (path: string) => {
    try {
      return { ...(await server.convert(await context.files.read(path))), file_path: path }
    } catch (error) {
      context.signal.throwIfAborted()
      if (!given.silent_errors || !(error instanceof AppError)) throw error
      context.log('Docling', `${path} was left out: ${error.message}`)
      return undefined
    }
  }
  const workers = Math.min(Math.max(1, given.max_concurrency), left.length)
  await Promise.all(Array.from({ length: workers }, work))
  return rows.filter((row) => row !== undefined)
}
