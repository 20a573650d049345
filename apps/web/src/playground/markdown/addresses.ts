import { defaultUrlTransform } from 'react-markdown'

/** Addresses a link may lead to, besides those of this page. */
const OPENED = /^(https?|mailto|tel):/i
const SCHEME = /^\s*([a-z][a-z\d+.-]*):/i
const SHOWN_DATA = /^data:image\/(png|jpeg|gif|webp|bmp);base64,/i

/** The scheme of an address no link leads to, `vscode`; undefined for one that can be followed. */
export function unusualScheme(address: string): string | undefined {
  return OPENED.test(address) ? undefined : SCHEME.exec(address)?.[1]?.toLowerCase()
}

/** Addresses in Markdown as they are drawn: links keep theirs, to be warned of, pictures may be part of the text. */
export const readAddress = (address: string, attribute: string): string =>
  attribute === 'href' || (attribute === 'src' && SHOWN_DATA.test(address)) ? address : defaultUrlTransform(address)
