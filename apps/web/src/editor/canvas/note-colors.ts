import type { FlowNode } from '../model/flow-document.ts'

/** The colours of notes and frames by Langflow's names, as classes. */
export const NOTE_COLORS: Readonly<Record<string, string>> = {
  amber: 'bg-warning-soft',
  neutral: 'bg-surface-muted',
  rose: 'bg-danger-soft',
  blue: 'bg-info-soft',
  lime: 'bg-success-soft',
  transparent: 'bg-transparent border-dashed',
}

/** The name of a note's colour. */
export function noteColor({ node }: Pick<FlowNode['data'], 'node'>): string {
  // A note's colour is a plain value among what elsewhere are fields.
  const color: unknown = node.template?.backgroundColor
  return typeof color === 'string' && color in NOTE_COLORS ? color : 'amber'
}
