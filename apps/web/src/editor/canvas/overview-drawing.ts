import { componentText } from '../../i18n/component-text.ts'
import { kindOf } from '../fields/field-kinds.ts'
import { labelOf, textOf } from '../fields/field-widget.ts'
import { type FlowNode, fieldsOf } from '../model/flow-document.ts'
import { isOnNode, type NamedField } from '../node/node-parts.ts'
import type { Rect } from './node-sizes.ts'

export type Colors = Readonly<Record<ColorName, string>>
type ColorName = 'surface' | 'muted' | 'border' | 'strong' | 'text' | 'faint' | 'note' | 'failed' | 'done' | 'running'

const FONT = 'system-ui, sans-serif'
/** Measures of a node as its elements have them, in units of the flow. */
const [PAD, HEAD, LINE, ROW, BOX, OUTPUT] = [12, 44, 18, 68, 32, 32]
/** Letters of a line of the description, and the most lines it has. */
const [LINE_LETTERS, MOST_LINES] = [52, 3]

export interface InsideLook {
  readonly colors: Colors
  /** Whether the fields can be read; else they are bars. */
  readonly hasText: boolean
}

/** The inside of a node, as it is until its elements are made: name, description, fields and outputs in their places. */
export function drawInside(context: CanvasRenderingContext2D, node: FlowNode, rect: Rect, look: InsideLook): void {
  const { colors } = look
  const { node: component, showNode } = node.data
  const right = rect.x + rect.width - PAD
  write(
    context,
    componentText(component.display_name),
    { x: rect.x + 38, y: rect.y + HEAD / 2 },
    right - 40,
    colors.text,
    600,
  )
  context.fillStyle = colors.border
  context.fillRect(rect.x + PAD + 2, rect.y + HEAD / 2 - 7, 14, 14)
  if (showNode === false) return
  const outputs = component.outputs?.filter(({ hidden }) => !hidden) ?? []
  const strip = 8 + Math.max(1, outputs.length) * OUTPUT
  const bottom = rect.y + rect.height - strip
  let y = rect.y + HEAD
  const lines = Math.min(MOST_LINES, Math.ceil((component.description ?? '').length / LINE_LETTERS))
  context.fillStyle = colors.border
  for (let line = 0; line < lines; line++) {
    context.fillRect(rect.x + PAD, y + 6, (rect.width - 2 * PAD) * (line === lines - 1 ? 0.6 : 1), 6)
    y += LINE
  }
  y += 14
  for (const named of fieldsOf(component).filter(([name, field]) => isOnNode(name, field))) {
    const kind = kindOf(named[1])
    const height = kind === 'multiline' ? ROW + BOX : kind === 'boolean' || kind === undefined ? BOX : ROW
    if (y + height > bottom) break
    drawField(context, named, { x: rect.x + PAD, y, width: rect.width - 2 * PAD, height }, look)
    y += height
  }
  context.fillStyle = colors.muted
  context.fillRect(rect.x + 1, bottom, rect.width - 2, strip - 2)
  context.textAlign = 'right'
  outputs.forEach((output, index) => {
    const at = { x: right - 4, y: bottom + 4 + OUTPUT * (index + 0.5) }
    write(context, componentText(output.display_name || output.name), at, right, colors.text, 500)
  })
  context.textAlign = 'left'
}

function drawField(
  context: CanvasRenderingContext2D,
  [name, field]: NamedField,
  { x, y, width, height }: Rect,
  { colors, hasText }: InsideLook,
): void {
  if (!hasText) {
    context.fillStyle = colors.border
    context.fillRect(x + 2, y + 5, width * 0.4, 10)
    if (height > BOX) context.fillRect(x + 2, y + 26, width - 4, height - 36)
    return
  }
  write(context, labelOf(name, field), { x, y: y + 10 }, x + width, colors.text, 500)
  if (height <= BOX) return
  context.beginPath()
  context.roundRect(x, y + 24, width, height - 36, 8)
  context.lineWidth = 1
  context.strokeStyle = colors.border
  context.stroke()
  const value = field.password === true ? '' : textOf(field.value)
  write(context, value.split('\n', 1)[0] ?? '', { x: x + 10, y: y + 40 }, x + width - 30, colors.faint, 400)
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  at: { readonly x: number; readonly y: number },
  right: number,
  color: string,
  weight: number,
): void {
  if (text === '') return
  context.font = `${weight} 13px ${FONT}`
  context.fillStyle = color
  const room = context.textAlign === 'right' ? 24 : (right - at.x) / 7
  context.fillText(shortened(text, room), at.x, at.y)
}

/** How wide a letter is, as a share of its height. */
const LETTER = 0.62

/** A name large enough to be read from afar, in as many lines as there is room for. */
export function drawName(context: CanvasRenderingContext2D, name: string, rect: Rect, zoom: number): void {
  const fontSize = Math.min(48, Math.max(16, 11 / zoom))
  context.font = `600 ${fontSize}px ${FONT}`
  const room = (rect.width - PAD) / (fontSize * LETTER)
  const lines = linesOf(name, room, Math.max(1, Math.floor(rect.height / fontSize)))
  const first = rect.y + (rect.height - (lines.length - 1) * fontSize) / 2
  lines.forEach((line, index) => {
    context.fillText(shortened(line, room), rect.x + PAD, first + index * fontSize)
  })
}

/** A text broken between words; what does not fit stands in the last line. @param room letters of a line */
export function linesOf(text: string, room: number, most: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    const joined = last === undefined ? word : `${last} ${word}`
    if (last !== undefined && (joined.length <= room || lines.length === most)) lines[lines.length - 1] = joined
    else lines.push(word)
  }
  return lines
}

const shortened = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room) - 1))}…`
