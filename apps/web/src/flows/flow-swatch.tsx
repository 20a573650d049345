import type { ReactNode } from 'react'
import { classNames } from '../ui/class-names.ts'

/** Dark enough for white letters in either theme. */
const GRADIENTS = [
  ['#0f766e', '#0e7490'],
  ['#1d4ed8', '#6d28d9'],
  ['#7e22ce', '#be185d'],
  ['#b91c1c', '#c2410c'],
  ['#a16207', '#4d7c0f'],
  ['#15803d', '#0f766e'],
  ['#334155', '#0369a1'],
  ['#9d174d', '#7c2d12'],
] as const

/** Colours the square of a flow can be given. */
export const SWATCH_COLORS: readonly string[] = GRADIENTS.map(([from]) => from)
/** Pictures it can be given. */
export const SWATCH_ICONS: readonly string[] = [
  ...'💬🤖📄📊🔎🧠✉️🛒🎓🎨🗂️⚙️🚀🌐🔔🩺'.matchAll(/\p{Extended_Pictographic}\ufe0f?/gu),
].map(([icon]) => icon)

function numberOf(text: string): number {
  let sum = 0
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0
  return sum
}

/** The two colours of a flow: always the same for the same id. */
export const gradientOf = (id: string): readonly [string, string] =>
  GRADIENTS[numberOf(id) % GRADIENTS.length] ?? GRADIENTS[0]

/** What the square of a flow is filled with that was given no colour. */
export const backgroundOf = (id: string): string => `linear-gradient(135deg, ${gradientOf(id).join(', ')})`

const isEmoji = (icon: string | null): icon is string => icon !== null && /^\p{Extended_Pictographic}/u.test(icon)

/** First letter of the first two words; of a name with Chinese in it the first character alone, two have no room. */
export function initialsOf(name: string): string {
  const words = name
    .trim()
    .split(/[\s_-]+/)
    .filter(Boolean)
  const [first = '', second = ''] = words.map((word) => [...word][0] ?? '')
  return (/\p{Script=Han}/u.test(first + second) ? first : first + second).toUpperCase()
}

export interface FlowSwatchProps {
  readonly flow: {
    readonly id: string
    readonly name: string
    readonly icon: string | null
    readonly icon_bg_color: string | null
  }
  readonly size?: 'sm' | 'md'
}

/** The coloured square by which a flow is recognised. */
export function FlowSwatch({ flow, size = 'md' }: FlowSwatchProps): ReactNode {
  return (
    <span
      aria-hidden="true"
      className={classNames(
        'inline-flex shrink-0 select-none items-center justify-center rounded-md font-semibold text-white',
        size === 'sm' ? 'size-7 text-xs' : 'size-9 text-sm',
      )}
      style={{ background: flow.icon_bg_color || backgroundOf(flow.id) }}
    >
      {isEmoji(flow.icon) ? flow.icon : initialsOf(flow.name)}
    </span>
  )
}
