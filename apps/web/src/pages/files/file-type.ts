import {
  FileArchive,
  FileCode,
  File as FileIcon,
  FileImage,
  FileJson,
  FileSpreadsheet,
  FileText,
  type LucideIcon,
} from 'lucide-react'

const KINDS: readonly (readonly [LucideIcon, readonly string[]])[] = [
  [FileText, ['txt', 'md', 'mdx', 'pdf', 'doc', 'docx', 'rtf', 'odt']],
  [FileSpreadsheet, ['csv', 'tsv', 'xls', 'xlsx', 'ods', 'parquet']],
  [FileImage, ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg', 'bmp']],
  [FileJson, ['json', 'jsonl', 'yaml', 'yml', 'xml']],
  [FileCode, ['py', 'js', 'ts', 'tsx', 'sh', 'sql', 'html', 'css']],
  [FileArchive, ['zip', 'tar', 'gz', 'bz2', '7z']],
]

/** `pdf`, in small letters; empty for a file without one. */
export const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? ''

/** The icon of a kind of file. */
export const iconOf = (path: string): LucideIcon =>
  KINDS.find(([, extensions]) => extensions.includes(extensionOf(path)))?.[0] ?? FileIcon
