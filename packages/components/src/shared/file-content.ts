import type { ModelContent, RunContext } from '@runnel/sdk'

/** Media types of text that are not `text/…`. */
const TEXT_TYPES =
  /^(text\/|application\/(json|xml|yaml|x-yaml|toml|javascript|typescript|sql|x-sh|x-ndjson)$|.*\+(json|xml)$)/
const TEXT_NAMES =
  /\.(txt|md|mdx|csv|tsv|json|jsonl|xml|ya?ml|toml|ini|html?|css|jsx?|tsx?|mjs|py|sql|sh|log|rst|tex)$/i

/** Stored files as parts of a user's turn: images as they are, texts under their name. Others are left out and logged. */
export async function contentOfFiles(
  paths: readonly string[],
  { files, log }: Pick<RunContext, 'files' | 'log'>,
): Promise<readonly ModelContent[]> {
  const parts: ModelContent[] = []
  for (const path of paths) {
    const { name, mediaType, bytes } = await files.read(path)
    if (mediaType.startsWith('image/')) {
      parts.push({ type: 'image', data: Buffer.from(bytes).toString('base64'), mediaType })
    } else if (TEXT_TYPES.test(mediaType) || TEXT_NAMES.test(name)) {
      parts.push({ type: 'text', text: `File '${name}' contents:\n${new TextDecoder().decode(bytes)}` })
    } else {
      log('Files', `${name} (${mediaType}) is neither an image nor text and was not sent to the model.`)
    }
  }
  return parts
}
