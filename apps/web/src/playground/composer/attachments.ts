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

/** What a chat takes unless its Chat Input says otherwise (P-42). */
export const ACCEPTED =
  'png jpg jpeg gif webp bmp pdf csv docx txt md mdx json yaml yml xml html htm py js ts tsx sh sql mp3 wav ogg m4a'.split(
    ' ',
  )

export const accepts = (file: File, endings: readonly string[]): boolean =>
  endings.includes(file.name.split('.').at(-1)?.toLowerCase() ?? '')
