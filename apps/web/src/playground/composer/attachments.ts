/** A file that is to go with the next message. */
export interface Attachment {
  readonly key: string
  readonly file: File
  readonly state: 'uploading' | 'ready' | 'failed'
  /** 0 to 1. */
  readonly progress: number
  /** Where it is stored, once it is. */
  readonly path: string | undefined
}

/** What a chat takes (P-42): what models see or read, and sound. */
export const ACCEPTED = [
  'png jpg jpeg gif webp bmp',
  'pdf docx xlsx csv tsv txt md mdx log json jsonl yaml yml toml xml html htm',
  'css js mjs cjs jsx ts tsx py sh sql java c h cc cpp hpp cs go rs rb php swift kt lua r vue ps1',
  'mp3 wav ogg m4a',
].flatMap((kinds) => kinds.split(' '))

export const accepts = (file: File, endings: readonly string[]): boolean =>
  endings.includes(file.name.split('.').at(-1)?.toLowerCase() ?? '')
