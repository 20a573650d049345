import { AppError } from '@runnel/protocol/errors'
import { isObject } from '@runnel/protocol/json'
import { data, defineComponent, field, isMessage, message, type RunArguments, toDataFrame } from '@runnel/sdk'
import { awsFieldNames, chosenNames, cloudFields, isFieldOfPlace, storageLocations } from '../shared/cloud-fields.ts'
import { writeCloudFile } from '../shared/cloud-files.ts'
import { cloudFile } from '../shared/cloud-format.ts'
import { shownFields } from '../shared/shown-fields.ts'
import { extensionOf } from '../shared/stored-document.ts'
import { type Content, contentOf, writeFormat } from '../shared/written-file.ts'

const FORMATS = ['csv', 'excel', 'json', 'markdown', 'txt', 'html'] as const

const inputs = {
  storage_location: field.sortable({
    label: 'Storage Location',
    info: 'Where the file is kept.',
    options: storageLocations,
    limit: 1,
    default: ['Local'],
    refresh: true,
    placeholder: 'Select Location',
  }),
  input: field.handle({
    label: 'File Content',
    info: 'What is written: JSON, a table or a Message.',
    required: true,
    accepts: ['Data', 'JSON', 'DataFrame', 'Table', 'Message'],
  }),
  file_name: field.string({
    label: 'File Name',
    info: 'The name of the file; the ending is added.',
    required: true,
    tool: true,
  }),
  file_format: field.string({
    label: 'File Format',
    info: 'Stands above the chosen format: csv, excel, json, markdown, txt or html.',
    show: false,
    tool: true,
  }),
  append_mode: field.bool({
    label: 'Append',
    info: 'Add to the file when there is one of that name.',
  }),
  local_format: field.dropdown({
    label: 'File Format',
    info: 'The format of the file.',
    options: FORMATS,
    default: 'json',
  }),
  aws_format: field.dropdown({
    label: 'File Format',
    options: ['txt', 'json', 'csv', 'xml', 'html', 'md', 'yaml', 'log', 'tsv', 'jsonl', 'parquet', 'xlsx', 'zip'],
    default: 'txt',
    show: false,
  }),
  gdrive_format: field.dropdown({
    label: 'File Format',
    options: ['txt', 'json', 'csv', 'xlsx', 'slides', 'docs', 'jpg', 'mp3'],
    default: 'txt',
    show: false,
  }),
  ...cloudFields,
  s3_prefix: field.string({ label: 'S3 Prefix', info: 'Stands before the name.', advanced: true, show: false }),
  folder_id: field.string({ label: 'Google Drive Folder ID', advanced: true, show: false }),
}
type SaveArguments = RunArguments<typeof inputs>

/** The fields by which files of each place are written. */
const PLACES = {
  Local: ['local_format', 'append_mode'],
  AWS: [...awsFieldNames, 'aws_format', 's3_prefix'],
  'Google Drive': ['service_account_key', 'gdrive_format', 'folder_id'],
}

export const saveToFile = defineComponent({
  type: 'SaveToFile',
  aliases: ['SaveToFileComponent'],
  displayName: 'Write File',
  description: 'Writes JSON, tables and messages to a file among your files.',
  icon: 'file-text',
  category: 'files_and_knowledge',
  documentation: 'https://docs.langflow.org/write-file',
  inputs,
  dynamicInputs: ({ storage_location }) =>
    shownFields(inputs, (name) => isFieldOfPlace(PLACES, storage_location, name)),
  outputs: {
    message: {
      type: 'Message',
      label: 'File Path',
      method: 'save_to_file',
      run: async (args) => {
        const [place] = chosenNames(args.inputs.storage_location)
        if (place === 'AWS' || place === 'Google Drive') return message(await upload(place, args))
        const { verb, kind, name, path } = await save(args)
        return message(`${kind} ${verb} '${name}' at ${path}`)
      },
    },
    // Flows of 1.4 name it so.
    confirmation: {
      type: 'Message',
      label: 'Confirmation',
      method: 'save_file',
      hidden: true,
      tool: false,
      run: async (args) => {
        const { verb, kind, name } = await save(args)
        return message(`${kind} ${verb} '${name}'`)
      },
    },
  },
})

