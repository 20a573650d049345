import { channelsOf, type Picture } from './small-png.ts'

/** Of a picture a reference keeps the mean colour of squares so many pixels wide. */
export const SHRUNK = 2
/** How far apart two such squares may be, of 255 in each channel: an edge may be smoothed in another way. */
const TOLERATED = 9
/** So many of them may be further apart in one story: icons, corners and curves, which another Chromium rounds otherwise. */
const STRAY = 100

/** A place on a picture, in its pixels. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** Half as wide and high, its colours a little coarser, so that the file is small. */
export function shrunk({ width, height, pixels }: Picture): Picture {
  const small = { width: Math.floor(width / SHRUNK), height: Math.floor(height / SHRUNK) }
  const kept = new Uint32Array(small.width * small.height)
  for (let y = 0; y < small.height; y++)
    for (let x = 0; x < small.width; x++) {
      const area = { x: x * SHRUNK, y: y * SHRUNK, width: SHRUNK, height: SHRUNK }
      const [red, green, blue] = meanIn({ width, height, pixels }, area).map((channel) => Math.round(channel) & 0xfc)
      kept[y * small.width + x] = ((red ?? 0) << 16) | ((green ?? 0) << 8) | (blue ?? 0)
    }
  return { ...small, pixels: kept }
}

/**
 * How many places of an area look different: none where edges are smoothed otherwise or stand a pixel aside, some where a
 * part is missing, has another colour or stands elsewhere. Both pictures are shrunk, and so is the area.
 */
export function differences(one: Picture, other: Picture, area: Area): number {
  let count = 0
  for (let y = area.y; y < area.y + area.height; y++)
    for (let x = area.x; x < area.x + area.width; x++)
      if (!(isAround(one, other, x, y) && isAround(other, one, x, y))) count++
  return count > STRAY ? count : 0
}

/** Whether a picture has the colour that another has at a place there, or right beside it. */
function isAround(picture: Picture, other: Picture, x: number, y: number): boolean {
  const wanted = other.pixels[y * other.width + x] ?? 0
  if (isAlike(wanted, picture.pixels[y * picture.width + x] ?? 0)) return true
  for (let row = Math.max(0, y - 1); row <= Math.min(picture.height - 1, y + 1); row++)
    for (let column = Math.max(0, x - 1); column <= Math.min(picture.width - 1, x + 1); column++)
      if (isAlike(wanted, picture.pixels[row * picture.width + column] ?? 0)) return true
  return false
}

function isAlike(one: number, other: number): boolean {
  const its = channelsOf(other)
  return channelsOf(one).every((channel, index) => Math.abs(channel - (its[index] ?? 0)) <= TOLERATED)
}

function meanIn({ width, pixels }: Picture, area: Area): readonly number[] {
  const sums = [0, 0, 0]
  for (let y = area.y; y < area.y + area.height; y++)
    for (let x = area.x; x < area.x + area.width; x++)
      for (const [index, channel] of channelsOf(pixels[y * width + x] ?? 0).entries())
        sums[index] = (sums[index] ?? 0) + channel
  return sums.map((sum) => sum / (area.width * area.height))
}
