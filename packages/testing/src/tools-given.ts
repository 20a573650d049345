import { type Component, isTool, type Tool } from '@runnel/sdk'
import { type RunComponentOptions, runComponent } from './run-component.ts'

/** The tools a node of a component gives an agent that makes its tools itself. */
export async function toolsGiven(
  component: Component,
  inputs: Readonly<Record<string, unknown>> = {},
  options: RunComponentOptions = {},
): Promise<readonly Tool[]> {
  const tools = {
    type: 'Any',
    label: 'Tools',
    method: 'tools',
    run: async (args: Parameters<NonNullable<Component['tools']>>[0]) => component.tools?.(args) ?? [],
  } as const
  const { tools: given } = await runComponent({ ...component, outputs: { tools } }, inputs, options)
  return Array.isArray(given) ? given.filter(isTool) : []
}
