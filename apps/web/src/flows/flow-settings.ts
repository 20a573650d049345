import type { FlowHeaderRead } from '@runnel/protocol/flows'

export const LONGEST_NAME = 50
export const LONGEST_DESCRIPTION = 250

/** What can be set of a flow beside its graph. */
export interface FlowSettings {
  readonly name: string
  readonly description: string
  readonly endpointName: string
  readonly tags: readonly string[]
  readonly locked: boolean
  /** A picture for its square; empty for the first letters of the name. */
  readonly icon: string
  /** The colour of the square; empty for the one its id gives it. */
  readonly color: string
}

export type FlowDetails = Pick<
  FlowHeaderRead,
  'id' | 'name' | 'description' | 'endpoint_name' | 'tags' | 'locked' | 'icon' | 'icon_bg_color'
>

export const settingsOf = (flow: FlowDetails): FlowSettings => ({
  ...textsOf(flow),
  icon: flow.icon ?? '',
  color: flow.icon_bg_color ?? '',
})

const textsOf = ({ name, description, endpoint_name, tags, locked }: FlowDetails) => ({
  name,
  description: description ?? '',
  endpointName: endpoint_name ?? '',
  tags: tags ?? [],
  locked,
})

/** What is wrong with each; keys of the words `settings.problems` of flows. */
export interface SettingsProblems {
  readonly name?: 'empty' | 'taken'
  readonly endpointName?: 'characters' | 'taken'
}

/** Checks settings before they are saved. @param others the user's other flows, as far as they are known */
export function problemsOf(
  settings: FlowSettings,
  others: readonly Pick<FlowHeaderRead, 'name' | 'endpoint_name'>[],
): SettingsProblems {
  const name = settings.name.trim()
  const { endpointName } = settings
  const isNameTaken = others.some((flow) => flow.name === name)
  const isEndpointTaken = endpointName !== '' && others.some((flow) => flow.endpoint_name === endpointName)
  return {
    ...(name === '' ? { name: 'empty' } : isNameTaken ? { name: 'taken' } : {}),
    ...(/^[\w-]*$/.test(endpointName)
      ? isEndpointTaken
        ? { endpointName: 'taken' }
        : {}
      : { endpointName: 'characters' }),
  }
}

/** Whether anything is other than it was. */
export const isChanged = (before: FlowSettings, after: FlowSettings): boolean =>
  JSON.stringify(before) !== JSON.stringify(after)
