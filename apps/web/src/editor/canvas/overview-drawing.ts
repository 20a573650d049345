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

/** The inside of a node, as it is until its elements are made: name, description, fields and outputs in their places. */
export function drawInside(context: CanvasRenderingContext2D, node: FlowNode, rect: Rect, colors: Colors): void {
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
    drawField(context, named, { x: rect.x + PAD, y, width: rect.width - 2 * PAD, height }, colors)
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

function drawField(context: CanvasRenderingContext2D, [name, field]: NamedField, rect: Rect, colors: Colors): void {
  const { x, y, width, height } = rect
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

/** A name large enough to be read from afar. */
export function drawName(context: CanvasRenderingContext2D, name: string, rect: Rect, zoom: number): void {
  const fontSize = Math.min(48, Math.max(16, 11 / zoom))
  context.font = `600 ${fontSize}px ${FONT}`
  context.fillText(shortened(name, rect.width / (fontSize * 0.56)), rect.x + PAD, rect.y + rect.height / 2)
}

const shortened = (text: string, room: number): string =>
  text.length <= room ? text : `${text.slice(0, Math.max(1, Math.floor(room) - 1))}…`
