import type { FlowRead } from '@runnel/protocol/flows'

/** HTML that shows a flow's chat in another page. */
export const embedFrame = ({ id, name }: Pick<FlowRead, 'id' | 'name'>, origin: string): string =>
  `<iframe src="${origin}/embed/${id}" title="${name.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="400" height="600" style="border:0"></iframe>`
