/** Which handle it is, as tests name it: by the type of its node and the label it was made with, in every language. */
export function handleTestId(nodeType: string, label: string, side: 'left' | 'right', isMinimised: boolean): string {
  const [form, end] = isMinimised ? ['noshownode', side === 'left' ? 'target' : 'source'] : ['shownode', side]
  return `handle-${nodeType.toLowerCase()}-${form}-${label.toLowerCase()}-${end}`
}
