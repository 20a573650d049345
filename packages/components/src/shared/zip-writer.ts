import { crc32, deflateRawSync } from 'node:zlib'

/** A zip archive of texts, such as the documents of an office. */
export function zipOf(files: readonly (readonly [name: string, text: string])[]): Uint8Array {
  const bodies: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, text] of files) {
    const content = Buffer.from(text)
    const packed = deflateRawSync(content)
    const label = Buffer.from(name)
    // Version 2.0, no flags, deflated, 1980-01-01.
    const head = numbers([20, 2], [0, 2], [8, 2], [0, 2], [0x21, 2], [crc32(content), 4])
    const sizes = numbers([packed.length, 4], [content.length, 4], [label.length, 2], [0, 2])
    const local = Buffer.concat([numbers([0x04034b50, 4]), head, sizes, label])
    const rest = numbers([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4])
    directory.push(numbers([0x02014b50, 4], [20, 2]), head, sizes, rest, label)
    bodies.push(local, packed)
    offset += local.length + packed.length
  }
  const central = Buffer.concat(directory)
  const count = files.length
  const end = numbers([0x06054b50, 4], [0, 4], [count, 2], [count, 2], [central.length, 4], [offset, 4], [0, 2])
  return Buffer.concat([...bodies, central, end])
}

/** Numbers of so many bytes each, the lowest first. */
function numbers(...parts: readonly (readonly [value: number, bytes: number])[]): Buffer {
  return Buffer.concat(
    parts.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes)
      buffer.writeUIntLE(value, 0, bytes)
      return buffer
    }),
  )
}
