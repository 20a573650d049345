/** The parts of the settings, in their order. */
export const SECTION_NAMES = [
  'general',
  'model-providers',
  'global-variables',
  'mcp-servers',
  'coding-agents',
  'api-keys',
  'shortcuts',
  'messages',
  'backup',
  'appearance',
  'server',
] as const
export type SectionName = (typeof SECTION_NAMES)[number]

export const isSection = (name: string | undefined): name is SectionName => SECTION_NAMES.some((one) => one === name)
