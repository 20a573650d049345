import { z } from 'zod'

const Name = z.string().trim().min(1).max(100)

/** What a model answers: components with what is in their fields, and what is connected to what. */
export const Plan = z.object({
  name: z.string().trim().catch(''),
  description: z.string().trim().catch(''),
  nodes: z
    .array(
      z.object({
        id: z.coerce.string().pipe(Name),
        type: Name,
        title: z.string().trim().max(60).catch(''),
        fields: z.record(z.string(), z.unknown()).catch({}),
      }),
    )
    .min(1)
    .max(60),
  edges: z
    .array(z.object({ from: z.coerce.string(), output: z.string(), to: z.coerce.string(), input: z.string() }))
    .max(200)
    .catch([]),
})
export type Plan = z.output<typeof Plan>

/** The plan in an answer, whatever is said around it; undefined when there is none. */
export function readPlan(said: string): Plan | undefined {
  const text = said.replaceAll(/<think>[\s\S]*?<\/think>/g, '')
  const fenced = Array.from(text.matchAll(/```\w*\s*\n([\s\S]*?)```/g), ([, inside = '']) => inside)
  // A prompt in the plan may have fences of its own: the whole from the first brace to the last is tried too.
  for (const part of [...fenced, text]) {
    const plan = Plan.safeParse(parsed(part.slice(part.indexOf('{'), part.lastIndexOf('}') + 1)))
    if (plan.success) return plan.data
  }
  return undefined
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    // No JSON is no plan.
    return undefined
  }
}
