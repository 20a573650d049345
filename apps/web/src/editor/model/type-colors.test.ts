import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { TYPE_FAMILIES, typeColor, typeColors, typeGlyph } from './type-colors.ts'

const css = readFileSync(join(import.meta.dirname, '../../styles.css'), 'utf8')

/** The tokens a block of the style sheet sets. */
function tokensOf(selector: string): Readonly<Record<string, string>> {
  const block = new RegExp(`^${selector.replace(/[[\]]/g, '\\$&')} \\{([^}]*)\\}`, 'm').exec(css)?.[1] ?? ''
  return Object.fromEntries([...block.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, color]) => [name, color]))
}

const light = tokensOf(':root')
const THEMES = {
  light,
  dark: { ...light, ...tokensOf('[data-theme="dark"]') },
  contrast: { ...light, ...tokensOf('[data-theme="contrast"]') },
}

/** Relative luminance, 0 to 1 (WCAG 2.2). */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (bright + 0.05) / (dark + 0.05)
}

/** The pairs of tokens that stand out less from one another than they must. */
function tooFaint(theme: Readonly<Record<string, string>>, least: number, grounds: readonly string[]) {
  return TYPE_FAMILIES.flatMap((family) =>
    grounds.flatMap((ground) => {
      const [front, back] = [theme[`type-${family}`], theme[ground]]
      if (!front || !back) return [`${family} or ${ground} has no colour`]
      const found = contrast(front, back)
      return found < least ? [`${family} on ${ground}: ${found.toFixed(2)}`] : []
    }),
  )
}

test.each(Object.entries(THEMES))('handles and edges stand out from canvas and nodes in %s', (_, theme) => {
  expect(tooFaint(theme, 3, ['canvas', 'surface'])).toEqual([])
})

test.each(Object.entries(THEMES))('the name of a type is readable in its colour in %s', (_, theme) => {
  expect(tooFaint(theme, 4.5, ['surface-muted'])).toEqual([])
})

test('letters on a handle are readable at high contrast', () => {
  expect(tooFaint(THEMES.contrast, 7, ['surface'])).toEqual([])
})

test('a type has the colour and the letters of its family, an unknown one its own', () => {
  expect(typeColor('JSON')).toBe(typeColor('Data'))
  expect(typeColor('Sprocket')).toBe('var(--type-other)')
  expect(typeColors(['Message', 'Text', 'Data'])).toEqual(['var(--type-message)', 'var(--type-data)'])
  expect(typeGlyph(['Text', 'Message'])).toBe('Me')
  expect(typeGlyph(['Message', 'DataFrame', 'Data'])).toBe('MD')
  expect(typeGlyph(['Sprocket'])).toBe('Sp')
  expect(typeGlyph([])).toBe('')
})
