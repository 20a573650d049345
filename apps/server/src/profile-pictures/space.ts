const STARS =
  '<g fill="#fff"><circle cx="14" cy="18" r="1"/><circle cx="50" cy="14" r="1.5"/><circle cx="53" cy="44" r="1"/><circle cx="12" cy="46" r="1.5"/></g>'

const sky = (colour: string, things: string): string =>
  `<rect width="64" height="64" rx="32" fill="${colour}"/>${STARS}${things}`

/** Things seen in the sky, by file name. The web app shows the rocket to users who have chosen nothing. */
export const space: Readonly<Record<string, string>> = {
  '046-rocket.svg': sky(
    '#2c3e75',
    '<g transform="rotate(35 32 32)"><path d="M32 10c7 6 9 14 9 22v8H23v-8c0-8 2-16 9-22z" fill="#eef1f8"/><circle cx="32" cy="26" r="4.5" fill="#59a5e8"/><path d="M23 32l-6 8v5l6-3zM41 32l6 8v5l-6-3z" fill="#e2574c"/><path d="M28 42h8l-4 11z" fill="#f6b93b"/></g>',
  ),
  'planet.svg': sky(
    '#3a2a63',
    '<circle cx="32" cy="32" r="13" fill="#f0a35e"/><path d="M20 28c6 3 17 3 24 0" fill="none" stroke="#d9803a" stroke-width="3"/><ellipse cx="32" cy="33" rx="22" ry="5" fill="none" stroke="#f7dba7" stroke-width="2.5" transform="rotate(-18 32 33)"/>',
  ),
  'moon.svg': sky('#1d3557', '<path d="M38 12a20 20 0 1 0 14 30 16 16 0 0 1-14-30z" fill="#f5e9c9"/>'),
  'sun.svg': sky(
    '#7a3b69',
    '<g stroke="#f9c74f" stroke-width="3" stroke-linecap="round"><path d="M32 9v6M32 49v6M9 32h6M49 32h6M16 16l4 4M44 44l4 4M48 16l-4 4M20 44l-4 4"/></g><circle cx="32" cy="32" r="12" fill="#f9c74f"/>',
  ),
  'star.svg': sky('#264653', '<path d="M32 11l6 14 15 1-12 10 4 15-13-8-13 8 4-15-12-10 15-1z" fill="#ffd166"/>'),
  'comet.svg': sky(
    '#22223b',
    '<path d="M40 38L10 12l22 32z" fill="#9ad1d4"/><path d="M42 40L16 24l18 24z" fill="#cdeaec"/><circle cx="41" cy="41" r="8" fill="#fff"/>',
  ),
  'satellite.svg': sky(
    '#114b5f',
    '<g transform="rotate(-35 32 32)"><rect x="27" y="24" width="10" height="16" rx="2" fill="#e8e8e8"/><g fill="#4f9dde" stroke="#e8e8e8"><path d="M8 27h16v10H8zM40 27h16v10H40z"/></g><path d="M32 40v7" stroke="#e8e8e8" stroke-width="2"/><circle cx="32" cy="48" r="2.5" fill="#e2574c"/></g>',
  ),
  'saucer.svg': sky(
    '#2d3047',
    '<path d="M24 38l-8 16h32l-8-16z" fill="#c3f584" opacity=".5"/><path d="M22 28a10 10 0 0 1 20 0z" fill="#9ad8f5"/><ellipse cx="32" cy="32" rx="20" ry="6.5" fill="#a3a8b8"/><g fill="#f6b93b"><circle cx="20" cy="32" r="1.8"/><circle cx="32" cy="34.5" r="1.8"/><circle cx="44" cy="32" r="1.8"/></g>',
  ),
  'earth.svg': sky(
    '#0b132b',
    '<circle cx="32" cy="32" r="17" fill="#3f88c5"/><path d="M22 21c6-3 10 0 9 5s-8 3-9 8-6 0-6-4 3-7 6-9zM38 32c5-2 9 1 9 5s-5 8-8 7-4-10-1-12zM36 17c3 0 7 3 8 6-4 1-8-2-8-6z" fill="#5bbf72"/>',
  ),
  'telescope.svg': sky(
    '#4a3f6b',
    '<g transform="rotate(-25 32 28)"><rect x="14" y="22" width="24" height="11" rx="2" fill="#e8c07d"/><rect x="38" y="20" width="12" height="15" rx="2" fill="#c98b3c"/><rect x="9" y="24" width="5" height="7" fill="#c98b3c"/></g><path d="M30 36l-8 17M32 36v18M34 36l8 17" stroke="#eee" stroke-width="2.5" stroke-linecap="round"/>',
  ),
}
