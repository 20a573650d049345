// Makes pictures of pages small: a palette in place of true colours. Reads what Chromium writes: eight bits, no interlace.
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const MOST_COLOURS = 96

export interface Picture {
  readonly width: number
  readonly height: number
  /** A number `0xrrggbb` for each pixel. */
  readonly pixels: Uint32Array
}

/** The same picture with a palette of its commonest colours. @param png of true colours, with alpha or without */
export function smallPng(png: Buffer): Buffer {
  const { width, height, pixels } = readPng(png)
  const palette = paletteOf(pixels)
  const nearest = new Map<number, number>()
  const rows = Buffer.alloc((width + 1) * height)
  for (let at = 0; at < pixels.length; at++) {
    const colour = pixels[at] ?? 0
    let index = nearest.get(colour)
    if (index === undefined) {
      index = nearestIn(palette, colour)
      nearest.set(colour, index)
    }
    // One byte before each row says that it is written as it is.
    rows[Math.floor(at / width) * (width + 1) + 1 + (at % width)] = index
  }
  return Buffer.concat([
    SIGNATURE,
    headerOf(width, height, 3),
    chunk('PLTE', Buffer.from(palette.flatMap((colour) => channelsOf(colour)))),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** A picture in true colours, as `readPng` reads it. */
export function plainPng({ width, height, pixels }: Picture): Buffer {
  const rows = Buffer.alloc((width * 3 + 1) * height)
  for (const [at, colour] of pixels.entries()) {
    const row = Math.floor(at / width)
    rows.set(channelsOf(colour), row * (width * 3 + 1) + 1 + (at % width) * 3)
  }
  return Buffer.concat([
    SIGNATURE,
    headerOf(width, height, 2),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** @param kind of colours: 2 for true ones, 3 for a palette */
function headerOf(width: number, height: number, kind: 2 | 3): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, kind, 0, 0, 0], 8)
  return chunk('IHDR', header)
}

export const channelsOf = (colour: number): readonly [number, number, number] => [
  colour >> 16,
  (colour >> 8) & 255,
  colour & 255,
]

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

/** @param png of true colours, with alpha or without */
export function readPng(png: Buffer): Picture {
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const bytes = png[25] === 6 ? 4 : 3
  const parts: Buffer[] = []
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const rows = inflateSync(Buffer.concat(parts))
  const stride = width * bytes
  const pixels = new Uint32Array(width * height)
  let above = new Uint8Array(stride)
  for (let y = 0; y < height; y++) {
    const start = y * (stride + 1)
    const row = unfiltered(rows[start] ?? 0, rows.subarray(start + 1, start + 1 + stride), above, bytes)
    for (let x = 0; x < width; x++) {
      const at = x * bytes
      pixels[y * width + x] = ((row[at] ?? 0) << 16) | ((row[at + 1] ?? 0) << 8) | (row[at + 2] ?? 0)
    }
    above = row
  }
  return { width, height, pixels }
}

/** A row as it was before it was filtered. @param bytes of a pixel */
function unfiltered(filter: number, raw: Uint8Array, above: Uint8Array, bytes: number): Uint8Array<ArrayBuffer> {
  const row = new Uint8Array(raw.length)
  for (let at = 0; at < raw.length; at++) {
    const left = at < bytes ? 0 : (row[at - bytes] ?? 0)
    const up = above[at] ?? 0
    const corner = at < bytes ? 0 : (above[at - bytes] ?? 0)
    const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter] ?? 0
    row[at] = (raw[at] ?? 0) + guess
  }
  return row
}

function paeth(left: number, up: number, corner: number): number {
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}

interface Counted {
  readonly colour: number
  readonly count: number
}

/** The colours a picture is best shown with: the box of the widest spread is halved until there are enough. */
function paletteOf(pixels: Uint32Array): readonly number[] {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const all = Array.from(counts, ([colour, count]) => ({ colour, count }))
  // What fills areas stays as it is.
  const areas = all.filter(({ count }) => count > pixels.length / 200).map(({ colour }) => colour)
  const rest = all.filter(({ colour }) => !areas.includes(colour))
  let boxes: readonly (readonly Counted[])[] = rest.length > 0 ? [rest] : []
  while (boxes.length > 0 && areas.length + boxes.length < MOST_COLOURS) {
    const widest = boxes.reduce((a, b) => (spreadOf(b).weight > spreadOf(a).weight ? b : a))
    if (widest.length < 2) break
    boxes = [...boxes.filter((box) => box !== widest), ...halves(widest)]
  }
  return [...areas, ...boxes.map(meanOf)]
}

function spreadOf(box: readonly Counted[]): { readonly channel: 0 | 1 | 2; readonly weight: number } {
  const ranges = ([0, 1, 2] as const).map((channel) => {
    const values = box.map(({ colour }) => channelsOf(colour)[channel])
    return { channel, range: values.reduce((a, b) => Math.max(a, b), 0) - values.reduce((a, b) => Math.min(a, b), 255) }
  })
  const { channel, range } = ranges.reduce((a, b) => (b.range > a.range ? b : a))
  const count = box.reduce((sum, one) => sum + one.count, 0)
  return { channel, weight: range * Math.sqrt(count) }
}

function halves(box: readonly Counted[]): readonly (readonly Counted[])[] {
  const { channel } = spreadOf(box)
  const sorted = box.toSorted((a, b) => channelsOf(a.colour)[channel] - channelsOf(b.colour)[channel])
  const middle = sorted.length >> 1
  return [sorted.slice(0, middle), sorted.slice(middle)]
}

function meanOf(box: readonly Counted[]): number {
  const total = box.reduce((sum, { count }) => sum + count, 0)
  const mean = (channel: 0 | 1 | 2): number =>
    Math.round(box.reduce((sum, { colour, count }) => sum + channelsOf(colour)[channel] * count, 0) / total)
  return (mean(0) << 16) | (mean(1) << 8) | mean(2)
}

function nearestIn(palette: readonly number[], colour: number): number {
  const [red, green, blue] = channelsOf(colour)
  let best = 0
  let least = Number.POSITIVE_INFINITY
  for (const [index, one] of palette.entries()) {
    const [r, g, b] = channelsOf(one)
    const distance = 2 * (r - red) ** 2 + 4 * (g - green) ** 2 + 3 * (b - blue) ** 2
    if (distance < least) [best, least] = [index, distance]
  }
  return best
}
