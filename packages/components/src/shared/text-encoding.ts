import { AppError } from '@runnel/protocol/errors'

/**
 * Bytes as text: in the named encoding, else as the byte order mark says, else UTF-8, else Windows' western one.
 * @throws AppError `invalid_field` for an encoding that is not known.
 */
export function decodeText(bytes: Uint8Array, encoding = ''): string {
  if (encoding.trim() !== '') return decoderFor(encoding).decode(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}

function decoderFor(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding.trim())
  } catch (cause) {
    throw new AppError('invalid_field', [`There is no text encoding ${encoding}. Use a name such as utf-8.`], { cause })
  }
}
