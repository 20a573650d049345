/** What tells one face from another. */
interface Face {
  readonly skin: string
  readonly hair: string
  readonly shirt: string
  readonly sky: string
  readonly style: keyof typeof HAIR
  readonly extra?: keyof typeof EXTRAS
}

/** Hair around a face whose centre is 32, 27. */
const HAIR = {
  short: '<path d="M20 26c0-9 5-14 12-14s12 5 12 14c-2-5-5-8-12-8s-10 3-12 8z"/>',
  long: '<path d="M19 44V27c0-9 5-15 13-15s13 6 13 15v17h-6V27c0-5-2-8-7-8s-7 3-7 8v17z"/>',
  bun: '<circle cx="32" cy="11" r="5"/><path d="M20 26c0-8 5-12 12-12s12 4 12 12c-3-4-6-6-12-6s-9 2-12 6z"/>',
  curls:
    '<circle cx="22" cy="20" r="5"/><circle cx="28" cy="15" r="5"/><circle cx="36" cy="15" r="5"/><circle cx="42" cy="20" r="5"/>',
  crop: '<path d="M21 22c1-6 5-9 11-9s10 3 11 9c-3-2-7-3-11-3s-8 1-11 3z"/>',
  bald: '',
} as const

const EXTRAS = {
  glasses:
    '<g fill="none" stroke="#333" stroke-width="1.5"><circle cx="27" cy="28" r="4"/><circle cx="37" cy="28" r="4"/><path d="M31 28h2"/></g>',
  beard: '<path d="M22 30c1 9 5 12 10 12s9-3 10-12c-3 3-6 4-10 4s-7-1-10-4z" fill="#4a3426"/>',
  cap: '<path d="M19 23c0-8 6-12 13-12s13 4 13 12h8v3H19z" fill="#d94f4f"/>',
} as const

const faces: readonly Face[] = [
  { skin: '#f2c9a5', hair: '#5b3a29', shirt: '#3d7dca', sky: '#dcebfa', style: 'short' },
  { skin: '#8d5a3b', hair: '#1d1512', shirt: '#e0a030', sky: '#fdf0d5', style: 'curls' },
  { skin: '#e8b48a', hair: '#2b1a12', shirt: '#4b9f6b', sky: '#dff3e4', style: 'long' },
  { skin: '#f5d6bd', hair: '#c98b3c', shirt: '#a05bb5', sky: '#f0e1f5', style: 'bun' },
  { skin: '#6f4429', hair: '#15100d', shirt: '#c94f6d', sky: '#fae0e6', style: 'crop', extra: 'beard' },
  { skin: '#f0c39c', hair: '#8a8a8a', shirt: '#50657a', sky: '#e4eaf0', style: 'short', extra: 'glasses' },
  { skin: '#d39a6a', hair: '#3a2417', shirt: '#2f9a9a', sky: '#d9f1f1', style: 'bald', extra: 'beard' },
  { skin: '#f7dcc4', hair: '#b5482f', shirt: '#5a6ad0', sky: '#e2e5fa', style: 'long', extra: 'glasses' },
  { skin: '#a8734b', hair: '#241611', shirt: '#7aa23a', sky: '#ebf4da', style: 'crop', extra: 'cap' },
  { skin: '#ecbf97', hair: '#6b4a2f', shirt: '#d07a3d', sky: '#fbe7d8', style: 'curls', extra: 'glasses' },
]

function draw({ skin, hair, shirt, sky, style, extra }: Face): string {
  return (
    `<rect width="64" height="64" rx="32" fill="${sky}"/>` +
    `<path d="M10 64c0-13 9-20 22-20s22 7 22 20z" fill="${shirt}"/>` +
    `<rect x="27" y="36" width="10" height="11" rx="5" fill="${skin}"/>` +
    `<ellipse cx="32" cy="27" rx="11" ry="13" fill="${skin}"/>` +
    `<g fill="${hair}">${HAIR[style]}</g>` +
    '<circle cx="27.5" cy="28" r="1.3" fill="#333"/><circle cx="36.5" cy="28" r="1.3" fill="#333"/>' +
    (extra ? EXTRAS[extra] : '') +
    '<path d="M28 34c2 2 6 2 8 0" fill="none" stroke="#7a3b2e" stroke-width="1.5" stroke-linecap="round"/>'
  )
}

/** `People Avatar-01-08.svg` is the eighth face. */
export const people: Readonly<Record<string, string>> = Object.fromEntries(
  faces.map((face, index) => [`People Avatar-01-${String(index + 1).padStart(2, '0')}.svg`, draw(face)]),
)