async function save({ inputs, dynamic, context }: SaveArguments) {
  const [place] = chosenNames(inputs.storage_location)
  if (place === undefined && dynamic.file_path === undefined) {
    throw new AppError('invalid_field', ['Storage location must be selected.'])
  }
  const content = contentOf(inputs.input ?? oldInput(dynamic))
  const format = formatOf(inputs, dynamic, content)
  const name = nameOf(inputs.file_name || lastPart(dynamic.file_path), format)
  let appended = false
  const { path } = await context.files.save(name, (existing) => {
    appended = inputs.append_mode && existing !== undefined && format !== 'excel'
    return writeFormat(content, format, appended ? existing : undefined)
  })
  return { kind: content.type, verb: appended ? 'appended to' : 'saved successfully as', name, path }
}

async function upload(place: 'AWS' | 'Google Drive', { inputs, context }: SaveArguments): Promise<string> {
  const name = inputs.file_name.trim()
  if (name === '') throw new AppError('invalid_field', ['File name must be provided.'])
  const format = inputs.file_format || (place === 'AWS' ? inputs.aws_format : inputs.gdrive_format) || 'txt'
  const folder = place === 'AWS' ? inputs.s3_prefix : inputs.folder_id
  const file = await cloudFile(contentOf(inputs.input), name, format)
  const where = await writeCloudFile(place, inputs, { ...file, folder }, context)
  return `File successfully uploaded to ${place === 'AWS' ? '' : 'Google Drive: '}${where}`
}

const ALLOWED: Readonly<Record<Content['type'], readonly string[]>> = {
  Message: ['txt', 'html', 'json', 'markdown'],
  Data: ['csv', 'excel', 'json', 'markdown'],
  DataFrame: ['csv', 'excel', 'json', 'markdown'],
}

function formatOf(
  { file_format, local_format }: SaveArguments['inputs'],
  dynamic: SaveArguments['dynamic'],
  { type }: Content,
): (typeof FORMATS)[number] {
  const old = typeof dynamic.file_path === 'string' ? dynamic.file_format : undefined
  const wanted = String(file_format || old || local_format || (type === 'DataFrame' ? 'csv' : 'json'))
  const format = FORMATS.find((known) => known === wanted)
  if (format && ALLOWED[type].includes(format)) return format
  throw new AppError('invalid_field', [
    `Invalid file format '${wanted}' for ${type}. Allowed: ${ALLOWED[type].join(', ')}`,
  ])
}

const ENDINGS = { csv: 'csv', excel: 'xlsx', json: 'json', markdown: 'md', txt: 'txt', html: 'html' } as const

/** The name with the ending of the format, unless it has it. */
function nameOf(typed: string, format: (typeof FORMATS)[number]): string {
  const name = typed.trim()
  if (name === '') throw new AppError('invalid_field', ['File name must be provided.'])
  if (/[/\\\0]|^\.+$/.test(name)) {
    throw new AppError('invalid_field', ['Local file name must be a file name only, without folders.'])
  }
  const endings = format === 'markdown' ? ['md', 'markdown'] : format === 'excel' ? ['xlsx'] : [ENDINGS[format]]
  return endings.includes(extensionOf(name) as never) ? name : `${name}.${ENDINGS[format]}`
}

/** Nodes of 1.4 have a field for each kind of content and a whole path, of which the name counts. */
function oldInput(dynamic: SaveArguments['dynamic']): unknown {
  const { input_type, df, data: json, message: said } = dynamic
  if (input_type === 'DataFrame') return df && toDataFrame(df)
  if (input_type === 'Message') return said
  return isObject(json) && !isMessage(json) && !('kind' in json) ? data(json) : json
}

const lastPart = (path: unknown): string => (typeof path === 'string' ? (path.split(/[/\\]/).at(-1) ?? '') : '')
