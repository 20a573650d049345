const IMAGES = 'png jpg jpeg gif webp bmp'
const CODE = 'css js mjs cjs jsx ts tsx py sh sql java c h cc cpp hpp cs go rs rb php swift kt lua r vue ps1'
const SOUNDS = 'mp3 wav ogg m4a'

/** What a chat takes unless its Chat Input says so: what models see or read, and sound. */
const USUAL = `${IMAGES} pdf docx xlsx csv tsv txt md mdx log json jsonl yaml yml toml xml html htm ${CODE} ${SOUNDS}`

/** Names in a definition that stand for many endings. */
const GROUPS: ReadonlyMap<string, string> = new Map([
  ['image', IMAGES],
  ['images', IMAGES],
  ['code', CODE],
  ['audio', SOUNDS],
])

/**
 * The endings of files a chat takes, in lower case and without their dots.
 * @param fileTypes what the Chat Input of the flow is defined to take; what is usual when it names nothing
 */
export function acceptedEndings(fileTypes: readonly string[] = []): readonly string[] {
  const named = fileTypes.length > 0 ? fileTypes.map((type) => type.toLowerCase().replace(/^\./, '')) : USUAL.split(' ')
  return [...new Set(named.flatMap((type) => (GROUPS.get(type) ?? type).split(' ')))]
}

export const accepts = (file: Pick<File, 'name'>, endings: readonly string[]): boolean =>
  endings.includes(file.name.split('.').at(-1)?.toLowerCase() ?? '')
