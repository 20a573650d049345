import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { data, dataFrame, defineComponent, field, type InputsOf, message, type RunContext } from '@runnel/sdk'
import { oncePerBuild } from '../shared/build-memo.ts'
import { awsFieldNames, chosenNames, cloudFields, isFieldOfPlace, storageLocations } from '../shared/cloud-fields.ts'
import { readCloudFile } from '../shared/cloud-files.ts'
import { fileReadingFields, pathsIn, serverPathField } from '../shared/file-path.ts'
import { type LoadedFile, loadFiles } from '../shared/loaded-file.ts'
import { shownFields } from '../shared/shown-fields.ts'
import { isTableName, kindOf, rowsOfTable } from '../shared/stored-document.ts'

const FILE_TYPES = (
  'csv json pdf txt md mdx yaml yml xml html htm docx py sh sql js ts tsx xlsx xlsm tsv jsonl log ' +
  'png jpg jpeg gif bmp webp zip tar tgz gz'
).split(' ')

const inputs = {
  storage_location: field.sortable({
    label: 'Storage Location',
    info: 'Where the files lie.',
    options: storageLocations,
    limit: 1,
    default: ['Local'],
    advanced: true,
    refresh: true,
    placeholder: 'Select Location',
  }),
  path: field.files({
    label: 'Files',
    info: 'The files to read.',
    fileTypes: FILE_TYPES,
    refresh: true,
    extra: { value: [] },
  }),
  file_path: serverPathField,
  file_path_str: field.string({
    label: 'File Path',
    info: 'The path of a stored file.',
    advanced: true,
    show: false,
    tool: true,
  }),
  ...fileReadingFields,
  text_encoding: field.string({
    label: 'Text Encoding',
    info: 'Such as utf-8; found out unless given.',
    advanced: true,
  }),
  advanced_mode: field.bool({
    label: 'Advanced Parser',
    info: 'Files are read as plain text in either case.',
    refresh: true,
  }),
  pipeline: field.dropdown({
    label: 'Pipeline',
    refresh: true,
    options: ['standard', 'vlm'],
    default: 'standard',
    advanced: true,
  }),
  ocr_engine: field.dropdown({
    label: 'OCR Engine',
    options: ['None', 'easyocr'],
    default: 'easyocr',
    advanced: true,
    show: false,
  }),
  md_image_placeholder: field.string({
    label: 'Image Placeholder',
    default: '<!-- image -->',
    advanced: true,
    show: false,
  }),
  md_page_break_placeholder: field.string({ label: 'Page Break Placeholder', advanced: true, show: false }),
  doc_key: field.text({ label: 'Doc Key', default: 'doc', advanced: true, show: false }),
  use_multithreading: field.bool({ label: 'Use Concurrency', default: true, advanced: true }),
  concurrency_multithreading: field.int({ label: 'Processing Concurrency', default: 1, advanced: true }),
  markdown: field.bool({ label: 'Markdown Export', show: false }),
  ...cloudFields,
  s3_file_key: field.string({
    label: 'S3 File Key',
    info: 'The name of the object in the bucket.',
    advanced: true,
    show: false,
  }),
  file_id: field.string({
    label: 'Google Drive File ID',
    info: 'The part of the address of a file that names it.',
    advanced: true,
    show: false,
  }),
}
type FileInputs = InputsOf<typeof inputs>

/** The fields by which files of each place are found. */
const PLACES = {
  Local: ['path', 'file_path'],
  AWS: [...awsFieldNames, 's3_file_key'],
  'Google Drive': ['service_account_key', 'file_id'],
}

const more = { hidden: true, tool: false } as const

export const file = defineComponent({
  type: 'File',
  aliases: ['FileComponent'],
  displayName: 'Read File',
  description: 'Reads text, tables and documents from files.',
  icon: 'file-text',
  category: 'files_and_knowledge',
  documentation: 'https://docs.langflow.org/read-file',
  inputs,
  dynamicInputs: ({ storage_location }) =>
    shownFields(inputs, (name) => isFieldOfPlace(PLACES, storage_location, name)),
  outputs: {
    message: {
      type: 'Message',
      label: 'Raw Content',
      method: 'load_files_message',
      run: async ({ inputs, context }) => asMessage(await filesOf(inputs, context), inputs.separator),
    },
    dataframe: {
      type: 'DataFrame',
      label: 'Structured Content',
      method: 'load_files_structured',
      ...more,
      run: async ({ inputs, context }) => {
        const loaded = await filesOf(inputs, context)
        const [only, ...others] = loaded
        const isTable = only !== undefined && others.length === 0 && isTableName(only.file.name)
        return dataFrame(isTable ? await rowsOfTable(only.file, inputs.text_encoding) : loaded.map(rowOf))
      },
    },
    json: {
      type: 'Data',
      label: 'Structured Content',
      method: 'load_files_json',
      ...more,
      run: async ({ inputs, context }) => {
        const [first] = await filesOf(inputs, context)
        const value: unknown = first ? JSON.parse(first.text) : {}
        return data(isObject(value) ? value : { value: first?.text ?? '' })
      },
    },
    path: {
      type: 'Message',
      label: 'File Path',
      method: 'load_files_path',
      ...more,
      run: async ({ inputs, context }) => message((await filesOf(inputs, context)).map(({ path }) => path).join('\n')),
    },
    data: {
      type: 'Data',
      label: 'Data',
      method: 'load_files',
      ...more,
      run: async ({ inputs, context }) => (await filesOf(inputs, context)).map((loaded) => data(rowOf(loaded))),
    },
    advanced_dataframe: {
      type: 'DataFrame',
      label: 'Structured Output',
      method: 'load_files_dataframe',
      ...more,
      run: async ({ inputs, context }) => dataFrame((await filesOf(inputs, context)).map(rowOf)),
    },
    advanced_markdown: {
      type: 'Message',
      label: 'Markdown',
      method: 'load_files_markdown',
      ...more,
      run: async ({ inputs, context }) => asMessage(await filesOf(inputs, context), inputs.separator),
    },
  },
})

const rowOf = ({ path, text }: LoadedFile) => ({ file_path: path, text })

/** The texts; images go along as files, for a model that sees. */
function asMessage(loaded: readonly LoadedFile[], separator: string) {
  const first = loaded[0]?.file
  const texts = loaded.filter(({ file }) => kindOf(file.name) !== 'image')
  return message(texts.map(({ text }) => text).join(separator), {
    files: loaded.filter(({ file }) => kindOf(file.name) === 'image').map(({ path }) => path),
    extra: first ? { filename: first.name, file_size: first.bytes.length, mimetype: first.mediaType } : {},
  })
}

function filesOf(inputs: FileInputs, context: RunContext): Promise<readonly LoadedFile[]> {
  return oncePerBuild(context, 'files', async () => {
    const [place = 'Local'] = chosenNames(inputs.storage_location)
    const options = {
      silent: inputs.silent_errors,
      ignoreUnsupported: inputs.ignore_unsupported_extensions,
      encoding: inputs.text_encoding,
    }
    if (place === 'AWS' || place === 'Google Drive') {
      const id = (place === 'AWS' ? inputs.s3_file_key : inputs.file_id).trim()
      const found = await readCloudFile(place, inputs, id, context)
      return loadFiles([id], options, { ...context, files: { ...context.files, read: async () => found } })
    }
    const paths = pathsIn(inputs)
    if (paths.length === 0) throw new AppError('invalid_field', ['No files to process.'])
    return loadFiles(paths, options, context)
  })
}
