import type { ModelAbilities } from '@runnel/models/model-abilities'

/** What a model can, and how many tokens it keeps in mind where that is known, as clients read it. */
export const abilityMetadata = ({ tools, vision, thinking, deprecated, context }: ModelAbilities) => ({
  tool_calling: tools,
  vision,
  thinking,
  deprecated,
  ...(context !== undefined && { context_length: context }),
})
