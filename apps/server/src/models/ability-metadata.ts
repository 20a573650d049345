import type { ModelAbilities } from '@runnel/models/model-abilities'

/** What a model can, as clients read it. */
export const abilityMetadata = ({ tools, vision, thinking, deprecated }: ModelAbilities) => ({
  tool_calling: tools,
  vision,
  thinking,
  deprecated,
})
