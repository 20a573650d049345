/** Where the headers of a part end. */
const BLANK_LINE = '\r\n\r\n'

/**
 * Looks at a multipart body as it arrives: answers false once the headers of a part are longer than `limit` bytes.
 * The parser would cut them off without a word.
 */
export function createPartHeaderWatch(boundary: string, limit: number): (chunk: Buffer) => boolean {
  const delimiter = Buffer.from(`--${boundary}\r\n`)
  let left: Buffer = Buffer.alloc(0)
  let inHeaders = false
  return (chunk) => {
    let rest = left.length === 0 ? chunk : Buffer.concat([left, chunk])
    for (;;) {
      const end = rest.indexOf(inHeaders ? BLANK_LINE : delimiter)
      if (inHeaders && (end === -1 ? rest.length : end) > limit) return false
      if (end === -1) break
      rest = rest.subarray(inHeaders ? end + 2 : end + delimiter.length)
      inHeaders = !inHeaders
    }
    // What may be the beginning of a delimiter, or belongs to headers that go on.
    left = inHeaders ? rest : rest.subarray(Math.max(0, rest.length - delimiter.length + 1))
    return true
  }
}
